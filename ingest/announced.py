"""What a part announces: its next meetings and the attachments it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from corpus.records import Attachment, Fact, NextMeeting
from corpus.swedish.bodies import find_bodies, same_body
from corpus.swedish.dates import FoundDate, find_dates
from corpus.swedish.names import FIRST, kinds
from corpus.swedish.wording import fold_letters
from ingest.clauses import Clause, sentence_bounds
from ingest.running import Line, Running

_HEADING = re.compile(
    r"(?:\W|\d|§)*(?:(?:tid (?:och plats )?for )?(?:nasta|kommande) (?:mote(?:n)?|traff(?:ar)?|sammantrade(?:n)?|"
    r"natverks(?:traff|mote)\w*|gang|motes?datum|motestid\w*)|motestider|motesdatum)\b"
)
_NEXT = re.compile(
    r"\bnästa\s+(?:möte|träff|sammanträde|nätverksträff|nätverksmöte|gång|tillfälle|styrelsemöte|avstämning)\b|"
    r"\b(?:vi|gruppen|nätverket|rådet)\s+(?:ses|träffas|möts|sammanträder)\s+(?:igen|åter|nästa gång|den|på|i|\w+dag)|"
    r"\bnytt möte\b|\bett möte till\b|\bkommande möte\b|\bnästkommande möte\b|\bses vi\b",
    re.IGNORECASE,
)
_PASSED = re.compile(r"\b(?:senast|föregående|förra)\b", re.IGNORECASE)
_HOURS = r"\d{1,2}[.:]\d{2}(?:\s*[-–—]\s*\d{1,2}[.:]\d{2})?"
_TIME = re.compile(
    rf"(?:kl\.?|klockan)\s*({_HOURS}|\d{{1,2}}(?:\s*[-–—]\s*\d{{1,2}})?)|(?<![\d.-])({_HOURS})(?![\d.])", re.IGNORECASE
)
_HOUSE = r"[a-zåäö]*(?:huset|skola|skolan|gymnasium|stadshus|kommunhus|bibliotek|center|lokal)"
_PLACE = re.compile(
    rf"\b(?:i|på|hos|plats:?|lokal:?)\s+(?P<place>[A-ZÅÄÖ][\wåäö-]+(?:s? (?:[A-ZÅÄÖ][\wåäö-]+|{_HOUSE}))?)"
)
_NOT_PLACES = ("Teams", "Zoom", "Meet", "Skype", "Nästa")
_ATTACHED = re.compile(
    r"\b(?:bifogas|bifogat|bifogad|biläggs|bilagt|bilagd|se bilaga|enligt bilaga|i bilaga|medföljer|skickas med)\b|\bbilaga \d+",
    re.IGNORECASE,
)


def next_meetings(
    whole: Running, lines: Sequence[Line], bounds: tuple[int, int], day: Fact[date], bodies: Sequence[str]
) -> tuple[NextMeeting, ...]:
    """Every announced meeting; under the heading of the next meeting first, since it is the body's own."""
    anchor = day.value or day.earliest or day.latest
    found: list[NextMeeting] = []
    taken: set[tuple[date | None, str | None]] = set()
    for start, end in [*_under_heading(whole, lines, bounds), *_sentences(whole, bounds)]:
        for one in _announced(whole, (start, end), anchor, day, bodies):
            if (one.date.value, one.body) not in taken:
                taken.add((one.date.value, one.body))
                found.append(one)
    return tuple(found)


def _under_heading(whole: Running, lines: Sequence[Line], bounds: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for n, line in enumerate(lines):
        heading = _HEADING.match(fold_letters(line.text))
        if not heading:
            continue
        rest = line.text[heading.end() :].strip(" :.–-")
        if rest and not re.match(r"\d|den |[mtofls][åioreö][nsrd]\w*dag", rest, re.IGNORECASE):
            continue
        if not rest and n + 1 < len(lines):
            stop = min(n + 4, len(lines))
            text_end = lines[stop - 1].end
            first = next(sentence_bounds(whole.text, lines[n + 1].start, text_end), None)
            if first:
                yield first[0], min(text_end, max(first[1], lines[n + 1].end))
        elif rest and find_dates(rest):
            yield line.start + heading.end(), line.end


def _sentences(whole: Running, bounds: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for start, end in sentence_bounds(whole.text, *bounds):
        if _NEXT.search(whole.text[start:end]) and end - start < 500:
            yield start, end


def _announced(
    whole: Running, at: tuple[int, int], anchor: date | None, day: Fact[date], bodies: Sequence[str]
) -> Iterator[NextMeeting]:
    """The first day of a sentence with its time and place; further days of *därefter* are their own."""
    text = whole.text[slice(*at)]
    opened = _NEXT.search(text)
    first = opened.start() if opened else 0
    dates = [one for one in find_dates(text, anchor, "after") if one.date and one.precision == "day"]
    dates = [one for one in dates if _is_coming(one, text, day, first)]
    if not dates:
        return
    one = next((one for one in dates if one.start >= first), dates[0])
    time = _TIME.search(text)
    place = _place(text, first)
    certainty: Literal["stated", "inferred"] = "stated" if one.year_given and one.sure else "inferred"
    for day_told in _listed(dates, dates.index(one), text):
        evidence = (whole.anchor(at[0] + day_told.start, at[0] + day_told.end),)
        yield NextMeeting(
            date=Fact(value=day_told.date, certainty=certainty, evidence=evidence),
            time=re.sub(r"\s*[-–—]\s*", "–", time[1] or time[2]) if time else None,
            place=place,
            body=_other_body(text, bodies),
            anchor=whole.anchor(*at),
        )


def _place(text: str, first: int) -> str | None:
    """Where, after *i*, *på* or *hos*, a house before the person who lives there; else what ends the line after the hours."""
    found = [
        one for one in _PLACE.finditer(text) if one["place"].split()[0] not in _NOT_PLACES and one.start() >= first
    ]
    held = [one for one in found if not (len(found) > 1 and FIRST in kinds(one["place"]))]
    if held:
        return held[0]["place"]
    last = _LAST.search(text)
    return last["place"].strip() if last and last.start() >= first else None


# *kl. 13.15–16.00, Omberg*: what follows the hours to the end, capitalised and short.
_LAST = re.compile(rf"{_HOURS},\s+(?P<place>[A-ZÅÄÖ](?!eams|oom)[\wåäöÅÄÖ -]{{2,40}})\.?$")


def _listed(dates: Sequence[FoundDate], first: int, text: str) -> Iterator[FoundDate]:
    """The date and those that follow it in a list (*den 12 mars, 14 maj och 3 september*)."""
    yield dates[first]
    for before, one in zip(dates[first:], dates[first + 1 :], strict=False):
        if not re.fullmatch(r"\s*(?:,|och|samt|&|/)\s*", text[before.end : one.start]):
            return
        yield one


def _is_coming(one: FoundDate, text: str, day: Fact[date], first: int) -> bool:
    held = day.value or day.earliest
    return (
        one.date is not None
        and (held is None or one.date > held)
        and not _PASSED.search(text[max(0, one.start - 25) : one.start])
    )


def _other_body(text: str, bodies: Sequence[str]) -> str | None:
    """The body a sentence gives the meeting, when it is not the part's own."""
    match = re.search(r"(?:möte|träff|sammanträde|gång)\s+(?:för|i|med|hos)\s+", text, re.IGNORECASE)
    named = [one for one in find_bodies(text) if match and one.start == match.end()]
    owner = re.match(r"\W*(?:Även\s+)?", text)
    named += [
        one
        for one in find_bodies(text)
        if owner and one.start == owner.end() and re.match(r"\s+(?:nästa|har nästa)", text[one.end :])
    ]
    return named[0].name if named and not any(same_body(named[0].name, body) for body in bodies) else None


def attachments(whole: Running, clauses: Sequence[Clause]) -> tuple[Attachment, ...]:
    """Every clause that refers to something attached."""
    return tuple(
        Attachment(text=" ".join(whole.text[one.start : one.end].split()), anchor=whole.anchor(one.start, one.end))
        for one in clauses
        if _ATTACHED.search(whole.text[one.start : one.end])
    )
