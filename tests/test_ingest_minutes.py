"""Whole minutes in many house styles, and what is read out of each."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.minutes_cases import FIELDS, load, pages_of, read, told

CASES = [
    one
    for table in ("minutes", "headers", "heads", "house_styles", "municipal", "municipal_records")
    for one in load(table)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_minutes_are_read_as_their_case_says(case: dict[str, Any]) -> None:
    part = read(case)[case.get("part", 0)]
    wanted = {field: case[field] for field in FIELDS if field in case}
    assert {field: told(part, field) for field in wanted} == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_anchor_is_the_words_of_its_page(case: dict[str, Any]) -> None:
    pages = {page.number: page.text for page in pages_of(case["text"].replace("→", "\t"))}
    for part in read(case):
        anchors = [one.anchor for one in (*part.decisions, *part.actions, *part.participants, *part.abbreviations)]
        anchors += [
            anchor for fact in (part.meeting_date, part.chair, part.place, part.time) for anchor in fact.evidence
        ]
        assert all(pages[a.page][a.start : a.end] == a.quote for a in anchors if a)


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "A" * 60_000, "Öbo-" * 15_000, "\n \n" * 15_000 + "x", "den 3 mars 2024 " * 2_500]
)
def test_text_without_any_sense_is_read_in_time_that_grows_with_its_length(text: str) -> None:
    begun = time.process_time()
    assert read({"text": text})
    assert time.process_time() - begun < 10
