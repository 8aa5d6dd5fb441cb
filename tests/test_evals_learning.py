"""Learning which sentence answers: the same weights on every run, and no question about one quote in two folds."""

from __future__ import annotations

import pytest

from evals.learning.answers import FOLDS, Example, Held, folds, learn_answers, learn_choice, threshold
from evals.questions import EvalQuestion, QuotedSource, load


def asked(number: int, quote: str = "", kind: str = "how_much") -> EvalQuestion:
    source = QuotedSource(file="a.txt", page=1, quote=quote or str(number))
    return EvalQuestion(id=str(number), kind=kind, question="Hur?", answerable="yes", sources=(source,))


def test_questions_about_one_quote_are_never_parted_and_every_question_has_a_fold() -> None:
    questions = load("tune")
    other = [Example(question=asked(n), archive="nät", rows=(), right=()) for n in range(3)]
    parts = folds([*(Example(question=one, rows=(), right=()) for one in questions), *other])
    assert sorted(number for part in parts for number in part) == list(range(len(questions) + 3))
    assert parts.pop() == [len(questions), len(questions) + 1, len(questions) + 2]
    where = {number: fold for fold, part in enumerate(parts) for number in part}
    quotes: dict[object, set[int]] = {}
    for number, question in enumerate(questions):
        if question.sources and not question.group:
            quotes.setdefault(question.sources[0], set()).add(where[number])
    assert len(parts) == FOLDS
    assert all(len(of) == 1 for of in quotes.values())


def test_the_choice_learns_the_sign_that_tells_the_answer_apart_and_gives_the_same_weights_again() -> None:
    rows = ({"value": 1.0, "rank": 0.25}, {"value": 0.0, "rank": 0.4}, {"value": 0.0, "rank": 0.1})
    turned = [rows[n % 3 :] + rows[: n % 3] for n in range(30)]
    examples = [
        Example(question=asked(n), rows=given, right=tuple(row["value"] == 1 for row in given))
        for n, given in enumerate(turned)
    ]
    weights = learn_choice(examples)
    assert weights["value"] > 1 > abs(weights["rank"])
    assert learn_choice(examples) == weights


def test_a_belief_grows_with_what_right_answers_have_and_rows_of_registers_are_left_out() -> None:
    right = [Held(question=asked(n), told="right", refused="not_found", outlook={"near": 0.9, "bias": 1.0}) for n in range(20)]  # fmt: skip
    wrong = [Held(question=asked(n), told="wrong", refused="not_found", outlook={"near": 0.2, "bias": 1.0}) for n in range(20)]  # fmt: skip
    rows = [Held(question=asked(n), told="wrong", refused="wrong", outlook=None) for n in range(20)]
    weights = learn_answers([*right, *wrong, *rows])
    assert weights["near"] > 1
    assert weights == learn_answers([*right, *wrong])


@pytest.mark.parametrize(("wrong", "refuses"), [(1, False), (9, True)])
def test_the_bar_refuses_where_that_costs_less_than_the_wrong_answers(wrong: int, refuses: bool) -> None:
    unsure = [
        Held(question=asked(n), told="wrong" if n < wrong else "right", refused="not_found", outlook={}, belief=0.42)
        for n in range(10)
    ]
    assert (threshold(unsure) > 0.42) is refuses
