"""The words of the school administration that mean the same or belong together, and how surely."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from corpus.errors import BadInputError
from corpus.swedish import analysis, lexicon, mapped, neighbours

log = logging.getLogger(__name__)
# Raise when the concepts change otherwise than by the lists (vectors hold them), and when the kept tables' form changes.
CONCEPTS_FORMAT, TABLES_FORMAT = "4", "6"
SHIPPED = re.compile(r"ordlista(_\w+)?\.toml")
OWN_FROM = 100_000  # numbers of a network's own concepts, beyond the shipped ones

Relation = Literal["same", "earlier", "narrower", "broader", "related", "asked", "near", "beside"]

# How much a word of a group adds to a question that uses another of its words, against 1 for the word itself. A wider
# word is worth less than a narrower one: who asks for absence wants truancy, not the other way round.
WEIGHTS: Mapping[str, float] = {
    "same": 0.8,
    "earlier": 0.8,
    "narrower": 0.5,
    "broader": 0.3,
    "related": 0.3,
    "asked": 0.8,
    "near": 0.5,
    "beside": 0.3,
}
KINDS = ("same", "earlier", "narrower", "related", "asked")
# The list of neighbouring words: any Swedish word, not only those of the work, so less sure of what is meant by it.
NEIGHBOURS = ("near", "beside")
NEIGHBOURS_THEME = "grannord"
# Of these the first word leads to the others and hardly back: *snut* is asked for *polis*, and no minutes say it.
ONE_WAY = ("narrower", "asked", *NEIGHBOURS)
BACK = WEIGHTS["broader"] / WEIGHTS["narrower"]
# How many keys' entries stay at hand; a long ingest asks for most words of the language.
CACHED_KEYS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One entry of the list: `words[0]` is the present name (`earlier`), the wider word (`narrower`) or what is asked
    (`asked`)."""

    relation: Relation
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
class Entry:
    """What a key (lemmas joined by spaces) leads to: other words by their term, and concepts with their weights.

    `expansions` is None for a key that is no word of the list; `keys` are the list's words that begin with it.
    """

    expansions: dict[str, Row] | None = None
    concepts: dict[str, float] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    longest: int = field(init=False)

    def __post_init__(self) -> None:
        self.longest = max((key.count(" ") + 1 for key in self.keys), default=0)

    def joined(self, other: Entry) -> Entry:
        """This with another's behind it, which counts where it is surer."""
        expansions = dict(self.expansions or {})
        for term, row in (other.expansions or {}).items():
            _raise(expansions, term, row)
        is_word = self.expansions is not None or other.expansions is not None
        return Entry(expansions if is_word else None, self.concepts | other.concepts, self.keys | other.keys)


NOTHING = Entry()


@dataclass(slots=True)
class Tables:
    """What groups come to, by key."""

    expansions: dict[str, dict[str, Row]] = field(default_factory=dict)
    concepts: dict[str, dict[str, float]] = field(default_factory=dict)
    keys: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, number: int, group: Group) -> None:
        """Put the words of a group in, each leading to the others. Neighbours share no concept."""
        keys = [" ".join(sequence(word)) for word in group.words]
        for i, key in enumerate(keys):
            self.keys.setdefault(key.partition(" ")[0], {})[key] = None
            if group.relation not in NEIGHBOURS:
                concepts = self.concepts.setdefault(key, {})
                concepts[str(number)] = max(concepts.get(str(number), 0.0), _nearness(group, i))
            known = self.expansions.setdefault(key, {})
            for j, other in enumerate(keys):
                # A phrase that held its own synonym would let one word of the question stand for two.
                if i != j and not set(other.split()) <= set(key.split()):
                    _link(known, (number, group), i, j)

    def entry(self, key: str) -> Entry:
        return Entry(self.expansions.get(key), self.concepts.get(key, {}), frozenset(self.keys.get(key, ())))

    def packed(self) -> dict[str, mapped.Table]:
        """The same as arrays to be mapped: sorted keys, and each one's entry as JSON."""
        keys = sorted({*self.expansions, *self.keys}, key=mapped.key)
        rows = [self._packed(key).encode() for key in keys]
        return {
            "key": np.array([mapped.key(key) for key in keys], dtype=np.uint64),
            "entry_at": np.cumsum([0, *map(len, rows)]).astype(np.int64),
            "entries": np.frombuffer(b"".join(rows), dtype=np.uint8),
        }

    def _packed(self, key: str) -> str:
        held = [self.expansions.get(key), self.concepts.get(key, {}), list(self.keys.get(key, ()))]
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


class Shelf:
    """The shipped lists' entries, each read when it is asked for."""

    def __init__(self, tables: Mapping[str, mapped.Table]) -> None:
        self._tables = tables
        self.entry = lru_cache(maxsize=CACHED_KEYS)(self._read)

    def _read(self, key: str) -> Entry:
        place = mapped.row(self._tables["key"], key)
        if place is None:
            return NOTHING
        start, end = self._tables["entry_at"][place : place + 2]
        expansions, concepts, keys = json.loads(self._tables["entries"][start:end].tobytes())
        return Entry(expansions, concepts, frozenset(keys))


def _nearness(group: Group, i: int) -> float:
    """How near a group's word is to its concept, 0-1."""
    if group.relation in ("same", "earlier") or (group.relation in ONE_WAY and i == 0):
        return 1.0
    return group.weight


def _link(known: dict[str, Row], numbered: tuple[int, Group], i: int, j: int) -> None:
    number, group = numbered
    relation, weight = _directed(group, i, j)
    term = _term(group.words[j]) if weight > 0 else ""
    if term:
        _raise(known, term, [term, weight, relation, group.words[j], number])


def _raise(known: dict[str, Row], term: str, row: Row) -> None:
    """Keep the surest. A neighbouring word adds to what the lists of the work say and changes none of it."""
    held = known.get(term)
    is_free = held is None or held[2] in NEIGHBOURS or row[2] not in NEIGHBOURS
    if is_free and (held is None or held[1] < row[1]):
        known[term] = row


class Thesaurus:
    """The groups, looked up by lemmas. Stop words count in a key (*hoppa av*), so give whole sequences."""

    def __init__(
        self, shelf: Shelf, digest: str, own: Sequence[Group] = (), hidden: frozenset[int] = frozenset()
    ) -> None:
        self.digest, self._shelf, self._own, self._hidden = digest, shelf, tuple(own), hidden
        self._entry: Callable[[str], Entry] = shelf.entry if not own else _with_own(shelf, own)

    def without(self, groups: frozenset[int]) -> Thesaurus:
        """The same list, blind to what the groups of these numbers give: to measure what each is worth."""
        return Thesaurus(self._shelf, self.digest, self._own, groups)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The shipped groups, then the network's own."""
        return (*shipped_groups(), *self._own)

    def expand(self, lemma: str) -> list[Expansion]:
        """What the word (or phrase, words parted by spaces) may be called elsewhere, best first."""
        found = [row for row in (self._entry(lemma).expansions or {}).values() if row[4] not in self._hidden]
        rows = sorted(found, key=lambda row: (-row[1], row[0]))
        return [Expansion(term=t, weight=w, relation=relation, word=word, group=n) for t, w, relation, word, n in rows]

    def matches(self, lemmas: Sequence[str]) -> list[Match]:
        """The words of the list in a sequence of lemmas, the longest first at each place, then those inside it."""
        found: list[Match] = []
        for start, lemma in enumerate(lemmas):
            entry = self._entry(lemma)
            for length in range(min(entry.longest, len(lemmas) - start), 0, -1):
                key = tuple(lemmas[start : start + length])
                if " ".join(key) in entry.keys:
                    found.append(Match(start=start, end=start + length, key=key))
        return found

    def concepts(self, lemmas: Sequence[str], worth: Callable[[str], float] = lambda _: 1.0) -> dict[str, float]:
        """The concepts that a sequence of lemmas speaks of, each counted once, with a weight 0-1.

        `worth` tells what a lemma counts. A word of many groups says less of each of them.
        """
        found: dict[str, float] = {}
        for match in self.matches(lemmas):
            concepts = self._entry(" ".join(match.key)).concepts
            share = max(worth(lemma) for lemma in match.key) / len(concepts) ** 0.5 if concepts else 0.0
            for concept, weight in concepts.items():
                found[concept] = max(found.get(concept, 0.0), weight * share)
        return found


def _directed(group: Group, i: int, j: int) -> tuple[Relation, float]:
    """Relation and weight from word i to word j of a group. Words after the first say nothing of each other."""
    if group.relation in ONE_WAY:
        weight = group.weight if i == 0 else group.weight * BACK if j == 0 else 0.0
        return (group.relation if i == 0 or group.relation in NEIGHBOURS else "broader"), weight
    if group.relation == "earlier":
        return "earlier", group.weight
    return ("same" if group.relation == "same" else "related"), group.weight


@lru_cache(maxsize=8)
def load(own_toml: str = "") -> Thesaurus:
    """The shipped lists with a network's own behind it. Raises BadInputError when the own one has the wrong form."""
    return Thesaurus(_shelf(), _digest(CONCEPTS_FORMAT, *_shipped()), read_own(own_toml))


@lru_cache(maxsize=1)
def shipped_groups() -> tuple[Group, ...]:
    """The shipped lists as they are written, the first one's groups first, the neighbouring words last."""
    return (*_groups(_joined(tomllib.loads(text) for text in _shipped())), *_neighbours())


def _neighbours() -> Iterator[Group]:
    for one in neighbours.read(neighbours.text()):
        for relation, words in (("near", one.near), ("beside", one.beside)):
            if words:
                yield _group(relation, [one.word, *words], NEIGHBOURS_THEME)


def _with_own(shelf: Shelf, own: Sequence[Group]) -> Callable[[str], Entry]:
    """The shipped entries with those of a network's own groups."""
    tables = Tables()
    for number, group in enumerate(own):
        tables.add(OWN_FROM + number, group)
    return lru_cache(maxsize=CACHED_KEYS)(lambda key: shelf.entry(key).joined(tables.entry(key)))


@lru_cache(maxsize=1)
def _shelf() -> Shelf:
    """The shipped lists' tables, made once per list and dictionary: analysing 20 000 words takes seconds."""
    digest = _digest(TABLES_FORMAT, json.dumps(WEIGHTS), *_shipped(), neighbours.text())
    folder = lexicon.table_folder().parent / f"ordlista-{digest}"
    try:
        return Shelf(mapped.opened(folder, ("key", "entry_at", "entries")))
    except OSError:  # none yet
        tables = Tables()
    for number, group in enumerate(shipped_groups()):
        tables.add(number, group)
    return Shelf(_kept(folder, tables.packed()))


def _kept(folder: Path, tables: dict[str, mapped.Table]) -> dict[str, mapped.Table]:
    """The tables, put in the folder; one that cannot be written to costs time only."""
    try:
        mapped.write(folder, tables)
    except OSError as error:
        log.info("the thesaurus' tables cannot be kept: %s", error.strerror)
    return tables


def _digest(form: str, *texts: str) -> str:
    joined = "\0".join(texts)
    marks = f"{form}\0{analysis.VERSION}\0{lexicon.table_folder().name}\0{joined}"
    return hashlib.sha256(marks.encode()).hexdigest()[:12]


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
    return Group(relation=cast(Relation, relation), words=tuple(words), weight=float(weight), year=year, theme=theme)


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
