"""Reading documents in: the original synced first, then one transaction per document, then the derived indexes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import numpy as np
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from corpus import ledger, lexical, order_marks
from corpus.codec import from_json, pack, pack_json, unpack, unpack_json
from corpus.corrections import replay
from corpus.embedding import passage_text
from corpus.ledger import documents, layers, links, pages, parts, passages, pending, sources, vectors, vocabulary
from corpus.records import Correction, Links, Part, Passage, ReadDocument, Source, Versions
from corpus.rows import (
    count_words,
    digest,
    document_row,
    layer_row,
    page_row,
    part_columns,
    part_record,
    part_row,
    passage_record,
    passage_row,
)
from corpus.store import Store
from corpus.vectors import stored

Status = Literal["added", "unchanged", "replaced"]
COPY_BYTES = 1 << 20
EMBED_BATCH, PAGE_BATCH = 256, 50


class Writer:
    """One at a time, under the lock that `Archive.writing` takes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_current(self, document_id: str, versions: Versions) -> bool:
        """Whether these bytes are in, made by these versions."""
        names = ("reader", "repair", "records", "passages")
        with self._store.reading() as connection:
            query = select(*(documents.c[name] for name in names)).where(documents.c.document_id == document_id)
            row = connection.execute(query).first()
        return row is not None and all(getattr(row, name) == getattr(versions, name) for name in names)

    def store_original(self, path: Path) -> str:
        """Copy the file under its hash, durable when this returns; the file itself is only read."""
        self._store.originals.mkdir(parents=True, exist_ok=True)
        with ledger.translated(self._store.engine):
            with path.open("rb") as source:
                document_id = hashlib.file_digest(source, "sha256").hexdigest()
            target = self._store.original(document_id)
            if not target.exists() or target.stat().st_size != path.stat().st_size:
                _copy(path, target)
        return document_id

    def add(self, source: Source, read: ReadDocument, given: np.ndarray | None = None) -> Status:
        """Take a document in; when this returns it is durable and found by both searches."""
        order = _by_part(read)
        read = replace(read, passages=tuple(read.passages[i] for i in order))
        status = self._status(source, read)
        if status == "unchanged":
            self.add_source(source)
            return status
        rows = stored(embed(self._store, read.passages) if given is None else given[order])
        with self._store.reading() as connection:
            slot = int(ledger.value(connection, "next_slot") or 0)
            file = self._store.vector_file(connection)
        file.write(slot, rows)
        with self._store.writing() as connection:
            gone = self._clear(connection, source, read.document.document_id)
            self._insert(connection, source, read, rows, slot)
            insert_pending(connection, read.document.document_id, gone)
            apply_corrections(connection, [part.part_id for part in read.parts])
            ledger.bump_revision(connection)
        catch_up(self._store, more=True)
        return status

    def _status(self, source: Source, read: ReadDocument) -> Status:
        document_id = read.document.document_id
        with self._store.reading() as connection:
            known = connection.execute(
                select(documents.c.digest).where(documents.c.document_id == document_id)
            ).scalar()
            if known is not None:
                return "unchanged" if known == digest(read) else "replaced"
            earlier = select(sources.c.path).where((sources.c.path == source.path) & (sources.c.current == 1))
            return "replaced" if connection.execute(earlier).first() else "added"

    def _clear(self, connection: Connection, source: Source, document_id: str) -> list[str]:
        """Take out what the new reading replaces: the same bytes' earlier reading, other bytes at the same path."""
        gone = delete_document(connection, document_id)
        for old in _take_name(connection, source):
            gone += delete_document(connection, old)
        return gone

    def _insert(self, connection: Connection, source: Source, read: ReadDocument, rows: np.ndarray, slot: int) -> None:
        document_id = read.document.document_id
        connection.execute(documents.insert(), document_row(read, slot))
        name_source(connection, source)
        for first in range(0, len(read.pages), PAGE_BATCH):
            batch = read.pages[first : first + PAGE_BATCH]
            connection.execute(pages.insert(), [page_row(document_id, page) for page in batch])
            connection.execute(layers.insert(), [layer_row(document_id, page) for page in batch])
        slots = _part_slots(read, slot)
        if read.parts:
            connection.execute(parts.insert(), [part_row(part, slots[part.part_id]) for part in read.parts])
        if read.passages:
            made = [passage_row(passage, slot + i, i) for i, passage in enumerate(read.passages)]
            connection.execute(passages.insert(), made)
        connection.execute(vectors.insert(), {"document_id": document_id, "data": rows.tobytes()})
        count_vocabulary(connection, document_id, 1)
        order_marks.mark(connection, document_id, [page.text for page in read.pages])
        ledger.set_value(connection, "next_slot", str(slot + len(read.passages)))
        ledger.set_value(connection, "embedder", self._store.embedder.identity)
        ledger.set_value(connection, "dimensions", str(self._store.embedder.dimensions))
        ledger.set_value(connection, "links_dirty", "1")

    def add_source(self, source: Source) -> None:
        """Another name of bytes that are in; other bytes that stood there before give way."""
        with self._store.reading() as connection:
            known = connection.execute(
                select(sources.c.modified).where(
                    (sources.c.path == source.path)
                    & (sources.c.document_id == source.document_id)
                    & (sources.c.current == 1)
                )
            ).first()
        if known is not None:
            return
        with self._store.writing() as connection:
            gone = [one for old in _take_name(connection, source) for one in delete_document(connection, old)]
            name_source(connection, source)
            if gone:
                insert_pending(connection, source.document_id, gone)
                ledger.set_value(connection, "links_dirty", "1")
            ledger.bump_revision(connection)
        catch_up(self._store, more=True)

    def links_dirty(self) -> bool:
        with self._store.reading() as connection:
            return ledger.value(connection, "links_dirty") == "1"

    def replace_links(self, new: Links) -> None:
        """All links at once; they are clean after this."""
        with self._store.writing() as connection:
            for kind in ("meetings", "decisions", "actions", "gaps", "topics"):
                row = insert(links).values(kind=kind, data=pack(getattr(new, kind)))
                connection.execute(row.on_conflict_do_update(index_elements=["kind"], set_={"data": row.excluded.data}))
            ledger.set_value(connection, "links_dirty", "0")
            ledger.bump_revision(connection)

    def finish(self) -> None:
        """All that is derived is brought up to date; a Chroma generation is built if one is due."""
        from corpus.generations import build_if_due

        catch_up(self._store)
        build_if_due(self._store)


def embed(store: Store, made: Sequence[Passage]) -> np.ndarray:
    """The passages' vectors, a batch at a time."""
    texts = [passage_text(passage) for passage in made]
    batches = [store.embedder.embed_passages(texts[i : i + EMBED_BATCH]) for i in range(0, len(texts), EMBED_BATCH)]
    return np.concatenate(batches) if batches else np.zeros((0, store.embedder.dimensions), dtype=np.float32)


def catch_up(store: Store, more: bool = False) -> None:
    """Bring the lexical index level with the ledger; done twice it changes nothing more. Only under the lock.

    With `more` to come the index's writer stays open.
    """
    with store.reading() as connection:
        waiting = connection.execute(select(pending)).all()
        index = store.lexical(connection)
        for row in waiting:
            index.remove(unpack_json(row.gone))
            query = select(passages).where(passages.c.document_id == row.document_id)
            records = select(parts).where(parts.c.document_id == row.document_id)
            known = {one.part_id: part_record(one) for one in connection.execute(records)}
            index.add([passage_record(one) for one in connection.execute(query)], known)
    if waiting:
        index.commit(more)
        with store.writing() as connection:
            ledger.set_value(connection, "lexical_version", lexical.VERSION)
            connection.execute(delete(pending).where(pending.c.id.in_([row.id for row in waiting])))
            # Readers that opened the index between the two commits look again.
            ledger.bump_revision(connection)


def insert_pending(connection: Connection, document_id: str, gone: Sequence[str]) -> None:
    connection.execute(pending.insert(), {"document_id": document_id, "gone": pack_json(list(gone))})


def delete_document(connection: Connection, document_id: str) -> list[str]:
    """Take out all that was made from the bytes; gives the ids of its passages. Its names stay."""
    query = select(passages.c.passage_id).where(passages.c.document_id == document_id)
    gone = list(connection.execute(query).scalars())
    count_vocabulary(connection, document_id, -1)
    connection.execute(delete(documents).where(documents.c.document_id == document_id))
    return gone


def count_vocabulary(connection: Connection, document_id: str, sign: int) -> None:
    """Add (1) or take away (-1) the words of a document's undamaged pages."""
    query = select(pages.c.text).where((pages.c.document_id == document_id) & (pages.c.clean == 1))
    counts: Counter[str] = count_words(connection.execute(query).scalars())
    if not counts:
        return
    row = insert(vocabulary)
    connection.execute(
        row.on_conflict_do_update(index_elements=["word"], set_={"count": vocabulary.c.count + row.excluded["count"]}),
        [{"word": word, "count": sign * count} for word, count in counts.items()],
    )
    if sign < 0:
        connection.execute(delete(vocabulary).where(vocabulary.c.count <= 0))


def name_source(connection: Connection, source: Source) -> None:
    modified = source.modified.isoformat() if source.modified else None
    row = insert(sources).values(
        path=source.path,
        document_id=source.document_id,
        current=1,
        modified=modified,
        seen=datetime.now().isoformat(timespec="seconds"),
    )
    connection.execute(
        row.on_conflict_do_update(
            index_elements=["path", "document_id"], set_={"current": 1, "modified": row.excluded.modified}
        )
    )


def _take_name(connection: Connection, source: Source) -> list[str]:
    """Other bytes at the path become an earlier version; gives those documents that have no name left."""
    here = (sources.c.path == source.path) & (sources.c.document_id != source.document_id) & (sources.c.current == 1)
    old = list(connection.execute(select(sources.c.document_id).where(here)).scalars())
    connection.execute(update(sources).where(here).values(current=0))
    named = (sources.c.document_id.in_(old)) & (sources.c.current == 1)
    kept = set(connection.execute(select(sources.c.document_id).where(named)).scalars())
    return [one for one in old if one not in kept]


def apply_corrections(connection: Connection, part_ids: Sequence[str]) -> None:
    """Replay people's corrections on the parts, and remember which found no place."""
    rows = connection.execute(select(parts).where(parts.c.part_id.in_(part_ids))).all()
    for row in rows:
        machine = unpack(Part, row.machine)
        mine = [one for one in _corrections_of(connection, row.document_id) if one.part == row.ordinal]
        _correct_part(connection, machine, mine, bool(row.data))
    for document_id in {row.document_id for row in rows}:
        _lose_partless(connection, document_id)


def _corrections_of(connection: Connection, document_id: str) -> list[Correction]:
    """The corrections of a document's current names, in the order they were made."""
    table = ledger.corrections
    here = (sources.c.document_id == document_id) & (sources.c.current == 1)
    query = select(table).where(table.c.source.in_(select(sources.c.path).where(here))).order_by(table.c.correction_id)
    return [
        replace(from_json(Correction, found.data), correction_id=found.correction_id)
        for found in connection.execute(query)
    ]


def _lose_partless(connection: Connection, document_id: str) -> None:
    """Corrections of a part that a new reading no longer finds have lost their anchor, and so has a word not there."""
    query = select(parts.c.ordinal).where(parts.c.document_id == document_id)
    ordinals = set(connection.execute(query).scalars())
    texts = connection.execute(select(pages.c.text).where(pages.c.document_id == document_id)).scalars().all()
    lost = [
        one.correction_id
        for one in _corrections_of(connection, document_id)
        if one.part not in ordinals or (one.path == "word" and not any(one.value in t or one.quote in t for t in texts))
    ]
    table = ledger.corrections
    connection.execute(update(table).where(table.c.correction_id.in_(lost)).values(lost=1))


def _correct_part(connection: Connection, machine: Part, mine: Sequence[Correction], was_corrected: bool) -> None:
    if not mine and not was_corrected:
        return
    part, lost = replay(machine, mine)
    data = pack(part) if part != machine else None
    connection.execute(update(parts).where(parts.c.part_id == part.part_id).values(data=data, **part_columns(part)))
    lost_ids = [one.correction_id for one in lost]
    ids = [one.correction_id for one in mine]
    table = ledger.corrections
    connection.execute(update(table).where(table.c.correction_id.in_(ids)).values(lost=0))
    connection.execute(update(table).where(table.c.correction_id.in_(lost_ids)).values(lost=1))
    _correct_passages(connection, part)


def _correct_passages(connection: Connection, part: Part) -> None:
    """The passages of a part carry its corrected body, date and kind."""
    day = part.meeting_date.value
    new = {"body": part.body, "date": day.isoformat() if day else None, "kind": part.kind.value}
    connection.execute(update(passages).where(passages.c.part_id == part.part_id).values(new))


def _by_part(read: ReadDocument) -> list[int]:
    """The order of passages with those of a part in a row, so that a part is one range of slots."""
    order = {part.part_id: i for i, part in enumerate(read.parts)}
    return sorted(range(len(read.passages)), key=lambda i: order.get(read.passages[i].part_id, len(order)))


def _part_slots(read: ReadDocument, slot: int) -> dict[str, tuple[int, int]]:
    counts = Counter(passage.part_id for passage in read.passages)
    slots = {}
    for part in read.parts:
        slots[part.part_id] = (slot, counts[part.part_id])
        slot += counts[part.part_id]
    return slots


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as copy:
        try:
            with path.open("rb") as source:
                while block := source.read(COPY_BYTES):
                    copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
            os.replace(copy.name, target)
        except OSError:
            Path(copy.name).unlink(missing_ok=True)
            raise
    sync_folder(target.parent)
    sync_folder(target.parent.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (where the system lets a folder be opened)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
