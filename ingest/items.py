"""Agenda items: headings with § or numbers, CAPITALS, bold or short lines alone, slide titles; and their spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.records import AgendaItem
from corpus.swedish.wording import fold_letters
from ingest.header import TIME
from ingest.persons import is_name
from ingest.running import Line, Running, says_something, wrap_width

MAX_TITLE_CHARS = 110
MAX_BARE_CHARS, MAX_BARE_WORDS = 75, 10
# A line is broken on purpose when its follower's first word would have fitted in this share of the full width.
# .85 on wrapped PDF and OCR text: at .95 a paragraph's long first line became a heading, at .7 long headings were lost.
FULL_SHARE = 0.85
# Forms of numbered headings, the first that fits a line. A new form is one line here and one case in
# tests/cases/items.toml. `mark` tells the family: only one family numbers the items of a part.
NUMBERED: tuple[tuple[str, str], ...] = (
    ("§", r"(?P<number>(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5} ?)?§§? ?\d{1,3}(?:[.:]\d+)?(?: ?[-–] ?\d+)?(?:/\d{2,4})?)[ \t]*[.:–-]?(?:[ \t]+|$)(?P<title>.*)"),
    ("word", r"(?P<number>(?:Punkt|Ärende|Dagordningspunkt|Pkt\.?|Arende) ?\d{1,3})\b[ \t]*[.:)–-]?[ \t]*(?P<title>.*)"),
    ("sub", r"(?P<number>\d{1,2}\.\d{1,2}(?:\.\d+)?)\.?[ \t]+(?P<title>[^\W\d_].*)"),
    ("dot", r"(?P<number>\d{1,2})[.)][ \t]*(?P<title>[^\W\d_].*)"),
    ("bare", r"(?P<number>\d{1,2})[ \t]+(?P<title>[A-ZÅÄÖ][^\t]*)"),
)  # fmt: skip
_NUMBERED = tuple((mark, re.compile(pattern)) for mark, pattern in NUMBERED)
# What Tesseract makes of § before a number, seen at 150–300 dpi: $, 8, 3, S, &, 5.
_MISREAD = re.compile(r"(?P<mark>[$&]|[83S5](?= \d{1,3} [A-ZÅÄÖ]))[ \t]?(?P<number>\d{1,3})[ \t]+(?P<title>.*)")
# Short lines that part an item, not the meeting: they open no item.
LABELS = re.compile(
    r"(?:forslag till |[a-z-]{4,}s )?beslut(?: och motivering)?|(?:sammanfattning|beskrivning) av arendet|(?:beslutet )?skickas till|"
    r"bestamt|beslutat|slutsats(?:en|er)?(?: ?/ ?beslut)?|beslut ?/ ?(?:slutsats|atgard)(?:er)?|beslut i fragan|overenskommelse|"
    r"beslutsforslag|beslutsunderlag|beslutsgang|yrkanden?|votering|omrostning\w*|reservation(?:er)?|"
    r"protokollsanteckning|bakgrund|diskussion|sammanfattning|arendebeskrivning|arendet|forvaltningens forslag|motivering|att-satser|"
    r"ordforandens forslag|rekommendation|atgard(?:er)?|handlingar|underlag|bilagor?|vid protokollet|justeras|justerat|underskrift(?:er)?|"
    r"(?:sammantrades|motes|traff)?(?:datum|tid|plats|lokal|dag|ort)(?:\s*:.*|\s+\d.*)?|"
    r"paragrafer|plats och tid|tid och plats|innehall(?:sforteckning)?|dagordning|foredragningslista|arenden?|program|agenda|"
    r"(?:minnes|motes)?anteckningar|protokoll(?:sutdrag)?|kallelse|sida?|forts\.?|jordan|(?:dnr|pnr|diarienummer)\b.*|inkom\b.*",
)
_CLOSED = re.compile(r"[.!:;,–-]$")
_ENDED = re.compile(r"[.!?:)”\"]$")
# Titles that head an item whatever follows them.
STANDARD = re.compile(
    r"(?:nasta|kommande) (?:moten?|traff(?:ar)?|sammantrade|gang)|motestider|ovrigt|ovriga fragor|inledning|oppnande|avslutning|"
    r"motets (?:oppnande|avslutande)|laget runt|rapporter|anmalningsarenden|val av justerare|foregaende (?:protokoll|anteckningar)"
)
# Headings that end an item but open none: what is appended to the minutes.
_ASIDE = re.compile(r"Bilag(?:a|or)\b")
_AGENDA = re.compile(
    r"(?:forslag till )?(?:dagordning|foredragningslista|agenda|arendelista|arenden|innehall(?:sforteckning)?)\W*"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at lines[line]: its number as printed, title, level, and the line where its text begins."""

    line: int
    number: str | None
    title: str
    mark: str
    value: int = 0
    level: int = 1
    after: int = 0


def find_items(
    whole: Running, lines: Sequence[Line], taken: Collection[int], end: int, *, is_slides: bool = False
) -> tuple[AgendaItem, ...]:
    """The items of a part in the order of the text; lists of attendance end the item that stands before them."""
    headings = _slide_titles(lines) if is_slides else find_headings(lines, taken)
    headings, aside = (
        [one for one in headings if not _ASIDE.match(one.title)],
        [one for one in headings if _ASIDE.match(one.title)],
    )
    stops = sorted(
        {lines[one.line].start for one in aside}
        | {lines[n].start for n in taken}
        | {lines[one.line].start for one in headings}
        | {end}
    )
    found = []
    for one in headings:
        start = lines[one.line].start
        stop = next(at for at in stops if at > start)
        found.append(
            AgendaItem(
                number=one.number,
                title=" ".join(one.title.split()),
                spans=whole.spans(start, stop),
                level=one.level,
            )
        )
    return tuple(found)


def _slide_titles(lines: Sequence[Line]) -> list[Heading]:
    """The first line of each slide but the first, which is the title of them all."""
    return [Heading(n, None, line.text, "slide") for n, line in enumerate(lines) if line.is_first][1:]


def find_headings(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """Numbered headings where the part has them, with the unnumbered ones between them a level down."""
    numbered = _numbered(lines, taken) or _table_rows(lines, taken)
    bare = [Heading(n, None, _title(lines[n].text), "bare") for n in _bare_lines(lines, taken)]
    if not numbered and not bare:
        bare = [Heading(n, None, _title(lines[n].text), "bare") for n in _bare_lines(lines, taken, ":")]
    if len(numbered) < 2 and len(bare) > len(numbered) and not any(one.mark in ("§", "word") for one in numbered):
        numbered = []
    matters = [] if numbered else _matters(lines, taken)
    if matters:
        return matters
    if not numbered:
        return bare[_title_lines(lines, bare) :] if bare else []
    first = numbered[0].line
    used = {n for one in numbered for n in (one.line, one.after)}
    inner = [one for one in bare if one.line > first and one.line not in used]
    below = [Heading(one.line, None, one.title, "bare", level=2) for one in inner]
    return sorted([*numbered, *below], key=lambda one: one.line)


# What a calling paper sets over the matters that it lists by kind.
_KINDS_OF_MATTERS = re.compile(
    r"(?:besluts?|informations?|diskussions?|anmalnings?|rapport|ovriga|staende )[ -]?(?:arende|punkt|fraga|fragor)\w*|"
    r"for (?:beslut|information|diskussion)|"
    r"(?:att )?(?:besluta om|informera om|diskutera)|(?:besluts|informations|diskussions)?fragor"
)
MAX_MATTER_WORDS = 14


def _matters(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """The rows of an agenda that lists its matters by kind (*Beslutsärenden*), rows under other headings of it too."""
    heads = [n for n, line in enumerate(lines) if _KINDS_OF_MATTERS.fullmatch(fold_letters(line.text).strip(" .:*"))]
    if not any(_is_matter(lines, n + 1) for n in heads):
        return []
    return [
        Heading(n, None, _title(lines[n].text), "matter")
        for n in range(heads[0] + 1, len(lines))
        if n not in taken and _is_matter(lines, n)
    ]


def _is_matter(lines: Sequence[Line], n: int) -> bool:
    if n >= len(lines):
        return False
    text = lines[n].text
    return bool(lines[n].bullet) and len(text.split()) <= MAX_MATTER_WORDS and not re.search(r"[.!?]\s", text)


def _table_rows(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """The rows of an agenda set as a table (*Nr, Ärende, Föredragande, Tid*)."""
    for at, line in enumerate(lines):
        heads = [fold_letters(cell).strip(" .:") for cell in line.text.split("\t")]
        if at in taken or not (_NUMBERS.intersection(heads) and _MATTERS.intersection(heads)):
            continue
        number = next(n for n, head in enumerate(heads) if head in _NUMBERS)
        matter = next(n for n, head in enumerate(heads) if head in _MATTERS and n != number)
        return _rows(lines, at + 1, number, matter)
    return []


_NUMBERS = frozenset(("nr", "nummer", "punkt", "pkt", "§", "#", "arendenr"))
_MATTERS = frozenset(("arende", "arenden", "rubrik", "fraga", "amne", "innehall", "vad"))


def _rows(lines: Sequence[Line], start: int, number: int, matter: int) -> list[Heading]:
    found = []
    for n in range(start, len(lines)):
        cells = lines[n].text.split("\t")
        printed = cells[number].strip() if len(cells) > max(number, matter) else ""
        if not re.fullmatch(r"(?:§ ?)?\d{1,3}[.)]?", printed):
            break
        found.append(_heading(n, _number(printed), cells[matter].strip(), "dot"))
    return found


# A line that gives hours is of the document's head, however it stands among the first lines.
MAX_HEAD_LINES = 6
# What the head of a document labels: a line before such a one is a title, not an item's heading.
_HEAD_LABEL = re.compile(
    r"(?:tid|plats|datum|dag|lokal|när|var|(?:sammanträdes|mötes)(?:datum|tid|dag)|närvarande|deltagare|beslutande|ordförande|sekreterare|"
    r"mötesledare|utses att justera|justerare|paragrafer|dnr|vid pennan|förhinder|frånvarande|med|kallade)\b[^.!?:\t]{0,25}(?::|[ ]?\t)",
    re.IGNORECASE,
)


def _title_lines(lines: Sequence[Line], bare: Sequence[Heading]) -> int:
    """How many of the first headings are the document's own title lines: those before any running text."""
    count = 0
    for one in bare:
        before = lines[: one.line]
        if any(len(line.text) > 60 and _CLOSED.search(line.text) for line in before) or one.line > 8:
            break
        after = lines[one.line + 1] if one.line + 1 < len(lines) else None
        if after and _is_prose(lines, one.line + 1) and one.line > 0:
            break
        count += 1
    return count


def _numbered(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    families: dict[str, list[Heading]] = {}
    for n in range(len(lines)):
        if n in taken:
            continue
        for one in candidates(lines, n):
            families.setdefault(one.mark, []).append(one)
    for mark in ("§", "word", "dot", "bare"):
        chain = _chain(lines, families.get(mark, []), mark)
        if len(chain) >= (1 if mark in ("§", "word") else 2):
            subs = _subs(families.get("sub", []), chain) if mark != "sub" else []
            return sorted([*chain, *subs], key=lambda one: one.line)
    return _chain(lines, families.get("sub", []), "sub")


def candidates(lines: Sequence[Line], n: int) -> list[Heading]:
    """What numbered headings the line may be; the title may stand on the line after."""
    line = lines[n]
    text = line.text.strip("|;: \t")
    found = []
    misread = _MISREAD.fullmatch(text)
    if misread and _is_title(misread["title"]):
        found.append(_heading(n, f"§ {misread['number']}", misread["title"], "§"))
    for mark, pattern in _NUMBERED:
        match = pattern.fullmatch(text)
        if match is None or line.bullet:
            continue
        title, after = match["title"].strip(), n
        if not title and n + 1 < len(lines) and mark in ("§", "word"):
            title, after = lines[n + 1].text, n + 1
        if _is_title(title) and not (mark in ("dot", "bare", "sub") and title[0].islower()):
            found.append(_heading(n, _number(match["number"]), title, mark, after))
        break
    return found


def _number(printed: str) -> str:
    return " ".join(printed.split()).rstrip(".):")


def _heading(line: int, number: str, title: str, mark: str, after: int | None = None) -> Heading:
    digits = re.findall(r"\d+", number)
    level = 1 + number.count(".") if mark == "sub" else 1
    return Heading(line, number, _title(title), mark, int(digits[0]), level, line if after is None else after)


def _title(text: str) -> str:
    """The title without the dirt of a scan's edge and without the mark that ends it."""
    kept = [cell for cell in re.split(r"\t", text) if says_something(cell)] or [text]
    return kept[0].strip(" |;:.*_")


def _is_title(title: str) -> bool:
    bare = title.split("\t")[0].strip()
    if (
        not bare
        or len(bare) > MAX_TITLE_CHARS
        or bare.endswith((",", ";"))
        or re.search(r"\.{4}|…{2}|(?:\. ){4}", bare)
    ):
        return False
    return not (bare.endswith(".") and len(bare.split()) > 7)


def _chain(lines: Sequence[Line], found: Sequence[Heading], mark: str) -> list[Heading]:
    """The run of headings whose numbers rise; a list inside an item starts over and is left out. Of an agenda and
    the minutes under the same numbers, the run with more text counts."""
    if mark in ("§", "word"):
        return _rising([one for one in found if mark == "word" or _is_real(lines, one)], 400)
    runs = _runs(found)
    runs = [run for run in runs if len(run) >= 2 or run[0].value > 1]
    return max(runs, key=lambda run: _weight(lines, run), default=[])


def _is_real(lines: Sequence[Line], one: Heading) -> bool:
    """A § that opens a line of running text (*§ 14 i skollagen säger att …*) is no heading."""
    return not (one.title[:1].islower() and len(one.title.split()) > 4)


def _rising(found: Sequence[Heading], step: int) -> list[Heading]:
    kept: list[Heading] = []
    for one in found:
        if not kept or 0 < one.value - kept[-1].value <= step:
            kept.append(one)
    return kept


def _runs(found: Sequence[Heading]) -> list[list[Heading]]:
    """Every rising run from each heading numbered 1 (or the first), steps of at most three."""
    starts = [n for n, one in enumerate(found) if one.value == 1 or n == 0]
    return [_rising(found[n:], 3) for n in starts]


def _weight(lines: Sequence[Line], run: Sequence[Heading]) -> tuple[int, int]:
    """Items in the run, then how many lines stand between them: an agenda's run has none."""
    ends = [one.line for one in run[1:]] + [min(len(lines), run[-1].line + 30)]
    between = sum(1 for one, stop in zip(run, ends, strict=True) if stop - one.line > 1)
    return between, len(run)


def _subs(subs: Sequence[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Sub-headings like 3.1 whose first number is that of the item they stand under."""
    found = []
    for one in subs:
        parent = next((above for above in reversed(chain) if above.line < one.line), None)
        if parent and parent.value == one.value:
            found.append(one)
    return found


def _bare_lines(lines: Sequence[Line], taken: Collection[int], mark: str = "") -> list[int]:
    """Lines that stand as headings; with a mark those that end with it, its mark taken off."""
    width = wrap_width(lines)
    if mark:
        ended = {n for n, line in enumerate(lines) if line.has_gap and line.text.endswith(mark)}
        lines = [replace(line, text=line.text.rstrip(mark)) if n in ended else line for n, line in enumerate(lines)]
        return [n for n in sorted(ended) if n not in taken and _is_bare_heading(lines, n, width, taken)]
    return [n for n in range(len(lines)) if n not in taken and _is_bare_heading(lines, n, width, taken)]


def _is_bare_heading(lines: Sequence[Line], n: int, width: int, taken: Collection[int]) -> bool:
    """A short line, broken on purpose, after something finished and before something that starts anew."""
    line = lines[n]
    if n < MAX_HEAD_LINES and _is_of_head(lines, n):
        return False
    if line.is_marked and _has_form(line) and n + 1 < len(lines):
        return True
    if not _has_form(line) or line.bullet or n + 1 >= len(lines):
        return False
    after, before = lines[n + 1], lines[n - 1] if n else None
    if n + 1 in taken or after.text[0].islower() or is_name(line.text):
        return False
    if line.text[0].islower() and not (after.has_gap and before and _CLOSED.search(before.text)):
        return False
    if before and n - 1 not in taken and not _is_finished(lines, n - 1, width):
        return False
    if len(line.text) + 1 + len(after.text.split()[0]) > width * FULL_SHARE and not (line.has_gap and after.has_gap):
        return False
    is_known = STANDARD.fullmatch(fold_letters(line.text)) is not None
    return _is_prose(lines, n + 1) or line.text.isupper() or is_known


def _is_of_head(lines: Sequence[Line], n: int) -> bool:
    return bool(TIME.search(lines[n].text)) or (n + 1 < len(lines) and _HEAD_LABEL.match(lines[n + 1].text) is not None)


def _has_form(line: Line) -> bool:
    text = line.text
    if not text or len(text) > MAX_BARE_CHARS or len(text.split()) > MAX_BARE_WORDS or len(line.cells) > 1:
        return False
    if re.match(r"\(?(?:\d{1,2}|[a-h])[.)]\s", text) or (text.isupper() and len(re.findall(r"[^\W\d_]", text)) < 5):
        return False
    if (
        not (text[0].isupper() or text[0].isdigit() or line.has_gap)
        or _CLOSED.search(text)
        or len(re.findall(r"[^\W\d_]", text)) < 3
    ):
        return False
    return not LABELS.fullmatch(fold_letters(text).strip(" .:*"))


def _is_finished(lines: Sequence[Line], n: int, width: int) -> bool:
    """Whether a line ends its paragraph: a full stop, a row of a list, a short line, or a gap after it."""
    line = lines[n]
    if _ENDED.search(line.text) or line.bullet or len(line.cells) > 1 or lines[n + 1].has_gap:
        return True
    return len(line.text) + 1 + len(lines[n + 1].text.split()[0]) <= width * FULL_SHARE and not _CLOSED.search(
        line.text
    )


def _is_prose(lines: Sequence[Line], n: int) -> bool:
    """Whether running text, a list or a table starts at the line: a heading's text, not another title line."""
    text = lines[n].text
    is_label = LABELS.fullmatch(fold_letters(text).strip(" .:*")) is not None and not any(
        char.isdigit() for char in text
    )
    if lines[n].bullet or len(lines[n].cells) > 1 or is_label:
        return True
    return len(text) > 45 or bool(re.search(r"[.!?:]$", text)) or len(text.split()) > 6
