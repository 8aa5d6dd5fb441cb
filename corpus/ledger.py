"""The truth: one SQLite file; its schema, its connections and its errors told in Swedish."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from corpus.errors import ArchiveDamagedError, ArchivePlaceError, DiskFullError, MotesminneError

SCHEMA_VERSION = 1
FILE_NAME = "motesminne.sqlite"
# People's short writes wait for one document's transaction (10-50 ms; a 10 000-page document took 4 s).
BUSY_TIMEOUT_MS = 30_000

schema = MetaData()


def _document_key(**options: Any) -> Column[str]:
    return Column("document_id", Text, ForeignKey("documents.document_id", ondelete="CASCADE"), **options)


meta = Table("meta", schema, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
documents = Table(
    "documents",
    schema,
    Column("document_id", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("added", Text, nullable=False),
    Column("owner_body", Text),
    Column("reader", Text, nullable=False),
    Column("repair", Text, nullable=False),
    Column("records", Text, nullable=False),
    Column("passages", Text, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("first_slot", Integer, nullable=False),
    Column("slot_count", Integer, nullable=False),
)
# `current` is 1 for the bytes that stand at the path now, 0 for an earlier version whose original is kept.
sources = Table(
    "sources",
    schema,
    Column("path", Text, nullable=False, primary_key=True),
    Column("document_id", Text, nullable=False, primary_key=True),
    Column("current", Integer, nullable=False),
    Column("modified", Text),
    Column("seen", Text, nullable=False),
)
pages = Table(
    "pages",
    schema,
    _document_key(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", Text),
    Column("text", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("legibility", Float, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("paged", Integer, nullable=False),
    Column("clean", Integer, nullable=False),
)
# What only the page view and a new repair need (raw text, alignment, trail, word boxes), kept off the pages' rows.
layers = Table(
    "layers",
    schema,
    _document_key(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
# `machine` is the part as read; `data` the same with people's corrections, NULL where there are none.
parts = Table(
    "parts",
    schema,
    Column("part_id", Text, primary_key=True),
    _document_key(nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", Text),
    Column("bodies", Text, nullable=False),
    Column("date", Text),
    Column("seats", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("first_slot", Integer, nullable=False),
    Column("slot_count", Integer, nullable=False),
    Column("machine", LargeBinary, nullable=False),
    Column("data", LargeBinary),
)
# Where each document gives orders to a program, found at reading by the rules of `version`.
orders = Table(
    "orders",
    schema,
    _document_key(primary_key=True),
    Column("version", Text, nullable=False),
    Column("spans", Text, nullable=False),
)
# A slot is a passage's row in the vector file; a part's passages have slots in a row.
passages = Table(
    "passages",
    schema,
    Column("slot", Integer, primary_key=True),
    Column("passage_id", Text, nullable=False, unique=True),
    _document_key(nullable=False),
    Column("part_id", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("body", Text),
    Column("date", Text),
    Column("kind", Text),
    Column("item_number", Text),
    Column("spans", Text, nullable=False),
)
vectors = Table("vectors", schema, _document_key(primary_key=True), Column("data", LargeBinary, nullable=False))
# The words of undamaged pages over all documents, for the speller.
vocabulary = Table(
    "vocabulary", schema, Column("word", Text, primary_key=True), Column("count", Integer, nullable=False)
)
# Documents whose lexical entries may not match the ledger: written in the document's own transaction.
pending = Table(
    "pending",
    schema,
    Column("id", Integer, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("gone", LargeBinary, nullable=False),
)
links = Table("links", schema, Column("kind", Text, primary_key=True), Column("data", LargeBinary, nullable=False))
corrections = Table(
    "corrections",
    schema,
    Column("correction_id", Integer, primary_key=True),
    Column("data", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("lost", Integer, nullable=False),
)
feedback = Table(
    "feedback", schema, Column("feedback_id", Integer, primary_key=True), Column("data", Text, nullable=False)
)
conversations = Table(
    "conversations",
    schema,
    Column("conversation_id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
)
turns = Table(
    "turns",
    schema,
    Column("conversation_id", Text, ForeignKey("conversations.conversation_id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("document_ids", Text, nullable=False),
)
jobs = Table(
    "jobs",
    schema,
    Column("job_id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("pages_done", Integer, nullable=False),
    Column("pages_total", Integer, nullable=False),
    Column("reason", Text),
    Column("created", Text, nullable=False),
    Column("worker", Text),
)
Index("sources_document", sources.c.document_id)
Index("parts_document", parts.c.document_id, parts.c.ordinal)
Index("passages_document", passages.c.document_id, passages.c.ordinal)
Index("conversations_expires", conversations.c.expires)


def connect(file: Path) -> Engine:
    """An engine on the ledger; each transaction is a snapshot, and writing ones take the write lock at once."""
    engine = create_engine(
        f"sqlite+pysqlite:///{file}", connect_args={"check_same_thread": False}, pool_size=8, max_overflow=56
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # SQLAlchemy's own BEGIN below rules, not the driver's guesses
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "trusted_schema=OFF",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One snapshot of the ledger."""
    with translated(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One short writing transaction; waits its turn."""
    with translated(engine), engine.connect() as plain:
        connection = plain.execution_options(immediate=True)
        with connection.begin():
            yield connection


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """SQLite's errors as ours: a full disk, a damaged file, a folder that cannot be written."""
    try:
        yield
    except DBAPIError as error:
        raise _translate(error.orig, str(engine.url.database)) or error from error
    except (sqlite3.Error, OSError) as error:
        raise _translate(error, str(engine.url.database)) or error from error


def _translate(error: BaseException | None, where: str) -> MotesminneError | None:
    name = getattr(error, "sqlite_errorname", "")
    if is_disk_full(error):
        return disk_full(where)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return ArchiveDamagedError(
            "Arkivets liggare går inte att läsa", where, "Återställ en säkerhetskopia med motesminne restore."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return ArchivePlaceError(
            "Arkivmappen går inte att skriva i", where, "Ge dig skrivrätt till mappen eller välj en annan."
        )
    return None


def is_disk_full(error: BaseException | None) -> bool:
    """Full disk, quota or file size limit, as the system or SQLite says it."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    name = getattr(error, "sqlite_errorname", "")
    return name == "SQLITE_FULL" or name in ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE")


def disk_full(where: str) -> DiskFullError:
    return DiskFullError("Disken är full", where, "Frigör plats och kör om; det som redan är inläst finns kvar.")


def prepare_schema(engine: Engine) -> None:
    """Make the tables of a new ledger and those that came since an old one was made; refuse a newer version's."""
    with writing(engine) as connection:
        found = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        version = value(connection, "schema_version") if "meta" in found else None
        if not found.issuperset(schema.tables) and (version is None or int(version) <= SCHEMA_VERSION):
            schema.create_all(connection)
        if version is None:
            set_value(connection, "schema_version", str(SCHEMA_VERSION))
            set_value(connection, "revision", "1")
        elif int(version) > SCHEMA_VERSION:
            raise ArchiveDamagedError(
                "Arkivet är gjort av en nyare version", str(engine.url.database), "Uppdatera Mötesminne."
            )


def value(connection: Connection, name: str) -> str | None:
    # Read ten times in a question: as bare SQL it takes a tenth of the time of a statement built anew.
    return connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (name,)).scalar()


def set_value(connection: Connection, name: str, new: str | None) -> None:
    """Set a named value; None takes it away."""
    if new is None:
        connection.execute(meta.delete().where(meta.c.name == name))
        return
    statement = insert(meta).values(name=name, value=new)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": new}))


def bump_revision(connection: Connection) -> None:
    """Tell every reader that what it cached of the documents is old."""
    connection.execute(text("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'revision'"))
