"""Search scored leg by leg against labelled passages, with the plain recipe in the same run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from assistant.search import Searcher, SearchOptions
from corpus.archive import Archive
from corpus.records import Scope
from evals.questions import EvalQuestion
from evals.retrieval import Ranked, score, summary
from evals.scores import by, paired_p
from evals.systems import System

DEPTH = 20
FULL = SearchOptions()
# Each row switches one thing off (or leaves one leg alone), so that its worth can be read off the table.
ABLATIONS: Mapping[str, SearchOptions] = {
    "hela systemet": FULL,
    "bara ordben": replace(FULL, dense=False),
    "bara vektorben": replace(FULL, lexical=False),
    "utan ordlista": replace(FULL, thesaurus=False),
    "utan sammansättningar": replace(FULL, compounds=False),
    "utan 4-gram": replace(FULL, grams=False),
}


def without_marks(text: str) -> str:
    """As on a foreign keyboard."""
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def with_slip(text: str) -> str:
    """Two letters inside the longest word change places, as fast fingers do."""
    word = max(re.findall(r"[^\W\d_]+", text), key=len, default="")
    at = next((i for i in range(len(word) // 2, len(word) - 1) if word[i] != word[i + 1]), None)
    if at is None or len(word) < MIN_SLIP_CHARS:
        return text
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)


# The full system asked the same questions, badly written.
WRITTEN: Mapping[str, Callable[[str], str]] = {
    "hela systemet, utan å ä ö": without_marks,
    "hela systemet, med skrivfel": with_slip,
}
MIN_SLIP_CHARS = 6


def rewritten(questions: Sequence[EvalQuestion], way: Callable[[str], str]) -> list[EvalQuestion]:
    """The questions written in another way, their labels kept."""
    return [replace(question, question=way(question.whole or question.question), whole=None) for question in questions]


def score_search(
    archive: Archive,
    questions: Sequence[EvalQuestion],
    peers: Sequence[System],
    tick: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Each system's recall, MRR and nDCG over the questions that have labelled sources and can be answered."""
    labelled = [question for question in questions if question.sources and question.answerable != "no"]
    rankings = {name: _ranked(archive, options, labelled, name, tick) for name, options in ABLATIONS.items()}
    rankings |= {peer.name: [peer.search(question, DEPTH) for question in labelled] for peer in peers}
    values = {name: score(ranked, labelled) for name, ranked in rankings.items()}
    full = values["hela systemet"]
    values |= {
        name: score(_ranked(archive, FULL, rewritten(labelled, way), name, tick), labelled)
        for name, way in WRITTEN.items()
    }
    return {
        "systems": {name: _intervals(per_question) for name, per_question in values.items()},
        "by_kind": _by(lambda q: q.kind, full, labelled),
        "by_form": _by(_form, full, labelled),
        "by_kind_and_system": _crossed(lambda q: q.kind, values, labelled),
        "by_form_and_system": _crossed(_form, values, labelled),
        "paired": {
            name: paired_p(full["ndcg@10"], other["ndcg@10"]) for name, other in values.items() if other != full
        },
        "misses": [q.id for q, hit in zip(labelled, full["recall@5"], strict=True) if not hit],
    }


def _ranked(
    archive: Archive,
    options: SearchOptions,
    questions: Sequence[EvalQuestion],
    name: str,
    tick: Callable[[str], None],
) -> list[Ranked]:
    searcher = Searcher(archive, Scope(), options=options)
    rankings: list[Ranked] = []
    for question in questions:
        tick(f"{name}: {question.id}")
        text = question.whole or question.question
        found = searcher.search(text, DEPTH, question=searcher.understood(text, question.today))
        rankings.append([(e.file, e.passage.page, e.passage.text) for e in found.evidence])
    return rankings


def _form(question: EvalQuestion) -> str:
    return "omskrivning" if question.paraphrase else "slarvigt skriven" if question.sloppy else "vanlig"


def _by(
    key: Callable[[EvalQuestion], str], values: Mapping[str, Sequence[float]], questions: Sequence[EvalQuestion]
) -> dict[str, dict[str, Any]]:
    return {
        name: _intervals({metric: [per[i] for i in indices] for metric, per in values.items()})
        for name, indices in sorted(by(key, questions).items())
    }


def _crossed(
    key: Callable[[EvalQuestion], str],
    values: Mapping[str, Mapping[str, Sequence[float]]],
    questions: Sequence[EvalQuestion],
) -> dict[str, dict[str, Any]]:
    """Per kind of question each system's figures."""
    per = {system: _by(key, scores, questions) for system, scores in values.items()}
    return {kind: {system: per[system][kind] for system in values} for kind in per["hela systemet"]}


def _intervals(values: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    return {metric: asdict(one) for metric, one in summary(values).items()}
