"""Lines that stand as headings by their form alone: CAPITALS, bold, short lines broken on purpose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from corpus.swedish.dates import find_dates
from corpus.swedish.hunspell import is_word
from corpus.swedish.names import FIRST, PLACES, kinds
from corpus.swedish.wording import fold_letters
from ingest.header import TIME
from ingest.persons import is_name
from ingest.running import Line, wrap_width

MAX_BARE_CHARS, MAX_BARE_WORDS = 75, 10
MAX_ROW_WORDS = 10
# A line is broken on purpose when its follower's first word would have fitted in this share of the full width.
# .85 on wrapped PDF and OCR text: at .95 a paragraph's long first line became a heading, at .7 long headings were lost.
FULL_SHARE = 0.85
# Fewer capitals than this are letters of something, but for a part that has this many headings in capitals.
MIN_CAPITALS, MIN_CAPITALS_IN_STYLE, MIN_IN_STYLE = 5, 3, 3
# A line that stands so often is a label within matters, no matter.
MIN_TIMES = 3
MIN_PROSE_CHARS = 45
# A speck that a scan leaves after a heading.
DIRT = re.compile(r"\s+[.,:;'_|-]$")
_DAY = re.compile(r"(?:den |kl|(?:mån|tis|ons|tors|fre|lör|sön)\w*\b|\d)", re.IGNORECASE)
# Short lines that part an item, not the meeting: they open no item.
LABELS = re.compile(
    r"(?:(?:[a-z-]+ och )?[a-z-]{4,}s )?(?:forslag till )?beslut(?: och motivering)?|(?:sammanfattning|beskrivning) av arendet|(?:beslutet )?skickas till|"
    r"bestamt|beslutat|slutsats(?:en|er)?(?: ?/ ?beslut)?|beslut ?/ ?(?:slutsats|atgard)(?:er)?|beslut i fragan|overenskommelse|"
    r"beslutsforslag|beslutsunderlag|beslutsgang|yrkanden?|forslag och yrkanden?|propositions?(?:ordning)?(?:ar)?|votering\w*|omrostning\w*|reservation(?:er)?|"
    r"tidigare behandling|arendets (?:gang|beredning)|forvaltningens (?:bedomning|yttrande|synpunkter)|delges|jav|overvaganden?|lagstod|"
    r"(?:expedieras|utdelas|delges|skickas|sands|kopia|for kannedom)(?: till)?\b.*|expediering|beslutet (?:expedieras|delges|meddelas)\b.*|"
    r"protokollsanteckning|bakgrund|diskussion|sammanfattning|arendebeskrivning|arendet|forvaltningens forslag|motivering|att-satser|"
    r"ordforandens forslag|rekommendation|atgard(?:er)?|handlingar|underlag|bilagor?|vid protokollet|justeras|justerat|underskrift(?:er)?|"
    r"(?:sammantrades|motes|traff)?(?:datum|tid|plats|lokal|dag|ort)(?:\s*:.*|\s+\d.*)?|"
    r"paragrafer|plats och tid|tid och plats|innehall(?:sforteckning)?|dagordning|foredragningslista|arenden?|program|agenda|"
    r"(?:minnes|motes)?anteckningar|protokoll(?:sutdrag)?|kallelse|sida?|forts\.?|jordan|"
    r"(?:dnr|pnr|diarienummer)\b.*|inkom\b.*",
)
# A field of a form or an e-mail with what stands in it.
_FIELD = re.compile(r"(?:foredragande|handlaggare|ansvarig\w*|inledare|rapportor|till|fran|skickat|amne|kopia)\s*:.*")
# Labels whose lines are a list of papers or of those who are told: none of them opens an item.
_LISTING = re.compile(
    r"beslutsunderlag|underlag|handlingar|bilagor?|(?:beslutet )?(?:skickas|expedieras|delges|sands|meddelas)(?: till)?|delges|expediering|"
    r"kopia(?: till)?|for kannedom"
)
# A line that ends with a deciding verb waits for what is decided.
_LEADS = re.compile(
    r"\b(?:beslut(?:ar|ade|at)|foresl(?:ar|og)|rekommenderar(?:de)?|enades|overens|uppdrar)(?: (?:om|darfor|enhalligt|foljande|for egen del|att))*"
)
# The head of a list of tasks whose columns stand one space apart.
_TABLE_HEAD = re.compile(r"(?:(?:vem|vad|nar|klart?|ansvarig|uppgift|atgard|datum|senast)\W*){2,4}")
CLOSED = re.compile(r"[.!:;,–-]$")
_ENDED = re.compile(r"[.!?:)”\"]$")
# Titles that head an item whatever follows them.
STANDARD = re.compile(
    r"(?:nasta|kommande) (?:moten?|traff(?:ar)?|sammantrade|gang)|motestider|ovrigt|ovriga fragor|inledning|oppnande|avslutning|"
    r"motets (?:oppnande|avslutande)|laget runt|rapporter|anmalningsarenden|val av justerare|foregaende (?:protokoll|anteckningar)"
)
# Whom a letter is to, and its greeting.
_ADDRESSED = re.compile(r"till (?!nästa|sist)|(?:från|att|kopia|ang(?:ående)?):|(?:hej|bästa|kära)\b", re.IGNORECASE)
# A line that gives hours is of the document's head, however it stands among the first lines.
MAX_HEAD_LINES, MAX_DATED_LINES = 6, 3
# What the head of a document labels: a line before such a one is a title, not an item's heading.
HEAD_LABEL = re.compile(
    r"(?:tid|plats|datum|dag|lokal|när|var|(?:sammanträdes|mötes)(?:datum|tid|dag)|närvarande|deltagare|beslutande|ordförande|sekreterare|"
    r"mötesledare|utses att justera|justerare|paragrafer|dnr|vid pennan|förhinder|frånvarande|med|kallade)\b[^.!?:\t]{0,25}(?::|[ ]?\t)",
    re.IGNORECASE,
)


def bare_lines(lines: Sequence[Line], taken: Collection[int], mark: str = "") -> list[int]:
    """Lines that stand as headings; with a mark those that end with it, its mark taken off."""
    width = wrap_width(lines)
    if mark:
        ended = {n for n, line in enumerate(lines) if line.has_gap and line.text.endswith(mark)}
        lines = [replace(line, text=line.text.rstrip(mark)) if n in ended else line for n, line in enumerate(lines)]
        return [n for n in sorted(ended) if n not in taken and _is_bare_heading(lines, n, width, taken)]
    found = [n for n in range(len(lines)) if n not in taken and _is_bare_heading(lines, n, width, taken)]
    often = {text for text, count in Counter(lines[n].text for n in found).items() if count >= MIN_TIMES}
    if often:  # *Läge*, *Nästa steg* under every matter part the matters
        lines = [replace(line, text=f"{line.text}:") if line.text in often else line for line in lines]
        found = [n for n in range(len(lines)) if n not in taken and _is_bare_heading(lines, n, width, taken)]
    if len(found) >= MIN_IN_STYLE:
        found = sorted({*found, *_of_letters(lines, taken, width)})
    if sum(lines[n].text.isupper() for n in found) < MIN_IN_STYLE:
        return found
    fewer = MIN_CAPITALS_IN_STYLE
    return [n for n in range(len(lines)) if n not in taken and _is_bare_heading(lines, n, width, taken, fewer)]


def inner_labels(lines: Sequence[Line], taken: Collection[int]) -> set[int]:
    """Short lines that stand again and again within matters (*Läge*, *Nästa steg*): neither headings nor text."""
    times = Counter(line.text for n, line in enumerate(lines) if n not in taken and _has_form(line) and not line.bullet)
    often = {
        text
        for text, count in times.items()
        if count >= MIN_TIMES and len(text.split()) < 4 and not _is_person(text) and not _is_lead(fold_letters(text))
    }
    return {n for n, line in enumerate(lines) if line.text in often}


def _of_letters(lines: Sequence[Line], taken: Collection[int], width: int) -> Iterator[int]:
    """Headings that are letters alone (*SIP*), after a gap and over running text, in a part with other headings."""
    for n, line in enumerate(lines[:-1]):
        is_alone = line.text.isupper() and line.has_gap and not lines[n + 1].bullet and n not in taken
        is_over_text = len(lines[n + 1].text) > MIN_PROSE_CHARS and n >= MAX_HEAD_LINES
        if is_alone and is_over_text and _is_bare_heading(lines, n, width, taken, MIN_CAPITALS_IN_STYLE):
            yield n


def _is_bare_heading(
    lines: Sequence[Line], n: int, width: int, taken: Collection[int], least_capitals: int = MIN_CAPITALS
) -> bool:
    """A short line, broken on purpose, after something finished and before something that starts anew."""
    line = lines[n]
    if n < MAX_HEAD_LINES and _is_of_head(lines, n):
        return False
    if line.is_marked and _has_form(line, least_capitals) and n + 1 < len(lines):
        return True
    if not _has_form(line, least_capitals) or line.bullet or n + 1 >= len(lines):
        return False
    after, before = lines[n + 1], lines[n - 1] if n else None
    is_known = STANDARD.fullmatch(fold_letters(line.text)) is not None
    starts_anew = not after.text[0].islower() or (
        (is_known or line.text.isupper()) and _DAY.match(after.text) is not None
    )
    if n + 1 in taken or not starts_anew or _is_person(line.text) or _is_row(after.text) or _is_of_label(lines, n):
        return False
    if line.text[0].islower() and not (after.has_gap and before and CLOSED.search(before.text)):
        return False
    if before and n - 1 not in taken and not is_finished(lines, n - 1, width):
        return False
    if len(line.text) + 1 + len(after.text.split()[0]) > width * FULL_SHARE and not (line.has_gap and after.has_gap):
        return False
    is_shouted = line.text.isupper() and len(re.findall(r"[^\W\d_]", line.text)) >= MIN_CAPITALS
    return is_prose(lines, n + 1) or is_shouted or is_known


def _is_of_label(lines: Sequence[Line], n: int) -> bool:
    """Whether a short line is a field, what a label stands over (*Beslutsunderlag*), or leads to what is decided."""
    folded = fold_letters(lines[n].text)
    if _TABLE_HEAD.fullmatch(folded) or _FIELD.fullmatch(folded):
        return True
    above = fold_letters(lines[n - 1].text).strip(" .:*") if n else ""
    return _is_lead(folded) or _LISTING.fullmatch(above) is not None


def _is_lead(folded: str) -> bool:
    return any(match.end() == len(folded) for match in _LEADS.finditer(folded))


def _is_person(text: str) -> bool:
    """A name alone on a line; two words of the language, the first no first name, are none (*Appen Kim*)."""
    first = text.split()[0]
    if text.isupper() and first == text:
        return FIRST in kinds(text.capitalize())
    return is_name(text) and (FIRST in kinds(first) or not is_word(first.lower()))


def _is_of_head(lines: Sequence[Line], n: int) -> bool:
    if _ADDRESSED.match(lines[n].text):
        return True
    is_dated = n < MAX_DATED_LINES and any(one.date and one.precision == "day" for one in find_dates(lines[n].text))
    return (
        is_dated
        or bool(TIME.search(lines[n].text))
        or (n + 1 < len(lines) and HEAD_LABEL.match(lines[n + 1].text) is not None)
    )


def _has_form(line: Line, least_capitals: int = MIN_CAPITALS) -> bool:
    text = DIRT.sub("", line.text)
    if not text or len(text) > MAX_BARE_CHARS or len(text.split()) > MAX_BARE_WORDS or len(line.cells) > 1:
        return False
    if re.match(r"\(?(?:\d{1,2}|[a-hA-H])[.)]\s", text) or (text.isupper() and _is_letters(text, least_capitals)):
        return False
    if (
        not (text[0].isupper() or text[0].isdigit() or line.has_gap)
        or CLOSED.search(text)
        or len(re.findall(r"[^\W\d_]", text)) < 3
    ):
        return False
    return not _is_row(text) and "**" not in text and not LABELS.fullmatch(fold_letters(text).strip(" .:*"))


def _is_letters(text: str, least: int) -> bool:
    """Whether few capitals are letters of something, no word (*TOLK* is one)."""
    letters = re.findall(r"[^\W\d_]", text)
    is_short = len(letters) < least
    return is_short and not (len(letters) >= MIN_CAPITALS_IN_STYLE and is_word(text.strip("?! ").lower()))


def _is_row(text: str) -> bool:
    """A row of a table whose columns are lost: two numbers or more, one of them last (*Sund 84 kr 905*)."""
    words = text.split()
    numbers = [word for word in words if re.match(r"\d", word) and not re.fullmatch(r"(?:19|20)\d\d(?:\D\d+)?", word)]
    is_cells = (
        len(words) <= MAX_ROW_WORDS and not re.search(r"[.!?:,](?:\s|$)|\d/\d", text) and _DAY.match(text) is None
    )
    return is_cells and len(numbers) > 1 and re.search(r"(?:\d|\bkr|%|\bst|procent)\W*$", text) is not None


def is_finished(lines: Sequence[Line], n: int, width: int) -> bool:
    """Whether a line ends its paragraph: a full stop, a row of a list, a short line, or a gap after it."""
    line = lines[n]
    if _ENDED.search(line.text) or line.bullet or len(line.cells) > 1 or lines[n + 1].has_gap:
        return True
    return len(line.text) + 1 + len(lines[n + 1].text.split()[0]) <= width * FULL_SHARE and not CLOSED.search(line.text)


def is_prose(lines: Sequence[Line], n: int) -> bool:
    """Whether running text, a list or a table starts at the line: a heading's text, not another title line."""
    text = lines[n].text
    is_label = LABELS.fullmatch(fold_letters(text).strip(" .:*")) is not None and not any(
        char.isdigit() for char in text
    )
    if lines[n].bullet or len(lines[n].cells) > 1 or is_label:
        return True
    return len(text) > MIN_PROSE_CHARS or bool(re.search(r"[.!?:]$", text)) or len(text.split()) > 6


def is_called(title: str) -> bool:
    """Whether a person or a place speaks: *Ellen O: vi väntar*."""
    first = re.split(r"[ -]", title)[0]
    return is_name(title) or bool({FIRST, PLACES, "municipalities"} & kinds(first)) or not is_word(first.lower())
