"""What a part's first lines tell: kind, bodies, dates of meeting, writing and adjustment, time, place, officers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.records import Fact
from corpus.swedish.bodies import FoundBody, History, find_bodies, named_by, official
from corpus.swedish.dates import FoundDate, find_dates
from ingest.running import Line, Running

# Kinds by the words of the title or file name, the first that fits; a new name is one line here.
KINDS: tuple[tuple[str, str], ...] = (
    ("utkast", r"\butkast\b|\bej justerat\b|\bojusterat\b|\barbetsversion\b"),
    ("justerat protokoll", r"\bjusterat protokoll\b|\bprotokollet (?:är|har) justerat"),
    ("kallelse", r"\bkallelse\b|\binbjudan till\b|\bvälkomna till (?:möte|nätverks|sammanträde)"),
    ("protokoll", r"\bprotokoll\b|\bsammanträdesprotokoll\b|\bmötesprotokoll\b|\bstyrelseprotokoll\b|\bbeslutsprotokoll\b|\bprotokollsutdrag\b"),
    ("anteckningar", r"\b(?:minnes|mötes|nätverks|dag|stöd)?anteckning(?:ar(?:na)?)?\b|\bmötesnoteringar\b|\bnoteringar från\b|\bsammanfattning av möte"),
    ("verksamhetsplan", r"\bverksamhetsplan\w*|\bårsplan\b|\bhandlingsplan\b"),
    ("yttrande", r"\byttrande\b|\bremissvar\b"),
    ("dagordning", r"^[ \t]*(?:förslag till )?(?:dagordning|föredragningslista|agenda)\b"),
    ("bildspel", r"\bbildspel\b|\bpresentation\b"),
    ("underlag", r"\bunderlag\b|\btjänsteskrivelse\b|\bmissiv\b|\bpm\b"),
    ("bilaga", r"^[ \t]*bilaga\b"),
    ("förslag", r"^[ \t]*förslag\b"),
)  # fmt: skip
# Notes told in one long paragraph have their day in the first sentences.
MAX_TITLE_TEXT_CHARS = 1500
SLIDES = (".pptx", ".ppt", ".odp")
_ADJUSTED = re.compile(
    r"^[ \t|]*(?:protokollet )?justera(?:t|des|d)(?: (?:den|digitalt|elektroniskt))?\b[^\n]{0,40}", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
_SIGNED = re.compile(r"^[ \t]*(?:justeras|justerat|justerare[ \t]*:)", re.IGNORECASE | re.MULTILINE)
_WRITTEN = re.compile(
    r"\b(?:skriv(?:et|na|en)|upprätta[td]|daterat|skicka[dt]|sän[dt]|utskick(?:ad|at)?|utskrivet|renskrivet|antecknat|upprättade)\b",
    re.IGNORECASE,
)
# Dates of other things than the meeting: the word before them on the line, or alone on the line above.
_OTHER = re.compile(
    r"skriv|upprätt|juster|utskri|anslag|reviderad|ändra[dt]|inkom|ankom|diari|dnr|pnr|skickad|sän[dt]\b|utskick|version|uppdater|senast|"
    r"daterad|föregående|gäller|giltig|nedta|tas ned|synpunkt|utvärdering|uppföljning av|publicer|expedier|arkiv|svara? |anmäl|osa\b|"
    r"sista|handlingar|nästa|(?<!\w)(?!sammanträdes|mötes|nätverks|träff|start)\w+datum",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<!\w)(?:sammanträdes|mötes|nätverks)?(?:datum|dag|tid(?:punkt)?)\b[^:\n]{0,25}:?|^när\b", re.IGNORECASE
)
# The rank of a day that nothing says is the meeting's: it may be the day of writing.
ALONE = 2
_MEETING = re.compile(r"\bmöte|\bsammanträd|\bträff|\bnätverksdag|anteckning|protokoll", re.IGNORECASE)
_TIME = re.compile(
    r"(?:kl\.?|klockan|tid:)\s*(?P<a>[0-2]?\d(?:[.:]\d{2})?(?:\s*[-–—]+\s*\d{1,2}(?:[.:]\d{2})?)?)(?!\d)|"
    r"(?<![\d.-])(?P<b>\d{1,2}[.:]\d{2}\s*[-–—]+\s*\d{1,2}[.:]\d{2})(?![\d.])",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:plats|lokal|mötesplats|ort|var)[ \t]*:?\**(?:\t|[ \t]+)(?P<value>.{2,80})$", re.IGNORECASE)
_MET_AT = re.compile(
    r"(?:\b(?:möte|sammanträde|träff|träffades|möttes)|\b(?:19|20)\d\d,?(?: kl\.? ?[\d.:–-]+)?) (?:i|på|hos) "
    r"(?P<value>[A-ZÅÄÖ][^\n,.]{2,60}?)(?= den |\n|,|\.| \w*dag(?:en)?\b| \d)"
)
MAX_TITLE_CHARS = 110
_TIME_AND_PLACE = re.compile(
    r"^(?:tid och plats|plats och tid|tid/plats|plats/tid)[ \t]*:?[ \t]*(?P<value>.{2,120})$", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:meddelade|genomfördes|fattades|beslutades|redovisades|hölls|besökte|lämnades|var|hade varit|ägde rum|presenterades)\b"
)
_PLANNED = re.compile(r"\b(?:planera[dst]\w*|kommer att|nästa|ska|ses|inbjud\w+)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What stands outside the text: the file's name, the folders it lies in, the body the user gave, bodies known."""

    file_name: str = ""
    folders: tuple[str, ...] = ()
    body: str | None = None
    known: tuple[str, ...] = ()
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the header with what speaks for its being the meeting's: the higher the more."""

    found: FoundDate
    rank: int


@dataclass(frozen=True, slots=True)
class Header:
    """The first lines of a part: where they stand in the whole text, and the part's whole text."""

    whole: Running
    start: int
    lines: tuple[Line, ...]
    text: str

    @property
    def body_text(self) -> str:
        end = min(self.lines[-1].end, self.start + MAX_TITLE_TEXT_CHARS) if self.lines else self.start
        return self.whole.text[self.start : end]


def kind_of(header: Header, hint: Hint, *, has_paragraphs: bool, has_people: bool) -> Fact[str]:
    """By the title, then the file name; else what the form tells (§ are minutes, attendance is notes)."""
    if hint.file_name.lower().endswith(SLIDES):
        return Fact(value="bildspel", certainty="stated")
    named = _kind_in("\n".join(line.text for line in header.lines[:6])) or _kind_in(header.body_text)
    told = _kind_in(hint.file_name.replace("_", " "))
    if (told == "utkast" and named in (None, "protokoll", "anteckningar")) or (
        told == "justerat protokoll" and named in (None, "protokoll")
    ):
        named = told
    if named == "protokoll" and _is_adjusted(header.text):
        named = "justerat protokoll"
    if named or told:
        return Fact(value=named or told, certainty="stated" if named else "inferred")
    if has_paragraphs or has_people:
        return Fact(value="protokoll" if has_paragraphs else "anteckningar", certainty="inferred")
    return Fact()


def _kind_in(text: str) -> str | None:
    return next((kind for kind, pattern in KINDS if re.search(pattern, text, re.IGNORECASE | re.MULTILINE)), None)


def _is_adjusted(text: str) -> bool:
    return any(find_dates(match.group()) for match in _ADJUSTED.finditer(text))


def bodies_of(header: Header, hint: Hint) -> tuple[Fact[str], ...]:
    """The user's own word, else the names in the title lines, else file and folders. Two at a joint meeting."""
    if hint.body:
        return (Fact(value=hint.body, certainty="stated", origin="person"),)
    found = _bodies(header, hint)
    known = (*hint.known, *(one.name for one in find_bodies(header.text)))
    return tuple(replace(fact, value=official(fact.value or "", known, hint.history)) for fact in found)


def _bodies(header: Header, hint: Hint) -> tuple[Fact[str], ...]:
    title = header.body_text
    found = find_bodies(title, hint.known)
    if found and len(found) > 1 and _is_joint(" ".join(title[: found[1].end].split())):
        return tuple(_stated(header, one.start, one.end, one.name) for one in found[:2])
    found = found or _lower_case(title)
    if found:
        return (_stated(header, found[0].start, found[0].end, found[0].name),)
    for text in (hint.file_name.replace("_", " "), *reversed(hint.folders)):
        named = find_bodies(text, hint.known)
        if named:
            return (Fact(value=named[0].name, certainty="inferred"),)
    titled = _TITLED.search(title)
    if titled and not find_dates(titled["body"]):
        return (_stated(header, titled.start("body"), titled.end("body"), titled["body"].strip()),)
    called = named_by([title[:300], hint.file_name, *reversed(hint.folders)], header.text)
    if called:
        return (Fact(value=called, certainty="inferred"),)
    return (Fact(value=hint.folders[0], certainty="inferred"),) if hint.folders else ()


def _lower_case(title: str) -> list[FoundBody]:
    """A body that the first lines write with a small letter (*Träff med fritidsnätverket*)."""
    top = "\n".join(title.split("\n")[:MAX_TITLE_LINES])
    named = [(match, find_bodies(match.group()[:1].upper() + match.group()[1:])) for match in _SMALL.finditer(top)]
    return [
        replace(one[0], start=match.start(), end=match.start() + one[0].end - one[0].start)
        for match, one in named
        if one and one[0].start == 0
    ]


_SMALL = re.compile(r"(?<![\w-])(?:[a-zåäö]+- och )?[a-zåäö]{4,}(?:-[a-zåäö]+)?(?![\w-])")
MAX_TITLE_LINES = 3


# What stands after the word for the kind in the first line, when no name there is built as a body's.
_TITLED = re.compile(
    r"\A\W*(?i:(?:\w+ )?(?:\w*protokoll|\w*anteckningar|kallelse|dagordning)(?:na)?(?: från| för| till| fört vid| i)?"
    r"(?: \w*(?:möte|träff|sammanträde)t?(?: med| i| för))?)"
    r" (?P<body>[A-ZÅÄÖ][\wåäö-]+(?: [\wåäöÅÄÖ&-]+){0,4}?)(?=[ \t]*(?:\d|,|\n|\Z|den \d|kl\b|\w+dag\w* \d))"
)


def _is_joint(title: str) -> bool:
    return re.search(r"\bgemensam|\bmellan\b|tillsammans med|\bsammöte", title, re.IGNORECASE) is not None


def _stated(header: Header, start: int, end: int, name: str) -> Fact[str]:
    return Fact(
        value=name, certainty="stated", evidence=(header.whole.anchor(header.start + start, header.start + end),)
    )


def meeting_day(header: Header, hint: Hint, host: date | None) -> tuple[Fact[date], tuple[str, ...]]:
    """The day of the meeting and remarks where heading, file name and text disagree.

    The heading beats the file name; where they disagree the value is told as inferred. `host` is the day of the
    document that a part stands in: what gives a missing year.
    """
    named = _named_day(hint.file_name)
    dated = _header_dates(header, named or host)
    if not dated:
        return _without_heading(header, hint, named)
    best = max(dated, key=lambda one: (one.rank, -one.found.start))
    found, flags = best.found, []
    others = {one.found.date for one in dated if one.rank == best.rank}
    is_told = best.rank > ALONE or named == found.date
    is_sure = found.sure and found.year_given and len(others) == 1 and is_told
    if named and named != found.date:
        flags.append(f"datum: rubriken säger {found.date}, filnamnet {named}")
    if len(others) > 1:
        flags.append("datum: flera datum i rubriken")
    anchor = header.whole.anchor(header.start + found.start, header.start + found.end)
    certain: Literal["stated", "inferred"] = "stated" if is_sure and not (named and named != found.date) else "inferred"
    return Fact(value=found.date, certainty=certain, evidence=(anchor,)), tuple(flags)


def _named_day(name: str) -> date | None:
    named = [
        one.date for one in find_dates(name.replace("_", " ")) if one.date and one.year_given and one.precision == "day"
    ]
    return named[0] if named else None


def _header_dates(header: Header, anchor: date | None) -> list[Dated]:
    """Every day of the first lines that may be the meeting's, ranked by what stands before it."""
    text = header.body_text
    found = []
    known = [one.date for one in find_dates(text) if one.date and one.year_given]
    anchor = anchor or max(known, default=None)
    for one in find_dates(text, anchor):
        if one.date is None or one.precision != "day" or not (one.year_given or anchor):
            continue
        line_start = text.rfind("\n", 0, one.start) + 1
        before = text[line_start : one.start]
        above = text[text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : max(line_start - 1, 0)]
        rank = _rank(before, above, text[one.end :].split("\n", 1)[0], has_weekday=one.weekday is not None)
        if rank:
            found.append(Dated(one, rank))
    return found


def _rank(before: str, above: str, after: str, *, has_weekday: bool) -> int:
    """4 after a label of the meeting's date, 3 beside a word for the meeting, a weekday, hours or a body, 2 alone; 0 is
    another thing's date."""
    before = re.split(r"\t|;| {2,}|, (?=\w+:)", before)[-1]
    labelled = _LABEL.search(before)
    if _OTHER.search(before):
        return 0
    last = above.strip().split("\t")[-1]
    if not before.strip() and len(last) < 30 and _OTHER.match(last.strip()):
        return 0
    if labelled or (not before.strip() and _LABEL.fullmatch(above.strip())):
        return 4
    if _MEETING.search(before):
        return 3
    beside = f"{before} {after}"
    if _TIME.search(beside) or has_weekday or find_bodies(beside):
        return ALONE + 1
    return ALONE if len(before.strip()) < 60 and len(after.strip()) < 60 else 1


def _without_heading(header: Header, hint: Hint, named: date | None) -> tuple[Fact[date], tuple[str, ...]]:
    if named:
        return Fact(value=named, certainty="inferred", earliest=named, latest=named), ()
    return Fact(), ()


def bounded_day(header: Header, document: str = "") -> Fact[date]:
    """Bounds from what the text tells as past and as planned; the year from the latest date in the text, else in the
    whole document, that has one and is not itself planned."""
    dated = [one.date for one in find_dates(header.text) if one.date and one.year_given and one.precision == "day"]
    dated = dated or [
        one.date for one in find_dates(document) if one.date and one.year_given and one.precision == "day"
    ]
    if not dated:
        return Fact()
    anchor = max(dated)
    past, planned = [], []
    for one in find_dates(header.text, anchor, "after"):
        if one.date is None or one.precision != "day" or one.year_given:
            continue
        sentence = _sentence_around(header.text, one)
        if _PLANNED.search(sentence) and not _PAST.search(sentence[: sentence.find(one.text) + 60]):
            planned.append(one)
        elif _PAST.search(sentence):
            past.append(one)
    anchors = tuple(header.whole.anchor(header.start + one.start, header.start + one.end) for one in (*past, *planned))
    earliest = max([one.date for one in past if one.date], default=anchor)
    latest = min([one.date for one in planned if one.date and one.date >= earliest], default=None)
    return Fact(certainty="inferred", earliest=earliest, latest=latest, evidence=anchors)


def _sentence_around(text: str, one: FoundDate) -> str:
    start = max(text.rfind(".", 0, one.start), text.rfind("\n\n", 0, one.start)) + 1
    end = text.find(".", one.end)
    return text[start : end if end > 0 else len(text)]


def written_day(header: Header, day: date | None) -> Fact[date]:
    """The day the minutes were written or sent, where a line of the header says so."""
    for line in header.lines:
        match = _WRITTEN.search(line.text)
        dates = [one for one in find_dates(line.text, day) if one.date and one.precision == "day"] if match else []
        if match and dates and dates[-1].start > match.start():
            return Fact(value=dates[-1].date, certainty="stated", evidence=(header.whole.anchor(line.start, line.end),))
    return Fact()


def adjusted_day(header: Header, day: date | None) -> Fact[date]:
    """The day of adjustment; the last such line counts, since signatures stand at the end."""
    for match in reversed(list(_ADJUSTED.finditer(header.text))):
        dates = [one for one in find_dates(match.group(), day, "after") if one.date]
        if dates:
            at = header.start + match.start()
            return Fact(
                value=dates[0].date, certainty="stated", evidence=(header.whole.anchor(at, header.start + match.end()),)
            )
    return Fact()


def time_of(header: Header) -> Fact[str]:
    """The meeting's hours as printed, dashes evened."""
    for line in header.lines:
        match = _TIME.search(line.text)
        if match:
            value = re.sub(r"\s*[-–—]+\s*", "–", match["a"] or match["b"])
            at = line.start + match.start("a" if match["a"] else "b")
            return Fact(value=value, certainty="stated", evidence=(header.whole.anchor(at, line.start + match.end()),))
    return Fact()


def place_of(header: Header) -> Fact[str]:
    """After a label, in the title (*möte i …*), else the line (or its last piece) that follows the date's."""
    for line in header.lines:
        match = _TIME_AND_PLACE.match(line.text) or _PLACE.match(line.text)
        value = _without_hours(match["value"]) if match else ""
        if match and value:
            return _placed(header, line, value)
    told = _MET_AT.search(header.body_text)
    if told:
        return _placed(header, header.lines[0], told["value"])
    for n, line in enumerate(header.lines):
        if len(line.text) > MAX_TITLE_CHARS or not (find_dates(line.text) or _TIME.search(line.text) or n == 0):
            continue
        value = _without_hours(re.sub(r"^.*?(?=[^,]*$)", "", line.text)) if "," in line.text else ""
        if value and not find_dates(value) and not find_bodies(value) and len(value) > 3:
            return _placed(header, line, value)
        after = header.lines[n + 1] if n + 1 < len(header.lines) else None
        if after and _may_be_place(after):
            return _placed(header, after, after.text)
    return Fact()


def _may_be_place(line: Line) -> bool:
    text = line.text
    if (
        len(text) > 60
        or ":" in text
        or find_dates(text)
        or _TIME.search(text)
        or find_bodies(text)
        or len(line.cells) > 1
    ):
        return False
    return text[0].isupper() and not re.search(r"[.!?]$", text) and _kind_in(text) is None


def _without_hours(text: str) -> str:
    rest = _TIME.sub("", text)
    for one in reversed(find_dates(rest)):
        rest = rest[: one.start] + rest[one.end :]
    return re.sub(r"^[\s,–-]+|[\s,–-]+$", "", rest.split("\t")[0])


def _placed(header: Header, line: Line, value: str) -> Fact[str]:
    at = header.whole.text.find(value, line.start)
    anchor = header.whole.anchor(at if at >= 0 else line.start, (at + len(value)) if at >= 0 else line.end)
    return Fact(value=value, certainty="stated", evidence=(anchor,))
