"""What a text is about, as weighted terms that can be compared: words and compound parts, rare ones heavier."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from corpus.embedding import idf
from corpus.swedish import analysis, roots
from corpus.swedish.later import generic_words

# A part of a compound says less than a word of its own: "skol" and "avgift" stand in a hundred matters.
PART = 0.4
# A name inside a sentence: the same municipality stands in decisions on everything.
NAME = 0.4
CACHED_TEXTS = 20_000
_GRADES = re.compile(r"(?<![\w–-])(f|förskoleklass|\d)\s?[–-]\s?(\d)(?![\d–-])", re.IGNORECASE)
# "AI" as scans read it.
_AI = re.compile(r"\bA[l1|]\b")
_NAMES = re.compile(r"(?<=[a-zåäöé,;–] )[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ]?[a-zåäöé]+)*")

Terms = dict[str, float]


@lru_cache(maxsize=CACHED_TEXTS)
def _counted(text: str) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    text = _AI.sub("AI", text)
    names = {match.lower() for match in _NAMES.findall(text)}
    for kind, token in analysis.tokens(text):
        if kind == "number":
            continue
        word = analysis.analyse_word(token)
        if word.is_stop or word.lemma in generic_words() or len(word.lemma) < 2:
            continue
        _raise(found, roots.root(word.lemma), idf(word.lemma) * (NAME if token in names else 1.0))
        for part in () if token in names else word.parts:
            if part not in generic_words():
                _raise(found, roots.root(part), PART * idf(part))
    return tuple(found.items())


def terms_of(text: str, weight: float = 1.0) -> Terms:
    """The terms of a text by how much each tells, generic words of minutes left out."""
    return {term: weight * value for term, value in _counted(text)}


def merged(*many: Terms) -> Terms:
    """Each term with the highest weight that it has anywhere, and half of the second: said twice counts more."""
    found: Terms = {}
    for terms in many:
        for term, weight in terms.items():
            had = found.get(term, 0.0)
            found[term] = max(had, weight) + 0.5 * min(had, weight)
    return found


def grades_in(text: str) -> frozenset[int]:
    """The school years of a text's ranges: *7–9* is 7, 8 and 9, *F–6* 0 to 6."""
    found: set[int] = set()
    for first, last in _GRADES.findall(text):
        start = 0 if first.lower().startswith("f") else int(first)
        found.update(range(start, int(last) + 1))
    return frozenset(found)


class Rarity:
    """How much a term tells within this archive: less the more of its texts hold it."""

    def __init__(self, every: Iterable[Iterable[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self._size = 0
        for terms in every:
            self._size += 1
            self._counts.update(set(terms))

    def count(self, term: str) -> int:
        return self._counts[term]

    def weighed(self, terms: Mapping[str, float]) -> Terms:
        return {term: weight * self._of(term) for term, weight in terms.items()}

    def _of(self, term: str) -> float:
        """1 for a term of one text, near 0.2 for one that half of them hold; with few texts all tell alike."""
        share = self._counts[term] / max(self._size, 20)
        return max(0.2, 1.0 - math.sqrt(share))


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine, 0-1."""
    if len(one) > len(other):
        one, other = other, one
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    return shared / (length(one) * length(other)) if shared else 0.0


def length(terms: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in terms.values()))


def _raise(found: dict[str, float], term: str, weight: float) -> None:
    found[term] = max(found.get(term, 0.0), weight)
