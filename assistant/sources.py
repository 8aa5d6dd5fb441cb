"""What another source says of the same: two that differ are both told, the newer first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.clauses import Clause
from assistant.compose_decision import said
from assistant.material import Material, Writer
from assistant.sentences import terms_of
from corpus.embedding import idf
from corpus.records import Part

# Another source speaks of the same when it holds so much of the words of the sentence that answers, rare ones counting
# more, and at least so many of them. Found on made pairs: at .3 whatever a body did twice was the same, at .5 a plan
# and its later notice in other words no longer were.
SAME_SHARE, SAME_WORDS = 0.38, 3
# And so much of the question.
LEAST_NEAR = 0.3
# A word of the sentence counts from this on; *kommer, ska, året* say nothing of the matter.
TELLING = 0.3
MIN_NAME_CHARS = 6
# It differs when it says what is planned, changed or not sure.
_UNSURE = re.compile(
    r"\b(?:inte|ej|ingen|inget|inga|oklart|osäker\w*|planera\w*|planer\w*|kanske|möjlig\w*|eventuell\w*|preliminär\w*|"
    r"utred\w*|avvakta\w*|skjut\w*|uppskj\w*|försena\w*|tidigast|senast|ändra\w*|ställ\w* in|inställ\w*)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"^(?:det|den|de|detta|dessa|där|då|något|någon|beslutet|frågan|hon|han)\b", re.IGNORECASE)


def others(best: Clause, found: Sequence[Clause], parts: Mapping[str, Part]) -> list[Clause]:
    """The sentence of another meeting on the same matter that says something else, with the one that leans on it."""
    words = _words(best)
    by_place = {(one.passage.passage_id, one.place): one for one in found}
    told: list[tuple[float, list[Clause]]] = []
    for one in found:
        if one.passage.part_id == best.passage.part_id or one.features["near"] < LEAST_NEAR or one.features["row"]:
            continue
        on = by_place.get((one.passage.passage_id, one.place + 1))
        pair = [one, on] if on is not None and _LEANS.match(on.text) else [one]
        share, shared = _shared(words, pair)
        unsure = [one for one in pair if _UNSURE.search(one.text)]
        if share >= SAME_SHARE and shared >= SAME_WORDS and unsure and _day(one, parts) != _day(best, parts):
            told.append((share, pair))
    return max(told, key=lambda one: one[0])[1] if told else []


def tell_others(writer: Writer, material: Material, best: Clause, found: Sequence[Clause]) -> bool:
    """What another meeting says otherwise on the same matter, after the answer; whether there was any."""
    parts = {one: material.part(one) for one in {clause.passage.part_id for clause in (best, *found)}}
    other = others(best, found, parts)
    for number, one in enumerate(other):
        part = parts[one.passage.part_id]
        lead = "" if number else "Tidigare: " if is_older(one, best, parts) else "Senare: "
        writer.claim(lead + said(one, part), [writer.cite(part, one)])
    return bool(other)


def is_older(one: Clause, other: Clause, parts: Mapping[str, Part]) -> bool:
    """Whether the first is from an earlier meeting, by the last day that each may have been held."""
    return (_day(one, parts) or date.min) < (_day(other, parts) or date.min)


def _day(one: Clause, parts: Mapping[str, Part]) -> date | None:
    day = parts[one.passage.part_id].meeting_date
    return day.value or day.latest or one.passage.date


def _words(one: Clause) -> dict[str, float]:
    found = {term: idf(term) for term in terms_of(one.text) if term[0] not in "~=" and " " not in term}
    return {term: worth for term, worth in found.items() if worth >= TELLING}


def _shared(words: Mapping[str, float], pair: Sequence[Clause]) -> tuple[float, int]:
    held = frozenset().union(*(terms_of(one.text) for one in pair))
    shared = [worth for term, worth in words.items() if term in held or _begins(term, held)]
    return sum(shared) / (sum(words.values()) or 1.0), len(shared)


def _begins(term: str, held: frozenset[str]) -> bool:
    """*Alby* begins *Albyregionen*: a place's name is no word of the dictionary, so its compounds are not parted."""
    return len(term) >= MIN_NAME_CHARS and any(other.startswith(term) for other in held)
