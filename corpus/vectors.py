"""Exact dense search: one memory-mapped file of all passages' vectors, a row per slot, made from the ledger."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, select

from corpus.ledger import disk_full, documents, is_disk_full, vectors

Ranges = Sequence[tuple[int, int]]  # (first slot, count)


def stored(vectors: np.ndarray) -> np.ndarray:
    """Vectors at the precision the ledger keeps (float16: half the size, order of hits unchanged to 3 decimals)."""
    return np.ascontiguousarray(vectors, dtype=np.float16)


class VectorFile:
    """Rows of float32, appended and fsynced before the ledger's transaction names them; never changed after that.

    What stands beyond the ledger's last slot belongs to no document and is written over.
    """

    def __init__(self, file: Path, dimensions: int) -> None:
        self.file, self.dimensions = file, dimensions

    @property
    def row_bytes(self) -> int:
        return 4 * self.dimensions

    def rows(self) -> int:
        """Whole rows in the file; 0 when there is none."""
        return self.file.stat().st_size // self.row_bytes if self.file.exists() else 0

    def write(self, slot: int, vectors: np.ndarray) -> None:
        """Put `vectors` (as `stored` gives them) at `slot` and on; durable when it returns."""
        data = vectors.astype(np.float32).tobytes()
        try:
            handle = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                done = 0
                while done < len(data):
                    done += os.pwrite(handle, data[done:], slot * self.row_bytes + done)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            if is_disk_full(error):
                raise disk_full(str(self.file)) from error
            raise

    def load(self, slots: int) -> np.ndarray | None:
        """The first `slots` rows, mapped and not read; None when the file is shorter than that."""
        if self.rows() < slots:
            return None
        if slots == 0:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.memmap(self.file, dtype=np.float32, mode="r", shape=(slots, self.dimensions))


def from_ledger(connection: Connection, slots: int, dimensions: int) -> np.ndarray:
    """All vectors as the ledger holds them, each at its slot."""
    rows = np.zeros((slots, dimensions), dtype=np.float32)
    query = select(documents.c.first_slot, documents.c.slot_count, vectors.c.data).join(
        vectors, vectors.c.document_id == documents.c.document_id
    )
    for first, count, data in connection.execute(query):
        rows[first : first + count] = np.frombuffer(data, dtype=np.float16).reshape(count, dimensions)
    return rows


def nearest(rows: np.ndarray, query: np.ndarray, limit: int, ranges: Ranges) -> tuple[np.ndarray, np.ndarray]:
    """Slots and cosine scores of the `limit` rows nearest to `query` among the slots in `ranges`, best first.

    Neighbouring ranges are searched as one, so that an unfiltered search is a single product over the file.
    """
    slots, scores = [], []
    vector = np.ascontiguousarray(query, dtype=np.float32)
    for first, count in joined(ranges):
        found = rows[first : first + count] @ vector
        best = np.argpartition(-found, limit - 1)[:limit] if count > limit else np.arange(count)
        slots.append(best + first)
        scores.append(found[best])
    if not slots:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    all_slots, all_scores = np.concatenate(slots), np.concatenate(scores)
    order = np.lexsort((all_slots, -all_scores))[:limit]
    return all_slots[order], all_scores[order]


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, with those that touch made one."""
    whole: list[tuple[int, int]] = []
    for first, count in sorted(ranges):
        if count == 0:
            continue
        if whole and whole[-1][0] + whole[-1][1] == first:
            whole[-1] = (whole[-1][0], whole[-1][1] + count)
        else:
            whole.append((first, count))
    return whole
