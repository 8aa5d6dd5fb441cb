"""Verifying: a table of model sentences over passages, each kept or withheld for the right reason."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import marks, verify_names, verify_values
from assistant.answer import Citation, Computation, Sentence
from assistant.verify import REASONS, Basis, Ground, PageText, fault, stands, verify
from corpus.records import Span
from corpus.swedish.dates import say_date

TABLE = tomllib.loads((Path(__file__).parent / "cases/verify.toml").read_text(encoding="utf-8"))
KEEP = [(group["passages"], sentence) for group in TABLE["group"] for sentence in group["keep"]]
WITHHOLD = [(group["passages"], *case) for group in TABLE["group"] for case in group["withhold"]]


def _basis(names: list[str]) -> Basis:
    citations, pages, grounds = {}, {}, {}
    for number, name in enumerate(names, 1):
        one: dict[str, Any] = TABLE["passages"][name]
        text = one["text"].strip()
        label = f"{one['body']} {one['date'].isoformat()}, {one['item']}"
        pages[name, 1] = text
        grounds[number] = Ground(words=text, about=f"{label}\n{one['heading']}", day=one["date"])
        citations[number] = Citation(
            number=number, passage_id=name, document_id=name, file=f"{name}.txt", page=1, label=f"{label}, s. 1",
            quote=text, span=Span(page=1, start=0, end=len(text)),
        )  # fmt: skip
    return Basis(citations=citations, pages=pages, grounds=grounds)


def _judged(names: list[str], model_sentence: str) -> str | None:
    text = marks.normalised(model_sentence)
    return fault(Sentence(text=text, kind="claim", citations=marks.numbers(text)), _basis(names))


@pytest.mark.parametrize(("passages", "sentence"), KEEP, ids=[case[1] for case in KEEP])
def test_a_sentence_that_its_source_bears_is_kept(passages: list[str], sentence: str) -> None:
    assert _judged(passages, sentence) is None


@pytest.mark.parametrize(("passages", "reason", "sentence"), WITHHOLD, ids=[case[2] for case in WITHHOLD])
def test_a_sentence_that_its_source_does_not_bear_is_withheld(passages: list[str], reason: str, sentence: str) -> None:
    assert _judged(passages, sentence) in reason.split("|")


def test_the_table_is_large_and_names_only_known_reasons() -> None:
    assert len(KEEP) + len(WITHHOLD) >= 150
    assert {one for _, reasons, _ in WITHHOLD for one in reasons.split("|")} <= REASONS.keys()


def test_each_content_reason_has_a_case() -> None:
    told = {one for _, reasons, _ in WITHHOLD for one in reasons.split("|")}
    assert REASONS.keys() - told == {"recount", "value"}  # tests/test_assistant_recount.py


MARKED = {
    "A [1, 2]": "A [1][2]",
    "A [1][1]": "A [1]",
    "A [1] [2]": "A [1][2]",
    "A [1–3]": "A [1][2][3]",
    "A [1-99]": "A [1][99]",
    "A [3–1]": "A [3][1]",
    "A [källa 2]": "A [2]",
    "A [Källa: 2 och 3]": "A [2][3]",
    "A[1]": "A [1]",
    "A 【4†källa】": "A [4]",
    "A [^5]": "A [5]",
    "A [2024-03-04]": "A [2024-03-04]",
    "A [Belopp stäms av]": "A [Belopp stäms av]",
    "A [se § 5]": "A [se § 5]",
}


@pytest.mark.parametrize(("typed", "written"), MARKED.items())
def test_marks_are_read_in_every_way_models_write_them(typed: str, written: str) -> None:
    assert marks.normalised(typed) == written


def test_a_quote_may_differ_from_the_page_in_white_space_marks_and_dashes() -> None:
    assert stands("hälsa — alla «välkomna»", 'halsa –\nalla "valkomna"')
    assert stands("skolskjutsen ses över", "skol-\nskjutsen ses över")
    assert not stands("hälsa inte alla", "hälsa alla")
    assert not stands(" ", "sidan")


def test_a_quote_of_the_raw_text_stands_through_the_repair() -> None:
    assert stands("l4mna in", PageText(text="lämna in", raw="l4mna in"))
    assert not stands("l4mna ut", PageText(text="lämna in", raw="l4mna in"))


def test_a_quote_from_another_page_is_withheld() -> None:
    citation = Citation(
        number=1, passage_id="", document_id="d", file="d.txt", page=2, label="Rådet 2024-01-01, s. 2",
        quote="Rådet valde ordförande.", span=Span(page=2, start=0, end=23),
    )  # fmt: skip
    sentence = Sentence(text="Rådet valde ordförande [1].", kind="claim", citations=(1,))
    pages = {("d", 1): "Rådet valde ordförande.", ("d", 2): "Något annat."}
    assert [one.reason for one in verify([sentence], [citation], pages)[1]] == [REASONS["quote"]]


def test_the_page_number_of_the_label_bears_no_number() -> None:
    citation = Citation(
        number=1, passage_id="", document_id="d", file="d.txt", page=7, label="Rådet 2024-01-01, s. 7",
        quote="Rådet valde ordförande.", span=Span(page=7, start=0, end=23),
    )  # fmt: skip
    sentence = Sentence(text="Rådet valde 7 ordförande [1].", kind="claim", citations=(1,))
    withheld = verify([sentence], [citation], {("d", 7): "Rådet valde ordförande."})[1]
    assert [one.reason for one in withheld] == [REASONS["number"]]


def test_notes_pass_since_they_come_from_closed_templates() -> None:
    note = Sentence(text="Det framgår inte av de dokument jag har.", kind="note")
    assert verify([note], [], {}) == ([note], [])


WORDS = st.lists(st.sampled_from("rådet höjde avgiften för 12 elever den 3 maj 2024 i Alby inte cirka 40 %".split()), min_size=4, max_size=14)  # fmt: skip


@given(WORDS)
def test_every_value_and_name_of_a_text_stands_in_the_text_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert verify_values.unsupported(text, text, date(2024, 1, 1)) is None
    assert verify_names.unsupported(text, text) is None


def test_a_name_is_not_joined_with_the_cell_beside_it() -> None:
    row = "Leta ny brygga i Öby\tEivor Sand\thösten 2025"
    assert verify_names.unsupported("Eivor Sand: Leta ny brygga i Öby", row) is None
    assert verify_names.unsupported("Eivor Berg: Leta ny brygga i Öby", row) == "Berg"


@given(st.integers(min_value=2, max_value=9_999_999), st.integers(min_value=2, max_value=9_999_999))
def test_an_amount_stands_only_where_it_is_the_same(told: int, held: int) -> None:
    spaced = f"{held:,}".replace(",", " ")
    found = verify_values.unsupported(f"Det kostar {told} kronor.", f"Priset är {spaced} kronor.", None)
    assert (found is None) == (told == held)


def _told_on(count: int, item: str) -> str | None:
    """A count of many meetings whose sources say § 4; each is told with its day and the item given."""
    days = [date(2015, 1, 1) + timedelta(days=5 * number) for number in range(count)]
    citations, grounds = {}, {}
    for number, day in enumerate(days, 1):
        quote = "Skolskjutsen togs upp."
        label = f"Rådet {day.isoformat()}, § 4, s. 1"
        span = Span(page=1, start=0, end=len(quote))
        citations[number] = Citation(
            number=number, passage_id=str(number), document_id=str(number), file="a.txt", page=1, label=label,
            quote=quote, span=span,
        )  # fmt: skip
        grounds[number] = Ground(words=quote, about=label, day=day)
    told = ", ".join(f"Rådet den {say_date(day)} ({item}) [{number}]" for number, day in enumerate(days, 1))
    computation = Computation(rule="topic", values=(str(count),), about=("skolskjuts",))
    sentence = Sentence(
        text=f"Skolskjuts har tagits upp på {count} möten: {told}.", kind="computed",
        citations=tuple(citations), computation=computation,
    )  # fmt: skip
    pages = {(one.document_id, 1): PageText(text=one.quote, orders=()) for one in citations.values()}
    basis = Basis(citations=citations, pages=pages, recompute=lambda _: (str(count),), grounds=grounds)
    return fault(sentence, basis)


@pytest.mark.parametrize(("item", "reason"), [("§ 4", None), ("§ 5", "section")])
def test_a_count_of_hundreds_of_meetings_is_judged_at_once(item: str, reason: str | None) -> None:
    assert _told_on(400, item) == reason  # took minutes when each day was held against each other for each meeting


@pytest.mark.parametrize(("orders", "reason"), [((), None), ((Span(page=1, start=0, end=9),), "order"), (None, None)])
def test_a_quote_among_orders_that_the_archive_has_marked_bears_nothing(
    orders: tuple[Span, ...] | None, reason: str | None
) -> None:
    quote = "Avgiften är 900 kronor."
    cited = Citation(
        number=1, passage_id="p", document_id="d", file="a.txt", page=1, label="Rådet 2024-04-18, § 4, s. 1",
        quote=quote, span=Span(page=1, start=0, end=len(quote)),
    )  # fmt: skip
    basis = Basis(citations={1: cited}, pages={("d", 1): PageText(text=quote, orders=orders)})
    assert fault(Sentence(text="Avgiften är 900 kronor [1].", kind="claim", citations=(1,)), basis) == reason
