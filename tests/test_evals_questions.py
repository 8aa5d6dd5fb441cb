"""The questions themselves: what the validator sees, and that the two sets are whole and apart."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from evals.learning.material import NETWORKS
from evals.questions import FOLDER, EvalQuestion, QuotedSource, leakage, load, problems
from evals.truth import load_truth, true_pages

PAGES = {("a.pdf", 1): "Avgiften höjs till 1 400 kronor."}
GOOD = EvalQuestion(
    id="q1",
    kind="how_much",
    question="Vad kostar det?",
    answerable="yes",
    must_contain=(("1 400 kronor",),),
    sources=(QuotedSource(file="a.pdf", page=1, quote="Avgiften höjs till 1 400 kronor."),),
)


def _changed(**changes: object) -> EvalQuestion:
    from dataclasses import replace

    return replace(GOOD, **changes)  # type: ignore[arg-type]


def test_a_good_question_has_no_fault() -> None:
    assert problems([GOOD], PAGES) == []


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (_changed(sources=(QuotedSource(file="a.pdf", page=2, quote="Avgiften höjs"),)), "citatet står inte"),
        (_changed(must_contain=(("1 500 kronor",),)), "står i källorna"),
        (_changed(must_contain=()), "behöver must_contain"),
        (_changed(answerable="no", sort=None), "sort saknas"),
    ],
)
def test_the_validator_sees_each_fault(question: EvalQuestion, fault: str) -> None:
    assert any(fault in line for line in problems([question], PAGES))


def test_the_validator_sees_duplicates_and_leakage() -> None:
    assert any("förekommer 2 gånger" in line for line in problems([GOOD, GOOD], PAGES))
    assert leakage([GOOD], [_changed(id="q2", question="vad KOSTAR det")]) == ["q2: samma fråga står i tune"]


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "egna.jsonl"
    path.write_text('{"question": "Vem?"}\n{"kind": "who"}\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="egna.jsonl, rad 2"):
        load(str(path))


def test_the_shipped_questions_are_valid_and_apart() -> None:
    tune, hold, pages = load("tune"), load("hold"), true_pages(load_truth())
    assert problems(tune, pages) + problems(hold, pages) + leakage(tune, hold) == []
    assert not {q.id for q in tune} & {q.id for q in hold}


OTHER = sorted(path.parent for path in NETWORKS.parent.glob("*/*/questions.jsonl"))


@pytest.mark.parametrize("folder", OTHER, ids=[folder.name for folder in OTHER])
def test_the_questions_of_a_network_are_valid_and_none_of_hold(folder: Path) -> None:
    questions, pages = load(str(folder / "questions.jsonl")), true_pages(load_truth(folder / "truth"))
    assert len(questions) >= 80 and all(question.today for question in questions)
    assert problems(questions, pages) + leakage(questions, load("hold")) == []


def test_there_are_enough_questions_of_every_sort() -> None:
    questions = (*load("tune"), *load("hold"))
    kinds = {"decision", "said", "overview", "who", "when", "how_much", "yes_no", "attendance", "list", "count"}
    kinds |= {"timeline", "applies_now", "next_meeting", "open_actions", "definition", "keyword", "collection"}
    kinds |= {"comparison", "free"}
    sorts = Counter(q.sort for q in questions if q.answerable != "yes")
    groups = Counter(q.group for q in questions if q.group)
    assert len(questions) >= 320
    assert {q.kind for q in questions} >= kinds
    assert sum(q.paraphrase for q in questions) >= 40
    assert sum(q.answerable != "yes" for q in questions) >= 100
    assert all(sorts[sort] >= 10 for sort in ("other_topic", "other_time_or_body", "half", "outside"))
    assert sum(count >= 5 for count in groups.values()) >= 5
    assert sum(bool(q.history) for q in questions) >= 15
    assert all(q.whole for q in questions if q.history)


def test_meta_tells_the_day_the_questions_are_asked() -> None:
    assert json.loads((FOLDER / "meta.json").read_text(encoding="utf-8"))["today"]
    assert all(q.today for q in load("tune"))
