"""What a mistyped word may have been: one slip away, the likelier slip first."""

from __future__ import annotations

import pytest

from corpus.swedish.slips import BESIDE, DOUBLED, EXTRA, LOST, MARKED, OTHER, SOUNDED, SWAPPED, likely, meant


@pytest.mark.parametrize(
    ("typed", "word", "chance"),
    [
        ("avgfit", "avgift", SWAPPED),
        ("avgifft", "avgift", DOUBLED),
        ("tilfälle", "tillfälle", DOUBLED),
        ("avgieft", "avgift", EXTRA),
        ("avgft", "avgift", LOST),
        ("avgif", "avgift", LOST),
        ("abgift", "avgift", BESIDE),
        ("avzift", "avgift", OTHER),
        ("mote", "möte", MARKED),
        ("sjoldkörtel", "sköldkörtel", None),
        ("stjäl", "själ", SOUNDED),
        ("hjälp", "jälp", EXTRA),
        ("jälp", "hjälp", SOUNDED),
        ("ärbjuda", "erbjuda", SOUNDED),
        ("statsion", "station", SOUNDED),
        ("avgift", "avgift", None),
        ("avgift", "uppgift", None),
    ],
)
def test_each_slip_has_its_chance(typed: str, word: str, chance: float | None) -> None:
    assert meant(typed).get(word) == chance


def test_the_likely_slips_leave_out_one_letter_for_any_other() -> None:
    assert "avgift" in likely("abgift")
    assert "avgift" not in likely("avzift")
