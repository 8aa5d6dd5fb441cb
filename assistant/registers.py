"""The registers: every record of the archive as rows, complete, each with the file and page it stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant import timeline
from assistant.mentions import kind_rank as kind_rank  # part of the registers, for those who compose from them
from assistant.mentions import order_day, when
from corpus.archive import Archive
from corpus.records import (
    Action,
    Anchor,
    Decision,
    DecisionLink,
    Fact,
    Filter,
    Links,
    NextMeeting,
    Part,
    Participant,
    Scope,
    Span,
)

Row = dict[str, Any]
# Kinds whose clauses tell what happened; the others tell what was planned or proposed before the meeting.
MINUTES = frozenset({"justerat protokoll", "protokoll", "anteckningar", "utkast"})


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def fact_page(fact: Fact[Any], default: int = 1) -> int:
    return fact.evidence[0].page if fact.evidence else default


def first_page(part: Part) -> int:
    return part.spans[0].page if part.spans else 1


def in_time_order(parts: Sequence[Part]) -> list[Part]:
    """Oldest first, unknown dates first of all; within a day the part that counts most first."""
    return sorted(parts, key=lambda p: (order_day(p), p.body or "", kind_rank(p), p.part_id))


def meeting_ids(links: Links) -> dict[str, str]:
    """Part id to meeting id."""
    return {part_id: meeting.meeting_id for meeting in links.meetings for part_id in meeting.part_ids}


def place(part: Part, span: Span | Anchor) -> Row:
    """Where a row stands: what a face needs to open it."""
    return {
        "document_id": part.document_id,
        "span": {"page": span.page, "start": span.start, "end": span.end},
    }


def meetings_rows(archive: Archive, scope: Scope, filter: Filter = Filter()) -> list[Row]:
    """One row per part, oldest first."""
    links = archive.links(scope)
    ids = meeting_ids(links)
    documents: dict[str, list[str]] = {}
    for part in archive.parts(scope):
        names = documents.setdefault(ids.get(part.part_id, part.part_id), [])
        name = archive.file_name(scope, part.document_id)
        if name not in names:
            names.append(name)
    return [
        _meeting_row(part, archive.file_name(scope, part.document_id), ids.get(part.part_id, part.part_id), documents)
        for part in in_time_order(archive.parts(scope, filter))
    ]


def _meeting_row(part: Part, file: str, meeting_id: str, documents: dict[str, list[str]]) -> Row:
    day = part.meeting_date
    return {
        "meeting_id": meeting_id,
        "part_id": part.part_id,
        "document_id": part.document_id,
        "file": file,
        "documents": documents.get(meeting_id, [file]),
        "kind": part.kind.value,
        "body": part.body,
        "bodies": [fact.value for fact in part.bodies],
        "title": part.title,
        "date": {
            "value": iso(day.value),
            "certainty": day.certainty,
            "from": iso(day.earliest or day.value),
            "to": iso(day.latest or day.value),
            "page": fact_page(day, first_page(part)),
        },
        "written": iso(part.written.value),
        "adjusted": iso(part.adjusted.value),
        "time": part.time.value,
        "place": part.place.value,
        "chair": part.chair.value,
        "secretary": part.secretary.value,
        "adjusters": [fact.value for fact in part.adjusters],
        "participants": [_participant(one) for one in part.participants],
        "items": [{"number": item.number, "title": item.title, "page": item.page} for item in part.items],
        "next_meeting": _next(sorted(part.next_meetings, key=lambda one: one.body is not None)[0])
        if part.next_meetings
        else None,
        "flags": list(part.flags),
    }


def _participant(one: Participant) -> Row:
    return {
        "name": one.name,
        "seat": one.seat,
        "role": one.role,
        "present": one.present,
        "presence": one.presence,
        "note": one.note,
    }


def _next(meeting: NextMeeting) -> Row:
    return {
        "date": iso(meeting.date.value),
        "time": meeting.time,
        "place": meeting.place,
        "body": meeting.body,
        "page": meeting.anchor.page if meeting.anchor else None,
        "quote": meeting.anchor.quote if meeting.anchor else None,
    }


def decisions_of(parts: Sequence[Part], ids: dict[str, str]) -> list[tuple[Part, Decision]]:
    """Every decision once, oldest first: a draft's clauses are left out where the minutes of the meeting decide."""
    found: list[tuple[Part, Decision]] = []
    seen: set[tuple[str, str]] = set()
    for part in _without_drafts(parts, ids, lambda part: bool(part.decisions)):
        meeting = ids.get(part.part_id, part.part_id)
        keys = {(meeting, _words(decision.text)) for decision in part.decisions}
        found += [(part, decision) for decision in part.decisions if (meeting, _words(decision.text)) not in seen]
        seen |= keys
    return found


def _without_drafts(parts: Sequence[Part], ids: dict[str, str], tells: Callable[[Part], bool]) -> list[Part]:
    """The parts in time order, but for drafts of meetings whose minutes tell."""
    told = {
        ids.get(part.part_id, part.part_id)
        for part in parts
        if part.kind.value in MINUTES and part.kind.value != "utkast" and tells(part)
    }
    ordered = in_time_order(parts)
    return [part for part in ordered if part.kind.value != "utkast" or ids.get(part.part_id, part.part_id) not in told]


def _words(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .")


def decisions_rows(archive: Archive, scope: Scope, filter: Filter = Filter()) -> list[Row]:
    """One row per decision with what later changed it, oldest first."""
    links = archive.links(scope)
    ids = meeting_ids(links)
    later = {decision.decision_id: (part, decision) for part in archive.parts(scope) for decision in part.decisions}
    return [
        {
            "decision_id": decision.decision_id,
            "file": archive.file_name(scope, part.document_id),
            "meeting_id": ids.get(part.part_id, part.part_id),
            "body": part.body,
            **when(part),
            "kind": part.kind.value,
            "item": decision.item_number,
            "item_title": decision.item_title,
            "page": decision.anchor.page,
            "text": decision.text,
            "strength": decision.strength,
            "outcome": decision.outcome,
            "votes": decision.votes,
            "reservations": list(decision.reservations),
            "origin": decision.origin,
            **place(part, decision.anchor),
            "changed_by": [
                _changed(archive, scope, link, later[link.later_id])
                for link in links.decisions
                if link.earlier_id == decision.decision_id and link.later_id in later
            ],
        }
        for part, decision in decisions_of(archive.parts(scope, filter), ids)
    ]


def _changed(archive: Archive, scope: Scope, link: DecisionLink, later: tuple[Part, Decision]) -> Row:
    part, decision = later
    return {
        "decision_id": decision.decision_id,
        "file": archive.file_name(scope, part.document_id),
        "date": iso(part.meeting_date.value),
        "page": decision.anchor.page,
        "text": decision.text,
        "relation": link.relation,
        "link": link.basis,
        "clause": link.clause,
        **place(part, decision.anchor),
    }


def actions_rows(archive: Archive, scope: Scope, filter: Filter = Filter()) -> list[Row]:
    """One row per action, oldest first; `done` tells where a later meeting reports it, else null."""
    links = archive.links(scope)
    parts = {part.part_id: part for part in archive.parts(scope)}
    done = {link.action_id: link for link in links.actions}
    rows = []
    ids = meeting_ids(links)
    for part in _without_drafts(archive.parts(scope, filter), ids, lambda part: bool(part.actions)):
        for action in part.actions:
            link = done.get(action.action_id)
            rows.append(_action_row(archive, scope, part, action))
            if link and link.part_id in parts:
                rows[-1]["done"] = {
                    "file": archive.file_name(scope, parts[link.part_id].document_id),
                    "date": iso(parts[link.part_id].meeting_date.value),
                    "page": link.anchor.page,
                    "quote": link.anchor.quote,
                    **place(parts[link.part_id], link.anchor),
                }
    return rows


def _action_row(archive: Archive, scope: Scope, part: Part, action: Action) -> Row:
    return {
        "action_id": action.action_id,
        "file": archive.file_name(scope, part.document_id),
        "body": part.body,
        **when(part),
        "item": action.item_number,
        "who": list(action.who),
        "what": action.what,
        "by": iso(action.by.value) or action.by_text,
        "page": action.anchor.page,
        "quote": action.anchor.quote,
        **place(part, action.anchor),
        "done": None,
    }


def attendance_rows(archive: Archive, scope: Scope, filter: Filter = Filter()) -> list[Row]:
    """One row per person and meeting, oldest first; of a meeting's parts the one that counts most tells."""
    ids = meeting_ids(archive.links(scope))
    told: dict[str, str] = {}
    rows = []
    for part in in_time_order(archive.parts(scope, filter)):
        meeting = ids.get(part.part_id, part.part_id)
        if not part.participants or told.setdefault(meeting, part.part_id) != part.part_id:
            continue
        for one in part.participants:
            rows.append(
                {
                    "meeting_id": meeting,
                    "file": archive.file_name(scope, part.document_id),
                    "body": part.body,
                    **when(part),
                    **_participant(one),
                    "page": one.anchor.page if one.anchor else first_page(part),
                }
            )
    return [row for row in rows if _wanted(row, filter)]


def _wanted(row: Row, filter: Filter) -> bool:
    names = not filter.people or any(name.lower() in str(row["name"]).lower() for name in filter.people)
    seats = not filter.seats or any(seat.lower() in str(row["seat"] or "").lower() for seat in filter.seats)
    return names and seats


def glossary_rows(archive: Archive, scope: Scope, filter: Filter = Filter()) -> list[Row]:
    """One row per short form, long form and body, in alphabetical order, the first place each is defined."""
    wanted = {part.part_id for part in archive.parts(scope, filter)}
    rows: dict[tuple[str, str, str | None], Row] = {}
    for abbreviation, part in archive.glossary(scope):
        key = (abbreviation.short, abbreviation.long.lower(), part.body)
        if part.part_id in wanted and key not in rows:
            rows[key] = {
                "short": abbreviation.short,
                "long": abbreviation.long,
                "body": part.body,
                "file": archive.file_name(scope, part.document_id),
                "page": abbreviation.anchor.page,
                "quote": abbreviation.anchor.quote,
                **place(part, abbreviation.anchor),
            }
    return sorted(rows.values(), key=lambda row: (row["short"].lower(), row["long"].lower(), row["body"] or ""))


def timeline_rows(archive: Archive, scope: Scope, filter: Filter, topic: str) -> list[Row]:
    """One row per item and decision that speaks of the topic, oldest first; see `assistant.timeline`."""
    return timeline.timeline_rows(archive, scope, filter, topic)


def gaps_rows(archive: Archive, scope: Scope, filter: Filter = Filter()) -> list[Row]:
    """What the archive lacks, oldest first: `what` is möte (announced, no notes), bilaga (referred to) or nummer."""
    parts = {part.part_id: part for part in archive.parts(scope, replace(filter, date_from=None, date_to=None))}
    rows = []
    for gap in archive.links(scope).gaps:
        part = parts.get(gap.part_id)
        day = gap.date or (part.meeting_date.value if part else None)
        if part and _within(day, filter):
            anchors = [one.anchor for one in part.next_meetings if one.anchor]
            anchors += [one.anchor for one in part.attachments]
            anchor = next((one for one in anchors if _starts_alike(one.quote, gap.text)), None)
            rows.append(
                {
                    "what": gap.what,
                    "body": gap.body,
                    "date": iso(day),
                    "text": gap.text,
                    "file": archive.file_name(scope, part.document_id),
                    "page": anchor.page if anchor else first_page(part),
                    **place(part, anchor or Span(page=first_page(part), start=0, end=0)),
                }
            )
    return sorted(rows, key=lambda row: (row["date"] or "", row["body"] or "", row["what"], row["text"]))


def _within(day: date | None, filter: Filter) -> bool:
    if day is None:
        return filter.date_from is None and filter.date_to is None
    return not (filter.date_from and day < filter.date_from) and not (filter.date_to and day > filter.date_to)


def _starts_alike(one: str, other: str) -> bool:
    return " ".join(one.split())[:40] == other[:40]
