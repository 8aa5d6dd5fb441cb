"""Care of the archive: check, remove without trace, back up, restore, rebuild what is derived."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update

from corpus import ledger, lexical
from corpus.errors import ArchiveDamagedError, ArchivePlaceError, NotInArchiveError
from corpus.ledger import corrections as corrections_table
from corpus.ledger import documents, feedback, jobs, pages, parts, passages, pending, sources, turns
from corpus.ledger import vectors as vectors_table
from corpus.records import Problem
from corpus.rows import part_record, passage_record
from corpus.store import Store
from corpus.vectors import from_ledger, stored
from corpus.writer import delete_document, embed, sync_folder

GONE = "Källan är borttagen"
REBUILD = "Kör motesminne check --rebuild."
BATCH = 1_000


def check(store: Store) -> list[Problem]:
    """Originals by hash, the ledger by SQLite's own check, indexes against the ledger, pages that failed."""
    with store.reading() as connection:
        return [
            *_check_ledger(store, connection),
            *_check_originals(store, connection),
            *_check_indexes(store, connection),
            *_check_pages(connection),
        ]


def _check_ledger(store: Store, connection: Connection) -> list[Problem]:
    said = [row[0] for row in connection.execute(text("PRAGMA integrity_check(5)"))]
    where = str(store.folder / ledger.FILE_NAME)
    return [] if said == ["ok"] else [Problem(what=f"Liggaren är skadad: {said[0]}", where=where, do="Återställ.")]


def _check_originals(store: Store, connection: Connection) -> list[Problem]:
    problems = []
    do = "Lägg filen i en mapp och läs in den igen, eller återställ en säkerhetskopia."
    names = {row.document_id: row.path for row in connection.execute(select(sources.c.document_id, sources.c.path))}
    for document_id in connection.execute(select(documents.c.document_id)).scalars():
        path = store.original(document_id)
        where = names.get(document_id, document_id)
        if not path.exists():
            problems.append(Problem(what="Originalet saknas", where=where, do=do))
        elif _hash(path) != document_id:
            problems.append(Problem(what="Originalet har ändrats", where=where, do=do))
    return problems


def _check_indexes(store: Store, connection: Connection) -> list[Problem]:
    held = set(connection.execute(select(passages.c.passage_id)).scalars())
    index = store.lexical(connection)
    found = index.passage_ids()
    problems = []
    if held != found:
        what = f"Ordindexet stämmer inte: {len(held - found)} avsnitt saknas, {len(found - held)} är för många"
        problems.append(Problem(what=what, where=str(store.index), do=REBUILD))
    slots = int(ledger.value(connection, "next_slot") or 0)
    rows = store.vector_file(connection).load(slots)
    if rows is None or not _same_vectors(store, connection, rows):
        problems.append(Problem(what="Vektorfilen stämmer inte med liggaren", where=str(store.index), do=REBUILD))
    if connection.execute(select(func.count()).select_from(pending)).scalar():
        problems.append(Problem(what="Ordindexet ligger efter liggaren", where=str(store.index), do=REBUILD))
    return problems


def _same_vectors(store: Store, connection: Connection, rows: Any) -> bool:
    import numpy as np

    query = select(documents.c.first_slot, documents.c.slot_count, vectors_table.c.data).join(
        vectors_table, vectors_table.c.document_id == documents.c.document_id
    )
    width = store.embedder.dimensions
    for first, count, data in connection.execute(query):
        kept = np.frombuffer(data, dtype=np.float16)
        if kept.size != count * width or not np.array_equal(
            rows[first : first + count], kept.reshape(count, width).astype(np.float32)
        ):
            return False
    return True


def _check_pages(connection: Connection) -> list[Problem]:
    query = (
        select(sources.c.path, pages.c.number, pages.c.reason)
        .join(sources, sources.c.document_id == pages.c.document_id)
        .where((pages.c.status == "unreadable") & (sources.c.current == 1))
    )
    do = "Skanna sidan på nytt eller lägg in en bättre kopia."
    return [
        Problem(what=f"Sidan kunde inte läsas: {reason or 'okänd orsak'}", where=f"{path}, sida {number}", do=do)
        for path, number, reason in connection.execute(query)
    ]


def remove(store: Store, document_id: str) -> None:
    """Take a document out with all that was made from it, so that no byte of its text is left in the folder."""
    with store.writing() as connection:
        if not connection.execute(select(documents).where(documents.c.document_id == document_id)).first():
            raise NotInArchiveError("Dokumentet finns inte i arkivet", document_id, "Se vilka som finns.")
        names = list(connection.execute(select(sources.c.path).where(sources.c.document_id == document_id)).scalars())
        earlier = _earlier(connection, names, document_id)
        texts = list(connection.execute(select(pages.c.text).where(pages.c.document_id == document_id)).scalars())
        gone = set(delete_document(connection, document_id))
        _forget_answers(connection, document_id, gone, names)
        _forget_feedback(connection, names, texts)
        connection.execute(delete(corrections_table).where(corrections_table.c.source.in_(names)))
        uploads = _forget_jobs(connection, names)
        forgotten = [document_id, *earlier]
        connection.execute(delete(sources).where(sources.c.document_id.in_(forgotten)))
        connection.execute(delete(pending).where(pending.c.document_id == document_id))
        connection.execute(delete(ledger.links))
        ledger.set_value(connection, "links_dirty", "1")
        ledger.bump_revision(connection)
    for one in forgotten:
        store.original(one).unlink(missing_ok=True)
    for path in uploads:
        if path.is_relative_to(store.folder):
            path.unlink(missing_ok=True)
    rebuild(store)


def _earlier(connection: Connection, names: Sequence[str], document_id: str) -> list[str]:
    """Earlier versions that stood under the document's names and are nowhere current."""
    query = select(sources.c.document_id).where(sources.c.path.in_(names) & (sources.c.current == 0))
    old = set(connection.execute(query).scalars()) - {document_id}
    alive = set(connection.execute(select(documents.c.document_id).where(documents.c.document_id.in_(old))).scalars())
    return sorted(old - alive)


def _forget_answers(connection: Connection, document_id: str, gone: set[str], names: Sequence[str]) -> None:
    """Saved answers that stood on the document lose what stood on it."""
    for row in connection.execute(select(turns)).all():
        if document_id in json.loads(row.document_ids):
            connection.execute(
                update(turns)
                .where((turns.c.conversation_id == row.conversation_id) & (turns.c.turn == row.turn))
                .values(
                    answer=forgotten_answer(row.answer, document_id, gone, names),
                    document_ids=json.dumps([one for one in json.loads(row.document_ids) if one != document_id]),
                )
            )


def forgotten_answer(answer: str, document_id: str, gone: set[str], names: Sequence[str]) -> str:
    """The answer's JSON with each sentence and citation that stood on the document replaced; all of it where the
    JSON is not of the shape that `ask --json` gives."""
    try:
        whole = json.loads(answer)
        sources_gone = {c["number"] for c in whole["citations"] if _is_from(c, document_id, gone, names)}
        whole["citations"] = [_forgotten(c) if c["number"] in sources_gone else c for c in whole["citations"]]
        for sentence in whole["sentences"]:
            if sources_gone & set(sentence.get("citations", ())):
                sentence["text"] = GONE + "."
        whole["text"] = "\n".join(sentence["text"] for sentence in whole["sentences"])
    except (ValueError, KeyError, TypeError):
        return json.dumps({"status": "not_found", "text": GONE, "sentences": [], "citations": []}, ensure_ascii=False)
    for extra in ("near", "withheld", "suggestions"):
        if extra in whole:
            whole[extra] = []
    return json.dumps(whole, ensure_ascii=False)


def _is_from(citation: dict[str, Any], document_id: str, gone: set[str], names: Sequence[str]) -> bool:
    files = {name for path in names for name in (path, Path(path).name)}
    return (
        citation.get("document_id") == document_id
        or citation.get("passage_id") in gone
        or citation.get("file") in files
    )


def _forgotten(citation: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": citation["number"], "file": GONE, "page": 0, "label": GONE, "quote": GONE, "passage_id": "",
    }  # fmt: skip


def _forget_feedback(connection: Connection, names: Sequence[str], texts: Sequence[str]) -> None:
    """Feedback that names the document or repeats five words in a row of it."""
    runs = {run for page in texts for run in _runs(page)}
    files = {name for path in names for name in (path, Path(path).name)}
    for row in connection.execute(select(feedback)).all():
        kept = json.loads(row.data)
        words = " ".join(str(kept.get(name) or "") for name in ("question", "answer", "right_quote", "reason"))
        if kept.get("right_file") in files or not runs.isdisjoint(_runs(words)):
            connection.execute(delete(feedback).where(feedback.c.feedback_id == row.feedback_id))


def _runs(page: str) -> set[tuple[str, ...]]:
    words = page.casefold().split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def _forget_jobs(connection: Connection, names: Sequence[str]) -> list[Path]:
    files = {Path(name).name for name in names} | set(names)
    rows = [row for row in connection.execute(select(jobs)).all() if row.name in files and row.status != "queued"]
    connection.execute(delete(jobs).where(jobs.c.job_id.in_([row.job_id for row in rows])))
    return [Path(row.path) for row in rows]


def rebuild(store: Store) -> None:
    """Make every derived index anew from the ledger, in new files, and give freed space back. Under the lock."""
    with store.reading() as connection:
        number = int(ledger.value(connection, "build") or 1) + 1
        made_by = ledger.value(connection, "embedder")
    if made_by not in (None, store.embedder.identity):
        _embed_again(store)
    vector_name, word_name = f"vektorer-{number}.f32", f"ord-{number}"
    _build_words(store, word_name)
    _compact(store, vector_name, word_name, number)
    for path in store.index.iterdir():
        if path.name not in (vector_name, word_name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    vacuum(store)


def _embed_again(store: Store) -> None:
    """Every passage's vector by the embedder chosen now, in one transaction: never a mix."""
    with store.writing() as connection:
        for document_id in connection.execute(select(documents.c.document_id)).scalars().all():
            query = select(passages).where(passages.c.document_id == document_id).order_by(passages.c.slot)
            rows = stored(embed(store, [passage_record(row) for row in connection.execute(query)]))
            connection.execute(
                update(vectors_table).where(vectors_table.c.document_id == document_id).values(data=rows.tobytes())
            )
        ledger.set_value(connection, "embedder", store.embedder.identity)
        ledger.set_value(connection, "dimensions", str(store.embedder.dimensions))
        # The old file is of another width: readers take the ledger's vectors until the new one stands.
        ledger.set_value(connection, "vector_file", "ingen")
        ledger.bump_revision(connection)


def _build_words(store: Store, name: str) -> None:
    from corpus.lexical import LexicalIndex

    folder = store.index / name
    shutil.rmtree(folder, ignore_errors=True)
    index, last = LexicalIndex(folder), -1
    while True:
        with store.reading() as connection:
            query = select(passages).where(passages.c.slot > last).order_by(passages.c.slot).limit(BATCH)
            rows = connection.execute(query).all()
            records = select(parts).where(parts.c.part_id.in_({row.part_id for row in rows}))
            known = {one.part_id: part_record(one) for one in connection.execute(records)}
        if not rows:
            break
        index.add([passage_record(row) for row in rows], known)
        last = rows[-1].slot
    index.commit()


def _compact(store: Store, vector_name: str, word_name: str, number: int) -> None:
    """Give every passage a new slot without holes, write the new vector file, and point at the new files at once."""
    with store.writing() as connection:
        slots = int(ledger.value(connection, "next_slot") or 0)
        old = from_ledger(connection, slots, store.embedder.dimensions)
        order = list(connection.execute(select(passages.c.slot).order_by(passages.c.slot)).scalars())
        new = {slot: place for place, slot in enumerate(order)}
        (store.index / vector_name).unlink(missing_ok=True)
        from corpus.vectors import VectorFile

        VectorFile(store.index / vector_name, store.embedder.dimensions).write(0, old[order] if order else old[:0])
        # Slots only go down and in order, so each step lands on a free number.
        connection.execute(
            text("UPDATE passages SET slot = :new WHERE slot = :old"),
            [{"new": place, "old": slot} for slot, place in new.items() if slot != place] or [{"new": -1, "old": -1}],
        )
        for table in (documents, parts):
            _move(connection, table, order)
        ledger.set_value(connection, "next_slot", str(len(order)))
        ledger.set_value(connection, "vector_file", vector_name)
        ledger.set_value(connection, "lexical_folder", word_name)
        ledger.set_value(connection, "lexical_version", lexical.VERSION)
        ledger.set_value(connection, "build", str(number))
        connection.execute(delete(pending))
        ledger.bump_revision(connection)


def _move(connection: Connection, table: Any, order: Sequence[int]) -> None:
    from bisect import bisect_left

    key = table.primary_key.columns.values()[0]
    for one, first in connection.execute(select(key, table.c.first_slot)).all():
        connection.execute(update(table).where(key == one).values(first_slot=bisect_left(order, first)))


def vacuum(store: Store) -> None:
    """Rewrite the ledger without its free pages and empty the log, so that removed text is gone from both."""
    store.engine.dispose()
    with ledger.translated(store.engine):
        raw = sqlite3.connect(store.folder / ledger.FILE_NAME, timeout=ledger.BUSY_TIMEOUT_MS / 1000)
        try:
            raw.execute("PRAGMA secure_delete=ON")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()


def backup(store: Store, file: Path) -> None:
    """One consistent copy, also while documents are read in: the ledger's snapshot and every original it names."""
    with ledger.translated(store.engine), tempfile.TemporaryDirectory(dir=file.absolute().parent) as work:
        copy = Path(work) / ledger.FILE_NAME
        _snapshot(store.folder / ledger.FILE_NAME, copy)
        whole = Path(work) / "kopia.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(copy, ledger.FILE_NAME)
            for document_id in _named(copy):
                if store.original(document_id).exists():
                    archive.write(store.original(document_id), f"original/{document_id}")
        with whole.open("rb") as done:
            os.fsync(done.fileno())
        os.replace(whole, file)
        sync_folder(file.absolute().parent)


def _snapshot(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    live.close()
    copy.close()


def _named(file: Path) -> list[str]:
    raw = sqlite3.connect(file)
    try:
        return [row[0] for row in raw.execute("SELECT DISTINCT document_id FROM sources ORDER BY 1")]
    finally:
        raw.close()


def unpack_backup(file: Path, folder: Path) -> None:
    """Unpack a copy into an empty or new folder, each original checked by its hash. All of it or nothing."""
    if folder.exists() and any(folder.iterdir()):
        raise ArchivePlaceError("Mappen är inte tom", str(folder), "Välj en ny mapp att återställa i.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    damaged = ArchiveDamagedError("Säkerhetskopian går inte att läsa", str(file), "Välj en annan säkerhetskopia.")
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".aterstaller-"))
    try:
        with zipfile.ZipFile(file) as archive:
            _extract(archive, work, damaged)
        if folder.exists():
            folder.rmdir()
        os.replace(work, folder)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise damaged from error
    except FileNotFoundError as error:
        raise NotInArchiveError("Säkerhetskopian finns inte", str(file), "Kontrollera sökvägen.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _extract(archive: zipfile.ZipFile, work: Path, damaged: ArchiveDamagedError) -> None:
    for name in archive.namelist():
        folder, _, document_id = name.rpartition("/")
        if name == ledger.FILE_NAME:
            target = work / name
        elif folder == "original" and len(document_id) == 64 and document_id.isalnum():
            target = work / "original" / document_id[:2] / document_id
        else:
            raise damaged
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        if folder and _hash(target) != document_id:
            raise damaged
    archive.getinfo(ledger.FILE_NAME)


def _hash(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
