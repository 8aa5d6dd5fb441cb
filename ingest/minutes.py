"""Pages to parts: where each begins, and what is read out of it, in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.records import Abbreviation, Fact, Page, Part
from corpus.swedish.abbreviations import find_abbreviations
from corpus.swedish.bodies import find_bodies
from corpus.swedish.dates import find_dates
from ingest import actions, announced, header, kinds, officers, owners, where
from ingest.alone import inner_labels
from ingest.clauses import find_clauses
from ingest.decisions import UNDECIDING, Setting, find_decisions
from ingest.header import Header, Hint
from ingest.items import candidates, find_headings, find_items
from ingest.people import Attendance, find_attendance
from ingest.running import Line, Running, running

VERSION = "18"
MAX_HEADER_LINES, MAX_HEADER_CHARS = 14, 900
# A line that opens another body's minutes inside a document: it names a body and says that notes follow.
_EMBEDDED = re.compile(
    r"^[ \t]*(?:(?:nedan|här följer|bifogade|följande)\b[^\n]{0,30})?(?:minnes|mötes)?(?:anteckningar|protokoll)(?:na)?\b(?: från| fört vid)?[^\n]{3,80}$",
    re.IGNORECASE | re.MULTILINE,
)
MIN_PART_CHARS = 250
# An appendix with a title of its own on top of a page; lists of those present belong to the minutes themselves.
_APPENDED = re.compile(
    r"[ \t#*]*Bilaga(?: \d{1,2}| [A-Z])?[.:]?[ \t]+(?!.*(?:deltag|närvaro|present))[A-ZÅÄÖ][^\n]{3,90}$", re.MULTILINE
)
# Kinds that are of no meeting's hours and room.
PAPERS = frozenset({"verksamhetsplan", "yttrande", "bilaga", "underlag"})

__all__ = ["Hint", "Running", "read_parts", "running"]


@dataclass(frozen=True, slots=True)
class Section:
    """Where a part stands: text[start:end] of the whole document."""

    document_id: str
    ordinal: int
    whole: Running
    start: int
    end: int
    whole_text: str = ""

    @property
    def part_id(self) -> str:
        return hashlib.sha256(f"{self.document_id}:{self.ordinal}".encode()).hexdigest()[:24]


def read_parts(document_id: str, pages: Sequence[Page], hint: Hint) -> tuple[Part, ...]:
    """The document's parts, at least one; what is not found is unknown."""
    whole = running(pages)
    parts: list[Part] = []
    for section in _sections(document_id, whole):
        host = parts[0].meeting_date.value or parts[0].meeting_date.latest if parts else None
        own = hint if section.ordinal == 0 else Hint(known=hint.known, history=hint.history)
        part = _read_part(section, own, host)
        parts.append(_with_host(part, parts[0]) if parts and part.kind.value == "bilaga" else part)
    return tuple(parts)


def _with_host(part: Part, host: Part) -> Part:
    """An appendix is of the meeting whose minutes it follows."""
    day = replace(host.meeting_date, certainty="inferred") if host.meeting_date.value else host.meeting_date
    return replace(part, bodies=host.bodies, meeting_date=day, flags=())


def _sections(document_id: str, whole: Running) -> list[Section]:
    """The host with its embedded notes taken out, then each of those; the host goes on where its numbers do."""
    cuts = _cuts(whole)
    bounds = [(cut, end) for cut, end in zip(cuts, [*cuts[1:], len(whole.text)], strict=False)]
    since = [0, *cuts]
    holes = [(start, _resumed(whole, since[n], start, end) or end) for n, (start, end) in enumerate(bounds)]
    end = len(whole.text) if not holes or holes[-1][1] < len(whole.text) else holes[-1][0]
    host = Section(document_id, 0, whole.without([hole for hole in holes if hole[0] < end]), 0, end, whole.text)
    return [host, *(Section(document_id, n, whole, *hole) for n, hole in enumerate(holes, 1))]


def _resumed(whole: Running, since: int, start: int, end: int) -> int | None:
    """Where a heading takes up the numbers that the host left off at, before any numbering of the notes' own."""
    before = [one for one in find_headings(whole.lines(since, start), ()) if one.number and one.level == 1]
    if not before:
        return None
    lines = whole.lines(start, end)
    for n in range(len(lines)):
        same = [one for one in candidates(lines, n) if one.mark == before[-1].mark]
        if same:
            return lines[n].start if same[0].value == before[-1].value + 1 else None
    return None


def _cuts(whole: Running) -> list[int]:
    """Where other notes begin: a heading line with a kind and another body or another day, well into the document."""
    found: list[int] = []
    for match in _EMBEDDED.finditer(whole.text):
        line, top = match.group(), whole.text[found[-1] if found else 0 : match.start()][:MAX_HEADER_CHARS]
        first, days = find_bodies(top), {one.date for one in find_dates(top)}
        named = find_bodies(line)
        is_told = re.match(r"\s*(?:nedan|här följer|bifogade|följande)", line, re.IGNORECASE) is not None
        is_other = bool(named and first and named[0].name != first[0].name)
        is_later = bool(named) and any(one.date and one.year_given and one.date not in days for one in find_dates(line))
        if (
            match.start() > MIN_PART_CHARS
            and named
            and (is_told or ((is_other or is_later) and _is_title(whole, match)))
        ):
            found.append(match.start())
    return sorted({*found, *_appended(whole)})


def _appended(whole: Running) -> list[int]:
    """The pages that begin with the title of an appendix, after pages of minutes."""
    tops = [(start, re.search(r"\S", whole.text[start:])) for start in whole.starts[1:]]
    return [at + first.start() for at, first in tops if first and _APPENDED.match(whole.text, at + first.start())]


def _is_title(whole: Running, match: re.Match[str]) -> bool:
    """Whether the line stands as a title: a capital first, and on top of its page (dirt of the scan apart) or after a gap."""
    at = match.start() + len(match.group()) - len(match.group().lstrip())
    page = max(start for start in whole.starts if start <= at)
    is_on_top = not re.search(r"[^\W\d_]{3}", whole.text[page:at])
    return (
        whole.text[at].isupper()
        and (is_on_top or whole.text[:at].endswith("\n\n"))
        and not match.group().rstrip().endswith(".")
    )


def _read_part(section: Section, hint: Hint, host: date | None) -> Part:
    whole, bounds, part_id = section.whole, (section.start, section.end), section.part_id
    lines = whole.lines(*bounds)
    people = find_attendance(whole, lines)
    top = Header(whole, bounds[0], _header_lines(lines, people.taken), whole.text[slice(*bounds)])
    items = find_items(whole, lines, people.taken, bounds[1], is_slides=hint.file_name.lower().endswith(kinds.SLIDES))
    has_paragraphs = any("§" in (item.number or "") for item in items)
    bodies = owners.bodies_of(top, hint)
    day, flags = header.meeting_day(top, hint, host)
    if day.certainty == "unknown":
        day = header.estimated_day(top, hint, section.whole_text)
    names = tuple(fact.value for fact in bodies if fact.value)
    coming = announced.next_meetings(whole, lines, bounds, day, names)
    is_met = bool(people.participants or coming or (day.certainty == "stated" and len(items) > 1))
    kind = kinds.kind_of(top, hint, has_paragraphs=has_paragraphs, is_met=is_met)
    is_of_meeting = kind.value not in PAPERS
    written = header.written_day(top, day.value)
    if kind.value == "yttrande" and day.value:  # a letter's day is the day it was written
        written, day, flags = (written if written.value else day), Fact(), ()
    clauses = find_clauses(whole, lines, _skipped(lines, people))
    frame = actions.Frame(
        part_id=part_id,
        whole=whole,
        items=items,
        day=day.value or day.latest,
        next_day=actions.next_day_of(coming),
        people=actions.people_of(people.participants, people.initials, top.text),
    )
    # Slides that tell who was there hold what was noted meanwhile.
    decides = kind.value not in UNDECIDING or (kind.value == "bildspel" and bool(people.participants))
    return Part(
        part_id=part_id,
        document_id=section.document_id,
        ordinal=section.ordinal,
        kind=kind,
        bodies=bodies,
        meeting_date=day,
        spans=whole.spans(*bounds),
        title=lines[0].text if lines else None,
        written=written,
        adjusted=header.adjusted_day(top, day.value),
        time=where.time_of(top) if is_of_meeting else Fact(),
        place=where.place_of(top) if is_of_meeting else Fact(),
        chair=officers.officer(top, "chair", people.participants) if is_of_meeting else Fact(),
        secretary=officers.officer(top, "secretary", people.participants),
        adjusters=officers.adjusters_of(top, people.participants),
        participants=people.participants,
        items=items,
        decisions=find_decisions(part_id, whole, clauses, items, Setting(names)) if decides else (),
        actions=actions.find_actions(frame, lines, clauses) if decides else (),
        next_meetings=coming if decides or kind.value == "bildspel" else (),
        abbreviations=_abbreviations(whole, bounds),
        attachments=announced.attachments(whole, clauses),
        flags=flags + people.flags,
    )


def _header_lines(lines: Sequence[Line], taken: Collection[int]) -> tuple[Line, ...]:
    """The lines before the first attendance or heading with text under it."""
    stops = [n for n in taken if n > 0] + [one.line for one in find_headings(lines, taken) if one.line > 0]
    first = min(stops, default=MAX_HEADER_LINES)
    kept: list[Line] = []
    for line in lines[: max(1, min(first, MAX_HEADER_LINES))]:
        if kept and line.end - lines[0].start > MAX_HEADER_CHARS:
            break
        kept.append(line)
    return tuple(kept)


def _skipped(lines: Sequence[Line], people: Attendance) -> set[int]:
    """Lines that are no running text: attendance, and headings of items."""
    headings = {
        n for one in find_headings(lines, people.taken) for n in (one.line, one.after) if one.after or n == one.line
    }
    return set(people.taken) | headings | inner_labels(lines, people.taken)


def _abbreviations(whole: Running, bounds: tuple[int, int]) -> tuple[Abbreviation, ...]:
    start = bounds[0]
    return tuple(
        Abbreviation(short=short, long=long, anchor=whole.anchor(start + a, start + b))
        for short, long, a, b in find_abbreviations(whole.text[slice(*bounds)])
    )
