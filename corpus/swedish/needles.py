"""Many regular expressions over one text: an expression is tried only where a piece stands that it cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _parser  # type: ignore[attr-defined]  # the library's own reading of an expression; its form is old
from typing import Any

# A piece this short stands in every text.
MIN_CHARS = 2
_ZERO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
Pieces = frozenset[str]


class Needled:
    """An expression with its needles; looking for those is some hundred times quicker than trying the expression."""

    __slots__ = ("_expression", "_needles")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._expression = re.compile(pattern, flags)
        self._needles = needles(pattern)

    def may_match(self, text: str) -> bool:
        for needle in self._needles:  # a plain loop: a generator takes three times as long
            if needle in text:
                return True
        return not self._needles

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self._expression.search(text, start, len(text) if end is None else end) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        return self._expression.finditer(text) if self.may_match(text) else ()


def needles(pattern: str) -> tuple[str, ...]:
    """Pieces of which one stands in any text that the (case-sensitive) pattern matches; empty where none is sure."""
    return tuple(sorted(_of(_parser.parse(pattern))))


def _of(steps: Iterable[tuple[Any, Any]]) -> Pieces:
    """The best of what a sequence of steps demands."""
    demanded, run = list[Pieces](), ""
    for step, value in steps:
        name = str(step)
        if name == "LITERAL":
            run += chr(value)
        elif name not in _ZERO_WIDTH:
            demanded += [frozenset((run,)), _of_step(name, value)]
            run = ""
    return _best([*demanded, frozenset((run,))])


def _of_step(name: str, value: Any) -> Pieces:
    if name == "SUBPATTERN":
        return _of(value[3])
    if name == "BRANCH":
        ways = [_of(way) for way in value[1]]
        return frozenset().union(*ways) if all(ways) else frozenset()
    return _of(value[2]) if name in _REPEATS and value[0] > 0 else frozenset()


def _best(demanded: Sequence[Pieces]) -> Pieces:
    """Those whose shortest piece is the longest, fewer before more."""
    sure = [pieces for pieces in demanded if pieces and min(map(len, pieces)) >= MIN_CHARS]
    return max(sure, key=lambda pieces: (min(map(len, pieces)), -len(pieces)), default=frozenset())
