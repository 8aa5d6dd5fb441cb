"""The day of a meeting told from the day its notes were sent: *gårdagens möte*, *när vi sågs i måndags*."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.records import Fact
from corpus.swedish.dates import find_dates
from ingest.running import Running

# How far into the letter it is looked for what day the meeting was.
MAX_CHARS = 1500
_SENT = re.compile(r"^[ \t>*]*(?:skickat|sänt|datum|sent|date)[ \t]*:[^\n]*", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(r"^[ \t>*]*(?:från|from)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_NOTES = re.compile(r"\b(?:\w*anteckning\w*|\w*protokoll\w*|referat\w*)", re.IGNORECASE)
_GATHERING = re.compile(r"\b(?:\w*möte\w*|\w*träff\w*|\w*sammanträde\w*|sågs|satt|samlades|var (?:med|där|på plats))\b", re.IGNORECASE)  # fmt: skip
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_AGO = re.compile(
    rf"\b(?:(?P<two>i ?förrgår)|(?P<one>i ?går|gårdagens)|(?P<none>i ?dag|dagens)|i (?P<weekday>{'|'.join(_WEEKDAYS)})s)\b",
    re.IGNORECASE,
)


def is_letter(text: str) -> bool:
    """Whether the text opens as a mail does, with who sent it and when."""
    return bool(_FROM.search(text[:MAX_CHARS]) and _SENT.search(text[:MAX_CHARS]))


def meeting_before(whole: Running, start: int, text: str) -> Fact[date]:
    """The day that the letter's first sentences tell by the day it was sent; never more than inferred."""
    sent, day = _sending(text)
    for told in _AGO.finditer(text[:MAX_CHARS], sent.end()) if sent and day else ():
        if sent and day and _GATHERING.search(_sentence(text, told)):
            anchors = tuple(whole.anchor(start + one.start(), start + one.end()) for one in (told, sent))
            return Fact(value=_before(day, told), certainty="inferred", evidence=anchors)
    return Fact()


def bounds_by_sending(whole: Running, start: int, text: str) -> Fact[date]:
    """Notes are of a meeting that was, at the latest, when they were sent; what else a letter is bounds nothing."""
    sent, day = _sending(text)
    if not sent or not day or not _NOTES.search(text[:MAX_CHARS]):
        return Fact()
    return Fact(certainty="inferred", latest=day, evidence=(whole.anchor(start + sent.start(), start + sent.end()),))


def _sending(text: str) -> tuple[re.Match[str] | None, date | None]:
    """The line that tells when the letter was sent, and the day it tells."""
    sent = _SENT.search(text[:MAX_CHARS]) if is_letter(text) else None
    days = [one.date for one in find_dates(sent.group()) if one.date and one.precision == "day"] if sent else []
    return sent, days[0] if days else None


def _before(sent: date, told: re.Match[str]) -> date:
    if told["weekday"]:
        return sent - timedelta(days=(sent.weekday() - _WEEKDAYS.index(told["weekday"].lower())) % 7 or 7)
    return sent - timedelta(days=2 if told["two"] else 1 if told["one"] else 0)


def _sentence(text: str, told: re.Match[str]) -> str:
    begin = max(text.rfind(mark, 0, told.start()) for mark in (". ", "\n", "! ", "? ")) + 1
    ends = [end for mark in (".", "\n", "!", "?") if (end := text.find(mark, told.end())) >= 0]
    return text[begin : min(ends, default=len(text))]
