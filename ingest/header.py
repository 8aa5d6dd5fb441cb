"""What a part's first lines tell: kind, dates of meeting, writing and adjustment, time, place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.records import Fact
from corpus.swedish.bodies import History, find_bodies
from corpus.swedish.dates import FoundDate, find_dates
from ingest.running import Line, Running
from ingest.sent import bounds_by_sending, is_letter, meeting_before

# Notes told in one long paragraph have their day in the first sentences.
MAX_TITLE_TEXT_CHARS = 1500
# A month in these first lines is the meeting's.
MAX_SPAN_LINES = 3
# A signature stands among the last lines, its day with little beside it.
MAX_FOOT_LINES, MAX_FOOT_CHARS = 4, 30
ADJUSTED = re.compile(
    r"^[ \t|]*(?:\w+: )?(?:protokollet (?:är |har |blev )?(?:blivit )?)?"
    r"justera(?:t|des|d)(?: (?:den|digitalt|elektroniskt))?\b[^\n]{0,40}", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
# The head of minutes tells when they will be adjusted; that makes them no adjusted ones.
_ADJUSTING = re.compile(
    r"^[ \t|*]*(?:justeringens (?:plats och )?(?:tid|datum)|justerings(?:datum|dag|tid)|datum för justering)[ \t]*[:\t][^\n]{0,40}",
    re.IGNORECASE | re.MULTILINE,
)
_WRITTEN = re.compile(
    r"\b(?:skriv(?:et|na|en)|upprätta[td]|daterat|skicka[dt]|sän[dt]|utskick(?:ad|at)?|utskrivet|renskrivet|antecknat|upprättade)\b",
    re.IGNORECASE,
)
# Dates of other things than the meeting: the word before them on the line, or alone on the line above.
_OTHER = re.compile(
    r"\b(?:ut|ned|ren)?skriv(?:en|et|na|s|it|its)?\b|upprätt|juster|utskri|anslag|reviderad|ändra[dt]|inkom|ankom|diari|dnr|pnr|skicka[dt]|\bsent\b|sän[dt]\b|utskick|version|uppdater|senast|"
    r"daterad|föregående|gäller|giltig|nedta|tas ned|synpunkt|utvärdering|uppföljning av|publicer|expedier|arkiv|svara? |anmäl|osa\b|"
    r"sista|handlingar|nästa|\bnytt\b|\bnya? (?=dat|tid)|kommande|ses igen|(?<!\w)(?!sammanträdes|mötes|nätverks|träff|start)\w+datum",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<!\w)(?:sammanträdes|mötes|nätverks)?(?:datum|dag|tid(?:punkt)?)\b[^:\n]{0,25}:?|^när\b", re.IGNORECASE
)
# The rank of a day that nothing says is the meeting's: it may be the day of writing.
ALONE = 2
_MEETING = re.compile(r"\bmöte|\bsammanträd|\bträff|\bnätverksdag|anteckning|protokoll", re.IGNORECASE)
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?"
_MINUTES = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_TO = r"\s*(?:[-–—]+|\btill\b)\s*(?:kl\.?\s*)?"
# Hours after a word for them, or a stretch of hours with minutes at one end at least.
TIME = re.compile(
    rf"(?:kl\.?|klockan|(?:mötes)?tid(?:punkt)?[:\t])\s*(?P<a>{_CLOCK}(?:{_TO}{_CLOCK})?)(?!\d)|"
    rf"(?<![\d.,/§-])(?P<b>{_MINUTES}{_TO}{_CLOCK}|{_CLOCK}{_TO}{_MINUTES})(?![\d]|[.:/,]\d|\s*(?:%|kr|kronor|procent|timm|år\b))",
    re.IGNORECASE,
)
# A letter of news tells in its first sentences when one met: *Rådet möttes i Alby den 5 oktober.*
MAX_NEWS_CHARS = 600
_MET = re.compile(
    r"\b(?:möttes|träffades|samlades|sammanträdde|sågs|(?:höll|hade) (?:sitt |sin |ett |en )?(?:\w+ )?(?:möte|träff|sammanträde))\b",
    re.IGNORECASE,
)
_WE = re.compile(
    r"\bvi\b|(?<!arbets)(?<!under)(?<!elev)(?:nätverk|forum|råd|grupp|utskott|styrelse|nämnd|team)", re.IGNORECASE
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
    def margin(self) -> str:
        """The running title, of the document's own minutes: notes that stand inside them have another body."""
        return self.whole.margin if self.start == 0 else ""

    @property
    def body_text(self) -> str:
        end = min(self.lines[-1].end, self.start + MAX_TITLE_TEXT_CHARS) if self.lines else self.start
        return self.whole.text[self.start : end]


def meeting_day(header: Header, hint: Hint, host: date | None) -> tuple[Fact[date], tuple[str, ...]]:
    """The day of the meeting and remarks where heading, file name and text disagree.

    The heading beats the file name; where they disagree the value is told as inferred. `host` is the day of the
    document that a part stands in: what gives a missing year.
    """
    named = _named_day(hint.file_name)
    dated = _header_dates(header, named or host or year_around(hint))
    sent = meeting_before(header.whole, header.start, header.text)
    if sent.value and all(one.rank <= ALONE for one in dated):
        return sent, ()
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
    anchor = anchor or max(known, default=None) or _month_told(text) or _latest(header.text)
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
    if TIME.search(beside) or has_weekday or find_bodies(beside):
        return ALONE + 1
    return ALONE if len(before.strip()) < 60 and len(after.strip()) < 60 else 1


def _month_told(text: str) -> date | None:
    """A day of the month that a title names with its year (*Mars 2024*)."""
    months = [one.earliest for one in find_dates(text) if one.earliest and one.year_given and one.precision == "month"]
    return max(months, default=None)


def _latest(text: str) -> date | None:
    days = [one.date for one in find_dates(text) if one.date and one.year_given and one.precision == "day"]
    return max(days, default=None)


_YEARS = re.compile(r"(?<!\d)(?P<one>(?:19|20)\d\d)(?:\s?[-–/_]\s?(?P<two>(?:19|20)?\d\d)(?!\d))?(?!\d)")
_TERM = re.compile(r"(?<![^\W_])(?P<term>ht|vt)[ _-]?(?P<year>(?:20)?\d\d)(?!\d)", re.IGNORECASE)


def year_around(hint: Hint) -> date | None:
    """A day amid the time that file name or folders tell (*mars -23*, *2023-2024*, *HT23*, *2024*): what gives a missing
    year."""
    for text in (hint.file_name, *reversed(hint.folders)):
        text = text.replace("_", " ")
        spans = _spans(text)
        term, years = _TERM.search(text), _YEARS.search(text)
        if spans:
            return spans[0][0]
        if term:
            return date(2000 + int(term["year"][-2:]), 10 if term["term"].lower() == "ht" else 3, 15)
        if years:
            first = int(years["one"])
            return (
                date(first + 1, 1, 1)
                if years["two"] and int(years["two"][-2:]) == (first + 1) % 100
                else date(first, 7, 1)
            )
    return None


def _spans(text: str) -> list[tuple[date, date]]:
    """The months and weeks with a year that the text names."""
    found = [one for one in find_dates(text) if one.precision != "day" and one.year_given]
    return [(one.earliest, one.latest) for one in found if one.earliest and one.latest]


def _without_heading(header: Header, hint: Hint, named: date | None) -> tuple[Fact[date], tuple[str, ...]]:
    running = _day_in_margin(header)
    if running:
        flags = (f"datum: sidhuvudet säger {running}, filnamnet {named}",) if named and named != running else ()
        return Fact(value=running, certainty="inferred" if flags else "stated"), flags
    if named:
        return Fact(value=named, certainty="inferred", earliest=named, latest=named), ()
    told = _told_day(header, hint)
    return (told if told.value else _signed_day(header)), ()


def _told_day(header: Header, hint: Hint) -> Fact[date]:
    """The one day on which the first sentences say that one met, within the month of title or file name if there is one."""
    text = header.text[:MAX_NEWS_CHARS]
    top = "\n".join([line for line in text.split("\n") if line.strip()][:MAX_SPAN_LINES])
    spans = _told_spans(header, hint) or _spans(top)
    anchor = spans[0][0] if spans else year_around(hint)
    told = [
        one
        for one in find_dates(text, anchor, "after")
        if one.date and one.precision == "day" and (one.year_given or anchor) and _is_met(text, one)
    ]
    inside = [one for one in told if not spans or any(first <= one.date <= last for first, last in spans if one.date)]
    if len({one.date for one in told}) != 1 or not inside:
        return Fact()
    one = inside[0]
    certain: Literal["stated", "inferred"] = "stated" if one.year_given else "inferred"
    return Fact(
        value=one.date,
        certainty=certain,
        evidence=(header.whole.anchor(header.start + one.start, header.start + one.end),),
    )


def _is_met(text: str, one: FoundDate) -> bool:
    """Whether the day's own sentence says that one met, and names no other thing's day."""
    sentence, line = _sentence_around(text, one), text[text.rfind("\n", 0, one.start) + 1 :].split(".", 1)[0]
    is_ours = bool(_MET.search(sentence) and _WE.search(sentence))
    return is_ours and not _OTHER.search(line) and not _PLANNED.search(line)


def _day_in_margin(header: Header) -> date | None:
    """The only day of the running title that may be the meeting's."""
    text, days = header.margin, set()
    for one in find_dates(text):
        before = text[text.rfind("\n", 0, one.start) + 1 : one.start]
        if one.date and one.precision == "day" and one.year_given and _rank(before, "", "", has_weekday=False):
            days.add(one.date)
    return days.pop() if len(days) == 1 else None


def _signed_day(header: Header) -> Fact[date]:
    """A day beside the signature (*Öby 2024-04-25*): the meeting's or that of writing, hence never certain."""
    lines = header.whole.lines(header.start, header.start + len(header.text))[-MAX_FOOT_LINES:]
    for above, line in zip((None, *lines), lines, strict=False):
        days = [one for one in find_dates(line.text) if one.date and one.year_given and one.precision == "day"]
        is_other = _OTHER.search(line.text) or TIME.search(line.text) or (above and _OTHER.search(above.text))
        if (
            len(days) == 1
            and len(line.text) <= MAX_FOOT_CHARS
            and not line.bullet
            and len(line.cells) == 1
            and not is_other
        ):
            anchor = header.whole.anchor(line.start + days[0].start, line.start + days[0].end)
            return Fact(value=days[0].date, certainty="inferred", evidence=(anchor,))
    return Fact()


def estimated_day(header: Header, hint: Hint, document: str = "") -> Fact[date]:
    """Bounds of a day that stands nowhere: the month or week of title or file name, narrowed by what the text tells."""
    told = bounded_day(header, document)
    spans = _told_spans(header, hint)
    if not spans:
        return told
    first, last = spans[0]
    earliest = told.earliest if told.earliest and first <= told.earliest <= last else first
    latest = told.latest if told.latest and earliest <= told.latest <= last else last
    return Fact(certainty="inferred", earliest=earliest, latest=latest, evidence=told.evidence)


def _told_spans(header: Header, hint: Hint) -> list[tuple[date, date]]:
    title = "\n".join(line.text for line in header.lines[:MAX_SPAN_LINES])
    return _spans(title) or _spans(hint.file_name.replace("_", " "))


def bounded_day(header: Header, document: str = "") -> Fact[date]:
    """Bounds from what the text tells as past and as planned; the year from the latest date in the text, else in the
    whole document, that has one and is not itself planned. A letter tells by when it was sent."""
    if is_letter(header.text):
        return bounds_by_sending(header.whole, header.start, header.text)
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
    for match in (*reversed(list(ADJUSTED.finditer(header.text))), *_ADJUSTING.finditer(header.text)):
        dates = [one for one in find_dates(match.group(), day, "after") if one.date]
        if dates:
            at = header.start + match.start()
            return Fact(
                value=dates[0].date, certainty="stated", evidence=(header.whole.anchor(at, header.start + match.end()),)
            )
    return Fact()
