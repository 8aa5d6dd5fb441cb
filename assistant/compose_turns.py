"""What was so before and what came after what the last answer told: from the other meetings on the same matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import Clause
from assistant.compose_decision import said, told
from assistant.followup import AFTERWARDS, asks_before
from assistant.material import Composed, Material, Writer, newest_first
from assistant.values import has_number
from corpus.swedish import later

# A sentence is on the matter of the surest one when it stands this near beside it; what came after has often other words.
SAME_NEAR, LATER_NEAR = 0.75, 0.5
MAX_DECIDED = 3
_NUMBER = re.compile(r"\d+(?:[ \u00a0]\d{3})*(?:,\d+)?")


def turned(material: Material) -> Composed | None:
    """What was so before, or what happened then, where a follow-up asks for that; None where it does not or none tells."""
    question = material.question
    if not question.context:
        return None
    if question.whole.startswith(AFTERWARDS):
        return _told(material, _afterwards(material.ranked()))
    return (
        _told(material, _earlier(material.ranked()))
        if asks_before(question.asked) and question.value != "day"
        else None
    )


def _told(material: Material, chosen: Sequence[Clause]) -> Composed | None:
    writer = Writer(material)
    for one in chosen:
        part = material.part(one.passage.part_id)
        writer.claim(told(one, part, one.decision) if one.decision else said(one, part), [writer.cite(part, one)])
    return writer.done()


def _earlier(found: Sequence[Clause]) -> list[Clause]:
    """The newest sentence that gives a value from before: a change from one to another, else one of an earlier meeting."""
    held = [
        one
        for one in found
        if _is_of_matter(one, found[0], SAME_NEAR) and has_number(one.text) and not one.features["no_value"]
    ]
    if not held:
        return []
    newest = max(held, key=lambda one: newest_first(one.passage.date))
    changes = [one for one in held if later.read_bearing(one.text, one.passage.date).old_values]
    older = [
        one
        for one in held
        if newest_first(one.passage.date) < newest_first(newest.passage.date) and _numbers(one) - _numbers(newest)
    ]
    decided = [one for one in older if one.decision and one.decision.strength not in ("förslag", "information")]
    return [max(those, key=lambda one: newest_first(one.passage.date)) for those in (changes, decided, older) if those][
        :1
    ]


def _afterwards(found: Sequence[Clause]) -> list[Clause]:
    """What the first later meeting that has the matter decided, else said of it, with the one after it."""
    if not found:
        return []
    first = found[0]
    after = [
        one
        for one in found
        if newest_first(one.passage.date) > newest_first(first.passage.date) and _is_of_matter(one, first, LATER_NEAR)
    ]
    decided = [one for one in after if one.decision and one.decision.strength not in ("förslag", "information")]
    if decided or after:
        return [*(decided or after)[:1], first]
    return _decided_in_order(found, first)


def _decided_in_order(found: Sequence[Clause], first: Clause) -> list[Clause]:
    """What was decided on the matter, the oldest first, where the surest sentence is of the newest meeting already."""
    decided = [
        one
        for one in found
        if one.decision
        and one.decision.strength not in ("förslag", "information")
        and one.decision.outcome not in ("bordlagt", "återremiss")
        and _is_of_matter(one, first, LATER_NEAR)
    ]
    return sorted(decided[:MAX_DECIDED], key=lambda one: newest_first(one.passage.date))


def _is_of_matter(one: Clause, best: Clause, share: float) -> bool:
    return one.features["near"] >= share * best.features["near"] and not one.features["row"]


def _numbers(one: Clause) -> set[str]:
    return {re.sub(r"\s", "", number) for number in _NUMBER.findall(one.text)}
