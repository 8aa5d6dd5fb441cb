"""The list of neighbouring words, `grannord.tsv`: what may be said instead of a word, and what belongs to its scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

FILE = "grannord.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """A line of the list: the word asked with, the words `near` it in meaning, those `beside` it in one scene."""

    word: str
    near: tuple[str, ...]
    beside: tuple[str, ...]


def text() -> str:
    """The list as it is written: word, near words, words of the same scene, parted by tabs and commas."""
    return resources.files("corpus.swedish").joinpath(FILE).read_text(encoding="utf-8")


def read(written: str) -> Iterator[Neighbours]:
    """The lines of such a list. Raises ValueError for one that has not three columns."""
    for line in written.splitlines():
        word, near, beside = line.split("\t")
        yield Neighbours(word=word, near=_words(near), beside=_words(beside))


def _words(column: str) -> tuple[str, ...]:
    return tuple(column.split(",")) if column else ()
