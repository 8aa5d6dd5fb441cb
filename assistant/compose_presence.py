"""Who was there, or away, of the municipalities asked about, and which municipalities were: from the attendance list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Computation
from assistant.material import Composed, Material, Writer
from assistant.naming import Mention, named_bodies, named_seats
from assistant.recount import described, present_at, seats_at, sits_for
from assistant.references import meeting_name
from corpus.records import Part, Participant
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

# Those who were away are asked for.
ABSENT = re.compile(
    r"\b(franvarande|saknades?|forhinder|uteblev|borta|aterbud|(?:inte|ej|aldrig) (?:varit |var )?(?:med|narvarande|representera\w*|foretrad\w*|pa plats|dar)|"
    r"(?:kom|deltog|dok|narvarade) (?:inte|ej|aldrig))\b"
)
# A place that a question names as where somebody comes from: *från Tuna*, *ifrån Ön*.
_FROM = re.compile(r"\b(?:i?från|ifr[aå]n|fran) ([A-ZÅÄÖ][\w-]+)")
_SENT_BY = re.compile(r"\b(?:i?fran|for|av) (?:[\w-]+(?:, | och | samt | eller ))*(?:kommunen )?$")
_SENT = re.compile(r"\s+(?:kommuns? )?(?:representant|foretradare|deltagare|ledam|ersattar|rektor|skolchef)")
_MUNICIPALITIES = re.compile(
    r"^(?:och |men )?(?:vilka|vilken|vilket|hur manga)(?: av)?(?: \w+)? (?:kommun(?:er|erna)?|huvudman|skolor|skola|enheter|medlemmar)\b"
)
# *Kuratorsgruppens möte*: a body by its name, where *gruppens möte* is the one in view.
_OF_BODY = re.compile(
    r"\b(?P<whose>\w+-?(?:gruppen|natverket|radet|utskottet|namnden|styrelsen|kommitten))s\s+(?:\w+\s+)?"
    r"(?:mote|traff|sammantrade)"
)
MAX_ROWS_CITED = 12


def is_of_other_body(material: Material) -> bool:
    """Whether the question is of the meeting of a body that has no papers of its own here."""
    match = _OF_BODY.search(fold_letters(material.question.whole))
    return bool(match) and not material.question.filter.bodies


def asked_seats(material: Material) -> tuple[str, ...]:
    """The municipalities or units that somebody is asked for from, also one that no list has (*från Tuna*): no body, no place of a meeting."""
    whole = material.question.whole
    known = [one.value for one in named_seats(whole, material.known) if _is_sender(whole, one)]
    names = {analysis.fold(word) for one in material.question.people for word in one.split()}
    bodies = {analysis.fold(word) for one in named_bodies(whole, material.known) for word in one.label.split()}
    strange = [place for place in _FROM.findall(whole) if analysis.fold(place) not in names | bodies]
    held = {analysis.fold(word) for one in known for word in one.split()}
    return (*dict.fromkeys(known), *(place for place in strange if analysis.fold(place) not in held))


def _is_sender(whole: str, seat: Mention) -> bool:
    """*från Alby och Tuna*, *Albys representanter*; *på mötet i Alby* and *träffen på Ön* are places."""
    before, after = fold_letters(whole[: seat.start]), fold_letters(whole[seat.end :])
    return bool(_SENT_BY.search(before)) or bool(_SENT.match(after))


def of_seats(material: Material, part: Part, seats: Sequence[str], *, absent: bool) -> Composed | None:
    """Those of the seats who were there, or were away; where none was, that, with those of them who were otherwise."""
    writer = Writer(material)
    here = _of(present_at(part, absent), seats)
    if here:
        lead = f"{'Frånvarande' if absent else 'Med'} från {_enumerated(seats)}"
        tell_present(writer, part, f"{lead}, {meeting_name(part)}: {_people(here)}", _which(absent), here)
        return writer.done()
    said = _which(absent)
    others = _of(present_at(part, not absent), seats)
    lead = (
        f"Ingen från {_enumerated(seats)} står som {said}"
        if others
        else f"Ingen från {_enumerated(seats)} står i närvarolistan"
    )
    if others:
        text = f"{lead}, {meeting_name(part)}. {_which(not absent).capitalize()}: {_people(others)}"
        tell_present(writer, part, text, _which(not absent), others)
    else:
        writer.claim(f"{lead}, {meeting_name(part)}", _rows_cited(writer, part))
    return writer.done()


def asks_municipalities(material: Material) -> bool:
    return bool(_MUNICIPALITIES.search(fold_letters(material.question.whole).strip()))


def municipalities(material: Material, part: Part, *, absent: bool) -> Composed | None:
    """The municipalities that had somebody there, or had nobody; None where the list gives none."""
    seats = seats_at(part, absent)
    if not seats:
        return None
    writer = Writer(material)
    rows = [one for one in present_at(part, absent) if _of([one], seats)]
    lead = "Inte företrädda" if absent else "Företrädda"
    writer.computed(
        f"{lead}, {meeting_name(part)}: {', '.join(seats)}",
        [writer.cite_line(part, one.anchor) for one in rows if one.anchor],
        Computation(rule="seats", values=tuple(seats), about=(part.part_id, _which(absent))),
    )
    return writer.done()


def tell_present(writer: Writer, part: Part, text: str, which: str, people: Sequence[Participant]) -> None:
    """A sentence that tells of rows of the attendance list, computed anew from it when verified."""
    numbers = [writer.cite_line(part, one.anchor) for one in people if one.anchor]
    labels = tuple(described(one) for one in people)
    notes = tuple(one.note for one in people if one.note)
    writer.computed(
        text, numbers, Computation(rule="presence", values=(*labels, *notes), about=(part.part_id, which, *labels))
    )


def with_note(one: Participant) -> str:
    """`Karin Berg (Alby), till 14.30`."""
    return f"{described(one)}, {one.note}" if one.note else described(one)


def _people(people: Sequence[Participant]) -> str:
    return "; ".join(with_note(one) for one in people)


def _of(people: Sequence[Participant], seats: Sequence[str]) -> list[Participant]:
    return [one for one in people if one.anchor and any(sits_for(one, seat) for seat in seats)]


def _which(absent: bool) -> str:
    return "frånvarande" if absent else "närvarande"


def _rows_cited(writer: Writer, part: Part) -> list[int]:
    return [writer.cite(part, one.anchor) for one in part.participants if one.anchor][:MAX_ROWS_CITED]


def _enumerated(names: Sequence[str]) -> str:
    return " och ".join(piece for piece in (", ".join(names[:-1]), names[-1]) if piece)
