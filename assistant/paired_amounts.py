"""Two sentences side by side: the unit asked about, the amounts of each, how alike they are, the difference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Value
from assistant.clauses import Clause
from assistant.values import has_number, holds_value
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

# So alike must two sentences be that their difference is told, unless their unit was asked for.
LEAST_ALIKE = 0.2
# A unit in a compound has lost its ending: *deltagarantal*, *elevantal*.
UNIT_CHARS = 8
_COUNTED = re.compile(r"\b(\w{4,})antal\w*|\bantal(?:et)? (\w{4,})|\bhur många (\w{4,})", re.IGNORECASE)
_MEASURED = (
    ("kronor", r"kosta|avgift|pris|ersattning|belopp|budget|kostnad|hyra|bidrag|lon\b|taxa|underskott|overskott"),
    ("procent", r"andel|behorig|procent|franvaro\w*grans|narvaro|nojd"),
)
# A share may stand as points of a scale; a sum of money has its unit.
_VALUES: dict[str, Value] = {"kronor": "money"}
_AMOUNT = re.compile(r"(?<![\d,.])(\d+(?:[ \u00a0]\d{3})*(?:,\d+)?)\s*(%|[a-zåäö]{2,})")

# A number without its unit is another's of the same kind (*45 respektive 30 kronor*, *32 kronor, Sund 40*); a year is none.
_BARE = re.compile(
    r"(?<![\d,.:§–-])(?<!§ )(?!(?:19|20)\d\d\b)\d+(?:[ \u00a0]\d{3})*(?:,\d+)?(?=,\s|\.?\s*$|\s+(?:och|respektive|samt|mot|till)\b)"
)


def is_of_unit(one: Clause, unit: str) -> bool:
    """Whether a sentence has a number that may be of the unit: of money only its own, in a row any."""
    value = _VALUES.get(unit)
    return has_number(one.text) if value is None or one.features["row"] else holds_value(value, one.text)


def asked_unit(question: str) -> str | None:
    """The beginning of the unit that a question counts or measures: *deltagar* of *deltagarantalet*, *kronor*, *procent*."""
    match = _COUNTED.search(question)
    if match:
        return next(name for name in match.groups() if name).lower()[:UNIT_CHARS]
    return next((unit for unit, pattern in _MEASURED if re.search(pattern, fold_letters(question))), None)


def alike(one: str, other: str) -> float:
    """The share of words, numbers apart, that two sentences have in common."""
    a, b = (frozenset(word for word in analysis.content_words(text) if not word[0].isdigit()) for text in (one, other))
    return len(a & b) / (len(a | b) or 1)


def amounts(text: str) -> Iterator[tuple[str, str]]:
    """Numbers with what they count."""
    for number, unit in _AMOUNT.findall(text):
        name = {"kr": "kronor", "%": "procent"}.get(unit, unit)
        if analysis.content_words(name) or name in ("kronor", "procent"):
            yield number, name


def comparable(one: str, other: str, asked: str | None) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The numbers of the one unit that each has once, if they differ."""
    if _BARE.search(one) or _BARE.search(other):
        return None
    a, b = list(amounts(one)), list(amounts(other))
    share = alike(one, other)
    for number, unit in a:
        mine, theirs = [n for n, u in a if u == unit], [n for n, u in b if u == unit]
        is_asked = asked is not None and unit.startswith(asked) or share >= LEAST_ALIKE
        if is_asked and len(mine) == 1 and len(theirs) == 1 and mine != theirs:
            return (number, unit), (theirs[0], unit)
    return None


def difference_of(one: str, other: str) -> tuple[str, ...]:
    """The difference of two numbers as Swedish writes them."""
    a, b = (float(re.sub(r"\s", "", number).replace(",", ".")) for number in (one, other))
    return (f"{abs(a - b):,.1f}".removesuffix(".0").replace(",", " ").replace(".", ","),)
