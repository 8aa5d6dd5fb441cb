"""Ja and nej over pairs of a question and a clause, and the question's own verb."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.predicates import predicate
from assistant.verdict import verdict
from corpus.records import Anchor, Decision

CASES = tomllib.loads((Path(__file__).parent / "cases" / "verdicts.toml").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize(
    "question, clause, wanted, strength, outcome", CASES, ids=[f"{one[0]} {one[1]}" for one in CASES]
)
def test_ja_and_nej_are_said_only_where_the_clause_decides_it(
    question: str, clause: str, wanted: str, strength: str, outcome: str
) -> None:
    anchor = Anchor(page=1, start=0, end=len(clause), quote=clause)
    decision = (
        Decision(
            decision_id="1",
            text=clause,
            strength=strength,  # type: ignore[arg-type]
            outcome=outcome or None,  # type: ignore[arg-type]
            item_number=None,
            item_title=None,
            anchor=anchor,
        )
        if strength
        else None
    )
    assert verdict(question, clause, decision) == wanted


@pytest.mark.parametrize(
    "question, verbs",
    [
        ("Har Tuna anställt en vaktmästare?", {"anställa"}),
        ("Måste målsmän godkänna det?", {"godkänna"}),
        ("Infördes fruktstund?", {"införa"}),
        ("Har vi en gemensam provbank?", set()),
        ("Finns det simtider i Tuna?", set()),
    ],
)
def test_the_own_verb_of_a_question_is_found_apart_from_helping_verbs(question: str, verbs: set[str]) -> None:
    assert predicate(question) == verbs
