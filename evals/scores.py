"""Scores as pure functions: what an answer is worth, and what a number can carry."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evals.questions import EvalQuestion, normalise

Verdict = Literal["right", "not_found", "wrong"]
RESAMPLES = 1000
SEED = 20_231_114


# One to three digits and then groups of three: *1 400*, not the year at the end of a line and what begins the next.
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` as whole tokens: 60 is not found in 600, nor in 60,5 or 1 060.

    Case, dashes, quotes and the space in 1 400 do not count.
    """
    text, wanted = _comparable(text), _comparable(wanted)
    head = r"(?<![\w])(?<!\d[.,])" if wanted[:1].isdigit() else r"(?<!\w)"
    tail = r"(?!\w)(?![.,]\d)" if wanted[-1:].isdigit() else r"(?!\w)"
    return bool(wanted) and re.search(head + re.escape(wanted) + tail, text) is not None


def _comparable(text: str) -> str:
    text = re.sub(r"\[\d+\]", " ", text)
    return _THOUSANDS.sub(lambda found: found[0].replace(" ", ""), normalise(text).lower())


def facts_found(answer: str, question: EvalQuestion) -> float:
    """The share (0-1) of the question's facts of which one alternative stands in the answer; 1 when none are asked."""
    facts = question.must_contain
    return sum(any(contains(answer, a) for a in fact) for fact in facts) / len(facts) if facts else 1.0


def verdict(answer: Mapping[str, Any], question: EvalQuestion) -> Verdict:
    """Right, honestly not found, or wrong.

    `answer` is the JSON of `motesminne ask`. An unanswerable question is right when refused. Half-answerable: right
    when the half stands and the status says that something is missing. A verbatim quote that does not answer is wrong.
    """
    refused = answer["status"] == "not_found"
    if question.answerable == "no":
        return "right" if refused else "wrong"
    if refused:
        return "not_found"
    shown = shown_text(answer)
    if any(contains(shown, bad) for bad in question.must_not_contain) or facts_found(shown, question) < 1:
        return "wrong"
    return "wrong" if question.answerable == "half" and answer["status"] != "partial" else "right"


def shown_text(answer: Mapping[str, Any]) -> str:
    """What the reader reads as the answer: its sentences, without notes on what was searched or suggested."""
    return "\n".join(s["text"] for s in answer["sentences"] if s["kind"] != "note" or answer["status"] == "partial")


def citation_scores(answer: Mapping[str, Any], question: EvalQuestion) -> tuple[float | None, float | None]:
    """Precision and recall of cited pages against the labelled pages; None where there is nothing to count."""
    labelled = {(source.file, source.page) for source in question.sources}
    cited = {(citation["file"], citation["page"]) for citation in answer["citations"]}
    if not labelled or answer["status"] == "not_found":
        return None, None
    return (len(cited & labelled) / len(cited) if cited else 0.0), len(cited & labelled) / len(labelled)


def right_page(answer: Mapping[str, Any], question: EvalQuestion) -> bool | None:
    """Whether at least one citation opens a labelled page; None for refusals and questions without labels."""
    _, recall = citation_scores(answer, question)
    return None if recall is None else recall > 0


def consistency(verdicts: Mapping[str, Sequence[Verdict]]) -> float:
    """Over groups of the same question asked in several ways: the mean share of the group's commonest verdict."""
    shares = [max(group.count(v) for v in set(group)) / len(group) for group in verdicts.values() if len(group) > 1]
    return sum(shares) / len(shares) if shares else 1.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the 95 % interval around it."""

    mean: float
    low: float
    high: float
    count: int


def interval(values: Sequence[float]) -> Interval:
    """Mean with a percentile bootstrap interval (Efron 1979; 1000 resamples, fixed seed)."""
    if not values:
        return Interval(0.0, 0.0, 0.0, 0)
    mean = sum(values) / len(values)
    generator = random.Random(SEED)
    means = sorted(sum(generator.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    return Interval(mean, means[int(RESAMPLES * 0.025)], means[int(RESAMPLES * 0.975) - 1], len(values))


def paired_p(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Two-sided p of a paired randomisation test (Fisher): signs of the differences flipped 10 000 times."""
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    observed = abs(sum(differences))
    if not observed:
        return 1.0
    generator = random.Random(SEED)
    rounds = 10_000
    extreme = sum(
        abs(sum(d if generator.random() < 0.5 else -d for d in differences)) >= observed - 1e-12 for _ in range(rounds)
    )
    return (extreme + 1) / (rounds + 1)


def at_most(failures: int, trials: int, confidence: float = 0.95) -> float:
    """The highest failure rate that `failures` of `trials` leave room for (Clopper and Pearson 1934, one-sided).

    0 of 60 gives 0.0487: at most 5 % with 95 % certainty.
    """
    if failures >= trials:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most_probability(failures, trials, middle) > 1 - confidence else (low, middle)
    return high


def _at_most_probability(failures: int, trials: int, rate: float) -> float:
    """P(X <= failures) for X binomial."""
    probability, total = (1 - rate) ** trials, 0.0
    for k in range(failures + 1):
        total += probability
        probability *= (trials - k) / (k + 1) * rate / (1 - rate) if rate < 1 else 0.0
    return total


def f1(found: int, true: int, matched: int) -> float:
    """Harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
    if not found and not true:
        return 1.0
    return 2 * matched / (found + true)


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Agreement of two raters beyond chance (Cohen 1960): 1 full, 0 what chance gives."""
    labels = set(first) | set(second)
    count = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / count
    chance = sum((first.count(label) / count) * (second.count(label) / count) for label in labels)
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def by(key: Callable[[EvalQuestion], str], questions: Sequence[EvalQuestion]) -> dict[str, list[int]]:
    """Indices of the questions per value of `key`, in order of first appearance."""
    groups: dict[str, list[int]] = {}
    for index, question in enumerate(questions):
        groups.setdefault(key(question), []).append(index)
    return groups
