"""What a part announces: its next meetings and the attachments it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from corpus.records import Attachment, Fact, NextMeeting
from corpus.swedish.bodies import find_bodies, same_body
from corpus.swedish.dates import FoundDate, find_dates
from corpus.swedish.names import FIRST, kinds
from corpus.swedish.wording import fold_letters
from ingest.clauses import Clause, sentence_bounds
from ingest.running import Line, Running
from ingest.where import HOUSE

_MEETING = r"(?:\w*mote|\w*traff|\w*sammantrade|\w*natverk(?:et)?|\w*forum|\w*rad|gang|\w+grupp|apt|tillfalle|avstamning|natverksdag)"
_HEADING = re.compile(
    rf"(?:(?:punkt|arende)(?= ?\d))?(?:\W|\d|§)*(?:(?:tid (?:och plats )?for )?"
    rf"(?:nasta|kommande|nastkommande) (?:{_MEETING}(?:n|en|ar|arna)?|motes?datum|motestid\w*|datum)|"
    r"(?:kommande )?motestider|(?:kommande )?motesdatum|(?:kommande )?motesdagar|motesplan|sammantradesdagar|kommande tider|tider framat|"
    r"(?:hostens|varens) (?:moten|motestider|traffar|tider|datum)|motet i (?:host|var)|"
    r"(?:och )?nar (?:ses|traffas|mots) vi(?: igen| nasta gang| i (?:host|var))?|(?:da )?(?:ses|"
    r"traffas) vi(?: igen)?|"
    r"vi (?:ses|traffas|mots)(?: igen| nasta gang)?|pa aterseende|nytt mote|datum framat|nasta|save the date)(?=\W|$)"
)
_WE = r"(?:vi|\w*(?:gruppen|nätverket|rådet|nämnden|utskottet|styrelsen|forum(?:et)?|teamet|kollegiet))"
_NEXT = re.compile(
    r"\bnäst(?:a|kommande)\s+(?:\w*möte|\w*träff|\w*sammanträde|\w*nätverk(?:et)?|\w*forum|\w*råd|gång|\w+grupp|APT|tillfälle|avstämning|nätverksdag)\b|"
    rf"\b{_WE}\s+(?:ses|träffas|möts|sammanträder|samlas)\s+"
    r"(?:igen|åter|nästa gång|nästa|då|den|på|i|hos|kl|\w+dag|mån|tis|ons|tors?|fre|\d)|"
    rf"\b{_WE}\s+(?:tar (?:ställning|beslut)|beslutar om (?:det|saken)|fattar beslut)\s+(?:den|\w+dag)\b|"
    r"\b(?:hörs|ses) (?:igen|åter|nästa gång)\b|\bboka (?:redan nu )?in\b|\bboka redan nu\b|\bnytt möte\b|\bett möte till\b|"
    r"\bkommande (?:möte|träff)\b|\b(?:ses|träffas|möts) vi\b|\bny träff\b|\bnytt datum\b|\bpå återseende\b|"
    r"\b(?:möte|träff)(?:et|en)? (?:planeras|är bokad|är bokat|hålls|blir|äger rum)\b",
    re.IGNORECASE,
)
# Of a joint meeting each body has its own day: *Läsrådet: 5 juni kl. 9. Skolgruppen: 7 juni*.
_EACH = re.compile(
    r"\W*(?P<body>[A-ZÅÄÖ][\w-]+(?: [\w-]+){0,3}?)\s*(?::|\b(?:ses|träffas|möts|sammanträder)\b)\s*(?=(?:den |\w+dag\w* |\w{3,4} )?\d)"
)
_DAY = re.compile(r"\d|den |[mtofls][åioreö][nsrd]\w*\.? (?:den )?\d|[mtofls][åioreö][nsrd]\w*dag", re.IGNORECASE)
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
    anchor = day.value or day.earliest or day.latest or _day_sent(whole.text[bounds[0] : bounds[0] + MAX_HEAD_CHARS])
    found: list[NextMeeting] = []
    taken: set[tuple[date | None, str | None]] = set()
    for start, end in [*_under_heading(whole, lines, bounds), *_sentences(whole, bounds)]:
        for one in _announced(whole, (start, end), anchor, day, bodies):
            if (one.date.value, one.body) not in taken:
                taken.add((one.date.value, one.body))
                found.append(one)
    return tuple(found) or tuple(_closing(whole, lines, anchor, day, bodies))


MAX_HEAD_CHARS = 600


def _day_sent(head: str) -> date | None:
    """The first full date of the head, a letter's that tells no meeting's day: it gives the coming day its year."""
    return next((one.date for one in find_dates(head) if one.date and one.year_given and one.precision == "day"), None)


# A meeting's day and hours as the last words of the notes, nothing beside them.
# What may stand beside day and hours there: a place, nothing else.
_ONLY_PLACE = re.compile(
    rf"\W*(?:(?:den|kl|klockan|i|på|hos|via|mån|tis|ons|tors?|fre|\w+dag(?:en)?)\b\W*)*(?:[A-ZÅÄÖ][^.!?]{{0,40}}|{HOUSE.pattern})?\W*"
)
MAX_LISTED = 8
MAX_SENTENCE_CHARS = 500
MAX_CLOSING_LINES, MAX_CLOSING_CHARS = 3, 80


def _closing(
    whole: Running, lines: Sequence[Line], anchor: date | None, day: Fact[date], bodies: Sequence[str]
) -> Iterator[NextMeeting]:
    for line in lines[-MAX_CLOSING_LINES:]:
        is_bare = len(line.text) <= MAX_CLOSING_CHARS and len(line.cells) == 1 and _DAY.match(line.text)
        if is_bare and _TIME.search(line.text) and _has_only_place(line.text):
            yield from _announced(whole, (line.start, line.end), anchor, day, bodies)


def _has_only_place(text: str) -> bool:
    rest = _TIME.sub(" ", text)
    for one in reversed(find_dates(rest)):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    return _ONLY_PLACE.fullmatch(rest) is not None


def _under_heading(whole: Running, lines: Sequence[Line], bounds: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for n, line in enumerate(lines):
        heading = _HEADING.match(fold_letters(line.text))
        if not heading:
            continue
        rest = line.text[heading.end() :].strip(" :.?–-")
        if rest and not _DAY.match(rest):
            continue
        if not rest and n + 1 < len(lines):
            stop = min(n + 4, len(lines))
            text_end = lines[stop - 1].end
            first = next(sentence_bounds(whole.text, lines[n + 1].start, text_end), None)
            if first:
                yield first[0], min(text_end, max(first[1], lines[n + 1].end))
            yield from (
                (one.start, one.end)
                for one in takewhile(lambda one: _DAY.match(one.text), lines[n + 1 : n + 1 + MAX_LISTED])
            )
            for start, end in sentence_bounds(whole.text, lines[n + 1].start, text_end):
                if _EACH.match(whole.text[start:end]):
                    yield start, end
        elif rest and find_dates(rest):
            yield line.start + heading.end(), line.end


def _sentences(whole: Running, bounds: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for start, end in sentence_bounds(whole.text, *bounds):
        told = _opening(whole.text, start, end)
        if told and end - start < MAX_SENTENCE_CHARS:
            yield start, end
        elif told:  # rows of a slide or a list without a full stop: only the row itself
            first, last = whole.text.rfind("\n", start, told.start()) + 1, whole.text.find("\n", told.end(), end)
            yield max(start, first), last if last > 0 else end


def _announced(
    whole: Running, at: tuple[int, int], anchor: date | None, day: Fact[date], bodies: Sequence[str]
) -> Iterator[NextMeeting]:
    """The first day of a sentence with its time and place; further days of *därefter* are their own."""
    text = whole.text[slice(*at)]
    opened = _opening(text, 0, len(text))
    first = opened.start() if opened else 0
    dates = [one for one in _days(text, anchor) if _is_coming(one, text, day, first)]
    if not dates:
        return
    line = text.rfind("\n", 0, first) + 1
    one = next((one for one in dates if one.start >= first), None) or next(
        (one for one in dates if one.start >= line), None
    )
    if one is None:
        return
    own = text[: _own_end(text, dates, one)]
    time = _TIME.search(own, one.end) or _TIME.search(own)
    place = _place(own, first, one.end)
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


# *Till nästa gång* on a line of its own heads tasks and their days.
_TASKS = re.compile(r"(?:\A|\n)\W*(?:att göra )?till \Z", re.IGNORECASE)


def _opening(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words for a next meeting in text[start:end], if any."""
    found = _NEXT.finditer(text, start, end)
    return next((one for one in found if not _heads_tasks(text, one)), None)


def _heads_tasks(text: str, one: re.Match[str]) -> bool:
    above = text[max(0, one.start() - 30) : one.start()]
    return bool(_TASKS.search(above)) and text[one.end() :].lstrip(" :")[:1] in ("\n", "")


_WEEKDAY_BEFORE = re.compile(r"\b(?P<day>mån|tis|ons|tors?|fre)(?:dag(?:en)?)?,? (?:i |den )?\Z", re.IGNORECASE)
_WEEKDAYS = ("mån", "tis", "ons", "tor", "fre")


def _days(text: str, anchor: date | None) -> list[FoundDate]:
    """The days of a text; a weekday before a week (*torsdag v. 15*) is a day."""
    found = []
    for one in find_dates(text, anchor, "after"):
        weekday = _WEEKDAY_BEFORE.search(text[: one.start]) if one.precision == "week" else None
        if weekday and one.earliest:
            day = one.earliest + timedelta(days=_WEEKDAYS.index(weekday["day"].lower()[:3]))
            one = replace(one, start=weekday.start(), date=day, earliest=day, latest=day, precision="day")
        if one.date and one.precision == "day":
            found.append(one)
    return found


def _own_end(text: str, dates: Sequence[FoundDate], one: FoundDate) -> int:
    """Where the words about this date end: at the end of its line when the next line has a date of its own."""
    later = next((other.start for other in dates if other.start > one.end), len(text))
    line = text.find("\n", one.end)
    return line if 0 <= line < later < len(text) else len(text)


def _place(text: str, first: int, day_end: int) -> str | None:
    """Where, after *i*, *på* or *hos*, a house before the person who lives there; else what stands after day and hours."""
    labelled = _LABELLED.search(text, day_end)
    if labelled:
        return labelled["place"].strip()
    at_someones = _HOSTED.search(text)
    if at_someones and at_someones.start() >= first:
        return at_someones["place"]
    found = [one for one in _PLACE.finditer(text) if _is_place(one["place"]) and one.start() >= first]
    held = [one for one in found if not (len(found) > 1 and FIRST in kinds(one["place"]))]
    if held:
        town = _IN_TOWN.match(text, held[0].end())
        return f"{held[0]['place']} i {town['town']}" if town else held[0]["place"]
    rest = _TIME.sub("", text[day_end:])
    after = _AFTER_DAY.match(rest)
    place = after["place"].strip() if after else ""
    if after and _may_be_place(place):
        return place
    over_net = _OVER_NET.search(text, first)
    return over_net["place"] if over_net else None


# A meeting over the net has no other place.
_OVER_NET = re.compile(r"\b(?P<place>Teams|Zoom|Google Meet|Skype|(?<!på )(?:[Dd]igitalt|[Pp]å distans))\b")


# A house with its town (*på Björkskolan i Tuna*).
_IN_TOWN = re.compile(r" i (?P<town>[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?)(?=[,.;)]?(?:\s|$))")


def _is_place(word: str) -> bool:
    """Whether the word after *på* is a place: neither a link nor an event (*på Läsdagen*)."""
    return (
        word.split()[0] not in _NOT_PLACES
        and re.fullmatch(r"\w+(?:dagen|mötet|träffen|konferensen|mässan|veckan)", word) is None
    )


def _may_be_place(text: str) -> bool:
    return (
        (text[0].isupper() or HOUSE.search(text) is not None)
        and text.split()[0] not in _NOT_PLACES
        and not find_bodies(text)
        and not re.match(
            r"(?:Då|Vi|Ta|Anmäl|Välkom|Tema|Obs|Det|Den|Kaffe|Fika|Lunch|Alla|Januari|[Pp]lats meddelas|digital\w*|distans\w*|länk|via)\b",
            text,
        )
    )


_LABELLED = re.compile(r"\b(?:plats|lokal|var)[ \t]*:[ \t]*(?P<place>[^\W\d][^\n;(.]{2,50})", re.IGNORECASE)
# *hos Kim i Sund*: the town, not the host.
_HOSTED = re.compile(rf"\bhos\s+(?:[A-ZÅÄÖ][\w-]+\s+){{1,2}}(?:i|på)\s+(?P<place>[A-ZÅÄÖ][\wåäö-]+(?:s? {_HOUSE})?)")
# *kl. 13.15–16.00, Omberg (ta med fika)*: what follows day and hours up to the next mark, short.
_AFTER_DAY = re.compile(
    r"[\s,;:(–-]*(?:(?:i|på|hos|via|plats:?|lokal:?)\s+)?(?P<place>[^\W\d][^,.;:()\n]{2,40})(?=[,.;:()\n]|$)"
)


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
    small = _SMALL_BODY.match(text, match.end()) if match and not named else None
    if small and not any(small["body"][:6] in body.lower() for body in bodies):
        return small["body"].capitalize()
    owner = re.match(r"\W*(?:Även\s+)?", text)
    named += [
        one
        for one in find_bodies(text)
        if owner and one.start == owner.end() and re.match(r"\s+(?:nästa|har nästa)", text[one.end :])
    ]
    return named[0].name if named and not any(same_body(named[0].name, body) for body in bodies) else None


# Another group by its name in small letters (*nästa möte för språkgruppen*).
_SMALL_BODY = re.compile(
    r"(?P<body>[a-zåäö]{2,}[a-zåäö-]*(?:gruppen|nätverket|rådet|teamet|utskottet|nämnden|styrelsen))\b"
)


def attachments(whole: Running, clauses: Sequence[Clause]) -> tuple[Attachment, ...]:
    """Every clause that refers to something attached."""
    return tuple(
        Attachment(text=" ".join(whole.text[one.start : one.end].split()), anchor=whole.anchor(one.start, one.end))
        for one in clauses
        if _ATTACHED.search(whole.text[one.start : one.end])
    )
