"""Finds days, weeks and months written in Swedish text, and gives the missing year from an anchor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Day = date  # the record has a field of that name
Precision = Literal["day", "week", "month"]
Direction = Literal["nearest", "after", "before"]

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

# Spellings of the months as they are met: abbreviations, and what Tesseract makes of m and i.
_MONTH_FORMS: dict[str, int] = {name: n for n, name in enumerate(MONTHS, 1)} | {
    "jan": 1,
    "feb": 2,
    "febr": 2,
    "mar": 3,
    "rnars": 3,
    "apr": 4,
    "apri1": 4,
    "aprii": 4,
    "april1": 4,
    "rnaj": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "septernber": 9,
    "okt": 10,
    "0ktober": 10,
    "nov": 11,
    "novernber": 11,
    "dec": 12,
    "decernber": 12,
}
_SHORT = "|".join(sorted((form for form in _MONTH_FORMS if len(form) < 6), key=len, reverse=True))
_LONG = "|".join(sorted(_MONTH_FORMS, key=len, reverse=True))
# A full stop belongs to an abbreviation only when more follows, so that a sentence keeps its own.
_MONTH = rf"(?:(?:{_SHORT})(?![a-zåäö])\.(?=\s*[\d,;'’–-])|(?:{_LONG})(?![a-zåäö]))"
_WEEKDAY = r"(?:m[åa]n|tis|ons|tors|fre|l[öo]r|s[öo]n)(?:dag(?:en)?)?"
_YEAR = r"(?:(?:19|20)\d\d(?!\d)|['’\-–]\d\d(?![\d\-–]))"
_DAY = r"[0-3]?\d(?::?[ae])?"
# A day that OCR has read with a letter (l8, I5, 1O): read, but never told as certain.
_DAMAGED_DAY = r"(?:[lI|][0-9O]|[1-3][OolI|])"

MIN_YEAR, MAX_YEAR = 1950, 2079


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date at text[start:end]. `date` is its (first) day, None when the year is not known.

    `earliest` and `latest` span a week or a month, or a run of days (*12–13 mars*). `year_given` tells whether the
    year stands in the text; `sure` is False when a digit was read from a letter or the weekday does not fit.
    """

    start: int
    end: int
    text: str
    month: int | None
    day: int | None
    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    precision: Precision = "day"
    year_given: bool = False
    sure: bool = True
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], list[FoundDate]]


def say_date(day: date) -> str:
    """`18 april 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_number(word: str) -> int | None:
    """The month a word or abbreviation names, else None."""
    return _MONTH_FORMS.get(word.lower().rstrip("."))


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str) -> int:
    """`2024`, `'24`, `-24` or `24` as a year; two digits from 70 on are the 1900s."""
    digits = re.sub(r"\D", "", text)
    number = int(digits)
    return number if len(digits) == 4 else (1900 if number >= 70 else 2000) + number


def week_span(year: int, week: int) -> tuple[date, date] | None:
    """Monday and Sunday of an ISO week."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def give_year(month: int, day: int, anchor: date, direction: Direction = "nearest") -> date | None:
    """The day nearest to, after (or on) or before (or on) the anchor with this month and day."""
    days = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (d := make_date(y, month, day))]
    if direction == "after":
        return next((d for d in days if d >= anchor), None)
    if direction == "before":
        return next((d for d in reversed(days) if d <= anchor), None)
    return min(days, key=lambda d: abs((d - anchor).days), default=None)


def find_dates(text: str, anchor: date | None = None, direction: Direction = "nearest") -> list[FoundDate]:
    """All dates of the text in order; those without a year get theirs from `anchor`.

    A weekday beside the day chooses between the years around the anchor. Personal numbers, amounts, fractions,
    school years (*2023/24*) and § numbers are not dates.
    """
    found: list[FoundDate] = []
    taken: set[int] = set()
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            if not taken.isdisjoint(range(*match.span())):
                continue
            dates = form.read(match)
            if dates:
                taken.update(range(*match.span()))
                found += dates
    found.sort(key=lambda f: (f.start, f.earliest or date.min, f.day or 0))
    return [_settle(one, anchor, direction) for one in found]


def _settle(found: FoundDate, anchor: date | None, direction: Direction) -> FoundDate:
    if found.date is None and anchor is not None:
        found = _anchored(found, anchor, direction)
    if found.precision != "day" or found.date is None or found.weekday is None or not found.year_given:
        return found
    return replace(found, sure=found.sure and found.date.weekday() == found.weekday)


def _anchored(found: FoundDate, anchor: date, direction: Direction) -> FoundDate:
    if found.precision == "week":
        return _anchored_week(found, anchor, direction)
    if found.month is None:
        return found
    if found.precision == "month":
        first = give_year(found.month, 15, anchor, direction)
        span = month_span(first.year, first.month) if first else (None, None)
        return replace(found, date=span[0], earliest=span[0], latest=span[1])
    day = _by_weekday(found, anchor) or give_year(found.month, found.day or 1, anchor, direction)
    return replace(found, date=day, earliest=day, latest=day)


def _by_weekday(found: FoundDate, anchor: date) -> date | None:
    if found.weekday is None or found.month is None or found.day is None:
        return None
    years = (anchor.year, anchor.year - 1, anchor.year + 1)
    days = (make_date(year, found.month, found.day) for year in years)
    return next((d for d in days if d and d.weekday() == found.weekday and abs((d - anchor).days) < 370), None)


def _anchored_week(found: FoundDate, anchor: date, direction: Direction) -> FoundDate:
    spans = [s for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (s := week_span(y, found.day or 0))]
    if direction == "after":
        spans = [s for s in spans if s[1] >= anchor][:1]
    elif direction == "before":
        spans = [s for s in spans if s[0] <= anchor][-1:]
    span = min(spans, key=lambda s: abs((s[0] - anchor).days), default=None)
    return replace(found, day=None, date=span[0], earliest=span[0], latest=span[1]) if span else found


def _one(match: re.Match[str], day: date | None) -> list[FoundDate]:
    if day is None or not MIN_YEAR <= day.year <= MAX_YEAR:
        return []
    found = FoundDate(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        month=day.month,
        day=day.day,
        date=day,
        earliest=day,
        latest=day,
        year_given=True,
    )
    return [found]


def _numbers(match: re.Match[str]) -> list[FoundDate]:
    return _one(match, make_date(full_year(match["y"]), int(match["m"]), int(match["d"])))


def _days_and_month(match: re.Match[str]) -> list[FoundDate]:
    """*den 4, 11 och 18 april 2024*, *12–13 mars*, *torsdag den 16 mars*: one date for each day named."""
    month = month_number(match["m"])
    damaged = re.search(r"[lI|Oo]", match["days"].replace("och", "").replace("o ", "")) is not None
    days = [int(re.sub(r"[lI|]", "1", re.sub(r"[Oo]", "0", d))) for d in _DAY_NUMBER.findall(match["days"])]
    year = full_year(match["y"]) if match["y"] else None
    if not month or not days or not all(make_date(2024, month, d) for d in days):
        return []
    if len(days) == 2 and re.search(r"\d\s*[-–—]\s*\d|\d\s+till\s+\d", match["days"]):
        return _run_of_days(match, (month, days[0]), (month, days[1]), year)
    return [_named_day(match, month, day, year, sure=not damaged) for day in days]


_DAY_NUMBER = re.compile(r"[lI|][0-9O]|[1-3][OolI|](?![a-zåäö])|\d{1,2}")


def _named_day(match: re.Match[str], month: int, day: int, year: int | None, *, sure: bool) -> FoundDate:
    known = make_date(year, month, day) if year else None
    return FoundDate(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        month=month,
        day=day,
        date=known,
        earliest=known,
        latest=known,
        year_given=year is not None,
        sure=sure,
        weekday=_weekday(match.groupdict().get("w")),
    )


def _run_of_days(
    match: re.Match[str], first: tuple[int, int], last: tuple[int, int], year: int | None
) -> list[FoundDate]:
    start = _named_day(match, *first, year, sure=True)
    end = make_date(year, *last) if year else None
    if start.date and end and end < start.date:
        start = replace(start, date=make_date(start.date.year - 1, *first))
    return [replace(start, earliest=start.date, latest=end or start.date)]


def _across_months(match: re.Match[str]) -> list[FoundDate]:
    """*29 januari–2 februari 2024*."""
    first, last = month_number(match["m1"]), month_number(match["m"])
    year = full_year(match["y"]) if match["y"] else None
    if not first or not last:
        return []
    return _run_of_days(match, (first, int(match["d1"])), (last, int(match["d"])), year)


def _slash(match: re.Match[str]) -> list[FoundDate]:
    """*2/2*, *18/4 2024*, *18/4-24*; a fraction or a ratio is not a date."""
    day, month = int(match["d"]), int(match["m"])
    if not make_date(2024, month, day):
        return []
    year = full_year(match["y"]) if match["y"] else None
    return [_named_day(match, month, day, year, sure=True)]


def _week(match: re.Match[str]) -> list[FoundDate]:
    week = int(match["d"])
    if not 1 <= week <= 53:
        return []
    last = int(match["d2"]) if match["d2"] else week
    year = full_year(match["y"]) if match["y"] else None
    span = week_span(year, week) if year else None
    end = week_span(year, last) if year else None
    return [
        FoundDate(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            month=None,
            day=None if span else week,
            date=span[0] if span else None,
            earliest=span[0] if span else None,
            latest=(end or span)[1] if span else None,
            precision="week",
            year_given=year is not None,
        )
    ]


def _month_year(match: re.Match[str]) -> list[FoundDate]:
    month = month_number(match["m"])
    if not month:
        return []
    year = full_year(match["y"]) if match["y"] else None
    span = month_span(year, month) if year else (None, None)
    return [
        FoundDate(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            month=month,
            day=None,
            date=span[0],
            earliest=span[0],
            latest=span[1],
            precision="month",
            year_given=year is not None,
        )
    ]


def _weekday(word: str | None) -> int | None:
    if not word:
        return None
    start = word.lower().replace("å", "a").replace("ö", "o")[:3]
    return next((n for n, name in enumerate(WEEKDAYS) if name.replace("å", "a").replace("ö", "o")[:3] == start), None)


def _form(pattern: str, read: Callable[[re.Match[str]], list[FoundDate]]) -> _Form:
    return _Form(re.compile(pattern, re.IGNORECASE), read)


_HEAD = rf"(?<![\w/])(?:(?P<w>{_WEEKDAY})\s*,?\s*(?:en\s+)?)?(?:den\s+|d\.\s*)?"
_DAYS = rf"(?P<days>(?:{_DAMAGED_DAY}|{_DAY})(?:\s*(?:,|och|&|samt|[-–—]|till)\s*(?:den\s+)?{_DAY})*)"
_BEFORE_MONTH = "|".join(rf"(?<=\b{word} )" for word in "i under av senast till från sedan och före".split())
# From the most to the least explicit; what one form has taken no later form reads again.
_FORMS = (
    _form(
        r"(?<![\d\-–/.:])(?P<y>(?:19|20)\d\d)\s?[-–—./]\s?(?P<m>[01]?\d)\s?[-–—./]\s?(?P<d>[0-3]?\d)(?![\d])", _numbers
    ),
    _form(r"(?<![\d\-–/.:])(?P<d>[0-3]?\d)[./-](?P<m>[01]?\d)[./-](?P<y>(?:19|20)\d\d)(?!\d)", _numbers),
    _form(r"(?<![\d\-–/.:])(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d]|[-–+]\d{4})", _numbers),
    _form(r"(?<![\d\-–/.:,])(?P<y>\d\d)[-–—.](?P<m>[01]\d)[-–—.](?P<d>[0-3]\d)(?![\d]|[-–+:]\d)", _numbers),
    _form(
        rf"(?<![\w/])(?:{_WEEKDAY}\s+)?(?:den\s+)?(?P<d1>[0-3]?\d)(?::?e)?\s*(?P<m1>{_MONTH})\s*(?:[-–—]|till|t\.?o\.?m\.?)\s*(?:den\s+)?(?P<d>[0-3]?\d)(?::?e)?\s*(?P<m>{_MONTH})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        _across_months,
    ),
    _form(rf"{_HEAD}{_DAYS}\s*(?P<m>{_MONTH})(?:\s*,?\s*(?P<y>{_YEAR}))?", _days_and_month),
    _form(
        r"(?<![\d\w/,.:§$-])(?P<d>[0-3]?\d)/(?P<m>1[0-2]|0?[1-9])(?:(?:\s+|\s?[-–/]\s?)(?P<y>(?:19|20)\d\d|(?:(?<=[-–/])|(?<=[-–/]\s))\d\d))?(?![\d/%]|\s*(?:del|av\b|h\b|kr))",
        _slash,
    ),
    _form(
        r"(?<![\d\w\-–/.:,§])(?P<y>[0-9]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d,.:]\d|\d|[-–+]\d|\s*(?:kr|kronor|%|elever|st\b))",
        _numbers,
    ),
    _form(
        rf"(?<![\w/])(?:v\.?|vecka|veckorna)\s*(?P<d>\d\d?)(?!\d)(?:\s*(?:[-–—]|och|till)\s*(?P<d2>\d\d?)(?!\d))?(?:\s*,?\s*(?:år\s+)?(?P<y>{_YEAR}))?",
        _week,
    ),
    _form(rf"(?<![\w/])(?P<m>{_MONTH})\s*,?\s*(?P<y>(?:19|20)\d\d|['’\-–]\d\d)(?!\d)", _month_year),
    _form(rf"(?<![\w/])(?:{_BEFORE_MONTH})(?P<m>{_MONTH})(?P<y>)", _month_year),
)


def iter_days(text: str, anchor: date | None = None) -> Iterator[FoundDate]:
    """Only the dates that name a day."""
    return (found for found in find_dates(text, anchor) if found.precision == "day")
