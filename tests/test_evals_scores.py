"""Scores against values computed by hand and published examples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evals.answers import is_of_changed
from evals.questions import EvalQuestion, QuotedSource
from evals.scores import (
    at_most,
    citation_scores,
    cohen_kappa,
    consistency,
    contains,
    f1,
    facts_found,
    interval,
    paired_p,
    right_page,
    verdict,
)


def _question(**given: Any) -> EvalQuestion:
    return EvalQuestion(**{"id": "q", "kind": "how_much", "question": "Vad kostar det?", "answerable": "yes"} | given)


def _answer(text: str, status: str = "answered", pages: tuple[int, ...] = (1,)) -> dict[str, Any]:
    return {
        "status": status,
        "sentences": [{"text": text, "kind": "claim", "citations": [1]}],
        "citations": [{"number": n, "file": "a.pdf", "page": page, "quote": ""} for n, page in enumerate(pages, 1)],
    }


@pytest.mark.parametrize(
    ("text", "wanted", "stands"),
    [
        ("Det är 600 platser.", "60", False),
        ("Det är 60 platser.", "60", True),
        ("60,5 procent", "60", False),
        ("1 060 kronor", "60", False),
        ("avgiften är 1 400 kronor [1]", "1400 kronor", True),
        ("avgiften är 1400 kronor", "1 400", True),
        ("den 3 maj.", "3 maj", True),
        ("den 13 maj", "3 maj", False),
        ("Ingår: Anna Ek [2], Bo", "anna ek", True),
        ("kl. 13.00–15.30", "13.00-15.30", True),
        ("läsåret 2023/24", "2023", True),
        ("rektorerna", "rektor", False),
        ("", "x", False),
    ],
)
def test_facts_stand_as_whole_tokens(text: str, wanted: str, stands: bool) -> None:
    assert contains(text, wanted) is stands


def test_facts_found_is_the_share_of_facts_with_one_alternative() -> None:
    question = _question(must_contain=(("Anna", "Ann"), ("Bo",), ("Cai",)))
    assert facts_found("Ann och Bo", question) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("given", "answer", "expected"),
    [
        ({"must_contain": (("60",),)}, _answer("60 platser"), "right"),
        ({"must_contain": (("60",),)}, _answer("600 platser"), "wrong"),
        ({"must_contain": (("60",),)}, _answer("", "not_found"), "not_found"),
        ({"must_contain": (("60",),), "must_not_contain": ("70",)}, _answer("60, förut 70"), "wrong"),
        ({"answerable": "no"}, _answer("60 platser"), "wrong"),
        ({"answerable": "no"}, _answer("", "not_found"), "right"),
        ({"answerable": "half", "must_contain": (("60",),)}, _answer("60", "partial"), "right"),
        ({"answerable": "half", "must_contain": (("60",),)}, _answer("60", "answered"), "wrong"),
    ],
)
def test_an_answer_is_right_honestly_not_found_or_wrong(
    given: dict[str, Any], answer: dict[str, Any], expected: str
) -> None:
    assert verdict(answer, _question(**given)) == expected


def test_a_verbatim_quote_that_does_not_answer_is_wrong() -> None:
    assert verdict(_answer("Mötet öppnades."), _question(must_contain=(("1 400 kronor",),))) == "wrong"


def test_a_note_does_not_count_as_the_answer() -> None:
    answer = {"status": "answered", "sentences": [{"text": "Sökt i 60 möten", "kind": "note", "citations": []}]}
    assert verdict(answer, _question(must_contain=(("60",),))) == "wrong"


def test_citation_precision_and_recall_count_pages() -> None:
    question = _question(
        sources=(QuotedSource(file="a.pdf", page=1, quote="x"), QuotedSource(file="a.pdf", page=3, quote="y"))
    )
    assert citation_scores(_answer("x", pages=(1, 2)), question) == (0.5, 0.5)
    assert right_page(_answer("x", pages=(2,)), question) is False
    assert right_page(_answer("x", "not_found"), question) is None


def test_nothing_wrong_of_sixty_leaves_room_for_five_per_cent() -> None:
    assert at_most(0, 60) == pytest.approx(1 - 0.05 ** (1 / 60), abs=1e-6)
    assert at_most(0, 60) < 0.05
    assert at_most(3, 3) == 1.0
    # Hanley and Lippman-Hand 1983, "If nothing goes wrong, is everything all right?": 3/n for large n.
    assert at_most(0, 1000) == pytest.approx(0.003, abs=1e-4)


def test_clopper_pearson_agrees_with_published_table() -> None:
    # One-sided 95 % upper limit for 1 of 10 in standard tables: 0.3942.
    assert at_most(1, 10) == pytest.approx(0.3942, abs=1e-4)


def test_consistency_is_the_mean_share_of_the_commonest_verdict() -> None:
    assert consistency({"a": ["right"] * 4 + ["wrong"], "b": ["right", "right"], "ensam": ["wrong"]}) == 0.9
    assert consistency({}) == 1.0


def test_kappa_agrees_with_cohens_textbook_example() -> None:
    # 50 grants, 20 both yes, 15 both no, 5 and 10 split: observed .70, chance .50, kappa .40.
    first = ["ja"] * 20 + ["ja"] * 5 + ["nej"] * 10 + ["nej"] * 15
    second = ["ja"] * 20 + ["nej"] * 5 + ["ja"] * 10 + ["nej"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_f1_of_counts() -> None:
    assert f1(found=4, true=6, matched=3) == pytest.approx(0.6)
    assert f1(0, 0, 0) == 1.0
    assert f1(3, 0, 0) == 0.0


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [1.0] * 80 + [0.0] * 20
    one, two = interval(values), interval(values)
    assert one == two
    assert one.low < one.mean == 0.8 < one.high
    # The normal interval is 0.8 ± 1.96 * sqrt(.8 * .2 / 100) = ± 0.078.
    assert one.high - one.low == pytest.approx(0.157, abs=0.03)


def test_a_paired_test_tells_a_difference_from_noise() -> None:
    assert paired_p([1.0] * 20, [0.0] * 20) < 0.001
    assert paired_p([1.0, 0.0] * 10, [0.0, 1.0] * 10) == 1.0
    # Five differences of one sign: exactly 2/32 of the sign patterns are as extreme.
    assert paired_p([1.0] * 5, [0.0] * 5) == pytest.approx(2 / 32, abs=0.01)


def test_a_year_at_the_end_of_a_line_is_not_joined_with_the_number_of_the_next() -> None:
    assert contains("149 fler än hösten 2021\n304 elever", "304 elever")
    assert not contains("1 304 elever", "304 elever")


def test_the_latest_of_changed_decisions_is_counted_by_what_must_not_be_told_any_more() -> None:
    changed = EvalQuestion(id="1", kind="applies_now", question="?", answerable="yes", must_not_contain=("40 kronor",))
    others = (
        replace(changed, must_not_contain=()),
        replace(changed, kind="attendance"),
        replace(changed, answerable="no"),
    )
    assert is_of_changed(changed)
    assert not any(is_of_changed(one) for one in others)
