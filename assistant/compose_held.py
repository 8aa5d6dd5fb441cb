"""When a meeting was held: its day, or between which days it must lie and what they are read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answer import Computation, Moment
from assistant.material import Composed, Material, Writer
from assistant.recount import said_days
from assistant.registers import kind_rank
from corpus.records import Anchor, Part
from corpus.swedish.dates import say_period
from corpus.swedish.wording import fold_letters

_ASKS = re.compile(
    r"^(?:och )?(?:nar|vilke[nt] (?:dag|datum)|vilket datum)\b.*\b(?:holls|var|agde|hade|traffades|motte?s|sags|sammantradde)\b"
)
_MEETING = re.compile(r"\w*mote[nt]?s?|\w*traff(?:en)?s?|sammantrade[nt]?s?")
# What a question about the day of a meeting may hold beside the meeting's name.
_WORDS = frozenset(
    "holls hålls agde rum var hade traffades motts möttes sags sammantradde dag datum senast sist".split()
)
# So many meetings are told each by its day; of more, only the newest.
MAX_HELD = 3


def held(material: Material) -> Composed | None:
    """The days of the meetings that the limits leave, the newest first; None for other questions and other matters."""
    question = material.question
    if not _ASKS.search(fold_letters(question.whole)) or not all(map(_is_of_meeting, question.topic)):
        return None
    parts = _met([part for part in material.parts() if _is_within(part, question.moment)])
    if not parts:
        return None
    writer = Writer(material)
    for part in parts if len(parts) <= MAX_HELD else parts[:1]:
        anchors = part.meeting_date.evidence
        numbers = [writer.cite(part, anchor) for anchor in anchors]
        writer.computed(
            _told(part, anchors), numbers, Computation(rule="held", values=said_days(part), about=(part.part_id,))
        )
    return writer.done()


def _is_within(part: Part, moment: Moment | None) -> bool:
    day = part.meeting_date
    first, last = day.value or day.earliest or date.min, day.value or day.latest or date.max
    return moment is None or first <= (moment.end or date.max) and last >= (moment.start or date.min)


def _is_of_meeting(word: str) -> bool:
    folded = fold_letters(word)
    return folded in _WORDS or word in _WORDS or _MEETING.fullmatch(folded) is not None


def _met(parts: Sequence[Part]) -> list[Part]:
    """Of each meeting the paper that counts most, of those that tell or bound its day."""
    best: dict[object, Part] = {}
    for part in sorted(parts, key=kind_rank):
        day = part.meeting_date
        if day.evidence and (day.value or day.earliest or day.latest):
            best.setdefault((part.body, day.value or (day.earliest, day.latest)), part)
    return sorted(best.values(), key=_latest, reverse=True)


def _latest(part: Part) -> date:
    day = part.meeting_date
    return day.value or day.latest or day.earliest or date.min


def _told(part: Part, anchors: Sequence[Anchor]) -> str:
    day, of = part.meeting_date, f" i {part.body}" if part.body else ""
    if day.value:
        return f"Mötet{of} hölls den {said_days(part)[0]}"
    *rest, last = (f"«{anchor.quote}»" for anchor in anchors)
    seen = f"{', '.join(rest)} och {last}" if rest else last
    period = say_period(day.earliest, day.latest)
    return f"Dokumentet har inget datum; av innehållet att döma hölls mötet{of} {period} (uppskattat), att se av {seen}"
