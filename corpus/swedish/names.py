"""Names that lose their letters: municipalities, counties, places and people, looked up without their marks."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from corpus.swedish import lexicon
from corpus.swedish.lexicon import without_marks

TABLE = Path(__file__).with_name("names.toml")
PLACES, FIRST, LAST, MADE = "places", "first_names", "last_names", "made_surnames"
PARTS = ("surname_firsts", "surname_lasts")
# How common a name of each list is taken to be, per million words of minutes, where the word lists do not say.
RATES: Mapping[str, float] = {"municipalities": 20.0, "counties": 10.0, PLACES: 2.0, FIRST: 5.0, LAST: 2.0, MADE: 0.05}
# How far the word list may lift one name over another (*Ångström* over *Ängström*): it counts plain words too.
MAX_LISTED = 3.0


@lru_cache(maxsize=1)
def lists() -> Mapping[str, tuple[str, ...]]:
    """Each list's names as written, and the surnames that can be made of the usual two parts."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    held = {kind: tuple(" ".join(name.split()) for name in text.split(",")) for kind, text in table.items()}
    firsts, lasts = (held.pop(part) for part in PARTS)
    return held | {MADE: tuple(first + last for first in firsts for last in lasts)}


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, names in lists().items():
        for name in names:
            for word in name.replace("-", " ").split():
                kinds[word].add(kind)
    return {word: frozenset(found) for word, found in kinds.items()}


@lru_cache(maxsize=1)
def _bare() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in _kinds():
        found[without_marks(name.lower())].append(name)
    return {bare: tuple(names) for bare, names in found.items()}


def kinds(name: str) -> frozenset[str]:
    """The lists that `name` stands in as written, a genitive s apart."""
    return _kinds().get(name) or (_kinds().get(name[:-1], frozenset()) if name.endswith("s") else frozenset())


def with_letters(bare: str) -> tuple[str, ...]:
    """The names that are `bare` (lower case) without their marks, a genitive s kept."""
    own = _bare().get(bare, ())
    return own + tuple(f"{name}s" for name in _bare().get(bare[:-1], ())) if bare.endswith("s") else own


def rate(name: str) -> float:
    """How common the name is taken to be, per million words; 0 when it is none."""
    listed = min(lexicon.frequency(name.lower()), MAX_LISTED)
    return max((RATES[kind] * (1 + listed) for kind in kinds(name)), default=0.0)


def restored(word: str) -> str | None:
    """The commonest name that `word` is when its letters are given back. None for other words."""
    return max(with_letters(without_marks(word.lower())), key=rate, default=None)


def is_name(word: str) -> bool:
    """Whether the word, as written, is a name of the lists."""
    return bool(kinds(word))
