"""After a reading-in: the people of the bodies it touched, with the names and places that their other minutes give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.records import Part, ReadDocument, Scope, Source

if TYPE_CHECKING:
    from corpus.archive import Archive, Writer


def people_in_full(archive: Archive, writer: Writer, files: Sequence[str]) -> None:
    """Store anew the parts whose lists leave out what others give, and those whose lists were filled in before.

    Each is derived from its own pages, so that the order in which documents came does not matter.
    """
    from ingest.who import REMARK, as_printed, completed, touched

    scope = Scope()
    news = {document.document_id for document in archive.documents(scope) if set(document.names) & set(files)}
    stored = {part.part_id: part for part in touched(archive.parts(scope), news)}
    changed = {
        old.document_id
        for old, new in zip(stored.values(), completed(list(stored.values())), strict=True)
        if old != new
    }
    due = changed | {part.document_id for part in stored.values() if REMARK in part.flags}
    fresh = {one.part_id: one for document_id in due for one in _read_again(archive, document_id)}
    printed = [as_printed(part, fresh[key]) if key in fresh else part for key, part in stored.items()]
    wanted = {part.part_id: part for part in completed(printed)}
    for document_id in sorted(due):
        _store(archive, writer, document_id, wanted)


def _read_again(archive: Archive, document_id: str) -> tuple[Part, ...]:
    from ingest.minutes import Hint, read_parts

    document = archive.document(Scope(), document_id)
    hint = Hint(file_name=Path(document.names[0]).name)
    return read_parts(document_id, tuple(archive.pages(Scope(), document_id)), hint)


def _store(archive: Archive, writer: Writer, document_id: str, wanted: dict[str, Part]) -> None:
    scope = Scope()
    held = sorted(
        (part for part in archive.parts(scope) if part.document_id == document_id), key=lambda one: one.ordinal
    )
    parts = tuple(wanted.get(part.part_id, part) for part in held)
    if parts == tuple(held):
        return
    made = ReadDocument(
        document=replace(archive.document(scope, document_id)),
        pages=tuple(archive.pages(scope, document_id)),
        parts=parts,
        passages=tuple(archive.passages_of(scope, document_id)),
    )
    writer.add(Source(path=made.document.names[0], document_id=document_id), made)
