"""Meetings gathered from their parts: kallelse, draft, minutes and slides of one body and day are one meeting."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rapidfuzz.distance import Levenshtein

from corpus.records import Fact, Meeting, Part
from corpus.swedish.wording import fold_letters

# What counts more comes first; kinds that are not here tell least.
ORDER = (
    "justerat protokoll", "protokoll", "anteckningar", "utkast", "bildspel", "kallelse", "dagordning", "förslag",
)  # fmt: skip
MINUTES = frozenset(ORDER[:4])
# Kinds that lie beside a meeting or by themselves: alone and without minutes or kallelse they are no meeting.
NO_MEETING = frozenset({"verksamhetsplan", "yttrande", "bilaga", "underlag", "bildspel", "förslag"})
# Two spellings of one body are one slip apart (Skolchefsgruppen, Skolchefgruppen); two bodies may be only three
# (Grundskolenätverket, Grundsärskolenätverket).
MAX_SLIPS = 1
MIN_SLIP_CHARS = 8
_ENDING = re.compile(
    r"(natverk|grupp|rad|namnd|utskott|styrelse|team|forum|rektorer|chefer)(et|en|n|ens|ets|na|nas)?s?\b"
)


def kind_order(part: Part) -> int:
    """Lower counts more."""
    return ORDER.index(part.kind.value) if part.kind.value in ORDER else len(ORDER)


def gather(parts: Sequence[Part]) -> list[Meeting]:
    """The meetings in time order, the same whatever order the parts came in."""
    dated: dict[str, list[Part]] = {}
    made: list[Meeting] = []
    for part in sorted(parts, key=lambda part: part.part_id):
        if part.meeting_date.value:
            dated.setdefault(part.meeting_date.value.isoformat(), []).append(part)
        elif part.kind.value not in NO_MEETING:
            made.append(_meeting([part], part.part_id))
    for day in sorted(dated):
        made += [_meeting(group, day) for group in _same_body(dated[day]) if _is_meeting(group)]
    return sorted(made, key=lambda one: (str(one.date.value or ""), one.bodies, one.meeting_id))


def _is_meeting(group: Sequence[Part]) -> bool:
    return any(part.kind.value not in NO_MEETING for part in group)


def _meeting(group: Sequence[Part], held: str) -> Meeting:
    ordered = sorted(group, key=lambda part: (kind_order(part), part.part_id))
    bodies = tuple(dict.fromkeys(fact.value for part in ordered for fact in part.bodies if fact.value))
    lead = min((body_key(body) for body in bodies), default=ordered[0].part_id)
    return Meeting(
        meeting_id=hashlib.sha256(f"{lead}:{held}".encode()).hexdigest()[:24],
        bodies=_distinct(bodies),
        date=min((part.meeting_date for part in ordered), key=_date_order),
        part_ids=tuple(part.part_id for part in ordered),
    )


def _date_order(day: Fact[date]) -> tuple[bool, bool]:
    return day.origin != "person", day.certainty != "stated"


def _distinct(bodies: Sequence[str]) -> tuple[str, ...]:
    """The names without other spellings of the same, the first kept."""
    kept: list[str] = []
    for body in bodies:
        if not any(is_same_body(body, other) for other in kept):
            kept.append(body)
    return tuple(kept)


def _same_body(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts of one day by body; one without a body goes to the day's only meeting if there is but one."""
    groups: list[list[Part]] = []
    loose = [part for part in parts if not part.body]
    for part in (part for part in parts if part.body):
        mine = [group for group in groups if any(shares_body(part, other) for other in group)]
        joined = [part, *(other for group in mine for other in group)]
        groups = [group for group in groups if not any(group is one for one in mine)] + [joined]
    if len(groups) == 1:
        groups[0] += loose
    else:
        groups += [[part] for part in loose]
    yield from groups


def shares_body(one: Part, other: Part) -> bool:
    """Whether two parts have a body in common, under any spelling."""
    return any(is_same_body(a.value, b.value) for a in one.bodies for b in other.bodies)


def is_same_body(one: str | None, other: str | None) -> bool:
    """Whether two names are spellings of one body: endings, hyphens, one letter, or a place added behind."""
    if not one or not other:
        return False
    a, b = body_key(one), body_key(other)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < MIN_SLIP_CHARS:
        return False
    return long.startswith(short + " ") or _is_near(a, b)


def _is_near(a: str, b: str) -> bool:
    """A slip of the pen apart; names that differ in a digit or in their first letters are two bodies."""
    same_digits = re.findall(r"\d+", a) == re.findall(r"\d+", b)
    return same_digits and a[:3] == b[:3] and Levenshtein.distance(a, b, score_cutoff=MAX_SLIPS) <= MAX_SLIPS


def body_key(name: str) -> str:
    """The name folded, without the definite ending and hyphens."""
    return " ".join(_ENDING.sub(r"\1", fold_letters(name).replace("-", "")).split())


def body_names(parts: Iterable[Part]) -> dict[str, str]:
    """The key of each body's name to that of its first spelling, so that all its spellings are one body."""
    keys = sorted({body_key(fact.value) for part in parts for fact in part.bodies if fact.value})
    first: dict[str, str] = {}
    for key in keys:
        first[key] = next((first[one] for one in first if is_same_body(one, key)), key)
    return first
