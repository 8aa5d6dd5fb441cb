"""Tables in files that are opened and not read: written whole or not at all, mapped, looked up by a word's key."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

Table = np.ndarray


def write(folder: Path, tables: Mapping[str, Table]) -> None:
    """Write the tables beside `folder` and move them there whole; two processes at once do no harm."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    for name, table in tables.items():
        np.save(made / f"{name}.npy", table)
    try:
        made.rename(folder)
    except OSError:  # another process was first; its tables are the same
        shutil.rmtree(made)


def opened(folder: Path, names: Iterable[str]) -> dict[str, Table]:
    """The tables of a folder, mapped. Raises OSError when one of them is not there."""
    # The plain view of a mapped file: numpy's own class for it makes each look-up three times as slow.
    return {name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in names}


def key(word: str) -> np.uint64:
    """Eight bytes of a digest stand for the word: among 500 000 words a clash has a chance of 1 in 100 million."""
    return np.uint64(int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little"))


def row(keys: Table, word: str) -> int | None:
    """The place of the word's key among the sorted `keys`."""
    wanted = key(word)
    at = int(keys.searchsorted(wanted))
    return at if at < len(keys) and keys[at] == wanted else None
