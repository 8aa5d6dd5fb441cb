"""Learns how the passages found are put in order: a choice between them, fitted to the labelled ones.

`python -m evals.learning.ranking` writes `assistant/ranking.json` from the samples' tune questions and the networks of
`evals/networks`, after telling what weights give on each set that was left out of the learning.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import features, typos
from assistant.features import Columns
from assistant.search import FETCHED, Searcher
from corpus.records import Filter, Scope
from evals.learning.material import Labelled, labelled
from evals.questions import EvalQuestion
from evals.retrieval import sources_held

OUT = Path("assistant/ranking.json")
FOLDS = 5
# Penalty on the squared weights: from .01 to .3 recall@5 on unseen folds stays within a point; SweFAQ, of another kind,
# loses one from .1 down.
PENALTY = 0.2
STEPS, RATE = 1500, 0.05


@dataclass(frozen=True, slots=True)
class Example:
    """A question's passages as rows of features, and the sources that each of them holds."""

    question: EvalQuestion
    rows: NDArray[np.float64]
    held: tuple[frozenset[int], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], help="features to leave out, to see what they are worth")
    parser.add_argument("--dry", action="store_true", help="write no weights")
    options = parser.parse_args()
    with labelled() as material:
        drawn = {one.name: collect(one) for one in material}
    names = sorted(
        {name for found in drawn.values() for _, columns, _ in found for name in columns} - {*options.without}
    )
    examples = {
        name: [Example(question, _rows(columns, names), held) for question, columns, held in found]
        for name, found in drawn.items()
    }
    for name, scored in left_out(examples).items():
        sys.stdout.write(f"{name}, left out: {_told(scored)}\n")
    every = [one for found in examples.values() for one in found]
    sys.stdout.write(f"folds: {_told(cross_validated(every))}\n")
    learnt = learn(every)
    sys.stdout.write(f"seen: {_told([(one, one.rows @ learnt) for one in every])}\n")
    table = {name: round(float(weight), 3) for name, weight in zip(names, learnt, strict=True)}
    if not options.dry:
        OUT.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def collect(material: Labelled) -> list[tuple[EvalQuestion, Columns, tuple[frozenset[int], ...]]]:
    """The features of what is found for each labelled question, with the sources each passage holds."""
    drawn = []
    scope, searcher = Scope(), Searcher(material.archive)
    for question in material.questions:
        if not question.sources or question.answerable == "no":
            continue
        text = typos.correct(question.whole or question.question, material.archive, scope).text
        asked = searcher.asked(text)
        understood = searcher.understood(text, question.today)
        found = searcher.found(asked, understood, Filter(), FETCHED)
        columns = features.columns(found, asked, understood)
        names = material.archive.file_names(scope, {one.passage.document_id for one in found})
        held = tuple(sources_held(names[one.passage.document_id], one.passage.text, question) for one in found)
        if columns:
            drawn.append((question, columns, held))
    return drawn


def left_out(examples: Mapping[str, Sequence[Example]]) -> dict[str, list[tuple[Example, NDArray[np.float64]]]]:
    """Each set's utilities by weights learnt on the others."""
    scored = {}
    for name, own in examples.items():
        weights = learn([one for other, found in examples.items() if other != name for one in found])
        scored[name] = [(one, one.rows @ weights) for one in own]
    return scored


def learn(examples: Sequence[Example], penalty: float = PENALTY) -> NDArray[np.float64]:
    """Weights that make each labelled passage likely among it and the unlabelled ones (conditional logit), by Adam."""
    choices = _choices(examples)
    weights = np.zeros(examples[0].rows.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = 2 * penalty * weights - choices.pull(weights)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = RATE * (1 - step / STEPS)
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return weights


@dataclass(frozen=True, slots=True)
class _Choices:
    """All questions' passages one after the other.

    `starts` is where each question begins, `right` tells the labelled ones, `question` is the number of each row's question.
    """

    rows: NDArray[np.float64]
    right: NDArray[np.float64]
    starts: NDArray[np.int64]
    question: NDArray[np.int64]

    def pull(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The slope of the mean log-likelihood of the labelled passages, summed over the questions."""
        utility = self.rows @ weights
        odds = np.exp(utility - np.maximum.reduceat(utility, self.starts)[self.question])
        others = np.add.reduceat(odds * (1 - self.right), self.starts)[self.question]
        share = 1 / np.add.reduceat(self.right, self.starts)[self.question]
        total = odds + others
        spread = np.add.reduceat(self.right * share / total, self.starts)[self.question]
        pulled = np.where(self.right > 0, share * (1 - odds / total), -odds * spread)
        slope: NDArray[np.float64] = pulled @ self.rows
        return slope


def _choices(examples: Sequence[Example]) -> _Choices:
    labelled = [(one.rows, np.array([float(bool(held)) for held in one.held])) for one in examples]
    kept = [(rows, right) for rows, right in labelled if 0 < right.sum() < len(right)]
    counts = np.array([len(right) for _, right in kept])
    return _Choices(
        rows=np.concatenate([rows for rows, _ in kept]),
        right=np.concatenate([right for _, right in kept]),
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64),
        question=np.repeat(np.arange(len(kept)), counts),
    )


def cross_validated(examples: Sequence[Example], penalty: float = PENALTY) -> list[tuple[Example, NDArray[np.float64]]]:
    """Each question's utilities by weights learnt without its group."""
    scored = []
    for fold in range(FOLDS):
        weights = learn([one for one in examples if _fold(one) != fold], penalty)
        scored += [(one, one.rows @ weights) for one in examples if _fold(one) == fold]
    return scored


def _fold(one: Example) -> int:
    key = one.question.group or one.question.id
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def _told(scored: Sequence[tuple[Example, NDArray[np.float64]]]) -> Mapping[str, float]:
    figures = [_figures(one, utility) for one, utility in scored]
    return {
        "recall@5": round(float(np.mean([recall for recall, _ in figures])), 4),
        "mrr": round(float(np.mean([rank for _, rank in figures])), 4),
    }


def _figures(one: Example, utility: NDArray[np.float64]) -> tuple[float, float]:
    places: dict[int, int] = {}
    for place, row in enumerate(np.argsort(-utility, kind="stable").tolist(), start=1):
        for source in one.held[row]:
            places.setdefault(source, place)
    recall = sum(place <= 5 for place in places.values()) / len(one.question.sources)
    return recall, 1 / min(places.values()) if places else 0.0


def _rows(columns: Columns, names: Sequence[str]) -> NDArray[np.float64]:
    count = len(next(iter(columns.values())))
    return np.stack([columns.get(name, np.zeros(count)) for name in names], axis=1)


if __name__ == "__main__":
    main()
