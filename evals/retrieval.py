"""Search scored against labelled passages: recall, MRR and nDCG by ranx, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.questions import EvalQuestion, normalise
from evals.scores import Interval, interval

METRICS = ("recall@1", "recall@5", "recall@20", "mrr", "ndcg@10")
# A passage counts as labelled when it holds this share of a source quote's words in a row: passages are cut between
# sentences, so a quote of two sentences may be parted.
MIN_QUOTE_SHARE = 0.5

Ranked = Sequence[tuple[str, int, str]]  # (file, page, text), best first


def relevance(ranked: Ranked, question: EvalQuestion) -> list[int]:
    """For each ranked passage the index of the source it holds, or -1; a source counts for its first passage only.

    Two sources in one passage are found at once and count as the first of them: `absorbed` tells which went with others.
    """
    return [min(new, default=-1) for new in _new_sources(ranked, question)]


def absorbed(ranked: Ranked, question: EvalQuestion) -> frozenset[int]:
    """The sources that stand in a passage together with another that counts for it: nothing more is left to find."""
    return frozenset(source for new in _new_sources(ranked, question) for source in sorted(new)[1:])


def _new_sources(ranked: Ranked, question: EvalQuestion) -> list[frozenset[int]]:
    """For each ranked passage the sources that it is the first to hold."""
    taken: frozenset[int] = frozenset()
    found = []
    for file, _, text in ranked:
        found.append(sources_held(file, text, question) - taken)
        taken |= found[-1]
    return found


def sources_held(file: str, text: str, question: EvalQuestion) -> frozenset[int]:
    """The indices of all sources whose quote stands in a passage."""
    told = normalise(text).lower()
    return frozenset(i for i in range(len(question.sources)) if _holds(file, told, question, i))


def _holds(file: str, text: str, question: EvalQuestion, index: int) -> bool:
    source = question.sources[index]
    if file != source.file:
        return False
    quote = normalise(source.quote).lower()
    if quote in text:
        return True
    words = quote.split()
    need = max(int(len(words) * MIN_QUOTE_SHARE), min(len(words), 4))
    return any(" ".join(words[i : i + need]) in text for i in range(len(words) - need + 1))


def score(rankings: Sequence[Ranked], questions: Sequence[EvalQuestion]) -> dict[str, list[float]]:
    """Each metric's value per question, by ranx; questions without sources are to be left out before."""
    from ranx import Qrels, Run, evaluate

    qrels, runs = {}, {}
    for number, (ranked, question) in enumerate(zip(rankings, questions, strict=True)):
        key = f"q{number:05d}"
        gone = absorbed(ranked, question)
        qrels[key] = {f"s{i}": 1 for i in range(len(question.sources)) if i not in gone}
        found = relevance(ranked, question)
        runs[key] = {f"s{s}" if s >= 0 else f"n{rank}": 1.0 / (rank + 1) for rank, s in enumerate(found)} or {
            "none": 0.0
        }
    run = Run(runs)
    evaluate(Qrels(qrels), run, list(METRICS), make_comparable=True)
    return {metric: [float(run.scores[metric][key]) for key in sorted(qrels)] for metric in METRICS}


def summary(values: Mapping[str, Sequence[float]]) -> dict[str, Interval]:
    """Mean and 95 % interval per metric."""
    return {metric: interval(list(per_question)) for metric, per_question in values.items()}
