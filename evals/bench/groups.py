"""What each group of the thesaurus is worth on the tune questions: the reciprocal rank with it less that without."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import query
from assistant.search import Searcher, SearchOptions
from corpus.archive import Archive
from corpus.records import Scope
from corpus.swedish import analysis, thesaurus
from evals.questions import EvalQuestion, load
from evals.retrieval import relevance

DEPTH = 20
SHOWN = 25


def measure(quick: bool = False, archive: Path | None = None) -> dict[str, Any]:
    """The groups that questions touch, the most harmful and the most useful; `quick` takes a tenth of the questions.

    A group is judged only by the questions that say one of its words, so most groups say nothing here.
    """
    from evals.run import SAMPLE_ARCHIVE

    questions = [one for one in load("tune") if one.sources and one.answerable != "no"]
    with Archive.open(archive or SAMPLE_ARCHIVE) as opened:
        gains = _gains(opened, questions[::10] if quick else questions)
    groups = thesaurus.shipped_groups()
    rows = sorted((round(sum(each), 3), len(each), ", ".join(groups[n].words)) for n, each in gains.items())
    return {
        "touched": len(rows),
        "helping": sum(gain > 0 for gain, _, _ in rows),
        "hurting": sum(gain < 0 for gain, _, _ in rows),
        "worst": [{"gain": gain, "questions": count, "words": words} for gain, count, words in rows[:SHOWN]],
        "best": [{"gain": gain, "questions": count, "words": words} for gain, count, words in rows[: -SHOWN - 1 : -1]],
    }


def _gains(archive: Archive, questions: Sequence[EvalQuestion]) -> dict[int, list[float]]:
    gains: dict[int, list[float]] = {}
    for question in questions:
        whole = _rank(archive, SearchOptions(), question)
        for group in touched(question.whole or question.question):
            without = _rank(archive, SearchOptions(hidden_groups=frozenset({group})), question)
            gains.setdefault(group, []).append(whole - without)
    return gains


def touched(text: str) -> set[int]:
    """The shipped groups that a question's words and their parts reach."""
    words = thesaurus.load()
    keys = [" ".join(match.key) for match in words.matches(thesaurus.sequence(text))]
    keys += [part for _, token in analysis.content_tokens(text) for part in analysis.analyse_word(token).parts]
    found = {one.group for key in keys for one in words.expand(key) if one.weight >= query.MIN_WEIGHT}
    return {number for number in found if 0 <= number < thesaurus.OWN_FROM}


def _rank(archive: Archive, options: SearchOptions, question: EvalQuestion) -> float:
    found = Searcher(archive, Scope(), options).search(question.whole or question.question, DEPTH)
    places = relevance([(e.file, e.passage.page, e.passage.text) for e in found.evidence], question)
    return next((1 / rank for rank, source in enumerate(places, 1) if source >= 0), 0.0)
