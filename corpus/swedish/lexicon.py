"""Which words exist and how common they are: lemma and frequency tables compiled once and memory-mapped."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from corpus.swedish import hunspell, mapped

# Raise when the way of compiling changes.
FORMAT = "4"
MIN_STEM_CHARS = 3
# Without the dictionary a stem must be its own lemma and this common (per million): wordfreq also holds slips.
MIN_STEM_FREQUENCY = 1.0
CACHED_WORDS = 100_000
# 0 stands for the edge of a word, 1 for any other sign.
_LETTERS = {letter: n for n, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäöé", 2)}
_BARE = str.maketrans("åäöéèêáàüÅÄÖÉÈÊÁÀÜ", "aaoeeeaauAAOEEEAAU")


@lru_cache(maxsize=CACHED_WORDS)
def frequency(word: str) -> float:
    """How often `word` (lower case) stands in general Swedish, per million words; 0 for unknown ones (wordfreq)."""
    row = _row(word)
    return 0.0 if row is None else float(_tables()["frequency"][row])


@lru_cache(maxsize=CACHED_WORDS)
def lemma(word: str) -> str:
    """The dictionary form of `word` (lower case) by simplemma's data; the word itself where that has none."""
    row = _row(word)
    if row is None:
        return word
    tables = _tables()
    start, end = int(tables["lemma_at"][row]), int(tables["lemma_at"][row + 1])
    return bytes(tables["lemmas"][start:end]).decode() or word


@lru_cache(maxsize=CACHED_WORDS)
def is_stem(word: str) -> bool:
    """Whether `word` (lower case) may be a part of a compound: an entry of the dictionary in its base form."""
    row = _row(word)
    return row is not None and bool(_tables()["stem"][row])


@lru_cache(maxsize=CACHED_WORDS)
def is_known(word: str) -> bool:
    """Whether `word` (lower case) is in the tables at all, as a word or as a stem."""
    return _row(word) is not None


@lru_cache(maxsize=CACHED_WORDS)
def with_letters(bare: str) -> tuple[str, ...]:
    """The words of the tables (lower case) that are `bare` without their marks: halsa gives halsa, hälsa and hålsa.

    Words of the frequency list are among them that no dictionary has (web spellings): ask the dictionary too.
    """
    tables = _tables()
    keys, key = tables["bare_key"], mapped.key(bare)
    at, found = int(keys.searchsorted(key)), []
    while at < len(keys) and keys[at] == key:
        row = tables["bare_row"][at]
        found.append(tables["words"][tables["word_at"][row] : tables["word_at"][row + 1]].tobytes().decode())
        at += 1
    return tuple(found)


def letter_score(word: str) -> float:
    """The log chance of the word's letters one after the other (trigrams of the dictionary's entries)."""
    table = _letter_table()
    codes = [0, 0, *(_LETTERS.get(letter, 1) for letter in word), 0]
    return float(sum(table[a][b][c] for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)))


@lru_cache(maxsize=1)
def _letter_table() -> list[list[list[float]]]:
    return _tables()["trigrams"].tolist()  # type: ignore[no-any-return]


def without_marks(word: str) -> str:
    """Å, ä, ö and é (and their like) as the bare letters that a wrong-language reading leaves."""
    return word.translate(_BARE)


def _row(word: str) -> int | None:
    return mapped.row(_tables()["key"], word)


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    folder = table_folder()
    if not (folder / "key.npy").is_file():
        compile_tables(folder)
    names = ("key", "frequency", "stem", "lemma_at", "lemmas", "bare_key", "bare_row", "word_at", "words", "trigrams")
    return mapped.opened(folder, names)


def table_folder() -> Path:
    """Where this installation's tables lie; another dictionary or library version gets a folder of its own."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "motesminne" / f"lexicon-{_version()}"


@lru_cache(maxsize=1)
def _version() -> str:
    file = hunspell.dictionary_file()
    words = f"{file.stat().st_size}" if file else "none"
    marks = "|".join((FORMAT, version("wordfreq"), version("simplemma"), words))
    return hashlib.sha256(marks.encode()).hexdigest()[:12]


def compile_tables(folder: Path) -> None:
    """Make the tables, which takes some seconds, and put them in `folder`."""
    mapped.write(folder, _compiled())


def _compiled() -> dict[str, np.ndarray]:
    from simplemma import lemmatize
    from wordfreq import get_frequency_dict

    frequencies = {word: value * 1e6 for word, value in get_frequency_dict("sv", "best").items()}
    stems = set(_dictionary_stems())
    words = sorted(set(frequencies) | stems, key=mapped.key)
    lemmas = [lemmatize(word, lang="sv").lower() for word in words]
    if not stems:
        stems = {w for w, base in zip(words, lemmas, strict=True) if w == base and _is_common(frequencies.get(w, 0))}
    bare = np.array([mapped.key(without_marks(word)) for word in words], dtype=np.uint64)
    order = np.argsort(bare, kind="stable")
    texts = [word.encode() for word in words]
    encoded = [b"" if base == word else base.encode() for word, base in zip(words, lemmas, strict=True)]
    return {
        "key": np.array([mapped.key(word) for word in words], dtype=np.uint64),
        "frequency": np.array([frequencies.get(word, 0.0) for word in words], dtype=np.float32),
        "stem": np.array([word in stems and len(word) >= MIN_STEM_CHARS for word in words], dtype=bool),
        "lemma_at": np.cumsum([0, *map(len, encoded)]).astype(np.int64),
        "lemmas": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        "bare_key": bare[order],
        "bare_row": order.astype(np.int32),
        "word_at": np.cumsum([0, *map(len, texts)]).astype(np.int64),
        "words": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "trigrams": _trigrams(frequencies, stems),
    }


def _trigrams(frequencies: Mapping[str, float], stems: set[str]) -> np.ndarray:
    """Log chances of a letter after two others, over the entries and the listed words that have a mark; add-0.1."""
    size = max(_LETTERS.values()) + 1
    counts = np.full((size, size, size), 0.1)
    for word in stems | {word for word in frequencies if without_marks(word) != word}:
        codes = [0, 0, *(_LETTERS.get(letter, 1) for letter in word), 0]
        for a, b, c in zip(codes, codes[1:], codes[2:], strict=False):
            counts[a, b, c] += 1 + min(frequencies.get(word, 0.0), 20.0)
    return np.asarray(np.log(counts / counts.sum(axis=2, keepdims=True)), dtype=np.float32)


def _is_common(value: float) -> bool:
    return value >= MIN_STEM_FREQUENCY


def _dictionary_stems() -> Iterable[str]:
    """The dictionary's own entries in lower case, names and abbreviations left out."""
    file = hunspell.dictionary_file()
    if file is None:
        return ()
    lines = file.read_text(encoding=_encoding(file), errors="replace").splitlines()[1:]
    entries = (line.split("/")[0].split("\t")[0].strip() for line in lines)
    return [entry for entry in entries if entry.isalpha() and entry.islower()]


def _encoding(file: Path) -> str:
    first = file.with_suffix(".aff").read_bytes()[:2000]
    return "utf-8" if b"UTF-8" in first else "iso-8859-1"
