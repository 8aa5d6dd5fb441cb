"""By when a task is to be done: the day that words set, seen from the meeting's own day, and the words themselves."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from corpus.records import Fact
from corpus.swedish.dates import FoundDate, find_dates

_SET = re.compile(
    r"\b(?:senast|till (?:den |nästa|mötet)|på \w+(?:mötet|träffen)|före|innan|klar[t]?|inför|deadline|vid nästa|på nästa|v\. ?\d|vecka \d)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:till|på|före|inför|vid)\s+(?:vårt\s+|det\s+)?nästa\s+(?:möte|träff|gång|tillfälle|sammanträde|nätverksträff)|"
    r"nästa (?:möte|träff|gång)",
    re.IGNORECASE,
)
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december")  # fmt: skip
# *på marsmötet* is in March; *sista april* is its last day.
_MONTHS_MEETING = re.compile(rf"(?:på|till|inför) ({'|'.join(MONTHS)})(?:mötet|träffen|sammanträdet)", re.IGNORECASE)
_LAST_OF = re.compile(rf"\bsista (?:dagen i )?(?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))?\b", re.IGNORECASE)


def _last_of_month(text: str, held: date | None) -> date | None:
    """The day that *sista januari* names, the first such after the meeting."""
    match = _LAST_OF.search(" ".join(text.split()))
    if match is None or not (match["year"] or held):
        return None
    month = MONTHS.index(match["month"].lower()) + 1
    year = int(match["year"]) if match["year"] else 0
    if held and not year:
        year = held.year + (month < held.month)
    return date(year, month, monthrange(year, month)[1])


def due_day(text: str, held: date | None, coming: date | None) -> Fact[date]:
    """The day a text sets, seen from the day the meeting was held; a week has bounds and no day, *till nästa möte* the next meeting's day where it is told."""
    last = _last_of_month(text, held)
    if last:
        return Fact(value=last, certainty="inferred")
    text = _MONTHS_MEETING.sub(r"i \1", text)
    dates = [one for one in find_dates(text, held, "after") if one.date]
    day = next((one for one in dates if one.precision == "day"), None)
    if day:
        return Fact(value=day.date, certainty="stated" if day.year_given else "inferred")
    if _NEXT.search(text) and coming:
        return Fact(value=coming, certainty="inferred")
    if dates and dates[0].precision == "month" and _is_within(coming, dates[0]):
        return Fact(value=coming, certainty="inferred", earliest=dates[0].earliest, latest=dates[0].latest)
    if dates:
        return Fact(certainty="inferred", earliest=dates[0].earliest, latest=dates[0].latest)
    return Fact()


# Words for when without a day. A new one is one line here.
_TIMES = re.compile(
    r"\b(?:snarast(?: möjligt)?|omgående|löpande|så snart som möjligt|"
    r"(?:före|efter|innan|till|under|inför|i) (?:höst|vår|sommar|vinter|jul|påsk|nyår|årsskifte|"
    r"skolstart|läsårsstart|terminsstart|termin|lov|semester|sportlov|höstlov|månad)[a-zåäö]*(?: \d{4})?|"
    r"(?:i |på )?nästa (?:vecka|månad|termin|läsår|år|APT|arbetsplatsträff)|(?:före|innan|till) (?:sommaren|helgen|terminens slut))\b",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(r"(?:(?:senast|före|till|innan|från|inför|klart?|under|i|den|vecka|v\.)\s+)*$", re.IGNORECASE)


def due_words(text: str, held: date | None) -> str | None:
    """The words that say when, as they stand: a day with what leads it, the next meeting, a time of the year."""
    flat = " ".join(text.split())
    dates = [one for one in find_dates(flat, held, "after") if one.date]
    if dates:
        lead = _BEFORE_DAY.search(flat[: dates[0].start])
        return flat[lead.start() if lead else dates[0].start : dates[0].end].strip(" .,;:()")
    found = _NEXT.search(flat) or _TIMES.search(flat)
    return found.group() if found else None


def _is_within(day: date | None, found: FoundDate) -> bool:
    """*Återkommer i maj* is the next meeting when that is in May."""
    return bool(day and found.earliest and found.latest and found.earliest <= day <= found.latest)


def is_set(text: str) -> bool:
    """Whether the text sets a day: a bare *den 3 mars* in minutes in the present tense is mostly a day that has been."""
    return _SET.search(text) is not None
