"""Answers about seats: who sat for a municipality when somebody was away, and which one a person comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.compose_presence import tell_present, with_note
from assistant.material import Composed, Material, Writer
from assistant.naming import named_seats
from assistant.recount import described
from assistant.references import meeting_name
from assistant.registers import kind_rank
from corpus.records import Part, Participant
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

_REPRESENTED = re.compile(
    r"\b(representera\w*|foretrad(?:er|de|a)|ersatte|ersatter|vikarierade|hoppade in|satt i stallet|tjanstgjorde|i stallet for|stallforetrad\w*)\b"
)
_COMES_FROM = re.compile(
    r"\b(?:vilken|vilket|vilka|vad for)\b.*\b(?:kommun|kommuner|skola|enhet|huvudman|forvaltning|organisation)\b"
    r".*\b(?:fran|tillhor|representerar|foretrader|sitter|jobbar|arbetar|ar)\b|"
    r"^varifran (?:kommer|ar)\b|^var (?:jobbar|arbetar|kommer .* ifran)\b"
)


def seated(material: Material) -> Composed | None:
    """Who represented a municipality or replaced a person, or where a person comes from; None where neither is asked."""
    folded = fold_letters(material.question.whole).strip(" ?.")
    if _COMES_FROM.search(folded) and material.question.people:
        return _homes(material)
    is_who = re.match(r"(?:och |men )?(?:vem|vilka|vilken|vilket|vad)\b", folded)
    return _substitutes(material) if is_who and _REPRESENTED.search(folded) else None


def _substitutes(material: Material) -> Composed | None:
    """Those who were there for the seat, the substitutes first, at the newest meeting within the limits."""
    away = {analysis.fold(one) for one in material.question.people}
    asked = {analysis.fold(one.value) for one in named_seats(material.question.whole, material.known)}
    if not (away or asked):
        return None
    for part in _newest_first(_of_moment(material)):
        if away and not asked and not any(analysis.fold(one.name) in away for one in part.participants):
            continue
        seats = asked | {
            analysis.fold(one.seat) for one in part.participants if one.seat and analysis.fold(one.name) in away
        }
        there = [one for one in part.participants if one.present and one.anchor and analysis.fold(one.name) not in away]
        of_seat = [one for one in there if _is_for(one, seats, away)]
        named = [one for one in of_seat if away and any(name in _words(one) for name in away)]
        chosen = named or [one for one in of_seat if _is_substitute(one)] or of_seat
        if chosen:
            return _told(material, part, chosen)
    return None


def _of_moment(material: Material) -> list[Part]:
    """The parts within the limits and the time that the question names; of the bodies whose lists have the people named."""
    moment = material.question.moment
    away = {analysis.fold(one) for one in material.question.people}
    parts = [
        part
        for part in material.parts()
        if moment is None
        or part.meeting_date.value
        and (moment.start or date.min) <= part.meeting_date.value <= (moment.end or date.max)
    ]
    with_them = [part for part in parts if any(analysis.fold(one.name) in away for one in part.participants)]
    return with_them or parts


def _newest_first(parts: Sequence[Part]) -> list[Part]:
    return sorted(
        (one for one in parts if one.participants),
        key=lambda one: (-(one.meeting_date.value or date.min).toordinal(), kind_rank(one)),
    )


def _is_for(one: Participant, seats: set[str], away: set[str]) -> bool:
    """Whether a person sat for one of the seats, or is noted as somebody's substitute."""
    return bool(one.seat and analysis.fold(one.seat) in seats) or any(name in _words(one) for name in away)


def _words(one: Participant) -> str:
    quote = one.anchor.quote if one.anchor else ""
    return analysis.fold(f"{one.role or ''} {one.note or ''} {quote}")


def _is_substitute(one: Participant) -> bool:
    return one.presence == "ersättare" or "ersatt" in fold_letters(f"{one.role or ''} {one.note or ''}")


def _told(material: Material, part: Part, chosen: Sequence[Participant]) -> Composed | None:
    writer = Writer(material)
    for one in chosen:
        tell_present(writer, part, f"{with_note(one)}, {meeting_name(part)}", "närvarande", [one])
    return writer.done()


def _homes(material: Material) -> Composed | None:
    """Each seat that the lists have for the people named, from the newest list that has it."""
    writer = Writer(material)
    told: set[tuple[str, str]] = set()
    for part, one in _rows_of(material):
        key = (analysis.fold(one.name), analysis.fold(one.seat or ""))
        if key in told or not one.seat or not one.anchor:
            continue
        told.add(key)
        which = "frånvarande" if one.present is False else "närvarande"
        tell_present(writer, part, f"{described(one)}, {meeting_name(part)}", which, [one])
    return writer.done()


def _rows_of(material: Material) -> Iterator[tuple[Part, Participant]]:
    wanted = {analysis.fold(one) for one in material.question.people}
    for part in _newest_first(material.parts() or material.all_parts()):
        for one in part.participants:
            if analysis.fold(one.name) in wanted:
                yield part, one
