"""A question to weighted search terms: its words, their parts, other names for them, near phrases, the shadow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal, NamedTuple

from assistant import cues
from corpus.archive import Archive
from corpus.embedding import idf
from corpus.records import Passage, QueryTerm, Scope
from corpus.swedish import analysis, roots
from corpus.swedish.thesaurus import NEIGHBOURS, Expansion, Thesaurus

Field = Literal["body", "heading", "shadow", "context"]
Terms = dict[tuple[str, Field, int | None], float]

# Weights beside the written word's 1: learnt on the tune questions and SweFAQ dev (docs/search.md).
HEADING = 0.5
PART = 0.5
# The word's family: who asks whether a fee was raised finds that it rose (höja, höjning).
ROOT = 0.5
# The family of a sure other name (öka: höja, so höjning too), beside that name's own weight.
EXPANSION_ROOT = 0.7
ROOT_FROM = 0.5
PART_HEADING = 0.2
EXPANSION_HEADING = 0.4
# An expansion of a part of a word says less than one of the whole word.
PART_EXPANSION = 0.25
NEAR = 0.1
# Each word or sign of the kind of answer asked for (assistant/cues.py).
CUE = 0.6
# Each 4-gram's weight; a word of nine letters has eight of them.
GRAM = 0.2
# The whole folded word in the shadow.
WHOLE = 0.6
# A word that names the body, the day or the kind of paper counts so much, and only as near as a part of the word.
CONTEXT = 1.6
CONTEXT_FROM = 0.3
# How much less a word counts for being common in general Swedish.
COMMON = 0.7
SHORT_FORM = 0.8
# The word as misread counts as the word itself.
MISREAD = 0.97
# Expansions below this change no ranking and cost time.
MIN_WEIGHT = 0.1
MAX_EXPANSIONS = 24
# Neighbouring words come behind the surer ones and never in their place; a word has up to twenty-two.
MAX_NEIGHBOURS = 12
# Weaker ways are not looked for in headings, which mostly repeat the text.
HEADING_FROM = 0.3


class Other(NamedTuple):
    """Another way to say a word of the question; `is_near` when only the list of neighbouring words says so."""

    term: str
    weight: float
    is_near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryOptions:
    """Which kinds of terms are made."""

    compounds: bool = True
    grams: bool = True
    neighbours: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The terms to search for, and the question's matter as alternatives: each a set of words of which one suffices.

    `words` are the running words that the matter was made of, in its order.
    """

    terms: tuple[QueryTerm, ...]
    matter: tuple[tuple[float, tuple[tuple[str, float], ...]], ...]
    words: tuple[str, ...] = ()

    def covered(self, passage: Passage) -> float:
        """How much of the matter a passage speaks of, 0-1, rare words counting more."""
        return self.covered_by(analysis.terms("\n".join((*passage.heading, passage.text))))

    def covered_by(self, held: Set[str]) -> float:
        """The same of a passage's terms."""
        total = sum(weight for weight, _ in self.matter)
        if not total:
            return 0.0
        found = sum(
            weight * max((w for term, w in ways if _holds(held, term)), default=0.0) for weight, ways in self.matter
        )
        return found / total


def understand(
    text: str,
    words: Thesaurus | None = None,
    short_forms: Mapping[str, tuple[str, ...]] | None = None,
    options: QueryOptions = QueryOptions(),
) -> Query:
    """The weighted terms of a question."""
    pairs = analysis.content_tokens(text)
    expansions = _expansions(text, pairs, words, short_forms or {})
    terms: dict[tuple[str, Field, int | None], float] = {}
    matter: list[tuple[float, tuple[tuple[str, float], ...]]] = []
    for number, (lemma, token) in enumerate(pairs):
        parts = analysis.analyse_word(token).parts if options.compounds and not token[0].isdigit() else ()
        ways = {lemma: 1.0} | {part: PART for part in parts}
        others = _heaviest([*expansions.get(lemma, ()), *_of_parts(parts, words)], options.neighbours)
        for term, weight, _ in (Other(f"~{roots.root(lemma)}", ROOT), *others, *_families(others)):
            ways[term] = max(ways.get(term, 0.0), weight)
        if lemma.startswith("ai-"):  # scans and fonts make a small L of the capital I
            ways[f"al-{lemma[3:]}"] = MISREAD
        _collect(terms, number, ways, parts)
        matter.append((idf(lemma), tuple(ways.items())))
        if options.grams:
            _shadow(terms, number, token, lemma)
    for first, second in zip(pairs, pairs[1:], strict=False):
        _raise(terms, (f"{first[0]} {second[0]}", "body", None), NEAR)
    return Query(
        terms=(
            *(QueryTerm(text=way, field=f, weight=weight, group=group) for (way, f, group), weight in terms.items()),
            *cues.terms(text, CUE),
        ),
        matter=tuple(matter),
        words=tuple(token for _, token in pairs),
    )


def short_forms(archive: Archive, scope: Scope) -> dict[str, tuple[str, ...]]:
    """The abbreviations that the archive's texts explain, both ways: lemma(s) to the other form's lemma(s)."""
    found: dict[str, dict[str, None]] = {}
    for abbreviation, _ in archive.glossary(scope):
        short = " ".join(analysis.content_words(abbreviation.short))
        long = " ".join(analysis.analyse(abbreviation.long).lemmas)
        if short and long and short != long:
            found.setdefault(short, {})[long] = None
            found.setdefault(long, {})[short] = None
    return {one: tuple(others) for one, others in found.items()}


def _expansions(
    text: str,
    pairs: Sequence[tuple[str, str]],
    words: Thesaurus | None,
    short: Mapping[str, tuple[str, ...]],
) -> dict[str, list[Other]]:
    """Other names by the lemma they hang on; a phrase's hang on its first content lemma."""
    found: dict[str, list[Other]] = {}
    lemmas = [lemma for lemma, _ in pairs]
    for start in range(len(lemmas)):
        for end in range(start + 1, min(start + 6, len(lemmas)) + 1):
            for other in short.get(" ".join(lemmas[start:end]), ()):
                found.setdefault(lemmas[start], []).append(Other(other, SHORT_FORM))
    if words is None:
        return found
    known = set(lemmas)
    sequence = [t if kind == "number" else analysis.analyse_word(t).lemma for kind, t in analysis.tokens(text)]
    for match in words.matches(sequence):
        anchor = next((lemma for lemma in match.key if lemma in known), None)
        if anchor is not None:
            found.setdefault(anchor, []).extend(_worth(words.expand(" ".join(match.key))))
    return found


def _of_parts(parts: Iterable[str], words: Thesaurus | None) -> list[Other]:
    """Other names of a compound's parts; of neighbours *väntrum* would have those of *rum*."""
    if words is None:
        return []
    found = (one for part in parts for one in _worth(words.expand(part)) if not one.is_near)
    return [one._replace(weight=one.weight * PART_EXPANSION) for one in found]


def _heaviest(others: Iterable[Other], neighbours: bool = True) -> list[Other]:
    """The surest other names, then the nearest neighbours; a common word has fifty, and each costs time."""
    ranked = sorted(others, key=lambda one: -one.weight)
    sure, near = ([one for one in ranked if one.is_near == kind] for kind in (False, True))
    return [*sure[:MAX_EXPANSIONS], *near[: MAX_NEIGHBOURS * neighbours]]


def _families(others: Iterable[Other]) -> list[Other]:
    """The roots of the surest other names."""
    return [
        Other(f"~{roots.root(term)}", weight * EXPANSION_ROOT, is_near)
        for term, weight, is_near in others
        if weight >= ROOT_FROM and " " not in term
    ]


def _worth(expansions: Iterable[Expansion]) -> list[Other]:
    return [Other(e.term, e.weight, e.relation in NEIGHBOURS) for e in expansions if e.weight >= MIN_WEIGHT]


def _collect(terms: Terms, number: int, ways: Mapping[str, float], parts: Sequence[str]) -> None:
    worth = importance(next(iter(ways)))
    for place, (term, weight) in enumerate(ways.items()):
        share = HEADING if place == 0 else PART_HEADING if term in parts else EXPANSION_HEADING
        _raise(terms, (term, "body", number), worth * weight)
        if weight >= HEADING_FROM:
            _raise(terms, (term, "heading", number), worth * weight * share)
        if weight >= CONTEXT_FROM and " " not in term:
            _raise(terms, (term, "context", number), worth * weight * CONTEXT)


def _shadow(terms: Terms, number: int, token: str, lemma: str) -> None:
    """The word's 4-grams, and the word whole and folded, as it stands on a page that lost its marks."""
    worth = importance(lemma)
    for gram in analysis.grams(token):
        _raise(terms, (gram, "shadow", None), GRAM * worth)
    for form in {token, lemma}:
        _raise(terms, (analysis.whole(form), "shadow", number), WHOLE * worth)


def importance(lemma: str) -> float:
    """What a word of the question counts, 0-1, from how rare it is in general Swedish: small archives cannot tell."""
    return 1 - COMMON + COMMON * idf(lemma)


def _raise(terms: Terms, key: tuple[str, Field, int | None], weight: float) -> None:
    terms[key] = max(terms.get(key, 0.0), weight)


def _holds(held: Set[str], term: str) -> bool:
    return term in held or " " in term and all(word in held for word in term.split())
