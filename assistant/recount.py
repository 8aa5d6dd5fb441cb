"""The rules that computed sentences rest on, each from the archive's registers; verifying runs them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant import outcomes, topics
from assistant.answer import Computation
from assistant.readings import extreme_of, readings_of
from corpus.archive import Archive
from corpus.records import Part, Participant, Scope
from corpus.swedish import analysis
from corpus.swedish.dates import say_date

# A rule counts from the archive itself, never from what composing has gathered: a slip there is then seen. It gives its
# values as they are to stand in the sentence. A new kind of count is one function and one line in RULES.
Rule = Callable[[Archive, Scope, Computation], tuple[str, ...]]


def recounter(archive: Archive, scope: Scope) -> Callable[[Computation], tuple[str, ...]]:
    """Computes a computation anew; an unknown rule gives no values, so that its sentence cannot hold."""

    def recount(computation: Computation) -> tuple[str, ...]:
        rule = RULES.get(computation.rule)
        return rule(archive, scope, computation) if rule else ()

    return recount


def _meetings(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many meetings pass the filter; no value where the sentence gives none."""
    if not computation.values:
        return ()
    return (str(len(archive.meetings(scope, computation.filter))),)


def _meetings_and_years(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many meetings pass the filter, and the first and last of their years where any is known."""
    met = archive.meetings(scope, computation.filter)
    years = sorted({meeting.date.value.year for meeting in met if meeting.date.value})
    return (str(len(met)), *(str(year) for year in sorted({years[0], years[-1]}))) if years else (str(len(met)),)


def _documents(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many documents, pages and meetings pass the filter."""
    held = archive.coverage(scope, computation.filter)
    return str(held.documents), str(held.pages), str(held.meetings)


def _papers(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many parts of the kinds in `about` pass the filter."""
    return (str(sum(part.kind.value in computation.about for part in archive.parts(scope, computation.filter))),)


def _unreadable(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many pages could not be read, and of how many."""
    held = archive.coverage(scope, computation.filter)
    return str(held.unreadable_pages), str(held.pages)


def _undated(archive: Archive, scope: Scope, _: Computation) -> tuple[str, ...]:
    """How many parts have no day of their own."""
    return (str(sum(part.meeting_date.value is None for part in archive.parts(scope))),)


def _topic(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """On how many meetings a matter stands; `about` is its words."""
    return (str(len(topics.stands(archive, scope, computation.about[0], computation.filter))),)


def _outcomes(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many decisions came out so; `about` is the outcome, the strength and the matter's words, each may be empty."""
    outcome, strength, topic = computation.about
    sought = outcomes.Sought(topic=topic, outcome=outcome, strength=strength)
    found = outcomes.decided(archive, scope, computation.filter, sought)
    return (str(len(found)),)


def _attended(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """On how many meetings those in `about` were, or were not; its first says which."""
    which, *who = computation.about
    return (str(len(outcomes.attended(archive, scope, computation.filter, who, which == "närvarande"))),)


def _items(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many items a part has at the upper level; `about` is its id."""
    return (str(sum(item.level == 1 for item in archive.part(scope, computation.about[0]).items)),)


def _people(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How many people a part's attendance list has as present or absent; `about` is its id and which."""
    part_id, which = computation.about
    return (str(len(present_at(archive.part(scope, part_id), which == "frånvarande"))),)


def present_at(part: Part, absent: bool) -> list[Participant]:
    """The people of the attendance list that were there, or were not; one whose presence is not told is neither."""
    return [one for one in part.participants if one.present is (not absent)]


def seats_at(part: Part, absent: bool) -> list[str]:
    """The municipalities of those who were there; of those away, the ones that had nobody there."""
    there = list(dict.fromkeys(_head(one) for one in present_at(part, False) if one.seat))
    if not absent:
        return there
    return [
        seat for seat in dict.fromkeys(_head(one) for one in present_at(part, True) if one.seat) if seat not in there
    ]


def sits_for(one: Participant, seat: str) -> bool:
    """Whether a person's seat, or what stands beside the name, names the municipality or a unit of it."""
    told = analysis.fold(f"{one.seat or ''} {one.note or ''}").replace(",", " ").split()
    wanted = analysis.fold(seat).replace(",", " ").split()
    return any(told[at : at + len(wanted)] == wanted for at in range(len(told)))


def _head(one: Participant) -> str:
    """`Tuna` of *Tuna, område Norr*."""
    return (one.seat or "").split(",")[0].strip()


def _seats(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """The municipalities of a part's list that had somebody there, or had nobody; `about` is its id and which."""
    part_id, which = computation.about
    return tuple(seats_at(archive.part(scope, part_id), which == "frånvarande"))


def _edge(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """The day of the newest or the oldest meeting that passes the filter."""
    days = [one.date.value for one in archive.meetings(scope, computation.filter) if one.date.value]
    edge = max(days) if computation.rule == "newest" else min(days)
    return (edge.isoformat(),)


def _presence(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """Those of the people described whom a part's list has as present or absent, with their notes."""
    part_id, which, *labels = computation.about
    there = {described(one): one for one in present_at(archive.part(scope, part_id), which == "frånvarande")}
    held = [there[label] for label in labels if label in there]
    return (*(described(one) for one in held), *(one.note for one in held if one.note))


def described(one: Participant) -> str:
    """`Karin Berg (Alby, ordförande)`."""
    known = ", ".join(piece for piece in (one.seat, one.role) if piece and piece not in one.name)
    return f"{one.name} ({known})" if known else one.name


def _difference(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """How far two numbers are apart; `about` is the two as the sources write them."""
    one, other = (float(re.sub(r"\s", "", number).replace(",", ".")) for number in computation.about)
    return (f"{abs(one - other):,.1f}".removesuffix(".0").replace(",", " ").replace(".", ","),)


def _extreme(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """Which of the rows has the most or the least; `about` is the passage, the numbers' key, which, and the rows' labels."""
    passage_id, key, which, *labels = computation.about
    rows = [
        row
        for passage in archive.passages(scope, [passage_id])
        for readings in readings_of(passage)
        for row in readings.rows
        if readings.key == key and row.label in labels
    ]
    first = extreme_of(rows, which == "mest") if rows else None
    return (first.label, first.told) if first else ()


def _gap(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """The day of an announced meeting that the archive has no notes of; `about` is the part that announces it."""
    days = {gap.date for gap in archive.links(scope).gaps if gap.part_id == computation.about[0] and gap.date}
    return tuple(said for day in sorted(days) if (said := say_date(day)) in computation.values)


def said_days(part: Part) -> tuple[str, ...]:
    """The day of a part's meeting as it is said, or the days between which it lies."""
    day = part.meeting_date
    return tuple(say_date(one) for one in ((day.value,) if day.value else (day.earliest, day.latest)) if one)


def _held(archive: Archive, scope: Scope, computation: Computation) -> tuple[str, ...]:
    """When a part's meeting was held; `about` is its id."""
    return said_days(archive.part(scope, computation.about[0]))


RULES: Mapping[str, Rule] = {
    "held": _held,
    "topic": _topic,
    "outcomes": _outcomes,
    "attended": _attended,
    "documents": _documents,
    "papers": _papers,
    "undated": _undated,
    "unreadable": _unreadable,
    "newest": _edge,
    "oldest": _edge,
    "presence": _presence,
    "seats": _seats,
    "items": _items,
    "difference": _difference,
    "extreme": _extreme,
    "gap": _gap,
    "people": _people,
    "meetings": _meetings,
    "meetings_and_years": _meetings_and_years,
}
