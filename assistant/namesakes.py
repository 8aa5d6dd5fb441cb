"""People of one name: which of them sits where, and a word that there are several when the question does not tell them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Computation, Sentence
from assistant.material import Composed, Material, Writer
from assistant.recount import described
from assistant.references import meeting_name
from assistant.registers import kind_rank
from corpus.records import Part, Participant
from corpus.swedish import analysis

_WHICH = r"^(?:och |men )?vilken (?:av )?"
_SITS = re.compile(
    r"sitter|satt|kommer|jobbar|arbetar|representerar|representerade|ingår|ingick|deltog|deltar|heter|tillhör"
)
# Kinds whose answer is about what a person said, did or was.
_PERSONAL = frozenset(("who", "said", "free", "open_actions", "attendance", "how_much", "when", "yes_no"))
NAMESAKES = (
    "Det finns flera som heter {name} i underlaget ({seats}); svaret skiljer dem inte åt om kommunen inte nämns."
)


def which(material: Material) -> Composed | None:
    """*Vilken Eva Nyström sitter i skolchefsgruppen?*: each seat that one of the name has had there, the newest first."""
    question = material.question
    if not question.people or not _asks_which(material) or _has_matter(material):
        return None
    writer = Writer(material)
    for part, one in _rows(material, question.people[0]):
        which = "närvarande" if one.present else "frånvarande"
        number = writer.cite_line(part, one.anchor) if one.anchor else None
        labels = (described(one), *((one.note,) if one.note else ()))
        computation = Computation(rule="presence", values=labels, about=(part.part_id, which, described(one)))
        note = f" ({one.note})" if one.note else ""
        text = f"{described(one)} var {which}{note}, {meeting_name(part)}"
        writer.computed(text, [number] if number else [], computation)
    return writer.done()


def _asks_which(material: Material) -> bool:
    name = analysis.fold(material.question.people[0]).split()[0]
    return bool(re.match(_WHICH + re.escape(name), analysis.fold(material.question.whole)))


def _has_matter(material: Material) -> bool:
    """Whether something else is asked for than where somebody sits: *Vilken Anders var emot bytet?*"""
    named = (*material.question.people, *material.question.seats)
    names = {word for name in named for word in analysis.fold(name).split()}
    return any(analysis.fold(word) not in names and not _SITS.fullmatch(word) for word in material.question.topic)


def _rows(material: Material, name: str) -> Sequence[tuple[Part, Participant]]:
    """The newest row of the attendance lists for each seat of the name, within the question's limits."""
    newest: dict[str, tuple[Part, Participant]] = {}
    order = sorted(
        material.parts(), key=lambda one: (-(one.meeting_date.value or date.min).toordinal(), kind_rank(one))
    )
    for part in order:
        for one in part.participants:
            if one.anchor and analysis.fold(one.name) == analysis.fold(name):
                newest.setdefault(one.seat or "", (part, one))
    return [row for seat, row in newest.items() if seat or len(newest) == 1]


def told(material: Material, composed: Composed) -> Composed:
    """With a note first that several have the name, where the question names neither seat nor body of one of them."""
    question = material.question
    if not composed.sentences or question.kind not in _PERSONAL or question.seats:
        return composed
    shared = [name for name in question.people if name in (material.known.namesakes or {})]
    if not shared or _asks_which(material):
        return composed
    seats = (material.known.namesakes or {})[shared[0]]
    note = Sentence(text=NAMESAKES.format(name=shared[0], seats=", ".join(seats)), kind="note")
    return replace(composed, sentences=(note, *composed.sentences))
