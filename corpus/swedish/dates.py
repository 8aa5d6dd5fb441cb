"""Swedish dates, periods and relative time: dates in text, and the period that a question means."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from corpus.swedish.days import MONTHS, FoundDate, find_dates, give_year, iter_days, month_span, say_date
from corpus.swedish.periods import COUNT, Clock, FoundPeriod, Which, connected, joined, read_count, simple_periods

__all__ = ["FoundDate", "FoundPeriod", "find_dates", "find_period", "give_year", "iter_days", "say_date", "say_period"]


def find_period(text: str, today: date, newest: date | None = None) -> FoundPeriod | None:
    """The period a question names, or None. Words without a year mean their latest occurrence up to `today`.

    `newest` is the date of the newest meeting that is known, for *senaste mötet*.
    """
    clock = Clock(today, newest)
    meeting = _find_meeting(text, clock)
    if meeting:
        return meeting
    pieces = simple_periods(text, clock)
    if not pieces:
        return None
    return joined(text, pieces) or connected(text, pieces[0])


def say_period(date_from: date | None, date_to: date | None) -> str:
    """`18 april 2024`, `2024`, `mars 2024`, `1 mars 2024 – 5 maj 2024`, `från och med 1 mars 2024`."""
    if date_from and date_to:
        return _say_closed(date_from, date_to)
    if date_from:
        return f"från och med {say_date(date_from)}"
    return f"till och med {say_date(date_to)}" if date_to else "alla år"


def say_months(first: date, last: date) -> str:
    """`maj 2024`, `mars – maj 2024`, `september 2021 – maj 2025`."""
    until = f"{MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return until
    return f"{MONTHS[first.month - 1]}{'' if first.year == last.year else f' {first.year}'} – {until}"


def _say_closed(start: date, end: date) -> str:
    if start == end:
        return say_date(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if (start, end) == month_span(start.year, start.month):
        return f"{MONTHS[start.month - 1]} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{say_date(end)}"
    return f"{say_date(start)} – {say_date(end)}"


# --- a meeting by its place in order ----------------------------------------------------------------------------

_MEETING = r"(?:\w*möte(?:t|n|na)?s?|\w*träff(?:en|ar|arna)?|\w*sammanträde(?:t|n|na)?)(?!\w)"
# *Förra gången* alone is a meeting; *förra gången frågan var uppe* is not.
_GATHERED = r"(?=\s*[?.!]|$|\s+(?:i|på|med|vi|ni|de|man)\b)"
_NAMED = rf"(?:\w+\s+)?{_MEETING}"
_MEETING_RULES: tuple[tuple[str, Which], ...] = (
    (rf"(?:näst\s?senaste|näst\s?sista|förr\s?förra|förrförrra)\s+{_NAMED}", "previous"),
    (rf"{_MEETING}\s+(?:dessförinnan|innan dess|före dess|före (?:det )?senaste)", "previous"),
    (rf"(?:de\s+)?(?P<n>{COUNT})\s+(?:senaste|sista)\s+{_NAMED}", "latest"),
    (rf"(?:de\s+)?(?:senaste|sista)\s+(?P<n>{COUNT})\s+{_NAMED}", "latest"),
    (rf"(?:det\s+)?(?:allra\s+)?(?:senaste|förra|sista|föregående|sist hållna)\s+{_NAMED}", "latest"),
    (rf"(?:det\s+)?(?:allra\s+)?första\s+{_NAMED}", "first"),
    (rf"(?:förra|senaste|sista)\s+(?:gången|tillfället){_GATHERED}", "latest"),
    (rf"(?:nästa|kommande|nästkommande)\s+(?:{_NAMED}|gång(?!\w)|tillfälle(?!\w))", "next"),
    (r"(?<=\w )(?:senast|sist)(?=\s*[?.!]|$|\s+(?:vi|ni|de)\s+(?:sågs|träffades|möttes))", "latest"),
)
# The periods that meetings are said to be of: *årets första möte*, *höstens sista träff*.
_OWNERS = {
    "årets": "i år", "terminens": "denna termin", "läsårets": "detta läsår", "höstens": "hösten", "vårens": "våren",
    "sommarens": "sommaren", "förra årets": "förra året", "fjolårets": "i fjol", "förra höstens": "förra hösten",
    "förra vårens": "förra våren", "månadens": "denna månad",
}  # fmt: skip
_OWNER = "|".join(sorted(_OWNERS, key=len, reverse=True))
_OWNED = re.compile(
    rf"(?<!\w)(?P<owner>{_OWNER}|(?:19|20)\d\d års)\s+(?:(?P<place>första|sista|senaste)\s+)?{_NAMED}", re.IGNORECASE
)
_BORDERED = re.compile(
    rf"(?<!\w)(?P<place>(?:allra\s+)?(?:sista|senaste|första)\s+)?{_NAMED}\s+(?=(?P<word>före|innan|i|under|på|för|(?:19|20)\d\d|hösten|våren|vt|ht|läsåret)(?!\w))",
    re.IGNORECASE,
)
# How far after the meeting its period may begin.
_REACH_CHARS = 14


def _find_meeting(text: str, clock: Clock) -> FoundPeriod | None:
    return _owned(text, clock) or _bordered(text, clock) or _in_order(text, clock)


def _owned(text: str, clock: Clock) -> FoundPeriod | None:
    match = _OWNED.search(text)
    if not match:
        return None
    owner = match["owner"].lower()
    pieces = simple_periods(_OWNERS.get(owner) or f"år {owner[:4]}", clock)
    if not pieces:
        return None
    return FoundPeriod(
        start=match.start(),
        end=match.end(),
        label=match.group().strip(),
        date_from=pieces[0].span[0],
        date_to=pieces[0].span[1],
        which=_place_in(match["place"]),
    )


def _bordered(text: str, clock: Clock) -> FoundPeriod | None:
    """*mötet före sommaren*, *sista mötet 2023*, *första mötet i höstas*; *mötet i maj* is any of that month."""
    for match in _BORDERED.finditer(text):
        is_before = match["word"].lower() in ("före", "innan")
        pieces = [p for p in simple_periods(text, clock) if match.end() <= p.start < match.end() + _REACH_CHARS]
        if pieces and (is_before or match["place"]):
            period = connected(text, pieces[0])
            which = "last_in" if is_before else _place_in(match["place"])
            return replace(period, start=match.start(), which=which, label=text[match.start() : period.end])
    return None


def _place_in(word: str | None) -> Which | None:
    return None if not word else "first_in" if "första" in word.lower() else "last_in"


def _in_order(text: str, clock: Clock) -> FoundPeriod | None:
    for pattern, which in _MEETING_RULES:
        match = re.search(rf"(?<!\w){pattern}", text, re.IGNORECASE)
        if match:
            count = read_count(match.groupdict().get("n"))
            day = clock.newest if which == "latest" and count == 1 else None
            return FoundPeriod(
                start=match.start(),
                end=match.end(),
                label=match.group().strip(),
                date_from=day,
                date_to=day,
                which=which,
                count=count,
            )
    return None
