"""A made network of `tests/cases/network.toml` as an archive: parts with anchors that stand on their pages, linked."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from corpus.alignment import identity
from corpus.archive import Archive
from corpus.records import (
    Abbreviation,
    Action,
    AgendaItem,
    Anchor,
    Attachment,
    Decision,
    Document,
    Fact,
    NextMeeting,
    Page,
    Part,
    Participant,
    Passage,
    ReadDocument,
    Source,
    Span,
    Versions,
)
from ingest.link import relink

TABLE = Path(__file__).parent / "cases" / "network.toml"


def make_archive(folder: Path) -> Archive:
    """The archive open, with all meetings in and linked."""
    archive = Archive.open(folder, create=True)
    with archive.writing() as writer:
        for meeting in tomllib.loads(TABLE.read_text(encoding="utf-8"))["meeting"]:
            writer.add(*read_meeting(meeting))
        relink(archive, writer)
        writer.finish()
    return archive


def read_meeting(meeting: dict[str, Any]) -> tuple[Source, ReadDocument]:
    lines = [f"{one['number']} {one['title']}\n{one['text']}" for one in meeting["items"]]
    text = "\n\n".join([f"{meeting['body']} {meeting['date']}", *lines])
    document_id = hashlib.sha256(meeting["file"].encode()).hexdigest()
    part = _part(meeting, text, document_id)
    page = Page(
        number=1, label=None, text=text, raw=text, alignment=identity(len(text)), origin="text", legibility=1.0, status="read"
    )  # fmt: skip
    document = Document(
        document_id=document_id, names=(meeting["file"],), media_type="text/plain", page_count=1, size_bytes=len(text),
        added=datetime(2026, 1, 1, tzinfo=UTC), owner_body=meeting["body"],
        versions=Versions(reader="1", repair="1", records="1", passages="1"),
    )  # fmt: skip
    passages = tuple(_passage(part, item, text) for item in part.items)
    return (
        Source(path=meeting["file"], document_id=document_id),
        ReadDocument(document=document, pages=(page,), parts=(part,), passages=passages),
    )


def _part(meeting: dict[str, Any], text: str, document_id: str) -> Part:
    def anchor(quote: str) -> Anchor:
        at = text.index(quote)
        return Anchor(page=1, start=at, end=at + len(quote), quote=quote)

    items, decisions, actions, attachments = [], [], [], []
    for one in meeting["items"]:
        head = anchor(f"{one['number']} {one['title']}\n{one['text']}")
        items.append(
            AgendaItem(number=one["number"], title=one["title"], spans=(Span(page=1, start=head.start, end=head.end),))
        )
        for row in one.get("decisions", ()):
            strength, outcome, clause = (piece.strip() for piece in row.split("|"))
            decisions.append(
                Decision(
                    decision_id=hashlib.sha256(f"{meeting['file']}{clause}".encode()).hexdigest()[:24], text=clause,
                    strength=strength, outcome=None if outcome == "-" else outcome,  # type: ignore[arg-type]
                    item_number=one["number"], item_title=one["title"], anchor=anchor(clause),
                )
            )  # fmt: skip
        for row in one.get("actions", ()):
            who, by, clause = (piece.strip() for piece in row.split("|"))
            due = Fact(value=date.fromisoformat(by), certainty="stated") if by else Fact()
            actions.append(
                Action(
                    action_id=hashlib.sha256(f"{meeting['file']}{clause}".encode()).hexdigest()[:24], who=(who,),
                    what=clause, by=due, by_text=by or None, item_number=one["number"], anchor=anchor(clause),
                )
            )  # fmt: skip
        attachments += [Attachment(text=row, anchor=head) for row in one.get("attachments", ())]
    coming = meeting.get("next")
    first = anchor(meeting["body"])
    short = "studiebesök (SB)"
    return Part(
        part_id=f"{document_id[:20]}-0",
        document_id=document_id,
        ordinal=0,
        kind=Fact(value=meeting.get("kind", "protokoll"), certainty="stated"),
        bodies=(Fact(value=meeting["body"], certainty="stated"),),
        meeting_date=Fact(value=date.fromisoformat(meeting["date"]), certainty="stated", evidence=(first,)),
        spans=(Span(page=1, start=0, end=len(text)),),
        title=meeting["body"],
        participants=tuple(_participant(row, first) for row in meeting.get("people", ())),
        items=tuple(items),
        decisions=tuple(decisions),
        actions=tuple(actions),
        next_meetings=(NextMeeting(date=Fact(value=date.fromisoformat(coming), certainty="stated"), anchor=first),)
        if coming
        else (),
        abbreviations=(Abbreviation(short="SB", long="studiebesök", anchor=anchor(short)),) if short in text else (),
        attachments=tuple(attachments),
    )


def _participant(row: str, anchor: Anchor) -> Participant:
    name, seat, role, presence = (piece.strip() for piece in row.split("|"))
    return Participant(name=name, seat=seat, role=role or None, presence=presence, anchor=anchor)  # type: ignore[arg-type]


def _passage(part: Part, item: AgendaItem, text: str) -> Passage:
    span = item.spans[0]
    body = text[span.start : span.end]
    start = span.start + body.index("\n") + 1
    return Passage(
        passage_id=hashlib.sha256(f"{part.part_id}{item.number}".encode()).hexdigest()[:32], document_id=part.document_id,
        part_id=part.part_id, text=text[start : span.end], heading=(f"{item.number} {item.title}",), body=part.body,
        date=part.meeting_date.value, kind=part.kind.value, item_number=item.number,
        spans=(Span(page=1, start=start, end=span.end),),
    )  # fmt: skip
