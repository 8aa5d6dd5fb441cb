"""When on the day and where a part's meeting was held: by label, by sentence, or beside the day and the hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.records import Fact
from corpus.swedish import names
from corpus.swedish.bodies import find_bodies
from corpus.swedish.dates import find_dates
from corpus.swedish.hunspell import is_word
from ingest.header import TIME, Header
from ingest.kinds import kind_in
from ingest.persons import is_name
from ingest.running import Line

MAX_TITLE_CHARS = 110
MAX_PLACE_CHARS = 80
MAX_HEADING_CHARS = 40
# How much running text may say where one met (*Vi sågs kl 13–15 på Ekskolan*).
MAX_TOLD_CHARS = 700
_PLACES = r"(?:mötes)?(?:plats|lokal|rum|sal)|möteslokal|mötesrum|ort|var|adress|plats/lokal|lokal/plats"
_HOURS = r"(?:mötes)?(?:tid(?:punkt)?|dag|datum|när)"
_SEP = r"(?:[ \t]*[,/&][ \t]*|[ \t]+och[ \t]+|[ \t]+)"
# Labels of the place, alone or with day and hours: *Plats*, *Tid och plats*, *Datum, tid, plats*, *När och var*.
_LABEL = rf"(?:{_PLACES}|(?:{_HOURS}{_SEP})+(?:{_PLACES})|(?:{_PLACES})(?:{_SEP}{_HOURS})+)"
_LABELLED = re.compile(
    rf"^(?i:{_LABEL})[ \t]*(?::\**[ \t]*|\t[ \t]*|[ \t]{{2,}}|\?[ \t]*|[ \t](?=[A-ZÅÄÖ\d]))(?P<value>.{{2,160}})$"
)
_LABEL_ALONE = re.compile(rf"^(?:{_LABEL})[ \t]*:?$", re.IGNORECASE)
_LABEL_INSIDE = re.compile(
    rf"(?:[\t;,.|]|[ ]{{2}}|\d)[ \t]*(?:{_PLACES})[ \t]*:[ \t]*(?P<value>[^\t\n;|]{{2,80}})", re.IGNORECASE
)
# Sentences that say where one met.
_MET = r"(?i:\bmöte|\bsammanträde|\bträff|\bträffades|\bmöttes|\bsågs(?: vi)?|\bsamlades|\bsammanträdde|\bsågs igen|\bvar vi|\bsatt vi|\bhölls)"
_MET_AT = re.compile(
    rf"(?:{_MET}(?: (?:med|för) [^\n.,]{{4,60}}?)?|\b(?:19|20)\d\d,?(?: kl\.? ?[\d.:–-]+)?)(?:,? (?:kl\.? ?)?[\d.:]+(?:[–-][\d.:]+)?)? (?:i|på|hos|via) "
    r"(?P<value>[A-ZÅÄÖ][^\n,.!]{2,60}?(?:, [A-ZÅÄÖ][\wåäö -]{2,30}(?=\n|\Z))?)(?= den |\n|,|[.!]| \w*dag(?:en)?\b| \d| kl\b| för att |$)"
)
# Words that a place is, or ends with, though it has no capital or is in no list.
HOUSE = re.compile(
    r"(?:hus|huset|skola|skolan|gymnasiet?|gymnasium|biblioteke?t?|center|centret|centrum|sal|salen|rum|rummet|aula|aulan|gård|gården|lokal|lokalen|"
    r"matsal(?:en)?|kontoret?|hall|hallen|kyrkan?|museet|museum|hotellet?|herrgården?|campus|kansliet?|förskolan?|teatern?|teams|zoom|meet|skype|digitalt|distans|länk)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:sammanträde\w*|konferens|\w*dag|mötes\w*|dag|datum|tid|plats|när|var|närvarande|deltagare|möte|träff|mötet|sida|till|från|att|dnr|diarienr|nr|version|kallad[ea]?|talare|"
    r"ordförande|sekreterare|för|vi|hej|ajourn\w*|paus|kaffe|fika|lunch|första|sista|skickad|upprättad|beslut|info\w*|tema|tel|föredragande|med)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-ZÅÄÖ]{2,6}(?:\W[A-ZÅÄÖ]{2,6})?|[A-ZÅÄÖ\d§ -]+")
_WEEKDAYS = re.compile(r"\b(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?\b\.?(?=\W|\0|$)", re.IGNORECASE)
_WEEK = re.compile(r"\bv(?:ecka)?\.? ?\d{1,2}(?: (?:19|20)\d\d)?\b", re.IGNORECASE)
_LEADS = re.compile(r"^(?:i|på|hos|via|at|@|den|kl\.?|och|samt|,|i lokalen|in)\s+(?=\S)", re.IGNORECASE)
_BREAKS = re.compile(
    r"\s*(?:\. (?=[A-ZÅÄÖ])|\(|;|\bajourn\w*|\bpaus\b|\bkaffe\b|\bmed (?:kaffe|fika|lunch)\b)", re.IGNORECASE
)
# What a line broken by the page ends with when the place goes on.
_GOES_ON = re.compile(r"(?:,|\b(?:lokal|rum|sal|rummet|salen|i|på|hos|lokalen))$")
_CUT = "\0"
_EDGES = " \t,.:–-|_*/()"
# What parts the pieces of a line of the head besides commas.
_SEPARATORS = re.compile(r"\s[/|·•–—]\s")
_BARE_HOURS = re.compile(r"[, ](?P<a>[01]?\d)\s?[-–—]\s?(?P<b>[12]?\d)[ .]*$")


def time_of(header: Header) -> Fact[str]:
    """The meeting's hours as printed, dashes evened."""
    for line in header.lines:
        match = TIME.search(line.text)
        if match:
            group = match.lastgroup or "a"
            value = re.sub(r"\s*(?:[-–—]+|\btill\b)\s*(?:kl\.?\s*)?", "–", match[group])
            at = line.start + match.start(group)
            return Fact(value=value, certainty="stated", evidence=(header.whole.anchor(at, line.start + match.end()),))
    return _bare_hours(header)


def _bare_hours(header: Header) -> Fact[str]:
    """*7/2 2023 på Ekskolan, 13–15*: two bare hours last on the line of the day."""
    for line in header.lines:
        match = _BARE_HOURS.search(line.text)
        dates = find_dates(line.text) if match else []
        if match and dates and all(one.end <= match.start("a") for one in dates) and int(match["a"]) < int(match["b"]):
            at = header.whole.anchor(line.start + match.start("a"), line.start + match.end("b"))
            return Fact(value=f"{match['a']}–{match['b']}", certainty="stated", evidence=(at,))
    return Fact()


def place_of(header: Header) -> Fact[str]:
    """After a label, in a sentence (*möte i …*), else beside the day and hours, or the line that follows the date's."""
    found = next(_labelled(header.lines), None) or next(_told(header), None) or next(_beside(header), None)
    found = found or next(_labelled(_first_lines(header)), None)
    return _placed(header, *found) if found else Fact()


def _first_lines(header: Header) -> Sequence[Line]:
    """The lines before any about the next meeting, for a label that stands below those present."""
    lines = header.whole.lines(header.start, header.start + min(len(header.text), MAX_TOLD_CHARS))
    stop = next((n for n, line in enumerate(lines) if _COMING.search(line.text)), len(lines))
    return lines[:stop]


_COMING = re.compile(r"\b(?:nästa|kommande|ses vi|vi ses)\b", re.IGNORECASE)


def _labelled(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for n, line in enumerate(lines):
        match = _LABELLED.match(line.text) or _LABEL_INSIDE.search(line.text)
        on_next = _LABEL_ALONE.match(line.text) is not None and n + 1 < len(lines)
        if not match and not on_next:
            continue
        at = n + 1 if on_next else n
        text = lines[at].text if on_next or match is None else match["value"]
        if _GOES_ON.search(text) and at + 1 < len(lines):
            text = f"{text} {lines[at + 1].text}"
        value = _value(text)
        if value:
            yield lines[at], value


def _value(text: str) -> str:
    """A label's value without its hours, dates and what comes after the place."""
    pieces = [_tidy(piece) for piece in _without_time(text).split(_CUT)]
    return next((piece for piece in pieces if len(piece) > 1 and not _NO_PLACE.fullmatch(piece)), "")


def _told(header: Header) -> Iterator[tuple[Line, str]]:
    text = header.text[:MAX_TOLD_CHARS]
    for top in (header.body_text, text):
        for match in _MET_AT.finditer(top):
            value = match["value"].strip()
            sentence = top[max(top.rfind(mark, 0, match.start()) for mark in (". ", "\n\n", "\n")) + 1 : match.end()]
            above = top[: match.start()].rstrip("\n").rsplit("\n", 2)[-2:-1]
            is_coming = _COMING.search(sentence) or any(_heads_coming(line) for line in above)
            if not find_bodies(value) and not names_person(value) and not is_coming:
                yield header.lines[0], value


def _heads_coming(above: str) -> bool:
    """Whether a line is the heading of the next meeting."""
    return len(above) < MAX_HEADING_CHARS and _COMING.search(above) is not None


def names_person(text: str) -> bool:
    """Whether the text begins with a person's name that is no place's (*Ulla Berg, rektor*)."""
    first = re.split(r",| \(", text)[0].strip()
    one, *others = re.split(r" och | samt | & ", first)
    if others:
        return is_name(one) and names.FIRST in names.kinds(one.split()[0]) and HOUSE.search(first) is None
    return is_name(first) and HOUSE.search(first) is None


def _beside(header: Header) -> Iterator[tuple[Line, str]]:
    for n, line in enumerate(header.lines):
        text = line.text
        has_time = TIME.search(text) is not None
        if n and _heads_coming(header.lines[n - 1].text):
            continue
        if len(text) > MAX_TITLE_CHARS or _COMING.search(text) or not (has_time or find_dates(text) or n == 0):
            continue
        for value in _left_over(text, is_title=n == 0, has_time=has_time):
            yield line, value
        after = header.lines[n + 1] if n + 1 < len(header.lines) else None
        if after and _may_be_place(after):
            yield after, _tidy(after.text)


def _left_over(text: str, *, is_title: bool, has_time: bool) -> Iterator[str]:
    """What the line says besides body, kind, day and hours, when that can be a place."""
    cells = re.split(r"\t", text)
    pieces = _without_time(cells[-1] if len(cells) == 2 and TIME.search(cells[-1]) else text.replace("\t", _CUT)).split(
        _CUT
    )
    for n, piece in enumerate(pieces):
        kept = [part for part in piece.split(",") if not _is_of_title(part)]
        was_led = re.match(r"[\s,]*(?:i|på|hos|via)\s", piece) is not None
        value = _tidy(",".join(kept))
        if not _is_plausible(value):
            continue
        is_named = was_led or _is_known(value) or not is_word(value.split()[0].lower())
        is_parted = was_led or has_time or piece.lstrip().startswith((",", "("))
        is_beside_name = len(kept) < len(piece.split(",")) and n + 1 < len(pieces)
        if is_title:
            fits = (is_beside_name and is_named) or (n > 0 and is_parted and (is_named or has_time))
        else:
            fits = (n > 0 and is_parted) or has_time or _is_known(value)
        if fits:
            yield value


def _is_of_title(part: str) -> bool:
    bare = _tidy(part)
    return bool(
        find_bodies(part)
        or find_bodies(bare[:1].upper() + bare[1:])
        or kind_in(part)
        or _NO_PLACE.match(bare)
        or _LETTERS.fullmatch(bare)
    )


def _is_plausible(value: str) -> bool:
    if not 2 < len(value) <= MAX_PLACE_CHARS or _NO_PLACE.match(value) or names_person(value) or len(value.split()) > 9:
        return False
    return ":" not in value and (value[0].isupper() or HOUSE.search(value.split(",")[0]) is not None)


def _is_known(value: str) -> bool:
    words = re.findall(r"[^\W\d_]+", value)
    return HOUSE.search(value) is not None or any(
        {names.PLACES, "municipalities"} & names.kinds(word) for word in words if word[0].isupper()
    )


def _may_be_place(line: Line) -> bool:
    text = line.text
    if (
        line.bullet
        or len(text) > 60
        or ":" in text
        or find_dates(text)
        or TIME.search(text)
        or find_bodies(text)
        or len(line.cells) > 1
    ):
        return False
    if names_person(text) or _NO_PLACE.match(text):
        return False
    return text[0].isupper() and not re.search(r"[.!?]$", text) and kind_in(text) is None


def _without_time(text: str) -> str:
    """The text with a mark in place of each date, week and hours."""
    rest = TIME.sub(_CUT, _SEPARATORS.sub(_CUT + ",", text))
    for one in reversed(find_dates(rest)):
        if one.precision != "month":
            rest = rest[: one.start] + _CUT + rest[one.end :]
    rest = _WEEKDAYS.sub(_CUT, _WEEK.sub(_CUT, rest))
    rest = re.sub(r"(?<!\w)(?:kl|klockan|den|d)\.?[ ]*(?=\0)|\0[ ]*(?:19|20)\d\d\b", _CUT, rest)
    return re.sub(r"\0(?:[\s,.–-]*\0)+", _CUT, rest)


def _tidy(text: str) -> str:
    value = _BREAKS.split(text.strip(_EDGES))[0].strip(_EDGES)
    hosted = re.match(r"(?i:hos) .{2,40}? (?:på|i) (?P<at>[A-ZÅÄÖ].+)", value)
    if hosted:
        return hosted["at"]
    while _LEADS.match(value):
        value = _LEADS.sub("", value, count=1)
    return " ".join(value.split())


def _placed(header: Header, line: Line, value: str) -> Fact[str]:
    at = header.whole.text.find(value, line.start)
    anchor = header.whole.anchor(at if at >= 0 else line.start, (at + len(value)) if at >= 0 else line.end)
    return Fact(value=value, certainty="stated", evidence=(anchor,))
