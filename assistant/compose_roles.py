"""Who chairs a body, keeps its minutes, adjusts them or holds it together: by the newest list, an election, or before that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.clauses import Clause
from assistant.compose_presence import tell_present
from assistant.compose_seats import seated
from assistant.enumerations import enumeration
from assistant.followup import asks_before
from assistant.material import Composed, Material, Writer
from assistant.recount import described
from assistant.references import meeting_name
from assistant.registers import kind_rank
from assistant.values import NAME
from corpus.records import Fact, Part, Participant
from corpus.swedish.wording import fold_letters

# Role words of questions, as the register writes them.
ROLES = (
    ("ordförande", r"\w*ordforande\w*|leder|ledde"),
    ("sekreterare", r"sekreterare\w*|forde protokoll\w*"),
    ("justerare", r"justera\w*"),
    ("samordnare", r"samordnare\w*"),
    ("ersättare", r"\w*ersattare\w*"),
    ("gäst", r"gast\w*|adjungera\w*"),
)
# Who holds a body together, as it is asked and as the lists tell it.
TOGETHER = "sammankallande"
_HOLDS = re.compile(r"haller|holl|ihop|i|styr\w*|upp|samordna[rd]\w*|leder|ledde|basar|sammankall\w*|drar|drog|nu|nya?")
_HOLDS_TOGETHER = re.compile(
    r"\b(?:haller ihop|holl ihop|haller i|holl i|styr(?:de)? (?:upp|over)|samordna(?:r|de)|basar over|sammankalla(?:r|de|nde)|drar ihop)\b"
)
_CALLING = ("sammankallande", "samordnare")
_CALLS_TOGETHER = re.compile(r"\b(?:sammankallande|samordnare|ordförande|ordf|leder)\b", re.IGNORECASE)
_ELECTED = "väljs|valdes|väljer|valde|väljas|välja|utses|utsågs|utser|utsåg|utse|efterträder|efterträdde"
_OF_ONE_MEETING = re.compile(r"\b(?:mötet|dagens|sammanträdet|föreslår|föreslås|valberedning\w*)\b", re.IGNORECASE)
# A role is asked for in every body.
_OF_EACH = re.compile(
    r"\b(?:olika|respektive|alla|varje|samtliga) (?:\w+ )?(?:natverk\w*|grupp\w*|rad\w*|organ\w*|forum\w*|namnd\w*)|\b(?:natverken|grupperna|raden|namnderna)\b"
)


def role(material: Material) -> Composed | None:
    """Who chairs, keeps the minutes, adjusts them or holds the body together, as the newest meeting within the limits tells."""
    name = _asked_role(material)
    if name is None:
        return seated(material) or enumeration(material)
    question = material.question
    every = not question.filter.bodies and bool(_OF_EACH.search(fold_letters(question.whole)))
    if not (question.filter.bodies or question.filter.date_from or every) or len(question.topic) > 3:
        return None
    newest = sorted(
        material.parts(), key=lambda one: (-(one.meeting_date.value or date.min).toordinal(), kind_rank(one))
    )
    chosen = None if every or question.filter.date_from else _elected(material, name, newest)
    writer = Writer(material)
    if asks_before(question.asked) and not every:
        _tell_role(writer, newest, name, before=chosen.text if chosen else None)
        return writer.done() or Composed()
    elif chosen:
        part = material.part(chosen.passage.part_id)
        writer.claim(f"{chosen.text.rstrip(' .')} ({meeting_name(part)})", [writer.cite(part, chosen)])
    else:
        for body in dict.fromkeys(part.body for part in newest) if every else [None]:
            _tell_role(writer, [part for part in newest if body is None or part.body == body], name)
    return writer.done()


def _asked_role(material: Material) -> str | None:
    """The role as the lists write it; who *håller ihop* a body is whoever calls it together, where nothing else is asked."""
    question = material.question
    folded = fold_letters(question.whole)
    name = next((name for name, pattern in ROLES[:3] if re.search(rf"\b({pattern})\b", folded)), None)
    if name == "ordförande" and re.search(r"\bvice\b", folded):
        return "vice ordförande"
    is_bare = bool(question.filter.bodies) and all(_HOLDS.fullmatch(fold_letters(word)) for word in question.topic)
    return name or (TOGETHER if is_bare and _HOLDS_TOGETHER.search(folded) else None)


def _elected(material: Material, name: str, newest: Sequence[Part]) -> Clause | None:
    """The sentence that elects somebody to the role at the newest meeting whose list or text tells who has it."""
    if name not in ("ordförande", "vice ordförande"):
        return None
    bare = r"(?<!vice )ordförande" if name == "ordförande" else name
    elects = re.compile(
        rf"\b(?:{_ELECTED})\b[^.]*\b{bare}\b|\b{bare}\b[^.]*\b(?:{_ELECTED})\b|\b(?:är|blir|blev) ny {bare}\b", re.I
    )
    lists = [one for one in newest if one.chair.value or any(_has_role(row, name, False) for row in one.participants)]
    since = max((one.meeting_date.value or date.min for one in lists), default=date.min)
    return next(
        (
            one
            for one in material.ranked()
            if elects.search(one.text)
            and NAME.search(one.text)
            and not _OF_ONE_MEETING.search(one.text)
            and (one.passage.date or date.min) >= since
        ),
        None,
    )


def _tell_role(writer: Writer, newest: Sequence[Part], name: str, before: str | None = "") -> None:
    """Who has the role by the newest part that tells; the one before those named in `before`, None where the newest is meant."""
    holders = list(_holders(newest, name))
    after = before if before is not None else next((who for _, who, _ in holders), "")
    told = next(((part, held) for part, who, held in holders if not after or not _is_same(who, after)), None)
    if told and isinstance(told[1], Participant):
        _tell_holder(writer, told[0], told[1], name)
    elif told and isinstance(told[1], Fact):
        writer.claim(f"{told[1].value} är {name}, {meeting_name(told[0])}", [writer.cite(told[0], told[1].evidence[0])])


def _is_same(who: str, after: str) -> bool:
    """Whether somebody is named in a text, by the whole name or by the first name and its like."""
    return who in after or after in who


def _holders(newest: Sequence[Part], name: str) -> Iterator[tuple[Part, str, Participant | Fact[str]]]:
    """Who has the role by each part that tells, the newest first; who only led one meeting in the chair's place comes last."""
    for stands_in in (False, True):
        for part in newest:
            person = min(
                (one for one in part.participants if _has_role(one, name, stands_in)), key=_calling, default=None
            )
            fact = _role_fact(part, name)
            if person and person.anchor:
                yield part, person.name, person
                continue
            is_stand_in = any(
                _is_stand_in(one) and one.name == (fact.value if fact else None) for one in part.participants
            )
            if fact and fact.value and fact.evidence and is_stand_in == stands_in:
                yield part, fact.value, fact


def _tell_holder(writer: Writer, part: Part, person: Participant, name: str) -> None:
    """The row that gives somebody the role; where seat and role stand in another column, the row as it was paired."""
    assert person.anchor
    number = writer.cite_line(part, person.anchor)
    line = next(one.quote for one in writer.references.citations if one.number == number)
    if all(piece in line for piece in (person.seat, person.role) if piece):
        writer.claim(f"{_named(person)}, är {_role_word(person, name)}, {meeting_name(part)}", [number])
    else:
        tell_present(writer, part, f"{described(person)}, {meeting_name(part)}", "närvarande", [person])


def _role_fact(part: Part, name: str) -> Fact[str] | None:
    facts = {"ordförande": part.chair, "sekreterare": part.secretary, "vice ordförande": None}
    return facts.get(name) or (part.adjusters[0] if name == "justerare" and part.adjusters else None)


def _has_role(one: Participant, name: str, stands_in: bool) -> bool:
    if name == TOGETHER:
        return bool(one.present) and bool(
            _CALLS_TOGETHER.search(one.role or "") or _CALLS_TOGETHER.search(one.note or "")
        )
    is_asked = _is_stand_in(one) == stands_in or name == "vice ordförande"
    return name in (one.role or "").lower() and bool(one.present) and is_asked


def _calling(one: Participant) -> int:
    """Who calls a body together comes before who holds the chair; of others the first in the list."""
    told = f"{one.role or ''} {one.note or ''}".lower()
    return next((place for place, word in enumerate(_CALLING) if word in told), len(_CALLING))


def _is_stand_in(one: Participant) -> bool:
    """Whether somebody only led the meeting (*mötesordförande*) or has the second place (*vice ordförande*)."""
    return bool(re.search(r"\b(?:mötes|vice|v\.? |tf\.? |tillförordnad )\w*ordf|\bvice\b", (one.role or "").lower()))


def _role_word(one: Participant, name: str) -> str:
    return (one.role or one.note or name).lower() if _is_stand_in(one) or name == TOGETHER else name


def _named(one: Participant) -> str:
    return f"{one.name}, {one.seat}" if one.seat and one.seat not in one.name else one.name
