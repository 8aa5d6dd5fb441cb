"""Whether each number, amount, percentage, time and § of a sentence stands in its source, and each date (`verify_dates`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant import checks
from assistant.verify_dates import (
    MONTH_NUMBERS,
    SCHOOL_YEAR,
    Number,
    Values,
    dates_hold,
    days_of,
    months_of,
    school_years_of,
    seasons_of,
    weekdays_of,
    weeks_of,
    years_of,
)
from corpus.swedish import analysis
from corpus.swedish.dates import find_dates
from corpus.swedish.days import MONTHS
from corpus.swedish.wording import fold_letters

Fault = Literal["number", "unit", "date", "section", "hedge"]
_MONTH_WORDS = "|".join(MONTHS)
_SECTION = re.compile(r"(?:§§?|\bparagraf(?:en|erna|er)?)\s*(\d+)(?:\s*[-–—]\s*§?\s*(\d+))?", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\d.,:])(?P<n>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*)(?P<glued>[%a-zåäö]*)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"[ \u00a0\u202f-]{0,2}(?P<word>%|:-|[^\W\d_]+(?::[a-z])?)", re.IGNORECASE)


def unsupported(text: str, source: str, day: date | None) -> Fault | None:
    """The first kind of value in `text` that `source` does not hold; `day` is the meeting's, for years left out."""
    told, held = read(text, None), read(source, day, is_source=True)
    checked: tuple[tuple[Fault, Callable[[], bool]], ...] = (
        ("section", lambda: told.sections <= held.sections),
        ("date", lambda: dates_hold(told, held, day)),
        ("number", lambda: all(_stands(one, held) for one in told.numbers)),
        ("unit", lambda: all(_fits(one, held) for one in told.numbers)),
        ("hedge", lambda: all(_keeps_hedge(one, held) for one in told.numbers)),
    )
    return next((fault for fault, holds in checked if not holds()), None)


def read(text: str, day: date | None, *, is_source: bool = False) -> Values:
    """The values of a text; with `day` also the years that its undated days and relative words mean.

    Of a source also what figures side by side may be: one number or the columns of a table.
    """
    held = _undated(text, is_source)
    return replace(
        held.values,
        months=frozenset(months_of(held.values.dates, held.month_names, day)),
        years=frozenset(years_of(held.text, held.values.dates, held.values.numbers, day)),
    )


@dataclass(frozen=True, slots=True)
class _Undated:
    """What a text states whatever its day; a source is read once for all the days of its citations."""

    values: Values
    month_names: tuple[str, ...]
    text: str


@lru_cache(maxsize=256)
def _undated(text: str, is_source: bool) -> _Undated:
    text = _ordinals_as_figures(re.sub(r"[ \t]*\n[ \t]*", " ", text))
    sections = {n for match in _SECTION.finditer(text) for n in _range(match[1], match[2])}
    rest = _masked(text, [match.span() for match in (*_SECTION.finditer(text), *SCHOOL_YEAR.finditer(text))])
    dates = tuple(find_dates(rest))
    rest = _masked(rest, [(one.start, one.end) for one in dates])
    values = Values(
        dates=dates,
        months=frozenset(),
        weeks=frozenset(week for one in dates if one.precision == "week" for week in weeks_of(one)),
        seasons=frozenset(seasons_of(rest, is_source)),
        weekdays=frozenset(weekdays_of(fold_letters(text))),
        school_years=frozenset(year for year, _ in school_years_of(text)),
        sections=frozenset(sections),
        numbers=(*_figures(rest, is_source), *_number_words(rest)),
        years=frozenset(),
    )
    return _Undated(values, tuple(word for word in _WORD.findall(fold_letters(rest)) if word in MONTH_NUMBERS), text)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _range(first: str, last: str | None) -> list[str]:
    ends = int(first), int(last or first)
    return (
        [str(n) for n in range(ends[0], ends[1] + 1)] if ends[0] <= ends[1] < ends[0] + 50 else [first, last or first]
    )


def _ordinals_as_figures(text: str) -> str:
    """*tolfte mars* as *12 mars*, *den tolfte i tredje* left alone."""

    def figure(match: re.Match[str]) -> str:
        number = checks.ordinals().get(fold_letters(match[1]))
        return f"{number} {match[2]}" if number and number <= 31 else match.group()

    return re.sub(rf"\b([a-zåäö]+)\s+({_MONTH_WORDS})\b", figure, text, flags=re.IGNORECASE)


# --- numbers ----------------------------------------------------------------------------------------------------


def _figures(text: str, is_source: bool) -> list[Number]:
    found = []
    for match in _NUMBER.finditer(text):
        end = match.start() + len(match["n"])
        factor, unit, noun = _what_follows(text, end)
        if match["glued"] and not unit and factor == 1:
            noun = None  # 7A, 12:e: a label
        hedges = _hedges_before(text, match.start(), unit)
        found.append(Number(frozenset(_forms(match["n"], factor)), unit, noun, hedges))
        if unit is None and noun is None and re.search(r"\d[ \u00a0\u202f]\d", match["n"]):
            columns = re.findall(r"\d+", match["n"])  # figures side by side in a table, unless it is one number
            found += [Number(frozenset({_decimal(one, 1)}), None, None) for one in columns] if is_source else []
    return found


def _number_words(text: str) -> list[Number]:
    found = []
    for match in _WORD.finditer(text):
        number = checks.word_number(match.group())
        if number is None or text[match.end() : match.end() + 1] == "-":
            number = _ordinal(match.group())
        if number is not None:
            factor, unit, noun = _what_follows(text, match.end())
            hedges = _hedges_before(text, match.start(), unit)
            found.append(Number(frozenset({str(number * factor)}), unit, noun, hedges))
    return found


_DURATIONS = frozenset(("minut", "timme", "dag", "vecka", "manad", "ar", "termin"))
_HEDGE_REACH_CHARS = 28


def _hedges_before(text: str, start: int, unit: str | None) -> frozenset[str]:
    before = fold_letters(text[max(0, start - _HEDGE_REACH_CHARS) : start])
    before = re.split(r"[.,;:!?\x00]\s?|\n", before)[-1]
    groups = set()
    for name, pattern in checks.hedge_patterns().items():
        hedges = list(pattern.finditer(before))
        if hedges and _reaches(hedges[-1], before, unit, _is_year(text, start)):
            groups.add(name)
    return frozenset(groups)


def _reaches(hedge: re.Match[str], before: str, unit: str | None, is_year: bool) -> bool:
    """*under tre veckor*, *över 2024*: with time these are prepositions."""
    between = before[hedge.end() :].split()
    if hedge.group() in ("over", "under", "kring", "runt", "narmare"):
        return not between and unit not in _DURATIONS and not is_year
    return len(between) <= 2 and not any(char.isdigit() for word in between for char in word)


def _is_year(text: str, start: int) -> bool:
    return re.match(r"(?:19|20)\d\d\b(?!\s*(?:kr|elever|st\b))", text[start:]) is not None


def _ordinal(word: str) -> int | None:
    """*första* and *andra* also mean other things than 1 and 2."""
    number = checks.ordinals().get(fold_letters(word))
    return number if number and number > 2 else None


def _what_follows(text: str, end: int) -> tuple[int, str | None, str | None]:
    """The multiplier, the unit's family and the noun's lemma that stand after a number."""
    factor = 1
    match = _NEXT.match(text, end)
    word = fold_letters(match["word"]) if match else ""
    if match and word in checks.multipliers():
        factor = checks.multipliers()[word]
        if word in ("tkr", "mkr", "mnkr", "mdr"):
            return factor, "kronor", None
        match = _NEXT.match(text, match.end())
        word = fold_letters(match["word"]) if match else ""
    if word in checks.units():
        return factor, checks.units()[word], None
    if not match or len(word) < 3 or word in analysis.STOP_WORDS or match["word"][:1].isupper():
        return factor, None, None
    return factor, None, analysis.analyse_word(match["word"].lower()).lemma


def _forms(digits: str, factor: int) -> list[str]:
    plain = re.sub(r"[ \u00a0\u202f]", "", digits)
    pieces = re.split(r"[.,:]", plain)
    forms = []
    if ":" not in plain and len(pieces) <= 2:
        forms.append(_decimal(plain.replace(",", "."), factor))
    if len(pieces) >= 2 and ":" not in plain and all(len(piece) == 3 for piece in pieces[1:]):
        forms.append(_decimal("".join(pieces), factor))
    if len(pieces) == 2 and len(pieces[1]) == 2 and int(pieces[0]) < 24 and int(pieces[1]) < 60:
        forms.append(f"{int(pieces[0])}:{pieces[1]}")
    return forms or [".".join(pieces)]


def _decimal(number: str, factor: int) -> str:
    return format((Decimal(number) * factor).normalize(), "f")


def _stands(number: Number, held: Values) -> bool:
    if any(number.forms & other.forms for other in held.numbers):
        return True
    if any(form.isdigit() and int(form) in held.years for form in number.forms):
        return True
    if number.forms == {"1"}:
        return True  # *en* and *ett* are articles before they are numbers
    days = {str(day) for one in held.dates for day in days_of(one)}
    return number.unit is None and number.noun is None and bool(number.forms & days)


def _fits(number: Number, held: Values) -> bool:
    """Whether the source gives the number the same unit, and gives the noun this number where it counts that noun."""
    same = [other for other in held.numbers if number.forms & other.forms]
    if not same:
        return True
    if number.unit:
        # A bare figure may have its unit at the head of its column; not where the figure has another one elsewhere.
        bare = all(other.unit is None and other.noun is None for other in same)
        return bare or any(other.unit == number.unit for other in same)
    if not number.noun:
        return True
    if all(other.unit for other in same):
        return False
    counts_it = any(other.noun == number.noun and not number.forms & other.forms for other in held.numbers)
    return not counts_it or any(other.noun in (number.noun, None) for other in same)


# What bounds a value or blurs it.
_OF_VALUES = frozenset(("ungefär", "mer", "mindre"))


def _keeps_hedge(number: Number, held: Values) -> bool:
    """Whether some place of the source hedges the number as the sentence does."""
    same = [other for other in held.numbers if number.forms & other.forms]
    told = number.hedges & _OF_VALUES
    return not same or any(_alike(told, other.hedges & _OF_VALUES) for other in same)


def _alike(told: frozenset[str], held: frozenset[str]) -> bool:
    """A bound is kept as it is; what is said to be about a value may also be called so where a bound stood."""
    return bool(told & held) or (not held and told <= {"ungefär"})
