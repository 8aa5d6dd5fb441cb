"""What an engine gives of one page before layout: words with boxes, in the engine's own lines."""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import overload

from corpus.records import PageOrigin, PageStatus

# One letter is no wider than so many times its height.
SINGLE_WIDTH = 1.15
# A page whose engine tells no places has lines below its foot, in order.
PLACE_STEPS, MAX_PLACE = 16_000, 4.0
# A reading under way: each character with the number of the word it came from.
Spelt = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box as fractions (0-1) of the page's width and height; confidence 0-1.

    `column` is the cell it stands in, from 0, where the line is a row of a table.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0
    column: int | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def turned_back(self, quarters: int) -> Word:
        """The word's box before its page was turned counterclockwise by so many quarters."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        for _ in range(quarters):  # (x, y) was at (1 - y, x)
            left, top, right, bottom = 1 - bottom, left, 1 - top, right
        return replace(self, left=left, top=top, right=right, bottom=bottom)


def merged(text: str, words: Sequence[Word]) -> Word:
    """One word for several, its box around theirs."""
    return replace(
        words[0],
        text=text,
        left=min(word.left for word in words),
        top=min(word.top for word in words),
        right=max(word.right for word in words),
        bottom=max(word.bottom for word in words),
        confidence=max(word.confidence for word in words),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Words in one engine's line, left to right; what is aside (a stamp, a diagram's labels) stays in the raw text only."""

    words: tuple[Word, ...]
    is_aside: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a table's row, whose words are ordered by cell and not by place."""
        return bool(self.words) and self.words[0].column is not None

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Lines(Sequence[Line]):
    """Lines packed into some seven bytes a word: a document's pages wait for each other, since running heads are told
    only when all are there. Boxes are held to 1/16000 of the page (0.02 mm of A4)."""

    __slots__ = ("_count", "_packed")

    def __init__(self, lines: Sequence[Line]) -> None:
        words = [word for line in lines for word in line.words]
        places, columns = array("H"), array("h")
        for word in words:
            held = (word.left, word.top, word.right, word.bottom, word.confidence)
            places.extend(round(min(max(one, 0.0), MAX_PLACE) * PLACE_STEPS) for one in held)
            columns.append(-1 if word.column is None else word.column)
        shapes = [(len(line.words), line.is_aside) for line in lines]
        texts = "\n".join(word.text for word in words)
        self._count = len(lines)
        self._packed = zlib.compress(pickle.dumps((shapes, texts, places, columns)), 1)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Line]:
        # What is unpickled was pickled above, by this program.
        shapes, texts, places, columns = pickle.loads(zlib.decompress(self._packed))
        each = (
            zip(texts.split("\n"), zip(*[iter(places)] * 5, strict=True), columns, strict=True) if columns else iter(())
        )
        for count, is_aside in shapes:
            yield Line(tuple(_word(*one) for one in islice(each, count)), is_aside)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        return tuple(self)[at]


def _word(text: str, places: Sequence[int], column: int) -> Word:
    left, top, right, bottom, confidence = (held / PLACE_STEPS for held in places)
    return Word(text, left, top, right, bottom, confidence, None if column < 0 else column)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """One page as its engine gave it. `plain` stands in for lines where the format has no boxes.

    `turn` is the number of counterclockwise quarters the page was turned to be read; boxes are of the turned page.
    `image_bytes` is the size of its pictures as stored.
    """

    number: int
    origin: PageOrigin
    lines: Sequence[Line] = ()
    plain: str | None = None
    label: str | None = None
    legibility: float = 1.0
    status: PageStatus = "read"
    reason: str | None = None
    paged: bool = True
    is_scan: bool = False
    turn: int = 0
    aspect: float = 1.414
    image_bytes: int = 0

    def packed(self) -> RawPage:
        """The same page in a tenth of the memory."""
        return replace(self, lines=Lines(self.lines))
