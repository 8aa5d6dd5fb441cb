"""The gate on the short form: today's answers hold its floors, and each way of breaking them turns it red."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from corpus.archive import Archive
from corpus.swedish import analysis
from evals import gate, short
from evals.questions import EvalQuestion, PageTexts
from evals.run import digests, read_pages

Answers = list[Mapping[str, Any]]


@dataclass
class Short:
    """The short form, answered once."""

    archive: Archive
    questions: Sequence[EvalQuestion]
    answers: Answers
    pages: PageTexts

    def broken(self, answers: Answers) -> set[str]:
        """The floors that `answers` do not reach."""
        measured = short.short_figures(answers, self.questions, self.pages)
        return {one.name for one in gate.broken(measured, digests("hold"), gate.load_floors(short.FLOORS))}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Short]:
    questions = short.short_questions()
    with short.short_archive(tmp_path_factory.mktemp("kort")) as archive:
        yield Short(archive, questions, short.short_answers(archive, questions), read_pages(archive))


def test_todays_answers_hold_the_floors(made: Short) -> None:
    assert len(made.questions) >= 100
    assert made.broken(made.answers) == set()


def shuffled_citations(answers: Answers) -> Answers:
    lists = [answer["citations"] for answer in answers if answer["citations"]]
    random.Random(1).shuffle(lists)
    return [{**answer, "citations": lists.pop()} if answer["citations"] else answer for answer in answers]


def emptied(answers: Answers) -> Answers:
    return [{**answer, "status": "not_found", "sentences": [], "citations": []} for answer in answers]


def never_refusing(answers: Answers) -> Answers:
    told = next(answer for answer in answers if answer["status"] == "answered")
    return [{**told} if answer["status"] == "not_found" else answer for answer in answers]


def quotes_of_their_own(answers: Answers) -> Answers:
    return [
        {**answer, "citations": [{**one, "quote": one["quote"] + " enligt uppgift"} for one in answer["citations"]]}
        for answer in answers
    ]


@pytest.mark.parametrize(
    ("mutation", "floor"),
    [
        (shuffled_citations, "rätt sida"),
        (emptied, "rätt"),
        (never_refusing, "obesvarbara avböjda"),
        (quotes_of_their_own, "citat utanför sidan"),
    ],
)
def test_a_broken_answer_turns_the_gate_red(made: Short, mutation: Callable[[Answers], Answers], floor: str) -> None:
    assert floor in made.broken(mutation(made.answers))


def test_a_broken_analyser_turns_the_gate_red(made: Short, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions analysed backwards: no term of theirs stands in the index."""
    tokens = analysis.tokens
    monkeypatch.setattr(analysis, "tokens", lambda text: tokens(" ".join(w[::-1] for w in text.split())))
    some = made.questions[::4]
    answers = short.short_answers(made.archive, some)
    measured = short.short_figures(answers, some, made.pages)
    assert measured["rätt"] < gate.load_floors(short.FLOORS)["floors"]["rätt"]["value"]
