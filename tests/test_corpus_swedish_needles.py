"""Expressions are tried only where a piece stands that they cannot do without, and find what they always found."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from corpus.swedish.needles import Needled, needles

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads((ROOT / "corpus/swedish/orders.toml").read_text(encoding="utf-8"))
CASES = tomllib.loads((ROOT / "tests/cases/orders.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\bskolskjuts\b", ["skolskjuts"]),
        (r"av(?:gift|slag)\w*", ["gift", "slag"]),
        (r"(?:buss)?kort", ["kort"]),
        (r"(?:buss)+", ["buss"]),
        (r"(?:buss)*", []),
        (r"[a-z]+ på (?!väg)möte", [" på möte"]),
        (r"buss|\d+", []),
        (r"a|bb", []),
    ],
)
def test_the_pieces_are_those_that_every_match_holds(pattern: str, pieces: list[str]) -> None:
    assert list(needles(pattern)) == pieces


@pytest.mark.parametrize("name", [name for name in TABLE if name != "triggers"])
def test_an_expression_of_the_orders_finds_with_its_needles_what_it_finds_without(name: str) -> None:
    for pattern in TABLE[name]["patterns"]:
        quick, plain = Needled(pattern, re.MULTILINE), re.compile(pattern, re.MULTILINE)
        for text in (*CASES["orders"], *CASES["minutes"]):
            lowered = text.lower()
            assert [m.span() for m in quick.finditer(lowered)] == [m.span() for m in plain.finditer(lowered)]
            assert bool(quick.search(lowered)) == bool(plain.search(lowered))


def test_a_text_without_the_pieces_is_not_searched_and_one_with_them_is() -> None:
    expression = Needled(r"\bav(?:gift|slag)\b")
    assert not expression.may_match("kostnaden för resan") and expression.search("kostnaden för resan") is None
    assert expression.may_match("utgift") and expression.search("utgift") is None
    assert (found := expression.search("en avgift")) and found.group() == "avgift"
