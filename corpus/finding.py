"""Passages found by words or by nearness: scope and filter are decided first, and what the ledger lost is left out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from corpus import generations, ledger
from corpus.directory import chosen
from corpus.errors import EmbedderChangedError
from corpus.ledger import passages
from corpus.records import Filter, Hit, QueryTerm, Scope
from corpus.store import Store
from corpus.vectors import joined, nearest

log = logging.getLogger(__name__)
# Names in one IN list: SQLite takes 32 766; small ones keep its statement cache useful.
BATCH = 500


class Finding:
    """The searches of an open archive. Each call is one snapshot of the ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def search_lexical(
        self, scope: Scope, terms: Sequence[QueryTerm], limit: int, wanted: Filter, every: bool = False
    ) -> list[Hit]:
        with self._store.reading() as connection:
            allowed = self._allowed(connection, scope, wanted)
            index = self._store.lexical(connection)
            if not self._lags(connection):
                return index.search(terms, limit, allowed, every)
            asked = limit
            while True:
                hits = index.search(terms, asked, allowed, every)
                if len(alive := self._alive(connection, hits)) >= limit or len(hits) < asked:
                    return alive[:limit]
                asked *= 2

    def holding(self, scope: Scope, terms: Sequence[QueryTerm], share: float, limit: int, wanted: Filter) -> list[str]:
        with self._store.reading() as connection:
            return self._store.lexical(connection).holding(
                terms, share, limit, self._allowed(connection, scope, wanted)
            )

    def _allowed(self, connection: Connection, scope: Scope, wanted: Filter) -> list[str] | None:
        """The parts to look in; None where that is all of them."""
        if scope.bodies is None and wanted.is_empty:
            return None
        return [entry.part_id for entry in chosen(self._store, connection, scope, wanted)]

    def _lags(self, connection: Connection) -> bool:
        """Whether a document is in the ledger and not yet in the index, so that hits may be of what it replaced."""
        return connection.exec_driver_sql("SELECT 1 FROM pending LIMIT 1").first() is not None

    def _alive(self, connection: Connection, hits: Sequence[Hit]) -> list[Hit]:
        """Hits whose passage is in the ledger: the index may lag a replaced document by a moment."""
        known: set[str] = set()
        for batch in batches([hit.passage_id for hit in hits]):
            query = select(passages.c.passage_id).where(passages.c.passage_id.in_(batch))
            known.update(connection.execute(query).scalars())
        return [hit for hit in hits if hit.passage_id in known]

    def search_dense(self, scope: Scope, vector: np.ndarray, limit: int, wanted: Filter) -> list[Hit]:
        """Cosine nearest. Raises EmbedderChangedError when the vectors are another embedder's."""
        with self._store.reading() as connection:
            self.check_embedder(connection)
            if scope.bodies is None and wanted.is_empty and (near := self._by_generation(connection, vector, limit)):
                return near
            let = chosen(self._store, connection, scope, wanted)
            key = ("ranges", scope, wanted)
            ranges = self._store.cached(
                key, self._store.revision(connection), lambda: joined(entry.slots for entry in let)
            )
            if not ranges or limit < 1:
                return []
            slots, scores = nearest(self._store.vectors(connection), vector, limit, ranges)
            ids = _ids(connection, slots.tolist())
        pairs = zip(slots.tolist(), scores.tolist(), strict=True)
        return [Hit(passage_id=ids[slot], score=score) for slot, score in pairs if slot in ids]

    def _by_generation(self, connection: Connection, vector: np.ndarray, limit: int) -> list[Hit]:
        """Chroma's nearest where a proven generation is current; empty where exact search is to answer."""
        pointer = generations.current(self._store, connection)
        if pointer is None or limit < 1:
            return []
        try:
            found = generations.search(self._store, pointer, self._store.vectors(connection), vector, limit)
        except (RuntimeError, ValueError, OSError) as error:  # exact search has the answer
            log.warning("generation %s does not answer: %s", pointer["folder"], type(error).__name__)
            return []
        alive = self._alive(connection, found)
        return alive if len(alive) == limit else []

    def check_embedder(self, connection: Connection) -> None:
        made_by = self._store.value(connection, "embedder")
        if made_by is not None and made_by != self._store.embedder.identity:
            raise EmbedderChangedError(
                "Arkivets sökindex är gjort med en annan inbäddningsmodell än den som är vald",
                f"{made_by} → {self._store.embedder.identity}",
                "Kör motesminne check --rebuild, eller välj den tidigare modellen.",
            )

    def has_other_embedder(self) -> bool:
        with self._store.reading() as connection:
            return ledger.value(connection, "embedder") not in (None, self._store.embedder.identity)


def _ids(connection: Connection, slots: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for batch in batches(slots):
        rows = connection.execute(select(passages.c.slot, passages.c.passage_id).where(passages.c.slot.in_(batch)))
        found.update({row.slot: row.passage_id for row in rows})
    return found


def batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
