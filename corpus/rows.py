"""Records to the ledger's rows and back."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from corpus.codec import all_from_json, pack, to_json, unpack, unpack_json
from corpus.codec import pack_json as pack_json
from corpus.records import Document, Page, Part, Passage, ReadDocument, Repair, Run, Span, Versions, WordBox, WordBoxes

_WORD = re.compile(r"[^\W\d_]{2,}")
Row = Any


def document_row(read: ReadDocument, first_slot: int) -> dict[str, Any]:
    document = read.document
    return {
        "document_id": document.document_id,
        "media_type": document.media_type,
        "page_count": document.page_count,
        "size_bytes": document.size_bytes,
        "added": document.added.isoformat(),
        "owner_body": document.owner_body,
        "reader": document.versions.reader,
        "repair": document.versions.repair,
        "records": document.versions.records,
        "passages": document.versions.passages,
        "metadata": json.dumps(document.metadata, ensure_ascii=False),
        "digest": digest(read),
        "first_slot": first_slot,
        "slot_count": len(read.passages),
    }


def digest(read: ReadDocument) -> str:
    """Changes when anything that reading gave has changed; not with the time of reading or the names."""
    whole = hashlib.sha256()
    for record in (*read.pages, *read.parts, *read.passages):  # one by one: a long document's JSON fills the memory
        whole.update(to_json(record).encode())
    for value in (read.document.owner_body, read.document.versions, read.document.metadata):
        whole.update(repr(value).encode())
    return whole.hexdigest()


def document_record(row: Row, names: Sequence[str]) -> Document:
    return Document(
        document_id=row.document_id,
        names=tuple(names),
        media_type=row.media_type,
        page_count=row.page_count,
        size_bytes=row.size_bytes,
        added=datetime.fromisoformat(row.added),
        owner_body=row.owner_body,
        versions=Versions(reader=row.reader, repair=row.repair, records=row.records, passages=row.passages),
        metadata=tuple((name, value) for name, value in json.loads(row.metadata)),
    )


def page_row(document_id: str, page: Page) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "origin": page.origin,
        "legibility": page.legibility,
        "status": page.status,
        "reason": page.reason,
        "paged": int(page.paged),
        "clean": int(page.status == "read" and not page.repairs),
    }


def layer_row(document_id: str, page: Page) -> dict[str, Any]:
    """Runs and boxes as plain lists: a page has hundreds of boxes, and field names would be most of the bytes."""
    boxes = [
        [b.raw_start, b.raw_end, round(b.left, 5), round(b.top, 5), round(b.right, 5), round(b.bottom, 5), b.confidence]
        for b in page.boxes
    ]
    runs = [[r.text_start, r.text_end, r.raw_start, r.raw_end] for r in page.alignment]
    repairs = [[r.rule, r.before, r.after, r.line, r.column, r.unsure] for r in page.repairs]
    raw = None if page.raw == page.text else page.raw
    return {
        "document_id": document_id,
        "number": page.number,
        "data": pack_json({"raw": raw, "runs": runs, "repairs": repairs, "boxes": boxes}),
    }


def page_record(row: Row) -> Page:
    layer = unpack_json(row.data)
    return Page(
        number=row.number,
        label=row.label,
        text=row.text,
        raw=row.text if layer["raw"] is None else layer["raw"],
        alignment=tuple(Run(text_start=a, text_end=b, raw_start=c, raw_end=d) for a, b, c, d in layer["runs"]),
        origin=row.origin,
        legibility=row.legibility,
        status=row.status,
        reason=row.reason,
        repairs=tuple(
            Repair(rule=rule, before=before, after=after, line=line, column=column, unsure=unsure)
            for rule, before, after, line, column, unsure in layer["repairs"]
        ),
        boxes=WordBoxes(
            WordBox(raw_start=a, raw_end=b, left=c, top=d, right=e, bottom=f, confidence=g)
            for a, b, c, d, e, f, g in layer["boxes"]
        ),
        paged=bool(row.paged),
    )


def part_columns(part: Part) -> dict[str, Any]:
    """What filters look at; made anew when a correction changes the part."""
    day = part.meeting_date.value or part.written.value
    people = {p.name for p in part.participants} | {f.value for f in (part.chair, part.secretary, *part.adjusters)}
    return {
        "kind": part.kind.value,
        "bodies": json.dumps([body.value for body in part.bodies if body.value], ensure_ascii=False),
        "date": day.isoformat() if day else None,
        "seats": json.dumps(sorted({p.seat for p in part.participants if p.seat}), ensure_ascii=False),
        "people": json.dumps(sorted(name for name in people if name), ensure_ascii=False),
    }


def part_row(part: Part, slots: tuple[int, int]) -> dict[str, Any]:
    return {
        "part_id": part.part_id,
        "document_id": part.document_id,
        "ordinal": part.ordinal,
        **part_columns(part),
        "first_slot": slots[0],
        "slot_count": slots[1],
        "machine": pack(part),
        "data": None,
    }


def part_record(row: Row) -> Part:
    return unpack(Part, row.data or row.machine)


def passage_row(passage: Passage, slot: int, ordinal: int) -> dict[str, Any]:
    return {
        "slot": slot,
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "part_id": passage.part_id,
        "ordinal": ordinal,
        "text": passage.text,
        "heading": json.dumps(passage.heading, ensure_ascii=False),
        "body": passage.body,
        "date": passage.date.isoformat() if passage.date else None,
        "kind": passage.kind,
        "item_number": passage.item_number,
        "spans": json.dumps([[s.page, s.start, s.end] for s in passage.spans]),
    }


def passage_record(row: Row) -> Passage:
    return Passage(
        passage_id=row.passage_id,
        document_id=row.document_id,
        part_id=row.part_id,
        text=row.text,
        heading=tuple(json.loads(row.heading)),
        body=row.body,
        date=date.fromisoformat(row.date) if row.date else None,
        kind=row.kind,
        item_number=row.item_number,
        spans=tuple(Span(page=page, start=start, end=end) for page, start, end in json.loads(row.spans)),
    )


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Words of letters, lower case, at least two letters long."""
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def strings(text: str) -> tuple[str, ...]:
    return all_from_json(str, text)
