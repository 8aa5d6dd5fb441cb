"""Decisions of the register with what became of them: the later one that changes, lifts or confirms each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.material import Material
from corpus.records import Decision, DecisionLink, Part

# A person or a clause says so; what is only suggested is never told as fact.
SURE = ("stated", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision with its part and the link by which it bears on the one asked about."""

    part: Part
    decision: Decision
    link: DecisionLink

    @property
    def is_sure(self) -> bool:
        return self.link.basis in SURE

    @property
    def day(self) -> date:
        return self.part.meeting_date.value or date.min


def later(material: Material, decision_id: str) -> list[Ruling]:
    """The decisions made after this one on the same matter, also those that change a changed one, the newest first."""
    links = dict(_onward(material.archive.links(material.scope).decisions, decision_id))
    if not links:
        return []
    found = [
        Ruling(part=part, decision=one, link=links[one.decision_id])
        for part in material.all_parts()
        for one in part.decisions
        if one.decision_id in links
    ]
    return sorted(found, key=lambda one: (one.is_sure, one.day), reverse=True)


def replaced(material: Material, decision_id: str) -> Ruling | None:
    """The newest decision that this one surely changes or lifts: what applied before."""
    links = {
        link.earlier_id: link
        for link in material.archive.links(material.scope).decisions
        if link.later_id == decision_id and link.basis in SURE and link.relation != "bekräftat"
    }
    found = (
        Ruling(part=part, decision=one, link=links[one.decision_id])
        for part in (material.all_parts() if links else ())
        for one in part.decisions
        if one.decision_id in links
    )
    return max(found, key=lambda one: one.day, default=None)


def _onward(links: tuple[DecisionLink, ...], start: str) -> Iterator[tuple[str, DecisionLink]]:
    """Each later decision with the link to it; a chain is as sure as its weakest link."""
    seen, waiting = {start}, [(start, True)]
    while waiting:
        at, sure = waiting.pop(0)
        for link in links:
            if link.earlier_id == at and link.later_id not in seen and (sure or link.basis not in SURE):
                seen.add(link.later_id)
                waiting.append((link.later_id, sure and link.basis in SURE))
                yield link.later_id, link
