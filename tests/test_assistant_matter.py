"""How surely a text says a word of the question: by itself, by another name, by words apart, by all parts of a compound."""

from __future__ import annotations

import pytest

from assistant.matter import ALL_PARTS, Group

SCHOOL_BUS = Group(
    weight=1.0,
    ways=(("skolskjuts", 1.0), ("buss", 0.6), ("resa till skola", 0.7), ("skola", 0.2), ("buss", 0.5)),
    parts=("skola", "skjuts"),
)


@pytest.mark.parametrize(
    ("held", "strength"),
    [
        ("", 0.0),
        ("lokal", 0.0),
        ("skolskjuts buss", 1.0),
        ("buss lokal", 0.6),
        ("skola", 0.2),
        ("resa skola", 0.2),
        ("resa till skola", 0.7),
        ("skola skjuts", ALL_PARTS),
        ("skola skjuts skolskjuts", 1.0),
    ],
)
def test_a_word_is_said_as_surely_as_the_surest_way_that_is_held(held: str, strength: float) -> None:
    assert SCHOOL_BUS.strength(frozenset(held.split())) == strength
