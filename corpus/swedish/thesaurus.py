"""The words of the school administration that mean the same or belong together, and how surely."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from corpus.errors import BadInputError
from corpus.swedish import analysis, lexicon

log = logging.getLogger(__name__)
# Raise when the tables' form changes.
FORMAT = "4"
SHIPPED = re.compile(r"ordlista(_\w+)?\.toml")
OWN_FROM = 100_000  # numbers of a network's own concepts, beyond the shipped ones

Relation = Literal["same", "earlier", "narrower", "broader", "related", "asked"]

# How much a word of a group adds to a question that uses another of its words, against 1 for the word itself. A wider
# word is worth less than a narrower one: who asks for absence wants truancy, not the other way round.
WEIGHTS: Mapping[str, float] = {
    "same": 0.8,
    "earlier": 0.8,
    "narrower": 0.5,
    "broader": 0.3,
    "related": 0.3,
    "asked": 0.8,
}
# Of these the first word leads to the others and hardly back: *snut* is asked for *polis*, and no minutes say it.
ONE_WAY = ("narrower", "asked")
KINDS = ("same", "earlier", "narrower", "related", "asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One entry of the list: `words[0]` is the present name (`earlier`), the wider word (`narrower`) or what is asked
    (`asked`)."""

    relation: str
    words: tuple[str, ...]
    weight: float
    year: int | None
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """A term to search for as well: lemmas joined by spaces, without stop words."""

    term: str
    weight: float
    relation: Relation
    word: str
    group: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a sequence of lemmas says a word of the list: [start, end)."""

    start: int
    end: int
    key: tuple[str, ...]


Row = list[Any]  # [term, weight, relation, word, number of the group]


@dataclass(slots=True)
class Tables:
    """What the groups come to: by key (lemmas joined by spaces) the other words, and the concepts with weights."""

    expansions: dict[str, dict[str, Row]]
    concepts: dict[str, dict[str, float]]
    longest: dict[str, int]

    def add(self, number: int, group: Group) -> None:
        """Put the words of a group in, each leading to the others."""
        keys = [" ".join(sequence(word)) for word in group.words]
        for i, key in enumerate(keys):
            first, length = key.partition(" ")[0], key.count(" ") + 1
            self.longest[first] = max(self.longest.get(first, 0), length)
            concepts = self.concepts.setdefault(key, {})
            concepts[str(number)] = max(concepts.get(str(number), 0.0), _nearness(group, i))
            known = self.expansions.setdefault(key, {})
            for j, other in enumerate(keys):
                # A phrase that held its own synonym would let one word of the question stand for two.
                if i != j and not set(other.split()) <= set(key.split()):
                    _link(known, (number, group), i, j)


def _nearness(group: Group, i: int) -> float:
    """How near a group's word is to its concept, 0-1."""
    if group.relation in ("same", "earlier") or (group.relation in ONE_WAY and i == 0):
        return 1.0
    return group.weight


def _link(known: dict[str, Row], numbered: tuple[int, Group], i: int, j: int) -> None:
    number, group = numbered
    relation, weight = _directed(group, i, j)
    term = _term(group.words[j]) if weight > 0 else ""
    if term and (term not in known or known[term][1] < weight):
        known[term] = [term, weight, relation, group.words[j], number]


class Thesaurus:
    """The groups, looked up by lemmas. Stop words count in a key (*hoppa av*), so give whole sequences."""

    def __init__(
        self, tables: Tables, digest: str, own: Sequence[Group] = (), hidden: frozenset[int] = frozenset()
    ) -> None:
        self.digest, self._tables, self._own, self._hidden = digest, tables, tuple(own), hidden

    def without(self, groups: frozenset[int]) -> Thesaurus:
        """The same list, blind to what the groups of these numbers give: to measure what each is worth."""
        return Thesaurus(self._tables, self.digest, self._own, groups)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The shipped groups, then the network's own."""
        return (*shipped_groups(), *self._own)

    def expand(self, lemma: str) -> list[Expansion]:
        """What the word (or phrase, words parted by spaces) may be called elsewhere, best first."""
        found = [row for row in self._tables.expansions.get(lemma, {}).values() if row[4] not in self._hidden]
        rows = sorted(found, key=lambda row: (-row[1], row[0]))
        return [Expansion(term=t, weight=w, relation=relation, word=word, group=n) for t, w, relation, word, n in rows]

    def matches(self, lemmas: Sequence[str]) -> list[Match]:
        """The words of the list in a sequence of lemmas, the longest first at each place, then those inside it."""
        longest, known = self._tables.longest, self._tables.expansions
        found: list[Match] = []
        for start, lemma in enumerate(lemmas):
            for length in range(min(longest.get(lemma, 0), len(lemmas) - start), 0, -1):
                key = tuple(lemmas[start : start + length])
                if " ".join(key) in known:
                    found.append(Match(start=start, end=start + length, key=key))
        return found

    def concepts(self, lemmas: Sequence[str], worth: Callable[[str], float] = lambda _: 1.0) -> dict[str, float]:
        """The concepts that a sequence of lemmas speaks of, each counted once, with a weight 0-1.

        `worth` tells what a lemma counts. A word of many groups says less of each of them.
        """
        found: dict[str, float] = {}
        for match in self.matches(lemmas):
            concepts = self._tables.concepts.get(" ".join(match.key), {})
            share = max(worth(lemma) for lemma in match.key) / len(concepts) ** 0.5 if concepts else 0.0
            for concept, weight in concepts.items():
                found[concept] = max(found.get(concept, 0.0), weight * share)
        return found


def _directed(group: Group, i: int, j: int) -> tuple[Relation, float]:
    """Relation and weight from word i to word j of a group. Words after the first say nothing of each other."""
    if group.relation in ONE_WAY:
        if i == 0:
            return ("narrower" if group.relation == "narrower" else "asked"), group.weight
        return "broader", (group.weight * WEIGHTS["broader"] / WEIGHTS["narrower"] if j == 0 else 0.0)
    if group.relation == "earlier":
        return "earlier", group.weight
    return ("same" if group.relation == "same" else "related"), group.weight


@lru_cache(maxsize=8)
def load(own_toml: str = "") -> Thesaurus:
    """The shipped list with a network's own behind it. Raises BadInputError when the own one has the wrong form."""
    text = "\0".join(_shipped())
    marks = f"{FORMAT}\0{analysis.VERSION}\0{lexicon.table_folder().name}\0{text}"
    digest = hashlib.sha256(marks.encode()).hexdigest()[:12]
    own = read_own(own_toml)
    tables = _compiled(digest)
    for number, group in enumerate(own):
        tables.add(OWN_FROM + number, group)
    return Thesaurus(tables, digest, own)


@lru_cache(maxsize=1)
def shipped_groups() -> tuple[Group, ...]:
    """The shipped lists as they are written, the first one's groups first."""
    return tuple(_groups(_joined(tomllib.loads(text) for text in _shipped())))


def _compiled(digest: str) -> Tables:
    """The shipped list's tables, made once per list and dictionary: analysing 5 000 words takes two seconds."""
    file = lexicon.table_folder().parent / f"ordlista-{digest}.json"
    try:
        return Tables(*json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # none yet, or one that another process did not finish
        tables = Tables({}, {}, {})
    for number, group in enumerate(shipped_groups()):
        tables.add(number, group)
    _keep(file, json.dumps([tables.expansions, tables.concepts, tables.longest], ensure_ascii=False))
    return tables


def _keep(file: Path, text: str) -> None:
    """Write whole or not at all; a folder that cannot be written to costs time only."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_suffix(f".{os.getpid()}")
        made.write_text(text, encoding="utf-8")
        made.replace(file)
    except OSError as error:
        log.info("the thesaurus' tables cannot be kept: %s", error.strerror)


def read_own(own_toml: str) -> list[Group]:
    """The groups of a network's own list. Raises BadInputError saying what is wrong in it."""
    try:
        return list(_groups(tomllib.loads(own_toml)))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise BadInputError(
            "Ordlistan går inte att läsa", str(error), "Rätta raden; formen beskrivs i docs/search.md."
        ) from error


def _shipped() -> list[str]:
    """`ordlista.toml`, then every `ordlista_*.toml` beside it by name."""
    files = [one for one in resources.files("corpus.swedish").iterdir() if SHIPPED.fullmatch(one.name)]
    return [one.read_text(encoding="utf-8") for one in sorted(files, key=lambda one: one.name.removesuffix(".toml"))]


def _joined(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The themes of several lists as one. Raises ValueError where two lists hold one theme."""
    joined: dict[str, Any] = {}
    for table in tables:
        if twice := sorted(set(joined) & set(table)):
            raise ValueError(f"temat finns i två ordlistor: {', '.join(twice)}")
        joined |= table
    return joined


def _groups(table: Mapping[str, Any], theme: str = "") -> Iterator[Group]:
    for name, value in table.items():
        if isinstance(value, dict) and not theme:
            yield from _groups(value, name)
        elif name in KINDS and isinstance(value, list):
            yield from (_group(name, entry, theme) for entry in value)
        else:
            raise ValueError(f"okänt namn: {name} (ska vara något av {', '.join(KINDS)})")


def _group(relation: str, entry: Any, theme: str) -> Group:
    """`["ord", "ord"]`, or a table with `words` and what more is known: `weight`, `year`."""
    table = entry if isinstance(entry, dict) else {"words": entry}
    words, weight, year = table.get("words"), table.get("weight", WEIGHTS[relation]), table.get("year")
    if not isinstance(words, list) or len(words) < 2 or not all(isinstance(w, str) and w.strip() for w in words):
        raise ValueError(f"en grupp behöver minst två ord: {entry}")
    if not isinstance(weight, (int, float)) or not 0 < weight <= 1:
        raise ValueError(f"vikten ska ligga mellan 0 och 1: {entry}")
    if set(table) - {"words", "weight", "year"} or (relation == "earlier") != isinstance(year, int):
        raise ValueError(f"årtal hör till earlier och bara dit: {entry}")
    return Group(relation=relation, words=tuple(words), weight=float(weight), year=year, theme=theme)


def sequence(text: str) -> list[str]:
    """A text's lemmas with its stop words, which is what `matches` and `concepts` look through."""
    return in_sequence(analysis.tokens(text))


def in_sequence(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The same of the text's tokens, where they are at hand."""
    return [token if kind == "number" else analysis.analyse_word(token).lemma for kind, token in pairs]


def _term(word: str) -> str:
    """The index's form of a word; empty when stop words carry it (*hoppa av* would search for all hopping)."""
    pairs = list(analysis.tokens(word))
    lemmas = [token if kind == "number" else analysis.analyse_word(token).lemma for kind, token in pairs]
    content = [lemma for lemma, (_, token) in zip(lemmas, pairs, strict=True) if token not in analysis.STOP_WORDS]
    return " ".join(content) if len(content) == len(lemmas) or len(content) > 1 else ""


def themes(groups: Iterable[Group]) -> dict[str, int]:
    """How many groups each theme holds."""
    counts: dict[str, int] = {}
    for group in groups:
        counts[group.theme] = counts.get(group.theme, 0) + 1
    return counts
