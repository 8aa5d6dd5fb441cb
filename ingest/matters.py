"""Decisions made comparable: their matter as terms, and the index that finds earlier ones without walking over all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.records import Decision, DecisionLink, Meeting, Part, Passage
from corpus.swedish.later import numbers_in
from ingest.matter import Rarity, Terms, grades_in, likeness, merged, terms_of
from ingest.meetings import MINUTES, body_key, body_names

# Terms that say the matter outright count whole, the words of the item around a thin clause a little.
CONTEXT = 0.3
THIN_TERMS = 3
CANDIDATES = 12
# A fee that is told again, the same or other school years: found where two decisions of one item were mixed up.
SAME_NUMBER, SAME_GRADES, OTHER_GRADES = 1.15, 1.3, 0.5
# In a body's many decisions a term that more than this share of them hold finds nobody.
COMMON_SHARE = 0.2
MIN_COMMON = 30
_YEAR = re.compile(r"(?:19|20)\d\d")
DECIDING = frozenset({"beslut", "rekommendation", "överenskommelse", "ställningstagande", "förslag"})

ItemTexts = Mapping[tuple[str, str | None], str]


@dataclass(slots=True)
class Matter:
    """A decision with what it takes to compare it."""

    decision: Decision
    part: Part
    meeting: str
    day: date
    bodies: tuple[str, ...]
    order: int
    own: Terms
    terms: Terms
    grades: frozenset[int]
    numbers: frozenset[str]
    weighed: Terms = field(default_factory=dict)


def collect(parts: Mapping[str, Part], meetings: Sequence[Meeting], passages: ItemTexts) -> list[Matter]:
    """The decisions of each dated meeting in time order, from its minutes that count most."""
    names = body_names(parts.values())
    found: list[Matter] = []
    for meeting in meetings:
        for part in counting_parts([parts[one] for one in meeting.part_ids]) if meeting.date.value else ():
            for decision in part.decisions:
                if decision.strength in DECIDING and decision.outcome != "inget beslut":
                    around = passages.get((part.part_id, decision.item_number or decision.item_title), "")
                    found.append(_matter(decision, part, meeting, around))
    for order, matter in enumerate(found):
        matter.order = order
        matter.bodies = tuple(dict.fromkeys(names.get(body, body) for body in matter.bodies))
    rarity = Rarity(matter.terms for matter in found)
    for matter in found:
        matter.weighed = rarity.weighed(matter.terms)
    return found


def counting_parts(parts: Sequence[Part]) -> list[Part]:
    """The minutes whose decisions count: of the best kind that has any, so that a draft's are not counted twice."""
    minutes = [part for part in parts if part.kind.value in MINUTES or part.kind.value is None]
    deciding = [part for part in minutes if part.decisions]
    return [part for part in deciding if part.kind.value == deciding[0].kind.value]


def _matter(decision: Decision, part: Part, meeting: Meeting, around: str) -> Matter:
    title = terms_of(decision.item_title or "")
    own = terms_of(decision.text)
    terms = merged(title, own)
    if len(own) < THIN_TERMS or not title:
        terms = merged(terms, terms_of(around, CONTEXT))
    bodies = meeting.bodies or tuple(body for fact in part.bodies if (body := fact.value))
    text = f"{decision.item_title or ''} {decision.text}"
    return Matter(
        decision=decision,
        part=part,
        meeting=meeting.meeting_id,
        day=meeting.date.value or date.min,
        bodies=tuple(body_key(body) for body in bodies),
        order=0,
        own=own,
        terms=terms,
        grades=grades_in(decision.text) or grades_in(text),
        numbers=frozenset(one for one in numbers_in(decision.text) if len(one) > 1 and not _YEAR.fullmatch(one)),
    )


class MatterIndex:
    """Decisions by body and term, and by body and day: what is looked up never walks over all decisions."""

    def __init__(self, matters: Sequence[Matter]) -> None:
        self._by_term: dict[tuple[str, str], list[Matter]] = defaultdict(list)
        self._by_body: dict[str, list[Matter]] = defaultdict(list)
        self._newer: dict[str, Matter] = {}
        self.known = {matter.decision.decision_id: matter for matter in matters}
        for matter in matters:
            for body in matter.bodies:
                self._by_body[body].append(matter)
                for term in matter.weighed:
                    self._by_term[body, term].append(matter)

    def remember(self, later: Matter, links: Iterable[DecisionLink]) -> None:
        """What came after a decision, so that the next one on the matter is linked to the newest."""
        for link in links:
            self._newer[link.earlier_id] = later

    def newest(self, later: Matter, earlier: Matter, floor: float) -> Matter:
        """The last decision of the chain that `earlier` begins and `later` still is about."""
        after = self._newer.get(earlier.decision.decision_id)
        while after and after.day < later.day and alike(later, after) >= floor:
            if later.numbers & earlier.numbers and not later.numbers & after.numbers:
                break
            earlier, after = after, self._newer.get(after.decision.decision_id)
        return earlier

    def alike(self, later: Matter, bodies: Iterable[str]) -> list[tuple[float, Matter]]:
        """Earlier decisions of the bodies with their likeness, best first."""
        points: dict[int, float] = defaultdict(float)
        known: dict[int, Matter] = {}
        for body in bodies:
            most = max(MIN_COMMON, int(COMMON_SHARE * len(self._by_body[body])))
            for term, weight in later.weighed.items():
                holders = self._by_term.get((body, term), ())
                if len(holders) <= most:
                    for matter in holders:
                        if matter.day < later.day:
                            points[matter.order] += weight * matter.weighed[term]
                            known[matter.order] = matter
        best = sorted(points, key=lambda order: (-points[order], -order))[:CANDIDATES]
        return _ranked(later, [known[order] for order in best])

    def holding(self, later: Matter) -> list[tuple[float, Matter]]:
        """All earlier decisions of the meeting's bodies with numbers in them: for a clause that names only a number."""
        return [
            (0.0, one) for body in later.bodies for one in self._by_body[body] if one.numbers and one.day < later.day
        ]

    def before(self, later: Matter) -> list[tuple[float, Matter]]:
        """The decisions of the body's last meeting that decided something, with their likeness, best first."""
        past = [one for body in later.bodies for one in self._by_body[body] if one.day < later.day]
        last = max((one.day for one in past), default=None)
        return _ranked(later, [one for one in past if one.day == last])

    def between(self, later: Matter, bodies: Iterable[str], first: date, last: date) -> list[tuple[float, Matter]]:
        """The decisions made from first to last, with their likeness, best first."""
        found = {
            matter.order: matter
            for body in bodies
            for matter in self._by_body.get(body, ())
            if first <= matter.day <= last and matter.day < later.day
        }
        return _ranked(later, list(found.values()))


def _ranked(later: Matter, earlier: Sequence[Matter]) -> list[tuple[float, Matter]]:
    scored = [(alike(later, one), one) for one in earlier]
    return sorted(scored, key=lambda pair: (-pair[0], -pair[1].order))


def alike(later: Matter, earlier: Matter) -> float:
    """Likeness of the matters, 0-1; a number or school years in common speak for it, school years apart against it."""
    score = likeness(later.weighed, earlier.weighed)
    if later.numbers & earlier.numbers:
        score *= SAME_NUMBER
    if later.grades and earlier.grades:
        inside, apart = later.grades <= earlier.grades, later.grades.isdisjoint(earlier.grades)
        score *= SAME_GRADES if inside else OTHER_GRADES if apart else 1.0
    return min(score, 1.0)


def item_texts(parts: Iterable[Part], passages: Iterable[Passage]) -> dict[tuple[str, str | None], str]:
    """The text of each item that decides something, by part and the item's number or title."""
    wanted = {
        (part.part_id, decision.item_number or decision.item_title) for part in parts for decision in part.decisions
    }
    found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for passage in passages:
        for mark in (passage.item_number, passage.heading[-1] if passage.heading else None):
            if mark and (passage.part_id, mark) in wanted:
                found[passage.part_id, mark].append(passage.text)
                break
    return {key: "\n".join(texts) for key, texts in found.items()}
