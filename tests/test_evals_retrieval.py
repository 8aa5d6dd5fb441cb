"""Search scores against values computed by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from evals.questions import EvalQuestion, QuotedSource
from evals.retrieval import absorbed, relevance, score, summary

QUESTION = EvalQuestion(
    id="q",
    kind="free",
    question="?",
    answerable="yes",
    sources=(
        QuotedSource(file="a.pdf", page=1, quote="Avgiften höjs till 1 400 kronor från och med 2025 års konferens."),
        QuotedSource(file="b.pdf", page=2, quote="Frågan bordläggs."),
    ),
)
HIT_A = ("a.pdf", 1, "§ 8 Avgiften höjs till 1 400 kronor från och med 2025 års konferens. Mer.")
HIT_B = ("b.pdf", 2, "Frågan bordläggs. Nästa.")
MISS = ("c.pdf", 1, "Frågan bordläggs.")


def test_a_source_counts_for_its_first_passage_only() -> None:
    assert relevance([MISS, HIT_A, HIT_A, HIT_B], QUESTION) == [-1, 0, -1, 1]


def test_two_sources_in_one_passage_are_found_at_once() -> None:
    both = ("a.pdf", 1, "Avgiften höjs till 1 400 kronor från och med 2025 års konferens. Frågan bordläggs.")
    twice = replace(QUESTION, sources=(QUESTION.sources[0], replace(QUESTION.sources[1], file="a.pdf")))
    assert relevance([MISS, both], twice) == [-1, 0]
    assert absorbed([MISS, both], twice) == {1}
    values = score([[MISS, both]], [twice])
    assert (values["recall@5"], values["mrr"]) == ([1.0], [0.5])
    assert score([[MISS]], [twice])["recall@5"] == [0.0]


def test_a_quote_parted_over_two_passages_still_counts() -> None:
    parted = ("a.pdf", 1, "Avgiften höjs till 1 400 kronor från och med")
    assert relevance([parted], QUESTION) == [0]


def test_scores_agree_with_hand_computation() -> None:
    values = score([[MISS, HIT_A, MISS, HIT_B]], [QUESTION])
    assert values["recall@1"] == [0.0]
    assert values["recall@5"] == [1.0]
    assert values["mrr"] == [0.5]
    ideal = 1 + 1 / math.log2(3)
    assert values["ndcg@10"][0] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_nothing_found_scores_zero() -> None:
    assert summary(score([[]], [QUESTION]))["recall@20"].mean == 0.0
