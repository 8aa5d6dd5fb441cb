"""Dates with a slash (11/3), whose slash a look loses or gives as a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.words import Spelt, Word

# Under this a word may be anything; above it must have the date's own figures, but for one given for the slash.
ANYTHING = 0.62
_DATE = re.compile(r"\(?(\d{1,2})/(\d{1,2})[.,;:)]?")
_FIGURES = re.compile(r"[\d/.,:;IlUZ|?]+")


def is_date(text: str) -> bool:
    """Whether it is a day and a month of the year parted by a slash."""
    found = _DATE.fullmatch(text)
    return bool(found and 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12)


def with_dates(first: Spelt, words: Sequence[Word], others: Sequence[str]) -> Spelt:
    """The first reading with the dates that other looks have in the place of its figures and of unsure words.

    A slash is lost or taken for 1 or 7; that a figure is taken for the slash of a date was not seen.
    """
    text = "".join(char for char, _ in first)
    read, made, at = text.split(" "), list(first), len(first)
    seen = [_in_places(read, other.split()) for other in others]
    for number in range(len(read) - 1, -1, -1):
        at -= len(read[number])
        dates = Counter(one[number] for one in seen if is_date(one.get(number, "")))
        if dates and not is_date(read[number]) and read[number]:
            owner = first[at][1]
            date = dates.most_common(1)[0][0]
            if words[owner].confidence < ANYTHING or _has_figures_of(read[number], date):
                made[at : at + len(read[number])] = [(char, owner) for char in date]
        at -= 1
    return made


def _in_places(read: Sequence[str], other: Sequence[str]) -> dict[int, str]:
    """What another look has for each of the words read, where the two pair word by word."""
    made: dict[int, str] = {}
    for tag, begin, end, start, stop in SequenceMatcher(None, read, other, autojunk=False).get_opcodes():
        if tag == "replace" and end - begin == stop - start:
            made |= {begin + n: other[start + n] for n in range(end - begin)}
    return made


def _has_figures_of(read: str, date: str) -> bool:
    """Whether leaving out one sign of what was read, or none, gives the date's figures."""
    wanted, found = re.sub(r"\D", "", date), re.sub(r"[^\w|?]", "", read)
    shorter = {found[:n] + found[n + 1 :] for n in range(1, len(found))} | {found}
    return bool(_FIGURES.fullmatch(read)) and wanted in shorter
