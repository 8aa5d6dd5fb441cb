"""Passages: everything is in one and only one, none crosses an item, lists stay with what leads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Passage, Span
from ingest.minutes import Hint, read_parts
from ingest.passages import make_passages
from tests.minutes_cases import load, pages_of

CASES = [*load("minutes"), *load("headers")]


def _passages(text: str) -> tuple[Passage, ...]:
    pages = pages_of(text)
    return make_passages("d", pages, read_parts("d", pages, Hint(file_name="x.pdf")))


def _holding(text: str, words: str) -> Passage:
    return next(one for one in _passages(text) if words in one.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_letter_of_the_pages_stands_in_one_passage(case: dict[str, Any]) -> None:
    text = case["text"].replace("→", "\t")
    pages = {page.number: page.text for page in pages_of(text)}
    held = [(span.page, at) for one in _passages(text) for span in one.spans for at in range(span.start, span.end)]
    letters = {(number, at) for number, page in pages.items() for at, char in enumerate(page) if char.isalnum()}
    assert len(held) == len(set(held))
    assert letters <= set(held)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_no_passage_crosses_an_item(case: dict[str, Any]) -> None:
    pages = pages_of(case["text"].replace("→", "\t"))
    parts = read_parts("d", pages, Hint(file_name=case.get("file", "x.pdf")))
    starts = [span for part in parts for item in part.items for span in item.spans[:1]]
    for one in make_passages("d", pages, parts):
        assert not any(_is_inside(start, span) for start in starts for span in one.spans)


def _is_inside(start: Span, span: Span) -> bool:
    return start.page == span.page and span.start < start.start < span.end


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abÅö §1.-•\n\tAtt:,", max_size=300))
def test_any_text_at_all_is_read_without_error_and_without_loss(text: str) -> None:
    pages = pages_of(text)
    held = {(span.page, at) for one in _passages(text) for span in one.spans for at in range(span.start, span.end)}
    assert {(p.number, at) for p in pages for at, char in enumerate(p.text) if char.isalnum()} <= held


LIST = "Protokoll Skolrådet 2024-03-05\n§ 1 Avgift\n" + "En lång bakgrund till ärendet gavs av flera. " * 14


def test_a_list_stays_with_the_sentence_that_leads_it() -> None:
    one = _holding(LIST + "\nSkolrådet beslutar\n- att avgiften höjs\n- att den gäller i år.\n", "Skolrådet beslutar")
    assert "att avgiften höjs" in one.text and "att den gäller i år." in one.text


def test_a_list_over_a_page_break_stays_with_its_lead_and_has_both_pages() -> None:
    one = _holding(
        LIST + "\nSkolrådet beslutar\n---\natt avgiften höjs.\n§ 2 Slut\nMötet avslutas.", "Skolrådet beslutar"
    )
    assert one.text.endswith("Skolrådet beslutar\natt avgiften höjs.")
    assert [span.page for span in one.spans] == [1, 2]


def test_half_a_sentence_goes_with_its_other_half_on_the_next_page() -> None:
    one = _holding(
        "Anteckningar Skolrådet 2024-03-05\n1. Mat\nMenyn är ny. Alla skolor\n---\nhar fått den.\n2. Slut\nTack.",
        "Alla skolor",
    )
    assert one.text == "Alla skolor\nhar fått den."


def test_a_passage_carries_path_body_date_and_kind() -> None:
    one = _holding(
        "Protokoll Skolrådet 2024-03-05\n1. Mat\nText om mat.\n2. Lokaler\n2.1 Hyra\nHyran är hög.\n3. Slut\nTack.",
        "Hyran",
    )
    assert one.heading == ("2 Lokaler", "2.1 Hyra")
    assert (one.body, str(one.date), one.kind, one.item_number) == ("Skolrådet", "2024-03-05", "protokoll", "2.1")


def test_the_same_reading_gives_the_same_ids() -> None:
    assert [one.passage_id for one in _passages(LIST)] == [one.passage_id for one in _passages(LIST)]
