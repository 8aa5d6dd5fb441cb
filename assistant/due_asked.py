"""The time in a question for somebody's tasks: the meeting they come after, or the day they are to be done by."""

from __future__ import annotations

import re
from datetime import date

from corpus.swedish.dates import find_dates
from corpus.swedish.days import MONTHS

_MONTH = "|".join(MONTHS)
_DAY = rf"(?:den )?\d{{1,2}}(?::?[ae])? (?:{_MONTH})\b(?: (?:19|20)\d\d)?|(?:den )?\d{{1,2}}/\d{{1,2}}(?:[ -](?:19|20)?\d\d)?\b"
# What somebody has to do *efter maj 2025* was given at the meeting then, not later.
_AFTER = re.compile(rf"\befter (?=(?:{_MONTH}|våren|hösten|sommaren|vintern)\b|(?P<day>{_DAY}))", re.IGNORECASE)
_BY = re.compile(rf"\b(?:(?:till|inför)(?: (?:mötet|träffen))?|senast|klart?) (?P<day>{_DAY})", re.IGNORECASE)


def at_meeting(text: str) -> str:
    """The question for tasks with its time as that of the meeting, and without the day that they are to be done by."""
    return _AFTER.sub(lambda found: "från mötet " if found["day"] else "från mötet i ", _BY.sub(" ", text))


def asks_by_day(text: str) -> bool:
    return _BY.search(text) is not None


def is_due(text: str, by: date | None, today: date) -> bool:
    """Whether a task is to be done by the day asked for, where one is; a day without a year is of any."""
    found = _BY.search(text)
    if not found:
        return True
    wanted = next((one.date for one in find_dates(found["day"], today, "nearest") if one.date), None)
    if wanted is None or by is None:
        return False
    has_year = re.search(r"(?:19|20)\d\d", found["day"])
    return by == wanted if has_year else (by.month, by.day) == (wanted.month, wanted.day)
