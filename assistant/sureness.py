"""How surely a sentence answers: its features weighed by a table that was learnt on the tune questions."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from assistant.answer import Question, QuestionKind
from assistant.clauses import Clause
from assistant.roll import is_beside_matter
from corpus.records import Decision, Part

# Kinds that ask for what was decided: there a sentence that decides answers better than one that tells.
DECIDING: frozenset[QuestionKind] = frozenset(("decision", "applies_now", "yes_no"))


# A sentence of another time, or school form, than the one asked about stands behind all others: what else it holds answers nothing.
OTHER_TIME = 8.0
# By so much what somebody only wanted stands behind what came of it.
ONLY_WISHED = 2.0
# Kinds that the registers answer: where they have nothing, a sentence that holds the words seldom does.
REGISTERED: frozenset[QuestionKind] = frozenset(
    ("attendance", "next_meeting", "definition", "count", "timeline", "overview", "open_actions", "collection")
)  # fmt: skip
# Who voted or reserved stands beside the decision, not in it.
_ACTS = re.compile(r"\b(röst|reserv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What was learnt (`python -m evals.learning.answers`): weights of the features for choosing between sentences
    and for answering at all, and the probability below which nothing is answered."""

    choice: Mapping[str, float]
    answers: Mapping[str, float]
    answer_at: float


@lru_cache(maxsize=1)
def learnt() -> Model:
    """The model of `weights.json`; how it was learnt stands in docs/answering.md."""
    held = json.loads(resources.files("assistant").joinpath("weights.json").read_text(encoding="utf-8"))
    return Model(choice=held["weights"], answers=held["answers"], answer_at=held["answer_at"])


_OTHER: ContextVar[Model | None] = ContextVar("other model", default=None)


@contextmanager
def using(model: Model) -> Iterator[None]:
    """Another model than the learnt one, for learning and measuring."""
    token = _OTHER.set(model)
    try:
        yield
    finally:
        _OTHER.reset(token)


def model() -> Model:
    return _OTHER.get() or learnt()


def _is_of_other(features: Mapping[str, float]) -> bool:
    """Whether a sentence is surely of another time than the one asked about, or of another school form."""
    return features["wrong_time"] == 1 or features.get("other_form", 0.0) == 1


# A sentence that does not tell who holds the office asked for, is a line of the list, or holds the question's own words only.
EMPTY = ("no_holder", "on_roll", "echo")


def _tells_nothing(features: Mapping[str, float]) -> bool:
    """Whether a sentence cannot answer whatever words it holds."""
    return _is_of_other(features) or any(features.get(name, 0.0) == 1 for name in EMPTY)


def scored(features: Mapping[str, float]) -> float:
    """The weighted sum of the features: a sentence's utility in the choice between sentences and refusing."""
    table = model().choice
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def ranked(found: Sequence[Clause], question: Question, parts: Mapping[str, Part]) -> list[Clause]:
    """The clauses with score and sureness (1 for the best, others beside it), the surest first."""
    told = [_weighed(one, question, parts.get(one.passage.part_id)) for one in found]
    told.sort(key=lambda one: (-one.score, one.clause.evidence.rank, one.clause.place))
    best = told[0].score if told else 0.0
    return [
        replace(
            one.clause, decision=one.decision, features=one.features, score=one.score, sure=math.exp(one.score - best)
        )
        for one in told
    ]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A clause with what it gains: a question has hundreds, and a record made anew for each step takes its time."""

    clause: Clause
    decision: Decision | None
    features: Mapping[str, float]
    score: float


def _weighed(one: Clause, question: Question, part: Part | None) -> _Weighed:
    decision = decision_at(one, part) if part else None
    asks = question.kind in DECIDING and not _ACTS.search(question.whole)
    decides = decision is not None and decision.strength not in ("förslag", "information")
    features = {
        **one.features,
        "decides": float(decides and asks),
        "decides_other": float(decides and not asks),
        "proposes": float(decision is not None and not decides and asks),
        "not_decided": float(decision is None and question.kind == "decision"),
        "for_register": float(question.kind in REGISTERED),
        "on_roll": float(part is not None and is_beside_matter(question, one, part)),
    }
    score = scored(features) - OTHER_TIME * _tells_nothing(features) - ONLY_WISHED * features.get("only_wished", 0.0)
    return _Weighed(one, decision, features, score)


def decision_at(one: Clause, part: Part) -> Decision | None:
    """The decision of the register that stands where the clause stands."""
    for decision in part.decisions:
        anchor = decision.anchor
        if anchor.page == one.span.page and anchor.start < one.span.end and one.span.start < anchor.end:
            return decision
    return None


# With less than this share of the matter that sentences of another time or form have, a sentence is about something else.
LEFT_OVER = 0.6
MAX_GAP = 3.0
# A sentence with this share of the surest one's matter says as much of it.
AS_MUCH = 0.8
# Among the surest so many, and so sure, a decision in the same passage decides the matter of the best.
BESIDE, BESIDE_SURE = 4, 0.1


def is_refused(found: Sequence[Clause]) -> bool:
    """Whether the documents do not answer; `found` is ranked."""
    if not found or _tells_nothing(found[0].features) or found[0].features.get("only_spoken_of"):
        return True
    return _is_left_over(found) or belief(found) < model().answer_at


def _is_left_over(found: Sequence[Clause]) -> bool:
    """Whether the matter is told of another time or school form only, and what is left speaks much less of it."""
    told = max((one.features["near"] for one in found if _is_of_other(one.features)), default=0.0)
    return found[0].features["near"] < LEFT_OVER * told


def belief(found: Sequence[Clause]) -> float:
    """How probably (0-1) the surest sentence answers."""
    table = model().answers
    seen = outlook(found)
    return 1 / (1 + math.exp(-sum(weight * seen.get(name, 0.0) for name, weight in table.items())))


def outlook(found: Sequence[Clause]) -> dict[str, float]:
    """What is known of the surest of the ranked sentences, beside the others: the features of answering at all."""
    best = found[0]
    every = sum(one.sure for one in found)
    alike = [one for one in found if _says_as_much(one, best)]
    gap = min(best.score - found[1].score, MAX_GAP) if len(found) > 1 else MAX_GAP
    return {
        **best.features,
        **({"not_decided": 0.0, "decides": 1.0} if _decides_beside(found) else {}),
        "gap": gap,
        "score": best.score,
        "mass": sum(one.sure for one in alike) / every,
        "top_own": max(one.features["own"] for one in found),
        "bias": 1.0,
    }


def _says_as_much(one: Clause, best: Clause) -> bool:
    """Whether a sentence, of whatever meeting, holds as much of the matter as the surest, and what is asked for."""
    return (
        one.features["own"] >= AS_MUCH * best.features["own"] and one.features["no_value"] <= best.features["no_value"]
    )


def _decides_beside(found: Sequence[Clause]) -> bool:
    """Whether the matter's own item decides just beside the surest sentence: *Eva föreslår … Förslaget avslås.*"""
    best = found[0]
    return bool(best.features["not_decided"]) and any(
        one.features["decides"] and one.passage == best.passage and one.sure >= BESIDE_SURE for one in found[1:BESIDE]
    )
