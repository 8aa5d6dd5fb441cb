"""What the archive lacks: meetings announced without notes, attachments referred to, numbers missing in a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from corpus.records import Gap, Meeting, Part
from ingest.meetings import MINUTES, body_key, body_names

# A meeting held this near to the announced day is taken as the one announced, moved.
MOVED = timedelta(days=7)
_NUMBER = re.compile(r"§+\s*(\d+)(?:\s*[-–]\s*(\d+))?")
_ATTACHED_KINDS = frozenset({"bildspel", "bilaga", "underlag", "verksamhetsplan", "yttrande"})
_SLIDES = re.compile(r"\b(?:bildspel|presentation|bilder|powerpoint)", re.IGNORECASE)


def find_gaps(parts: Mapping[str, Part], meetings: Sequence[Meeting]) -> list[Gap]:
    """All gaps, sorted."""
    groups = [[parts[one] for one in meeting.part_ids] for meeting in meetings]
    found = [*_meetings(meetings, groups), *_attachments(parts, groups), *_numbers(meetings, groups)]
    return sorted(found, key=lambda gap: (gap.what, gap.body or "", str(gap.date or ""), gap.part_id, gap.text))


def _meetings(meetings: Sequence[Meeting], groups: Sequence[Sequence[Part]]) -> Iterator[Gap]:
    """Announced by a meeting or a kallelse, past as the archive goes, and without notes."""
    names = body_names(part for group in groups for part in group)
    noted: dict[str, list[date]] = defaultdict(list)
    for meeting, group in zip(meetings, groups, strict=True):
        if meeting.date.value and any(part.kind.value in MINUTES or part.kind.value is None for part in group):
            for body in meeting.bodies:
                noted[names.get(body_key(body), body_key(body))].append(meeting.date.value)
    newest = max((day for days in noted.values() for day in days), default=None)
    told: set[tuple[str, date]] = set()
    for day, body, text, part in sorted(_announced(meetings, groups), key=lambda one: (one[0], one[3].part_id)):
        key = names.get(body_key(body), body_key(body))
        if newest and day < newest and (key, day) not in told and not _is_near(day, noted.get(key, ())):
            told.add((key, day))
            yield Gap(what="möte", body=body, date=day, text=text, part_id=part.part_id)


def _is_near(day: date, held: Sequence[date]) -> bool:
    return any(abs(day - one) <= MOVED for one in held)


def _announced(meetings: Sequence[Meeting], groups: Sequence[Sequence[Part]]) -> Iterator[tuple[date, str, str, Part]]:
    for meeting, group in zip(meetings, groups, strict=True):
        for part in group:
            for coming in part.next_meetings:
                body = coming.body or part.body
                if coming.date.value and body and coming.anchor:
                    yield coming.date.value, body, " ".join(coming.anchor.quote.split()), part
        lead = group[0]
        if meeting.date.value and lead.body and lead.kind.value in ("kallelse", "dagordning"):
            yield (
                meeting.date.value,
                lead.body,
                f"Det finns bara en {lead.kind.value}: {lead.title or ''}".strip(" :"),
                lead,
            )


def _attachments(parts: Mapping[str, Part], groups: Sequence[Sequence[Part]]) -> Iterator[Gap]:
    """Referred to as attached, and no such part at the meeting, in the same document, or of the same body and day."""
    beside = {part.part_id: group for group in groups for part in group}
    by_day: dict[tuple[str, object], list[Part]] = defaultdict(list)
    documents: dict[str, list[Part]] = defaultdict(list)
    for part in parts.values():
        by_day[body_key(part.body or ""), part.meeting_date.value].append(part)
        documents[part.document_id].append(part)
    for part in sorted(parts.values(), key=lambda one: one.part_id):
        near = [*beside.get(part.part_id, ()), *by_day[body_key(part.body or ""), part.meeting_date.value]]
        around = [one for one in (*near, *documents[part.document_id]) if one.part_id != part.part_id]
        for attachment in part.attachments:
            if not _is_here(attachment.text, around):
                yield Gap(
                    what="bilaga",
                    body=part.body,
                    date=part.meeting_date.value,
                    text=attachment.text,
                    part_id=part.part_id,
                )


def _is_here(text: str, around: Sequence[Part]) -> bool:
    if _SLIDES.search(text):
        return any(part.kind.value == "bildspel" for part in around)
    return any(part.kind.value in _ATTACHED_KINDS or _named(part, text) for part in around)


def _named(part: Part, text: str) -> bool:
    """Whether the title of a part beside says what is attached: *Anteckningar från Kvalitetsnätverket*."""
    words = {word for word in re.findall(r"\w{6,}", (part.title or "").lower())}
    return bool(words & set(re.findall(r"\w{6,}", text.lower())))


def _numbers(meetings: Sequence[Meeting], groups: Sequence[Sequence[Part]]) -> Iterator[Gap]:
    """§ numbers left out within a meeting's minutes, and between meetings of a year where numbers run on."""
    rows: dict[tuple[str, int], list[tuple[date, list[int], Part]]] = defaultdict(list)
    for meeting, group in zip(meetings, groups, strict=True):
        lead = next((part for part in group if part.kind.value in MINUTES), None)
        numbers = sorted(set(_paragraphs(lead))) if lead else []
        if lead is None or len(numbers) < 2:
            continue
        for first, last in _holes(numbers):
            yield _missing(lead, meeting.date.value, first, last, "saknas i protokollet")
        if meeting.date.value and meeting.bodies:
            rows[body_key(meeting.bodies[0]), meeting.date.value.year].append((meeting.date.value, numbers, lead))
    for held in rows.values():
        held.sort(key=lambda row: row[0])
        for (day, before, _), (_, after, lead) in zip(held, held[1:], strict=False):
            if after[0] > before[-1] + 1 and after[0] > 1:
                yield _missing(lead, None, before[-1] + 1, after[0] - 1, f"saknas efter mötet {day.isoformat()}")


def _paragraphs(part: Part) -> Iterator[int]:
    for item in part.items:
        match = _NUMBER.search(item.number or "")
        if match:
            yield from range(int(match[1]), min(int(match[2] or match[1]), int(match[1]) + 20) + 1)


def _holes(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    for one, other in zip(numbers, numbers[1:], strict=False):
        if other > one + 1:
            yield one + 1, other - 1


def _missing(part: Part, day: date | None, first: int, last: int, where: str) -> Gap:
    named = f"§ {first}" if first == last else f"§§ {first}–{last}"
    return Gap(what="nummer", body=part.body, date=day, text=f"{named} {where}", part_id=part.part_id)
