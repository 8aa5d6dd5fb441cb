"""What the question is about, as weighted words with the ways to say them, and how much of it a text holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.query import PART, Query
from corpus.embedding import idf

# A term counts as held from this strength on: a synonym or a compound's part, not a loosely related word.
HELD = 0.45
# From this on it is the word itself or another name for it, not a part of it.
WHOLE = 0.6
# A part of a compound, and how rare it must be in Swedish to tell the matter by itself: bibliotek .53, skola .39.
TELLING = 0.5
# All parts of a compound in one sentence say it (*ersättning vid APL*); its first part alone says only of what sort.
ALL_PARTS, FIRST_PART = 0.8, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One word of the question: its weight, the ways to say it, a compound's parts; whether it is a name, or a noun."""

    weight: float
    ways: tuple[tuple[str, float], ...]
    parts: tuple[str, ...] = ()
    specific: bool = False
    noun: bool = False
    # The ways by their word, and those of several words: a question asks a hundred sentences for fifty ways.
    _words: dict[str, float] = field(init=False, repr=False, compare=False)
    _phrases: tuple[tuple[str, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words: dict[str, float] = {}
        for term, worth in self.ways:
            if " " not in term:
                words[term] = max(words.get(term, 0.0), worth)
        object.__setattr__(self, "_words", words)
        object.__setattr__(self, "_phrases", tuple(way for way in self.ways if " " in way[0]))

    def strength(self, held: frozenset[str]) -> float:
        """How surely (0-1) a text that holds these terms says the word."""
        best = max((self._words[term] for term in self._words.keys() & held), default=0.0)
        for term, worth in self._phrases:
            if worth > best and held_in(held, term):
                best = worth
        return max(best, ALL_PARTS) if self.parts and all(part in held for part in self.parts) else best


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the question is about; the first `own` groups are its own words, the others of the question before it."""

    groups: tuple[Group, ...]
    own: int | None = None
    total: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(one.weight for one in self.groups) or 1.0)

    def strengths(self, held: frozenset[str]) -> list[float]:
        return [one.strength(held) for one in self.groups]

    def share(self, held: frozenset[str]) -> float:
        """How much of the matter (0-1) a text with these terms holds."""
        return sum(one.weight * one.strength(held) for one in self.groups) / self.total


def held_in(held: frozenset[str], term: str) -> bool:
    """Whether the terms hold all words of a way to say something."""
    return term in held if " " not in term else all(word in held for word in term.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is known of a running word of the question beside its ways: a compound's parts, whether a name or a noun."""

    parts: tuple[str, ...] = ()
    specific: bool = False
    noun: bool = False


def matter(own: Query, words: Sequence[Word], context: Query | None = None, worth: float = 0.5) -> Matter:
    """The question's own words, and what it took from the question before it at half weight."""
    groups = [
        Group(weight=weight, ways=_telling(ways, one.parts), parts=one.parts, specific=one.specific, noun=one.noun)
        for (weight, ways), one in zip(own.matter, words, strict=False)
    ]
    groups += [
        Group(weight=weight * worth, ways=_telling(ways)) for weight, ways in (context.matter if context else ())
    ]
    return Matter(groups=tuple(groups), own=len(own.matter))


def _telling(ways: Sequence[tuple[str, float]], parts: Sequence[str] = ()) -> tuple[tuple[str, float], ...]:
    """The ways with parts and loose relations worth less the commoner they are: *skola* says little of *skolmat*.

    A part that is not the compound's head only says what sort it is of.
    """
    return tuple(
        (term, worth if worth > PART or " " in term or term[0] == "~" else worth * min(1.0, idf(term) / TELLING))
        if term not in parts[:-1]
        else (term, worth * FIRST_PART * min(1.0, idf(term) / TELLING))
        for term, worth in ways
    )


def share(about: Matter, strengths: Sequence[float]) -> float:
    return sum(one.weight * s for s, one in zip(strengths, about.groups, strict=True)) / about.total


def asked(about: Matter, strengths: Sequence[float]) -> float:
    """The share of the question's own words, without those from the question before it."""
    own = [(one.weight, s) for s, one in zip(strengths, about.groups, strict=True)][: about.own]
    return sum(w * s for w, s in own) / (sum(w for w, _ in own) or 1.0)


def missing(about: Matter, strengths: Sequence[float], bar: float = HELD) -> float:
    """The share of the matter that is not held up to the bar."""
    return sum(one.weight for s, one in zip(strengths, about.groups, strict=True) if s < bar) / about.total


def worst_missing(about: Matter, strengths: Sequence[float], nouns: bool = False, bar: float = WHOLE) -> float:
    """The rarest word (0-1), or noun, that is not held up to the bar."""
    pairs = zip(strengths, about.groups, strict=True)
    return max((one.weight for s, one in pairs if s < bar and (one.noun or not nouns)), default=0.0)


def absent(about: Matter, anywhere: Sequence[float]) -> dict[str, float]:
    """What of the question stands nowhere in the evidence."""
    return {
        "absent": missing(about, anywhere),
        "only_parts": missing(about, anywhere, WHOLE),
        "name_absent": float(any(s < HELD for s, one in zip(anywhere, about.groups, strict=True) if one.specific)),
        "noun_absent": max(
            (one.weight for s, one in zip(anywhere, about.groups, strict=True) if one.noun and s < WHOLE), default=0.0
        ),
    }
