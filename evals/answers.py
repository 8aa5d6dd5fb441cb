"""Answers scored without a judge: right, honestly not found or wrong, for each system in the same run."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.questions import EvalQuestion, PageTexts
from evals.scores import (
    Verdict,
    at_most,
    by,
    citation_scores,
    consistency,
    interval,
    paired_p,
    right_page,
    shown_text,
    verdict,
)
from evals.systems import System, quotes_off_page, timed

OUTCOMES: tuple[Verdict, ...] = ("right", "not_found", "wrong")
CHANGED_KINDS = frozenset(("decision", "applies_now", "how_much", "when", "yes_no"))
Tick = Callable[[str], None]
# Words that only one of the two languages has; an answer with more English than Swedish ones is not in Swedish.
_SWEDISH = frozenset(
    re.findall(r"\w+", "och att det som en på är av för med till den inte om ett har de vid från enligt")
)
_ENGLISH = frozenset(re.findall(r"\w+", "the and of to in is that for with was are not this from according"))


def score_systems(
    systems: Sequence[System], questions: Sequence[EvalQuestion], pages: PageTexts, tick: Tick = lambda _: None
) -> dict[str, Any]:
    """The figures of every system on the same questions, the first system's cases, and paired tests against it."""
    results = {system.name: [_timed(system, q, tick) for q in questions] for system in systems}
    verdicts = {
        name: [verdict(a, q) for a, q in zip(answers, questions, strict=True)] for name, answers in results.items()
    }
    ours = systems[0].name
    return {
        "first_line": first_line(verdicts[ours], questions),
        "systems": {name: figures(results[name], questions, verdicts[name], pages) for name in results},
        "paired": {
            name: paired_p([v == "right" for v in verdicts[ours]], [v == "right" for v in verdicts[name]])
            for name in results
            if name != ours
        },
        "cases": [case(q, a, v) for q, a, v in zip(questions, results[ours], verdicts[ours], strict=True)],
    }


def _timed(system: System, question: EvalQuestion, tick: Tick) -> dict[str, Any]:
    tick(f"{system.name}: {question.id}")
    return timed(system, question)


def first_line(verdicts: Sequence[Verdict], questions: Sequence[EvalQuestion]) -> str:
    """Of 100 questions: right, honestly not found, wrong; and what the zeroes can carry."""
    count = len(verdicts)
    if not count:
        return "Inga frågor."
    refused_right = sum(v == "right" and q.answerable == "no" for v, q in zip(verdicts, questions, strict=True))
    share = {name: round(100 * verdicts.count(name) / count) for name in ("right", "not_found", "wrong")}
    wrong = verdicts.count("wrong")
    return (
        f"Av 100 frågor: {share['right']} rätt, {share['not_found']} ärligt inte hittade, {share['wrong']} fel. "
        f"({count} frågor, varav {sum(q.answerable == 'no' for q in questions)} utan svar i underlaget, "
        f"{refused_right} av dem rätt avböjda; {wrong} fel av {count} ger högst "
        f"{100 * at_most(wrong, count):.1f}".replace(".", ",")
        + " % fel med 95 % säkerhet.)"
    )


def figures(
    answers: Sequence[Mapping[str, Any]],
    questions: Sequence[EvalQuestion],
    verdicts: Sequence[Verdict],
    pages: PageTexts,
) -> dict[str, Any]:
    """One system's scores; each rate as mean, 95 % interval and count."""
    rows = list(zip(answers, questions, verdicts, strict=True))
    precision_recall = [citation_scores(a, q) for a, q, _ in rows]
    seconds = sorted(float(a.get("seconds", 0.0)) for a in answers)
    return {
        **{name: _rate(v == name for v in verdicts) for name in OUTCOMES},
        "answerable_right": _rate(v == "right" for _, q, v in rows if q.answerable != "no"),
        "unanswerable_refused": _rate(v == "right" for _, q, v in rows if q.answerable == "no"),
        "wrongly_refused": _rate(v == "not_found" for _, q, v in rows if q.answerable == "yes"),
        "changed_latest": _rate(v == "right" for _, q, v in rows if is_of_changed(q)),
        "cited_page": _rate(hit for a, q, _ in rows if (hit := right_page(a, q)) is not None),
        "citation_precision": _rate(p for p, _ in precision_recall if p is not None),
        "citation_recall": _rate(r for _, r in precision_recall if r is not None),
        "quotes_off_page": sum(quotes_off_page(a, pages) for a in answers),
        "swedish": _rate(is_swedish(shown_text(a)) for a in answers if a["sentences"]),
        "median_chars": statistics.median([len(shown_text(a)) for a in answers if a["status"] != "not_found"] or [0]),
        "consistency": consistency(_grouped(verdicts, questions)),
        "p50_ms": 1000 * seconds[len(seconds) // 2] if seconds else 0.0,
        "p95_ms": 1000 * seconds[int(len(seconds) * 0.95)] if seconds else 0.0,
        "by_kind": _by(lambda q: q.kind, questions, verdicts),
        "by_sort": _by(lambda q: q.sort or "besvarbar", questions, verdicts),
        "by_form": _by(_form, questions, verdicts),
    }


def is_of_changed(question: EvalQuestion) -> bool:
    """Whether it asks for what a later decision has changed: then the old value stands as what must not be told."""
    return question.kind in CHANGED_KINDS and bool(question.must_not_contain) and question.answerable == "yes"


def _form(question: EvalQuestion) -> str:
    if question.history:
        return "följdfråga"
    return "omskrivning" if question.paraphrase else "slarvigt skriven" if question.sloppy else "vanlig"


def _rate(values: Any) -> dict[str, float]:
    return asdict(interval([float(value) for value in values]))


def _grouped(verdicts: Sequence[Verdict], questions: Sequence[EvalQuestion]) -> dict[str, list[Verdict]]:
    groups = by(lambda q: q.group or "", questions)
    return {name: [verdicts[i] for i in indices] for name, indices in groups.items() if name}


def _by(
    key: Callable[[EvalQuestion], str], questions: Sequence[EvalQuestion], verdicts: Sequence[Verdict]
) -> dict[str, dict[str, int]]:
    return {
        name: {outcome: [verdicts[i] for i in indices].count(outcome) for outcome in OUTCOMES}
        for name, indices in sorted(by(key, questions).items())
    }


def is_swedish(text: str) -> bool:
    """Whether a text has at least as many Swedish as English function words."""
    words = text.lower().split()
    return sum(w in _SWEDISH for w in words) >= sum(w in _ENGLISH for w in words)


def case(question: EvalQuestion, answer: Mapping[str, Any], outcome: Verdict) -> dict[str, Any]:
    """What a reader of the report needs to judge one answer."""
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "history": [dict(turn) for turn in question.history],
        "verdict": outcome,
        "answerable": question.answerable,
        "wanted": [list(fact) for fact in question.must_contain],
        "unwanted": list(question.must_not_contain),
        "sources": [{"file": s.file, "page": s.page, "quote": s.quote} for s in question.sources],
        "status": answer["status"],
        "answer": "\n".join(s["text"] for s in answer["sentences"]),
        "citations": [
            {key: citation.get(key) for key in ("number", "file", "page", "quote")} for citation in answer["citations"]
        ],
        "withheld": list(answer.get("withheld", [])),
    }
