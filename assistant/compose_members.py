"""Who sits in a group that has no papers of its own, and how many came to its meeting: from the sentence that tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import Clause
from assistant.compose_decision import said
from assistant.material import Composed, Material, Writer, newest_first
from assistant.values import NAME, NUMBER_WORDS

_ASKS = re.compile(
    r"^(?:och |men )?(?:vilka|vem|vilka alla)(?: är det som)? (?:sitter|satt|ingår|ingick|är med|var med|är medlemmar|är ledamöter)"
    r"(?: nu| med| just nu)? i (?P<group>[\wåäö -]+?)(?: nu| idag| i dag)?\s*\??$",
    re.IGNORECASE,
)
_CONSISTS = re.compile(
    r"\b(?:ingår|ingick|består|bestod|utgörs|sitter|ledamöter|medlemmar|representera\w*|deltar|bemanna\w*)\b",
    re.IGNORECASE,
)
# Two people named at the least make a list of them.
LEAST_NAMED = 2
_COUNTED = rf"(?:\d+|{'|'.join(sorted(NUMBER_WORDS - {'en', 'ett'}))})"
_WHO = r"(?:\w*deltagare|personer|representanter|ledamöter|\w*rektorer|\w*chefer|medlemmar|kommuner|stycken|st|av \w+)"
_CAME = r"(?:deltog|närvarade|närvarande|var med|var på plats|var där|kom\b|hade kommit|dök upp|medverkade)"
_TOLD_PRESENCE = re.compile(
    rf"\b{_COUNTED}\s+(?:\w+\s+)?{_WHO}\s+(?:\w+\s+){{0,3}}?{_CAME}|\b{_CAME}\s+(?:endast |bara |cirka |ca |totalt )?{_COUNTED}\s+(?:\w+\s+)?{_WHO}",
    re.IGNORECASE,
)
NEAR = 0.4


def members(material: Material) -> Composed | None:
    """The newest sentence that tells who sits in the group; None where none is asked for or told."""
    asked = _ASKS.match(material.question.whole)
    if asked is None or material.question.filter.bodies:
        return None
    group = re.compile(rf"\b{re.escape(asked['group'].strip())}\w{{0,3}}\b", re.IGNORECASE)
    found = [
        one
        for one in material.ranked()
        if _CONSISTS.search(one.text)
        and group.search("\n".join((one.text, *one.passage.heading)))
        and len(NAME.findall(one.text)) >= LEAST_NAMED
    ]
    return _told(material, found)


def presence_told(material: Material) -> Composed | None:
    """The sentence near the matter that tells how many came; None where none does."""
    found = [
        one
        for one in material.ranked()
        if one.features["near"] >= NEAR and one.features["wrong_time"] != 1 and _TOLD_PRESENCE.search(one.text)
    ]
    return _told(material, found[:1])


def _told(material: Material, found: Sequence[Clause]) -> Composed | None:
    if not found:
        return None
    newest = max(found, key=lambda one: newest_first(one.passage.date))
    part = material.part(newest.passage.part_id)
    writer = Writer(material)
    writer.claim(said(newest, part), [writer.cite(part, newest)])
    return writer.done()
