"""The tables that verifying reads: number words, units, hedges, negations, opposites, templates, languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.swedish.wording import fold_letters

_FILE = Path(__file__).with_name("checks.toml")


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Unit word, folded, to its family."""
    families = {name: words for name, words in table()["units"].items() if isinstance(words, str)}
    return {fold_letters(word): name for name, words in families.items() for word in words.split()}


@lru_cache(maxsize=1)
def multipliers() -> dict[str, int]:
    return dict(table()["units"]["times"])


@lru_cache(maxsize=2)
def seasons(*, is_folded: bool) -> dict[str, str]:
    """Season words to the season; folded only for a source, which may have lost its letters: *var* is also a verb."""
    pairs = [(word, name) for name, words in table()["seasons"].items() for word in words.split()]
    return {fold_letters(word) if is_folded else word: name for word, name in pairs}


@lru_cache(maxsize=1)
def cardinals() -> dict[str, int]:
    """Number words up to 99, folded."""
    small = fold_letters(table()["numbers"]["small"]).split()
    found = {word: number for number, word in enumerate(small)} | {"en": 1}
    for step, ten in enumerate(fold_letters(table()["numbers"]["tens"]).split(), 2):
        found[ten] = step * 10
        found |= {ten + word: step * 10 + number for number, word in enumerate(small[:10]) if number}
        found[ten + "en"] = step * 10 + 1
    return found


@lru_cache(maxsize=1)
def ordinals() -> dict[str, int]:
    """*tredje* to 3, up to 99; *första* and *andra* are there for dates only."""
    low = fold_letters(table()["numbers"]["ordinals"]).split()
    found = {word: number for number, word in enumerate(low)} | {"forste": 1, "andre": 2}
    tens = fold_letters(table()["numbers"]["tens"]).split()
    for step, (ten, ordinal) in enumerate(
        zip(tens, fold_letters(table()["numbers"]["ordinal_tens"]).split(), strict=True), 2
    ):
        found[ordinal] = step * 10
        found |= {ten + word: step * 10 + number for number, word in enumerate(low[:10]) if number}
    return found


_HUNDREDS = re.compile(r"(?:(?P<t>[a-z]*?)tusen)?(?:och)?(?:(?P<h>[a-z]*?)hundra)?(?:och)?(?P<rest>[a-z]*)")


def word_number(word: str) -> int | None:
    """The value of a number word: *tolv*, *tjugofem*, *etthundrafemtio*, *tvåtusen*; None for other words."""
    folded = fold_letters(word)
    if folded in cardinals():
        return cardinals()[folded]
    match = _HUNDREDS.fullmatch(folded)
    if not match or (match["t"] is None and match["h"] is None):
        return None
    parts = ((match["t"], 1000), (match["h"], 100))
    counts = [None if part is None else 1 if part in ("", "et") else cardinals().get(part) for part, _ in parts]
    rest = cardinals().get(match["rest"]) if match["rest"] else 0
    if rest is None or any(part is not None and n is None for (part, _), n in zip(parts, counts, strict=True)):
        return None
    return sum((n or 0) * worth for n, (_, worth) in zip(counts, parts, strict=True)) + rest


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words or phrases over folded text, the longest first."""
    folded = sorted({fold_letters(word.strip()) for word in words if word.strip()}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, folded)) + r")(?!\w)")


@lru_cache(maxsize=1)
def hedge_patterns() -> dict[str, re.Pattern[str]]:
    return {name: any_of(words.split(",")) for name, words in table()["hedges"].items()}


@lru_cache(maxsize=1)
def negation_pattern() -> re.Pattern[str]:
    return any_of(table()["negation"]["words"].split())


@lru_cache(maxsize=1)
def no_negation_pattern() -> re.Pattern[str]:
    return any_of(table()["negation"]["none"])


@lru_cache(maxsize=1)
def opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Pairs of patterns for the starts of words over folded text."""
    return tuple((_starts(one), _starts(other)) for one, other in table()["opposites"]["pairs"])


# A short start must be nearly the whole word: *ja* is no *januari*, *hög* no *högskola*.
_SHORT_CHARS = 4
_ENDINGS = r"(?:s|t|a|e|n|er|as|ar|at|ade|ades|te|tes|re|st|sta|de|des|ning|ningen|ningar)?"


def _starts(words: str) -> re.Pattern[str]:
    pieces = [fold_letters(word) for word in words.split("|")]
    tails = [re.escape(p) + (rf"{_ENDINGS}(?!\w)" if len(p) <= _SHORT_CHARS else r"\w*") for p in pieces]
    return re.compile(r"(?<!\w)(?:" + "|".join(tails) + ")")


@lru_cache(maxsize=1)
def template_pattern() -> re.Pattern[str]:
    return any_of(table()["templates"]["phrases"])


@lru_cache(maxsize=1)
def reporting_words() -> frozenset[str]:
    return frozenset(table()["templates"]["reporting"].split())


@lru_cache(maxsize=1)
def light_words() -> frozenset[str]:
    return frozenset(table()["templates"]["light"].split())


@lru_cache(maxsize=1)
def authorities() -> tuple[str, ...]:
    """The starts of authorities' names, folded: words that look ordinary at the start of a sentence."""
    return tuple(fold_letters(table()["names"]["authorities"]).split())


@lru_cache(maxsize=1)
def languages() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table()["languages"].items()}
