"""What every side of the archive shares: its folder, ledger, embedder, index files, and what is cached per revision."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from sqlalchemy import Connection, Engine

from corpus import ledger
from corpus.embedding import Embedder
from corpus.lexical import LexicalIndex
from corpus.records import Part
from corpus.settings import Settings
from corpus.vectors import VectorFile, from_ledger

T = TypeVar("T")
# Entries of the read cache: directories, masks, decoded parts of one revision. Small things; parts are the largest.
CACHE_ENTRIES = 64
# Decoded parts kept for registers: 20-60 KB each, so at most about 100 MB.
PARTS_KEPT = 3_000


class _Snapshot(threading.local):
    """A thread's own snapshot: its connection while it lasts, and the named values already read in it."""

    connection: Connection | None = None

    def __init__(self) -> None:
        self.values: dict[str, str | None] = {}


@dataclass(slots=True)
class Store:
    """An open archive's parts. Caches are keyed by revision: another process's write is seen at the next read."""

    folder: Path
    engine: Engine
    embedder: Embedder
    settings: Settings
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _cache: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lexical: tuple[str, LexicalIndex] | None = None
    _parts: dict[str, Part] = field(default_factory=dict)
    _parts_revision: int = 0
    _lexical_revision: int = 0
    _snapshot: _Snapshot = field(default_factory=_Snapshot)

    def reading(self) -> AbstractContextManager[Connection]:
        """One snapshot of the ledger: the thread's own where it holds one."""
        held = self._snapshot.connection
        return ledger.reading(self.engine) if held is None else nullcontext(held)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads within is of one moment, and costs no transaction each time (40 in a question)."""
        if self._snapshot.connection is not None:
            yield
            return
        with ledger.reading(self.engine) as connection:
            self._snapshot.connection = connection
            try:
                yield
            finally:
                self._snapshot.connection = None
                self._snapshot.values.clear()

    def value(self, connection: Connection, name: str) -> str | None:
        """A named value of the ledger."""
        if connection is not self._snapshot.connection:
            return ledger.value(connection, name)
        known = self._snapshot.values
        if name not in known:
            known[name] = ledger.value(connection, name)
        return known[name]

    def writing(self) -> AbstractContextManager[Connection]:
        return ledger.writing(self.engine)

    @property
    def originals(self) -> Path:
        return self.folder / "original"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def vector_file(self, connection: Connection) -> VectorFile:
        name = self.value(connection, "vector_file") or "vektorer-1.f32"
        return VectorFile(self.index / name, self.embedder.dimensions)

    def lexical(self, connection: Connection) -> LexicalIndex:
        """The current lexical index; a rebuilt one has a folder of its own."""
        name = self.value(connection, "lexical_folder") or "ord-1"
        revision = self.revision(connection)
        with self._lock:
            if self._lexical is None or self._lexical[0] != name:
                self._lexical = (name, LexicalIndex(self.index / name))
            elif self._lexical_revision != revision:
                self._lexical[1].reload()
            self._lexical_revision = revision
            return self._lexical[1]

    def end_writing(self) -> None:
        """Let the lexical index's writer go, whose merging is waited for here."""
        if self._lexical is not None:
            self._lexical[1].close()

    def cached(self, key: Hashable, revision: int, make: Callable[[], T]) -> T:
        """The value made for `key` at `revision`; older revisions' values fall out first."""
        whole = (key, revision)
        with self._lock:
            if whole in self._cache:
                self._cache.move_to_end(whole)
                return cast(T, self._cache[whole])
        value = make()
        with self._lock:
            self._cache[whole] = value
            for old in [k for k in self._cache if k[1] != revision]:  # type: ignore[index]
                del self._cache[old]
            while len(self._cache) > CACHE_ENTRIES:
                self._cache.popitem(last=False)
        return value

    def revision(self, connection: Connection) -> int:
        return int(self.value(connection, "revision") or 0)

    def original(self, document_id: str) -> Path:
        """Where a document's bytes lie; the file may be missing."""
        return self.originals / document_id[:2] / document_id

    def vectors(self, connection: Connection) -> np.ndarray:
        """All slots' vectors: the mapped file, or the ledger's own where the file is torn or gone."""
        slots = int(self.value(connection, "next_slot") or 0)
        file = self.vector_file(connection)

        def load() -> np.ndarray:
            rows = file.load(slots)
            return rows if rows is not None else from_ledger(connection, slots, self.embedder.dimensions)

        return self.cached(("vectors", file.file), self.revision(connection), load)

    def decoded_parts(self, revision: int) -> dict[str, Part]:
        """Parts decoded at this revision."""
        with self._lock:
            if self._parts_revision != revision:
                self._parts, self._parts_revision = {}, revision
            return self._parts

    def trim(self, known: dict[str, Part]) -> None:
        """Let the oldest decoded parts go when there are too many."""
        if len(known) <= PARTS_KEPT:
            return
        with self._lock:
            for one in list(known)[: len(known) - PARTS_KEPT]:
                known.pop(one, None)
