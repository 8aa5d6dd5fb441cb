"""Numbers that stand for several things at once: the rows and columns of a table, the places that one sentence counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from assistant.sentences import Piece, is_data, pieces_of
from corpus.records import Passage, Span
from corpus.swedish import lexicon
from corpus.swedish.days import MONTHS
from corpus.swedish.wording import fold_letters

# What adds the other rows up, or is their mean, is none of them.
_SUMS = re.compile(r"(?:total\w*|summa\w*|samtliga|alla|snitt\w*|medel\w*|genomsnitt\w*|riket|lanet|hela \w+)\b")
_CELL = re.compile(
    r"(?:(?:ca|cirka|omkring|drygt|knappt) )?(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?P<decimals>,\d+)?(?: ?(?P<unit>%|:-|[^\W\d]{1,10}\.?))?"
)
_NUMBER = re.compile(
    r"(?<![\w,.–-])(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?P<decimals>,\d+)?(?![\w,–-]*\d)(?:\s(?P<unit>%|[^\W\d]+))?"
)
_NAME = re.compile(r"[A-ZÅÄÖ][^\W\d]+(?:[ -][A-ZÅÄÖ][^\W\d]+)*")
# The whole before its parts: *512 pass, varav 301 i Alby*.
_WHOLE = re.compile(r"^.*\b(?:varav|nämligen|fördelade? (?:på|så)|däribland)\b", re.IGNORECASE)
_JOINING = frozenset("i på hos från för till och samt medan mot varav av".split())
# A capital that opens a sentence is a name where the word is rarer than this (per million).
MAX_RATE = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """What one row or place has: `told` as it is written, `number` its size, `span` and `quote` where it stands."""

    label: str
    told: str
    number: float
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Readings:
    """Numbers of one sort, of at least two things. `sort` names it (a column's or a row's heading), `head` is where."""

    key: str
    sort: str
    head: tuple[Span, str] | None
    rows: tuple[Reading, ...]

    @property
    def is_sentence(self) -> bool:
        return self.key.endswith("s")


def extreme_of(rows: Sequence[Reading], is_most: bool) -> Reading | None:
    """The one row above or below all others; none where two share the place."""
    ordered = sorted(rows, key=lambda one: -one.number if is_most else one.number)
    return ordered[0] if len(ordered) == 1 or ordered[0].number != ordered[1].number else None


@lru_cache(maxsize=1000)
def readings_of(passage: Passage) -> tuple[Readings, ...]:
    """All that the passage's tables and sentences have numbers of, each sort for itself."""
    found: list[Readings] = []
    for cells, run in groupby(pieces_of(passage), key=lambda one: one.text.count("\t") if "\n" not in one.text else 0):
        pieces = list(run)
        found += _of_table(pieces) if cells else [one for piece in pieces for one in _of_sentence(piece)]
    return tuple(one for one in found if len(one.rows) > 1)


def _of_table(pieces: Sequence[Piece]) -> Iterator[Readings]:
    rows = [[cell.strip() for cell in one.text.split("\t")] for one in pieces]
    headed = not any(is_data(cell) for cell in rows[0][1:])
    head = (pieces[0].span, pieces[0].text) if headed else None
    names, first = (rows[0], 1) if headed else ([""] * len(rows[0]), 0)
    for column in range(1, len(rows[0])):
        told = [_reading(row[0], row[column], one) for row, one in zip(rows[first:], pieces[first:], strict=True)]
        yield _sort(pieces[0], column, names[column], head, told)
    for row, one in zip(rows[first:], pieces[first:], strict=True) if headed else ():
        across = [_reading(name, cell, one) for name, cell in zip(names[1:], row[1:], strict=True)]
        yield _sort(one, 0, row[0], head, across)


def _sort(
    piece: Piece, column: int, name: str, head: tuple[Span, str] | None, told: Sequence[Reading | None]
) -> Readings:
    """Those of one sort; none at all where one cannot be read, as it may be the greatest."""
    kept = tuple(one for one in told if one) if None not in told else ()
    own = tuple(one for one in kept if not _SUMS.match(fold_letters(one.label)))
    return Readings(f"{piece.span.page}:{piece.span.start}:{column}", name, head, own)


def _reading(label: str, cell: str, piece: Piece) -> Reading | None:
    match = _CELL.fullmatch(cell)
    return Reading(label, _told(match), _size(match), piece.span, piece.text) if match and label else None


def _told(match: re.Match[str]) -> str:
    """The number with its unit; a single letter after it is dirt that a scan left."""
    unit = match["unit"] or ""
    number = f"{match['number']}{match['decimals'] or ''}"
    return f"{number}{'' if unit == ':-' else ' '}{unit}" if len(unit) > 1 or unit == "%" else number


def _size(match: re.Match[str]) -> float:
    whole = re.sub(r"\s", "", match["number"])
    return float(f"{whole}{match['decimals'] or ''}".replace(",", "."))


def _of_sentence(piece: Piece) -> Iterator[Readings]:
    """*301 i Alby, 148 i Öby* or *Alby betalar 301 kronor, Öby 148*: names and numbers that take turns, of one unit."""
    text = _WHOLE.sub("", " ".join(piece.text.split()))
    names = [one for one in _NAME.finditer(text) if one.start() or lexicon.frequency(one.group().lower()) < MAX_RATE]
    numbers = list(_NUMBER.finditer(text))
    units = {unit for one in numbers if (unit := one["unit"]) and unit.lower() not in _JOINING}
    if (
        len(numbers) < 2
        or len(units) > 1
        or any(unit.lower() in MONTHS for unit in units)
        or not _take_turns(names, numbers)
    ):
        return  # fmt: skip
    unit = next(iter(units), "")
    rows = [
        Reading(name.group(), f"{number['number']}{number['decimals'] or ''} {unit}".strip(), _size(number), piece.span, piece.text)
        for name, number in zip(names, numbers, strict=True)
    ]  # fmt: skip
    yield Readings(f"{piece.span.page}:{piece.span.start}:s", "", None, tuple(rows))


def _take_turns(names: Sequence[re.Match[str]], numbers: Sequence[re.Match[str]]) -> bool:
    """Whether each number has a place of its own, on the same side throughout; two words with capitals are a person."""
    if len(names) != len(numbers) or any(" " in one.group() for one in names):
        return False
    places = sorted([(one.start(), "name") for one in names] + [(one.start(), "number") for one in numbers])
    return all(one[1] != other[1] for one, other in zip(places, places[1:], strict=False))
