"""Decisions by how they came out, reservations, and who was there how often: listed and counted from the registers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answer import Computation
from assistant.compose_decision import OUTCOMES, STRENGTHS
from assistant.material import Composed, Material, Writer
from assistant.outcomes import (
    OUTCOME_WORDS,
    Decided,
    Sought,
    asked_outcome,
    asked_strength,
    attended,
    bare_matter,
    decided,
    timed,
)
from assistant.references import item_at, meeting_name
from assistant.verify_meaning import fault
from corpus.records import Anchor, Decision, Part, Span
from corpus.swedish.wording import fold_letters

MAX_ROWS = 60
_DECISIONS = re.compile(
    rf"\b(?:beslut\w*|rekommend\w*|overenskommelse\w*|forslag\w*|{'|'.join(pattern for _, pattern in OUTCOME_WORDS)})\b"
)
# What follows names the matter; without it a word of the question is rather a part of the body's name.
_ON_MATTER = re.compile(r"\b(?:om|kring|angaende|gallande|rorande|avseende|betraffande|for|till)\b")
_BINDING = ("överenskommelse", "rekommendation", "ställningstagande")
_COUNTS_DECISIONS = re.compile(r"\bhur manga (?:\w+ )?beslut\b")
_TIMES = re.compile(r"\bhur (?:manga|ofta)\b.*\b(?:moten?|motena|ganger|traffar|traffarna|sammantraden)\b")
_RESERVED = re.compile(r"\breserv\w+ sig|\bavvikande mening|\breservation", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:med pa|med i|med vid|varit med|var med|deltagit|deltog|narvarat|narvarade|narvarande|pa plats)\b"
)
_ABSENT = re.compile(r"\b(?:franvarande|borta|missat|missade|uteblivit|uteblev|forhinder|inte (?:varit |var )?med)\b")


def decisions(material: Material) -> Composed | None:
    """The decisions asked for, within the limits and on the matter, each in its own words; None where none is asked for."""
    folded = fold_letters(material.question.whole)
    question = material.question
    if not _DECISIONS.search(folded):
        return None
    is_limited = bool(question.filter.bodies or question.filter.date_from)
    topic = bare_matter(question.topic) if _ON_MATTER.search(folded) or not is_limited else ""
    outcome, strength = asked_outcome(folded), asked_strength(folded)
    if not (is_limited or topic or outcome):
        return None
    rows = _rows(material, Sought(topic=topic, outcome=outcome, strength="" if outcome else strength or "beslut"))
    if not rows and not (strength or outcome):  # where nothing is formally decided, what was agreed on or recommended
        rows = [one for one in _rows(material, Sought(topic=topic)) if one[1].strength in _BINDING]
    if not rows:
        return None
    writer = Writer(material)
    for part, one in rows[:MAX_ROWS]:
        _tell(writer, part, one)
    return writer.done()


def _tell(writer: Writer, part: Part, one: Decision) -> None:
    """A decision under its item's title, cited before its words: what stands under a title is of its matter."""
    title = one.item_title or ""
    spans = [span for item in part.items if item.title == title for span in item.spans]
    titled = f"{title}: {_row(part, one, title)}"
    above = writer.cite_title(part, title, spans) if spans and fault(titled, f"{title}\n{one.anchor.quote}") is None else None  # fmt: skip
    text = titled if above else _row(part, one)
    writer.claim(text, [*([above] if above else []), writer.cite(part, one.anchor)])


def _rows(material: Material, sought: Sought) -> list[Decided]:
    """The decisions asked for that stand in no words that give orders to a program."""
    rows = decided(material.archive, material.scope, timed(material.question), sought)
    return [(part, one) for part, one in rows if one in material.part(part.part_id).decisions]


def _row(part: Part, one: Decision, title: str = "") -> str:
    """Meeting, item and words; what it is called, where the words or their title show that it is that."""
    strength = OUTCOMES.get(one.outcome or "", STRENGTHS[one.strength])
    item = item_at(part, Span(page=one.anchor.page, start=one.anchor.start, end=one.anchor.end))
    place = f"{meeting_name(part)}{f', {item}' if item else ''}"
    quote = " ".join(one.anchor.quote.split()).rstrip(" .")
    told = f"{place} ({strength}): «{quote}»"
    return told if fault(told, f"{title}\n{one.anchor.quote}") is None else f"{place}: «{quote}»"


def reservations(material: Material) -> Composed | None:
    """Who reserved themselves: every one within the limits where no matter is named, else those that the search finds."""
    if not bare_matter(material.question.topic) and (every := _every_reservation(material)):
        return every
    found = [one for one in material.ranked() if _RESERVED.search(one.text)]
    if not found:
        return None
    found.sort(key=lambda one: one.passage.date or date.min)
    writer = Writer(material)
    for one in found[:MAX_ROWS]:
        part = material.part(one.passage.part_id)
        writer.claim(f"{meeting_name(part)}: «{one.text.rstrip(' .')}»", [writer.cite(part, one)])
    return writer.done()


def _every_reservation(material: Material) -> Composed | None:
    writer = Writer(material)
    told: set[tuple[str, str]] = set()
    for part, one in _rows(material, Sought())[:MAX_ROWS]:
        for text in one.reservations:
            place = _place_of(material, part, one.anchor, text)
            if place and (part.part_id, text) not in told:
                told.add((part.part_id, text))
                writer.claim(f"{meeting_name(part)}: «{text.rstrip(' .')}»", [writer.cite(part, *place)])
    return writer.done()


def _place_of(material: Material, part: Part, near: Anchor, text: str) -> tuple[Span, str] | None:
    """Where the words stand in the part, the nearest after the decision they are of."""
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
    pages = material.archive.page_texts(material.scope, part.document_id)
    for number in (near.page, near.page + 1):
        page = pages[number - 1] if number <= len(pages) else ""
        found = pattern.search(page, near.start if number == near.page else 0)
        if found:
            return Span(page=number, start=found.start(), end=found.end()), found[0]
    return None


def counted(material: Material) -> Composed | None:
    """How many decisions there are, or how often a matter was put off, sent back or turned down; None where neither is asked for."""
    folded = fold_letters(material.question.whole)
    outcome = asked_outcome(folded)
    if not outcome and not _COUNTS_DECISIONS.search(folded):
        return None
    sought = Sought(topic=bare_matter(material.question.topic), outcome=outcome, strength="" if outcome else "beslut")
    rows = _rows(material, sought)
    if not rows:
        return Composed()
    writer = Writer(material)
    what = f"{'gång' if len(rows) == 1 else 'gånger'} ({OUTCOMES[outcome]})" if outcome else "beslut"
    computation = Computation(
        rule="outcomes",
        values=(str(len(rows)),),
        filter=timed(material.question),
        about=(sought.outcome, sought.strength, sought.topic),
    )
    meetings = _enumerated(list(dict.fromkeys(meeting_name(part) for part, _ in rows[:MAX_ROWS])))
    numbers = [writer.cite(part, one.anchor) for part, one in rows[:MAX_ROWS]]
    writer.computed(f"{len(rows)} {what}: {meetings}", numbers, computation)
    for part, one in rows[:MAX_ROWS]:
        writer.claim(_row(part, one), [writer.cite(part, one.anchor)])
    return writer.done()


def times_there(material: Material) -> Composed | None:
    """On how many meetings somebody was, or was not; None where nobody is asked about."""
    question, folded = material.question, fold_letters(material.question.whole)
    is_absent = bool(_ABSENT.search(folded))
    who = question.people or question.seats
    if not _TIMES.search(folded) or not (is_absent or _PRESENT.search(folded)):
        return None
    if not who:
        return Composed() if question.topic else None
    rows = attended(material.archive, material.scope, timed(question), who, not is_absent)
    if not rows:
        return Composed()
    writer = Writer(material)
    numbers = [writer.cite_line(part, anchor) for part, anchor in rows[:MAX_ROWS]]
    writer.computed(
        f"{_enumerated(who)} {'saknades' if is_absent else 'var med'} på {len(rows)} {'möte' if len(rows) == 1 else 'möten'}: "
        f"{_enumerated([meeting_name(part) for part, _ in rows[:MAX_ROWS]])}",
        numbers,
        Computation(
            rule="attended",
            values=(str(len(rows)),),
            filter=timed(question),
            about=("frånvarande" if is_absent else "närvarande", *who),
        ),
    )
    return writer.done()


def _enumerated(pieces: Sequence[str]) -> str:
    return pieces[0] if len(pieces) == 1 else f"{', '.join(pieces[:-1])} och {pieces[-1]}"
