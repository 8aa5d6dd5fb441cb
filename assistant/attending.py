"""Which rows of an attendance list a question asks for: who came late or left early, and the namesake of a municipality."""

from __future__ import annotations

import re

from assistant.compose_presence import asked_seats
from assistant.material import Material
from assistant.recount import sits_for
from corpus.records import Part, Participant
from corpus.swedish.wording import fold_letters

# Who came late or left early, as the question asks it and as the notes of the list tell it (folded).
_LEFT = (
    re.compile(r"\b(?:gick|lamnade|avvek|akte|stack)\b"),
    re.compile(r"\b(?:lamnade|gick|avvek|t\.? ?o\.? ?m|till)\b(?! for)"),
)
_CAME = (
    re.compile(r"\b(?:kom|anslot|anlande|dok upp) (?:\w+ )?(?:sent|senare|forsent|for sent|efter)\b"),
    re.compile(r"\b(?:kom|anslot|anlande|fr\.? ?o\.? ?m|fran)\b"),
)


def who_came_or_left(material: Material, part: Part) -> list[Participant] | None:
    """Those whose note in the list says that they came late, or that they left; None where neither is asked."""
    folded = fold_letters(material.question.whole)
    note = next((note for asks, note in (_LEFT, _CAME) if asks.search(folded)), None)
    if note is None:
        return None
    return [one for one in part.participants if one.present and one.note and note.search(fold_letters(one.note))]


def of_their_seat(material: Material, named: list[Participant]) -> list[Participant] | str:
    """Of people with one name those of the municipality that the question gives; the name where nobody is of it."""
    after = [f" fran {fold_letters(one)}" for one in asked_seats(material)]
    seats = [
        seat
        for seat, words in zip(asked_seats(material), after, strict=True)
        if words in fold_letters(material.question.whole)
    ]
    if not seats or not all(one.seat for one in named):
        return named
    return [one for one in named if any(sits_for(one, seat) for seat in seats)] or named[0].name
