"""What the archive knows that questions name (bodies, people, seats, meetings), gathered once per revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.naming import Known
from corpus.archive import Archive
from corpus.records import Part, Scope
from corpus.swedish.bodies import same_body

MIN_NAME_WORDS = 2
_KEPT: dict[tuple[str, int, Scope], Known] = {}


def known(archive: Archive, scope: Scope) -> Known:
    """Bodies, people with their seats, and meetings of the archive as it stands now."""
    key = (str(archive.folder), archive.revision(), scope)
    if key not in _KEPT:
        _KEPT.clear()
        _KEPT[key] = _gathered(archive, scope)
    return _KEPT[key]


def _namesakes(parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Names with several seats that one person cannot have had: at one meeting, or each in bodies of its own."""
    places: dict[str, dict[str, tuple[set[str], set[str]]]] = {}
    for part in parts:
        for one in part.participants:
            if one.seat and len(one.name.split()) >= MIN_NAME_WORDS:
                bodies, meetings = places.setdefault(one.name, {}).setdefault(one.seat, (set(), set()))
                bodies.update(body.value for body in part.bodies if body.value)
                meetings.add(part.part_id)
    return {name: tuple(sorted(seats)) for name, seats in places.items() if _are_apart(list(seats.values()))}


def _are_apart(places: Sequence[tuple[set[str], set[str]]]) -> bool:
    """Whether two of the seats share no body, or share a meeting."""
    pairs = [(one, other) for at, one in enumerate(places) for other in places[at + 1 :]]
    return any(not one[0] & other[0] or bool(one[1] & other[1]) for one, other in pairs)


def _paper(part: Part) -> tuple[str, tuple[str, ...], date | None]:
    bodies = tuple(body.value for body in part.bodies if body.value)
    return part.kind.value or "", bodies, part.meeting_date.value


def _gathered(archive: Archive, scope: Scope) -> Known:
    people: dict[str, dict[str, None]] = {}
    seats: dict[str, None] = {}
    bodies = tuple(archive.bodies(scope))
    short: dict[str, str] = {}
    for part in archive.parts(scope):
        for one in part.participants:
            if len(one.name.split()) >= MIN_NAME_WORDS:
                people.setdefault(one.name, {})
                if one.seat:
                    people[one.name][one.seat] = None
            # *Tuna* of *Tuna, område Norr*: a question names the municipality.
            for seat in dict.fromkeys((one.seat, one.seat.split(",")[0])) if one.seat else ():
                if len(seat.split()) <= MIN_NAME_WORDS:
                    seats[seat] = None
        for abbreviation in part.abbreviations:
            body = next((body for body in bodies if same_body(abbreviation.long, body)), None)
            if body:
                short[abbreviation.short] = body
    meetings = {
        (meeting.date.value, meeting.bodies) for meeting in archive.meetings(scope) if meeting.date.value is not None
    }
    return Known(
        bodies=bodies,
        people={name: tuple(of) for name, of in people.items()},
        seats=tuple(seats),
        meetings=tuple(sorted(meetings)),
        short_forms=short,
        namesakes=_namesakes(archive.parts(scope)),
        papers=tuple(dict.fromkeys(_paper(part) for part in archive.parts(scope))),
    )
