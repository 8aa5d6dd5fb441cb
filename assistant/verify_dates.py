"""The dates, months, weeks, seasons and years that a text states, and whether a sentence's stand in its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant import checks
from corpus.swedish.dates import find_dates, give_year
from corpus.swedish.days import MONTHS, WEEKDAYS, FoundDate
from corpus.swedish.wording import fold_letters

MIN_YEAR, MAX_YEAR = 1950, 2079
MONTH_NUMBERS = {fold_letters(name): number for number, name in enumerate(MONTHS, 1)}
_WORD = re.compile(r"[^\W\d_]+")
SCHOOL_YEAR = re.compile(r"\b((?:19|20)\d\d)\s*[/–-]\s*((?:19|20)?\d\d)\b(?![-\d])")
_TERM = re.compile(r"\b(?:ht|vt|h[öo]sten|v[åa]ren)\s*[-–']?\s*(\d\d)\b(?!\d)", re.IGNORECASE)
_RELATIVE_YEARS = (
    (r"\b(?:i fjol|förra året|föregående år|förra läsåret)\b", -1),
    (r"\b(?:i år|innevarande år|under året|detta år)\b", 0),
    (r"\b(?:nästa år|kommande år|nästa läsår|kommande läsår|nästkommande)\b", 1),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the forms it may stand for (`13.30` is a time or a decimal), its unit's family, the noun after it.

    `hedges` are the groups of hedging words that stand right before it (*cirka*, *över*).
    """

    forms: frozenset[str]
    unit: str | None
    noun: str | None
    hedges: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Values:
    """All that a text states in figures, or in words that stand for figures."""

    dates: tuple[FoundDate, ...]
    months: frozenset[tuple[int, int | None]]
    weeks: frozenset[int]
    seasons: frozenset[str]
    weekdays: frozenset[int]
    school_years: frozenset[int]
    sections: frozenset[str]
    numbers: tuple[Number, ...]
    years: frozenset[int]


def dates_hold(told: Values, held: Values, day: date | None) -> bool:
    known = [one for one in held.dates if one.precision == "day"]
    days = [one for one in told.dates if one.precision == "day"]
    by_month = _by_month(known)
    return (
        all(any(_same_day(one, other, day) for other in by_month.get(one.month, ())) for one in days)
        and all(_has_month(month, held) for month in told.months)
        and (told.weeks <= held.weeks or told.weeks <= held.weeks | _weeks_of(known, day))
        and told.seasons <= (held.seasons or _seasons_of(known, day))
        and (told.weekdays <= held.weekdays or told.weekdays <= held.weekdays | _weekdays_of(days, known, day))
        and told.school_years <= (held.school_years or held.years)
        and all(one.date is None or one.date.year in held.years for one in told.dates if one.year_given)
    )


def _by_month(dates: Sequence[FoundDate]) -> dict[int | None, list[FoundDate]]:
    """A count of meetings tells hundreds of days: each is looked for among those of its month only."""
    found: dict[int | None, list[FoundDate]] = {}
    for one in dates:
        found.setdefault(one.month, []).append(one)
    return found


def _same_day(told: FoundDate, held: FoundDate, day: date | None) -> bool:
    if told.month != held.month or not days_of(told) <= days_of(held):
        return False
    if not told.year_given or told.date is None:
        return True
    if held.year_given and held.date:
        return told.date.year == held.date.year
    return day is not None and told.date in _meant(held, day)


def _meant(found: FoundDate, day: date) -> set[date]:
    """The days that a day without a year may mean in minutes of `day`: the nearest one, or the next."""
    if not found.month:
        return set()
    settled = {one.date for one in find_dates(found.text, day) if one.date}
    months_days = [(found.month, number) for number in days_of(found)]
    ways = {give_year(m, d, day, way) for m, d in months_days for way in ("nearest", "after")}
    return {one for one in settled | ways if one}


@lru_cache(maxsize=4_096)
def days_of(found: FoundDate) -> frozenset[int]:
    """The days of the month that a date names: *12–14 mars* three, *4 och 11 april* both."""
    if found.earliest and found.latest and found.earliest != found.latest:
        span = (found.latest - found.earliest).days
        return frozenset((found.earliest + timedelta(days=n)).day for n in range(min(span, 31) + 1))
    run = re.search(r"(\d{1,2})\s*(?:[-–—]|till)\s*(?:den\s+)?(\d{1,2})\D*$", found.text)
    if run and found.date is None and int(run[1]) < int(run[2]) <= 31:
        return frozenset(range(int(run[1]), int(run[2]) + 1))
    return frozenset((found.day,)) if found.day else frozenset()


def months_of(dates: Sequence[FoundDate], words: Sequence[str], day: date | None) -> Iterable[tuple[int, int | None]]:
    for one in dates:
        if one.month and (day or one.precision == "month"):
            yield one.month, one.date.year if one.date else None
            if day and not one.date:
                yield from ((meant.month, meant.year) for meant in _meant_months(one.month, day))
    for word in words:
        yield MONTH_NUMBERS[word], None
        if day:
            yield from ((meant.month, meant.year) for meant in _meant_months(MONTH_NUMBERS[word], day))


def _meant_months(month: int, day: date) -> list[date]:
    ways = (give_year(month, 15, day, "nearest"), give_year(month, 15, day, "after"))
    return [one for one in ways if one]


def _has_month(told: tuple[int, int | None], held: Values) -> bool:
    month, year = told
    of_days = {(one.month, one.date.year if one.date else None) for one in held.dates if one.month}
    found = held.months | of_days
    return any(month == other and (year is None or year == then) for other, then in found)


def weeks_of(found: FoundDate) -> list[int]:
    if found.earliest and found.latest:
        weeks = {found.earliest.isocalendar()[1], found.latest.isocalendar()[1]}
        return list(range(min(weeks), max(weeks) + 1))
    numbers = [int(n) for n in re.findall(r"\d{1,2}", found.text)]
    return list(range(numbers[0], numbers[-1] + 1)) if len(numbers) == 2 else numbers


def seasons_of(text: str, is_source: bool) -> list[str]:
    known = checks.seasons(is_folded=is_source)
    words = _WORD.findall(fold_letters(text) if is_source else text.lower())
    return [known[word] for word in words if word in known]


def _weeks_of(dates: Sequence[FoundDate], day: date | None) -> set[int]:
    return {one.isocalendar()[1] for one in _all_days(dates, day)}


def _seasons_of(dates: Sequence[FoundDate], day: date | None) -> set[str]:
    """A term holds its days: spring to June, autumn from July; summer and winter by the calendar."""
    found = set()
    for one in _all_days(dates, day):
        found.add("vår" if one.month <= 6 else "höst")
        found |= {"sommar"} if 6 <= one.month <= 8 else {"vinter"} if one.month in (12, 1, 2) else set()
    return found


def weekdays_of(text: str) -> Iterable[int]:
    for number, name in enumerate(WEEKDAYS):
        if re.search(rf"(?<!\w){fold_letters(name)}(?:ar|en|s|ens|arna)?(?!\w)", text):
            yield number


def _weekdays_of(told: Sequence[FoundDate], known: Sequence[FoundDate], day: date | None) -> set[int]:
    """The weekdays of the days that the sentence itself names, as the source and its meeting give them a year."""
    same = [held for one in told for held in known if _same_day(one, held, day)]
    return {one.weekday() for one in _all_days(same, None)} | {
        meant.weekday() for one in same if not one.date and day for meant in _meant(one, day)
    }


def _all_days(dates: Sequence[FoundDate], day: date | None) -> list[date]:
    """The days as they stand or as the meeting's day gives them a year; and its own."""
    own = [day] if day else []
    return own + [d for one in dates for d in ([one.date] if one.date else sorted(_meant(one, day)) if day else [])]


def school_years_of(text: str) -> Iterable[tuple[int, int]]:
    """*läsåret 2023/24*, also *2023–2025*: the first and the last year."""
    for match in SCHOOL_YEAR.finditer(text):
        yield int(match[1]), int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])


def years_of(text: str, dates: Sequence[FoundDate], numbers: Sequence[Number], day: date | None) -> Iterable[int]:
    yield from (one.date.year for one in dates if one.date)
    yield from (int(f) for n in numbers for f in n.forms if f.isdigit() and MIN_YEAR <= int(f) <= MAX_YEAR)
    yield from (year for years in school_years_of(text) for year in years)
    yield from (2000 + int(match[1]) for match in _TERM.finditer(text))
    if day:
        yield day.year
        yield from (meant.year for one in dates if not one.date for meant in _meant(one, day))
        lowered = text.lower()
        yield from (day.year + step for pattern, step in _RELATIVE_YEARS if re.search(pattern, lowered))
