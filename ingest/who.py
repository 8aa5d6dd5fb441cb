"""Who the people of a body are: full names and places that its other minutes give, where a list leaves them out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.records import Action, Fact, Part, Participant
from corpus.swedish.wording import fold_letters
from ingest.meetings import body_key, body_names

# The remark of a part whose people were completed: what it says is not all printed there.
REMARK = "deltagare: fullständiga namn eller orter är hämtade ur gruppens andra dokument"
_SHORT = re.compile(r"(?P<first>[^\W\d_]+(?:-[^\W\d_]+)*)(?: (?P<initial>[^\W\d_])\.?)?")


# A list leaves places out when so many of its people stand without; a body writes full names when so many of them are.
# Lower for the first gave the office's secretary a place; lower for the second wrote out names that a body never uses.
BARE_LIST, FULL_NAMES = 0.5, 0.5


@dataclass(slots=True)
class _Directory:
    """The people that one body's documents name in full, with every place that stands beside each."""

    seats: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    named: int = 0
    total: int = 0

    def add(self, people: Iterable[Participant]) -> None:
        for one in people:
            self.total += 1
            self.named += _is_full(one.name)
            if _is_full(one.name):
                held = self.seats[one.name]
                if one.seat:
                    held.setdefault(fold_letters(one.seat), one.seat)

    def full(self, told: str) -> str:
        """The only full name that a first name, with or without an initial, can be; else what was told."""
        match = _SHORT.fullmatch(told)
        if match is None or self.named < FULL_NAMES * self.total:
            return told
        fitting = [
            name for name in self.seats if name.split()[0] == match["first"] and _has_initial(name, match["initial"])
        ]
        return fitting[0] if len(fitting) == 1 else told

    def seat(self, name: str) -> str | None:
        """The place of a person who has but one in all documents."""
        held = self.seats.get(name, {})
        return next(iter(held.values())) if len(held) == 1 else None


def _is_full(name: str) -> bool:
    return " " in name and len(name.split()[-1].rstrip(".")) > 1


def _has_initial(name: str, initial: str | None) -> bool:
    return initial is None or name.split()[-1].startswith(initial)


def completed(parts: Sequence[Part]) -> list[Part]:
    """The parts, as read from their pages alone, with the people's full names and places; the same in any order."""
    names = body_names(parts)
    directories: dict[str, _Directory] = defaultdict(_Directory)
    for part in parts:
        for body in _bodies(part, names):
            directories[body].add(part.participants)
    return [_completed(part, [directories[body] for body in _bodies(part, names)]) for part in parts]


def _bodies(part: Part, names: Mapping[str, str]) -> list[str]:
    return [names[body_key(fact.value)] for fact in part.bodies if fact.value]


def _completed(part: Part, directories: Sequence[_Directory]) -> Part:
    bare = {one.presence for one in part.participants if _is_bare(part.participants, one.presence)}
    people = tuple(
        _person(one, directories, part.participants, is_bare=one.presence in bare) for one in part.participants
    )
    known = {old.name: new.name for old, new in zip(part.participants, people, strict=True)}
    made = replace(
        part,
        participants=people,
        chair=_officer(part.chair, known),
        secretary=_officer(part.secretary, known),
        actions=tuple(_action(one, known, directories) for one in part.actions),
    )
    return replace(made, flags=(*part.flags, REMARK)) if made != part else part


def _is_bare(people: Sequence[Participant], presence: str | None) -> bool:
    """Whether the list leaves places out: that of all, or that of those who were away."""
    mine = [one for one in people if one.presence == presence] if presence == "frånvarande" else people
    return sum(one.seat is None for one in mine) > BARE_LIST * len(mine)


def _person(
    one: Participant, directories: Sequence[_Directory], others: Sequence[Participant], *, is_bare: bool
) -> Participant:
    if one.origin == "person":
        return one
    name = _full(one.name, directories)
    if name != one.name and any(other.name == name for other in others):
        name = one.name
    if one.seat or not is_bare or re.match(r".*sekr", one.role or ""):
        return replace(one, name=name)
    seat = next((held for each in directories if (held := each.seat(name))), None)
    return replace(one, name=name, seat=seat)


def _full(told: str, directories: Sequence[_Directory]) -> str:
    return next((full for each in directories if (full := each.full(told)) != told), told)


def _officer(fact: Fact[str], known: Mapping[str, str]) -> Fact[str]:
    name = known.get(fact.value or "", fact.value)
    return replace(fact, value=name) if name != fact.value else fact


def _action(one: Action, known: Mapping[str, str], directories: Sequence[_Directory]) -> Action:
    return replace(one, who=tuple(known.get(name) or _full(name, directories) for name in one.who))


def as_printed(stored: Part, fresh: Part) -> Part:
    """The stored part with the people that its pages alone give."""
    return replace(
        stored,
        participants=fresh.participants,
        chair=fresh.chair,
        secretary=fresh.secretary,
        actions=fresh.actions,
        flags=tuple(flag for flag in stored.flags if flag != REMARK),
    )


def touched(parts: Sequence[Part], documents: Collection[str]) -> list[Part]:
    """The parts of the bodies that the documents belong to."""
    names = body_names(parts)
    bodies = {body for part in parts if part.document_id in documents for body in _bodies(part, names)}
    return [part for part in parts if bodies.intersection(_bodies(part, names))]
