"""What tells an answering passage from the others found: one column of numbers per feature, a row per passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant import focus
from assistant.answer import Question, Value
from assistant.query import Query
from corpus import outline
from corpus.outline import Outline
from corpus.records import Filter, Passage
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

Column = NDArray[np.float64]
Columns = dict[str, Column]

# From this strength on a group is said: the word, another name for it, a part of it.
SAID = 0.25
# A sentence with this share of the best one's matter speaks of it as well.
AS_WELL = 0.6
# The sign (corpus/outline.py) of each sort of value.
VALUE_SIGNS: Mapping[Value, str] = {
    "money": "=krona", "share": "=procent", "count": "=tal", "duration": "=längd", "frequency": "=ofta",
    "clock": "=klockslag", "week": "=datum", "day": "=datum", "person": "=namn", "place": "=plats", "reason": "=skäl",
    "votes": "=röst",
}  # fmt: skip
_DECIDED = ("decision", "applies_now", "list", "timeline", "overview", "yes_no")
# Feature, the records' mark, the count that is enough, the kinds of question where it speaks for the passage.
MARKED = (
    ("attendance", outline.ATTENDANCE, 4, ("attendance",)),
    ("acts", outline.ACTION, 1, ("open_actions",)),
    ("actions", outline.ACTION, 3, ("open_actions",)),
    ("next_meeting", outline.NEXT_MEETING, 1, ("next_meeting",)),
    ("decides", outline.DECISION, 1, _DECIDED),
    ("decides_most", outline.DECISION, 1, ("decision", "applies_now")),
)
# The same where the question is of another kind.
UNASKED = (
    ("attendance_unasked", outline.ATTENDANCE, 4, ("attendance", "overview", "who")),
    ("next_meeting_unasked", outline.NEXT_MEETING, 1, ("next_meeting",)),
)
# The kinds of paper a question names, in folded words.
PAPERS = (
    ("justerat protokoll", re.compile(r"\bjusterade? protokoll")),
    ("utkast", re.compile(r"\butkast")),
    ("kallelse", re.compile(r"\bkallelse|\bdagordning")),
    ("bildspel", re.compile(r"\bbildspel|\bpresentation(?:en)?\b|\bbilderna\b|\bpowerpoint")),
)
_NOW = re.compile(
    r"\b(nu|numera|idag|i dag|fortfarande|senaste?|nuvarande|aktuell\w*|nästa|kommande|till slut|vad gäller|gäller)\b",
    re.IGNORECASE,
)


# What asks for what has been: verbs in the past tense.
_THEN = re.compile(
    r"\b(?:var|blev|hade|fick|sa|sade|sas|skulle|kom|gick|tog|fanns|gjorde|lades|sköts|stod|höll|hölls|satt|såg|\w{3,}(?:ades?|ddes?|tes?))\b",
    re.IGNORECASE,
)
# Questions for all of a course of events, the old as well as the new.
_COURSES = ("timeline", "list", "collection", "count", "comparison")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with its score from the search and its outline."""

    passage: Passage
    score: float
    outline: Outline


class Groups:
    """The question's words as groups of ways to say them, ready to be looked up in outlines."""

    def __init__(self, query: Query, matter: str, is_limited: bool) -> None:
        self._ways: dict[str, list[tuple[int, float]]] = {}
        self._kept: dict[frozenset[str], list[float]] = {}
        self._phrases: list[tuple[frozenset[str], int, float]] = []
        for number, (_, ways) in enumerate(query.matter):
            for way, weight in ways:
                if " " in way:
                    self._phrases.append((frozenset(way.split()), number, weight))
                else:
                    self._ways.setdefault(way, []).append((number, weight))
        self._known = frozenset(self._ways).union(*(words for words, _, _ in self._phrases))
        self.lemmas = [ways[0][0] for _, ways in query.matter]
        self.weights = np.array([weight for weight, _ in query.matter])
        about = {token for _, token in analysis.content_tokens(matter)}
        limiting = np.array([token not in about for token in query.words], dtype=bool)
        frame = np.array([focus.is_frame(token) for token in query.words], dtype=bool)
        wanted = ~limiting & ~frame
        # *Sammanfatta mötet i mars* names no matter: nothing is missing in a passage of that meeting.
        rest = ~limiting if not limiting.all() else ~wanted
        self.wanted = wanted if wanted.any() or is_limited else rest

    def strengths(self, lines: Iterable[Sequence[str]]) -> Column:
        """How strongly each group is said in each line's terms, 0-1."""
        return np.array([self._strengths(self._known.intersection(terms)) for terms in lines])

    def _strengths(self, held: frozenset[str]) -> list[float]:
        """The same of the known terms held; kept, as most lines hold none or the same few."""
        if held not in self._kept:
            self._kept[held] = self._strengths_anew(held)
        return self._kept[held]

    def _strengths_anew(self, held: frozenset[str]) -> list[float]:
        found = [0.0] * len(self.lemmas)
        for way in held:
            for number, weight in self._ways.get(way, ()):
                found[number] = max(found[number], weight)
        for words, number, weight in self._phrases if len(held) > 1 else ():
            if weight > found[number] and words <= held:
                found[number] = weight
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """The strengths of groups in each sentence, heading and passage; `starts` is where a passage's sentences begin."""

    found: Sequence[Found]
    groups: Groups
    sentences: Column
    starts: NDArray[np.int64]
    headings: Column
    lines: Sequence[Sequence[str]]

    def best(self, per_sentence: Column) -> Column:
        """The highest value among each passage's sentences."""
        column: Column = np.maximum.reduceat(per_sentence, self.starts)
        return column


def table(found: Sequence[Found], groups: Groups) -> Table:
    """The outlines read against the question's groups."""
    lines = [sentence.split() for one in found for sentence in one.outline.sentences]
    counts = [len(one.outline.sentences) for one in found]
    return Table(
        found=found,
        groups=groups,
        sentences=groups.strengths(lines),
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64),
        headings=groups.strengths(one.outline.heading.split() for one in found),
        lines=lines,
    )


def columns(found: Sequence[Found], query: Query, question: Question) -> Columns:
    """Every feature of every passage found, best score first; an empty question has none."""
    if not found or not query.matter:
        return {}
    read = table(found, Groups(query, question.matter or question.whole, not question.filter.is_empty))
    return {
        **_searched(found),
        **_said(read),
        **_answered(read, question),
        **_placed(found, question),
        **_recorded(found, question),
    }


def _searched(found: Sequence[Found]) -> Columns:
    """What the search itself says of the passage, of its document, and where no heading parts them of its neighbours."""
    top = found[0].score or 1.0
    score = np.array([one.score / top for one in found])
    items = _best_of([(one.passage.part_id, one.passage.heading[:1]) for one in found], score)
    parts = _best_of([one.passage.part_id for one in found], score)
    bare = np.array([not one.passage.heading for one in found])
    beside = np.array([_other(best, own) for best, own in zip(items, score, strict=True)])
    return {
        "score": score,
        "place": 1 / np.arange(1, len(found) + 1),
        "neighbour": bare * beside,
        "item": ~bare * beside,
        "document": np.array([best[0] for best in parts]),
    }


def _best_of(keys: Sequence[object], score: Column) -> list[list[float]]:
    held: dict[object, list[float]] = {}
    for key, one in zip(keys, score.tolist(), strict=True):
        held.setdefault(key, []).append(one)
    ordered = {key: sorted(scores, reverse=True) for key, scores in held.items()}
    return [ordered[key] for key in keys]


def _other(best: Sequence[float], own: float) -> float:
    """The best score that is not the passage's own."""
    return best[0] if best[0] != own else best[1] if len(best) > 1 else 0.0


def _said(read: Table) -> Columns:
    """How much of the matter is said: anywhere, in one sentence, in the heading; rare words counting more."""
    groups = read.groups
    whole = np.maximum(np.maximum.reduceat(read.sentences, read.starts, axis=0), read.headings)
    share = _shares(groups.weights * groups.wanted)
    # How telling a group is among what was found: one that all passages say tells none of them apart.
    spread = np.log(1.02 / ((whole > SAID).mean(axis=0) + 0.02))
    telling = _shares(share * spread)
    best = read.best(read.sentences @ share)
    with_heading = np.maximum(read.sentences, np.repeat(read.headings, _counts(read), axis=0))
    titles = np.array([sum(term[0] != "~" for term in one.outline.heading.split()) for one in read.found])
    return {
        "matter": whole @ share,
        "telling": whole @ telling,
        "missing": ((whole < SAID) & groups.wanted).sum(axis=1) / max(int(groups.wanted.sum()), 1),
        "all": ((whole >= SAID) | ~groups.wanted).all(axis=1).astype(float),
        "sentence": best,
        "sentence_two": read.best(_pairs(read) @ share),
        "sentence_under": read.best(with_heading @ share),
        "heading": read.headings @ share,
        "heading_telling": read.headings @ telling,
        "heading_only": read.headings.sum(axis=1) / np.maximum(titles, 1),
        "beside": _beside(read),
    }


def _shares(weights: Column) -> Column:
    total = weights.sum()
    return weights / total if total > 0 else weights * 0.0


def _counts(read: Table) -> NDArray[np.int64]:
    return np.diff(np.append(read.starts, len(read.sentences)))


def _pairs(read: Table) -> Column:
    """Each sentence with the one after it in the same passage."""
    after = np.vstack([read.sentences[1:], np.zeros((1, read.sentences.shape[1]))])
    after[read.starts[1:] - 1] = 0.0
    paired: Column = np.maximum(read.sentences, after)
    return paired


def _beside(read: Table) -> Column:
    """How many neighbours in the question stand beside each other in a sentence too, a third each."""
    pairs = [f" {a} {b} " for a, b in zip(read.groups.lemmas, read.groups.lemmas[1:], strict=False)]
    held = [" ".join(("", *one.outline.sentences, "")) for one in read.found]
    return np.array([sum(pair in text for pair in pairs) for text in held]) / 3


def _answered(read: Table, question: Question) -> Columns:
    """Whether a value of the sort asked for stands in the passage, and in a sentence that speaks of the matter."""
    share = _shares(read.groups.weights * read.groups.wanted)
    said = read.sentences @ share
    top = read.best(said)
    tops = np.repeat(top, _counts(read))
    speaks = (said >= AS_WELL * tops) & (tops > 0)
    sign = VALUE_SIGNS.get(question.value) if question.value else None
    holds = np.array([sign is not None and sign in line for line in read.lines])
    told = read.best((holds & speaks).astype(float))
    return {"value": read.best(holds.astype(float)), "value_said": told, "value_said_much": told * top}


def _placed(found: Sequence[Found], question: Question) -> Columns:
    """Whose passage it is, of which meeting, how new, what kind of paper, against what the question names."""
    passages = [one.passage for one in found]
    newest = newness([passage.date for passage in passages])
    limits, moment = question.filter, question.moment
    days = Filter(date_from=limits.date_from, date_to=limits.date_to)
    then = Filter(date_from=moment.start, date_to=moment.end) if moment else Filter()
    kinds = papers_named(question.whole)
    return {
        "new": newest,
        "new_now": newest * asks_for_now(question.whole),
        "new_applies": newest * (question.kind == "applies_now"),
        "new_then": newest * (bool(_THEN.search(question.whole)) and not asks_for_now(question.whole)),
        "new_course": newest * (question.kind in _COURSES),
        "undated": _column(passage.date is None for passage in passages),
        "within": _column(is_within(passage, limits) for passage in passages),
        "body": _column(is_within(passage, Filter(bodies=limits.bodies)) for passage in passages),
        "day": _column(is_within(passage, days) for passage in passages),
        "then_body": _column(is_within(passage, replace(then, bodies=limits.bodies)) for passage in passages),
        "paper": _column(passage.kind in kinds for passage in passages),
        **{name: _column(p.kind == name and name not in kinds for p in passages) for name in ("kallelse", "utkast", "bildspel")},
        "people": _column(any(_names(passage, name) for name in question.people) for passage in passages),
    }  # fmt: skip


def papers_named(text: str) -> frozenset[str]:
    """The kinds of paper that a question names."""
    folded = fold_letters(text)
    return frozenset(kind for kind, pattern in PAPERS if pattern.search(folded))


def _column(values: Iterable[bool]) -> Column:
    return np.array([float(value) for value in values])


def _names(passage: Passage, person: str) -> bool:
    words = person.split()
    return words[0] in passage.text and words[-1] in passage.text


def asks_for_now(text: str) -> bool:
    """Whether a question asks for the present state of a matter."""
    return bool(_NOW.search(text))


def newness(days: Sequence[date | None]) -> Column:
    """0 for the oldest day among the hits to 1 for the newest; 0 where the day is unknown."""
    order = {day: place for place, day in enumerate(sorted({day for day in days if day}))}
    return np.array([order[day] / max(len(order) - 1, 1) if day else 0.0 for day in days])


def is_within(passage: Passage, meant: Filter) -> bool:
    """Whether a passage is of the bodies and the period meant; False where nothing is meant."""
    has_days = meant.date_from is not None or meant.date_to is not None
    if not meant.bodies and not has_days or meant.bodies and passage.body not in meant.bodies:
        return False
    if not has_days:
        return True
    return passage.date is not None and (meant.date_from or date.min) <= passage.date <= (meant.date_to or date.max)


def _recorded(found: Sequence[Found], question: Question) -> Columns:
    """What the records found in the passage, where the question is of a kind that it answers."""
    made = {name: _marks(found, mark, enough) * (question.kind in kinds) for name, mark, enough, kinds in MARKED}
    made |= {name: _marks(found, mark, enough) * (question.kind not in kinds) for name, mark, enough, kinds in UNASKED}
    shorts = [f"{outline.SHORT_FORM}={word}" for word in re.findall(r"\w+", question.whole.lower())]
    explains = _column(any(short in one.outline.marks for short in shorts) for one in found)
    made["explains"] = explains * (question.kind == "definition")
    parts = _best_of([one.passage.part_id for one in found], np.array([one.score for one in found]))
    told = np.array([best[0] for best in parts]) / (found[0].score or 1.0)
    made["attendance_told"] = told * _marks(found, outline.ATTENDANCE, 4) * (question.kind == "attendance")
    made["defines"] = _defines(found, question)
    return made


def _defines(found: Sequence[Found], question: Question) -> Column:
    """Whether the passage says what the thing asked for is: *LVU är, X innebär, arbetsplatsförlagt lärande (APL)*."""
    if question.kind != "definition" or not question.topic:
        return np.zeros(len(found))
    name = re.escape(" ".join(question.topic))
    told = re.compile(
        rf"\b{name}\w{{0,3}}(?: \([^)]*\)|,[^.,]*,)? (?:är|betyder|innebär|står för|avser|utläses)\b|\({name}\)|\b{name} \(",
        re.IGNORECASE,
    )
    return _column(bool(told.search(one.passage.text)) for one in found)


def _marks(found: Sequence[Found], mark: str, enough: int) -> Column:
    return np.minimum([one.outline.marks.get(mark, 0) for one in found], enough) / enough
