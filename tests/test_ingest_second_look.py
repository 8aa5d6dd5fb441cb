"""What two looks at the same words make together: letters that no model has, dates with a slash."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ingest.foreign import with_ending, with_foreign
from ingest.layout import compose
from ingest.slashes import with_dates
from ingest.words import Line, RawPage, Spelt, Word

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "looks.toml").read_text(encoding="utf-8")
)


def spelt(text: str) -> Spelt:
    made: Spelt = []
    for number, word in enumerate(text.split()):
        made += [(" ", number)] * bool(made) + [(char, number) for char in word]
    return made


def shown(reading: Spelt) -> str:
    return "".join(char for char, _ in reading)


@pytest.mark.parametrize("case", CASES["foreign"], ids=lambda case: case["printed"])
def test_a_letter_that_no_model_has_is_told_by_how_the_two_differ(case: dict[str, Any]) -> None:
    first, second = case["looks"]
    assert shown(with_foreign(spelt(first), second)) == case["printed"]


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda case: " ".join(case["looks"]))
def test_a_date_that_one_look_has_wins_over_its_figures_without_a_slash(case: dict[str, Any]) -> None:
    first, *others = case["looks"]
    words = [Word(text, 0, 0, 1, 1, case.get("unsure", 0.9)) for text in first.split()]
    assert shown(with_dates(spelt(first), words, others)) == case["printed"]


@pytest.mark.parametrize("case", CASES["endings"], ids=lambda case: case["read"])
def test_a_name_that_ends_in_vić_is_given_its_letter_where_both_looks_read_é(case: dict[str, Any]) -> None:
    assert with_ending(case["read"]) == case["printed"]


def test_a_date_alone_on_the_last_line_is_no_page_number() -> None:
    def line(text: str, top: float) -> Line:
        return Line((Word(text, 0.1, top, 0.2, top + 0.01),))

    page = RawPage(number=1, origin="ocr", lines=(line("Text.", 0.5), line("22/1.", 0.95)))
    counted = RawPage(number=2, origin="ocr", lines=(line("Text.", 0.5), line("2/12", 0.95)))
    assert [made.text for made in compose([page, counted])] == ["Text.\n22/1.", "Text."]
