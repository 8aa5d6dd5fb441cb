"""Rows of the registers by what became of a matter and who was there; composing tells them and verifying counts them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Question
from assistant.registers import MINUTES, decisions_of, in_time_order, kind_rank, meeting_ids
from assistant.timeline import timeline_rows
from corpus.archive import Archive
from corpus.records import Anchor, Decision, Filter, Part, Scope
from corpus.swedish.wording import fold_letters

Decided = tuple[Part, Decision]
# How an outcome is asked for, in folded letters.
OUTCOME_WORDS = (
    ("bordlagt", r"bordla\w*|skot\w* (?:\w+ ){0,2}upp|skjut\w* upp|uppskjut\w*"),
    ("återremiss", r"aterremit\w*|aterremiss\w*"),
    ("avslag", r"avsla\w*|avslog\w*|(?:sagt|sade|sa) (?:\w+ )?nej"),
)
_STRENGTH_WORDS = (
    ("rekommendation", r"rekommend\w*"),
    ("överenskommelse", r"overenskommelse\w*"),
    ("förslag", r"forslag\w*"),
)
# Words that ask how a matter came out, or of meetings, and name no matter.
_FRAMES = re.compile(
    r"(?:bordla|avsla|avslog|aterremi|skot|skjut|uppskjut|reserv|traff|sammantrad|tillfall|inneva|innan|antog|anta|fatta|forslag|motion|sagt|nej|"
    r"haft|har|under|varje|totalt|sammanlagt|nagonsin|ganger|ggr|gang)\w*$"
)
# What a paper tells of another year's decision is no decision of its own meeting.
_RETOLD = re.compile(
    r"\b(?:avslog|bordlade|bordlades|avslogs|återremitterade|återremitterades)\b[^.]*\b((?:19|20)\d\d)\b"
)


def asked_outcome(folded: str) -> str:
    """The outcome that a question in folded letters asks for."""
    return next((name for name, pattern in OUTCOME_WORDS if re.search(rf"\b(?:{pattern})\b", folded)), "")


def asked_strength(folded: str) -> str:
    """The strength, other than a decision's, that a question asks for."""
    return next((name for name, pattern in _STRENGTH_WORDS if re.search(rf"\b(?:{pattern})\b", folded)), "")


def bare_matter(topic: Sequence[str]) -> str:
    """The words of a question that name its matter, without those for the outcome and for meetings."""
    return " ".join(word for word in topic if not _FRAMES.match(fold_letters(word)))


def timed(question: Question) -> Filter:
    """The limits; a time that is named beside them is when it was decided."""
    moment = question.moment
    if moment is None or question.filter.date_from or question.filter.date_to:
        return question.filter
    return replace(question.filter, date_from=moment.start, date_to=moment.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which decisions: the words of their matter, how they came out, how strong they are; what is empty limits nothing."""

    topic: str = ""
    outcome: str = ""
    strength: str = ""


def decided(archive: Archive, scope: Scope, filter: Filter, sought: Sought) -> list[Decided]:
    """The decisions of the minutes that pass, oldest first, each once; with a topic only those that speak of it."""
    ids = meeting_ids(archive.links(scope))
    minutes = [one for one in archive.parts(scope, filter) if one.kind.value in MINUTES or one.kind.value is None]
    rows = [
        (part, one)
        for part, one in decisions_of(best_parts(minutes, ids), ids)
        if sought.outcome in ("", one.outcome) and sought.strength in ("", one.strength) and not _is_retold(part, one)
    ]
    if sought.topic:
        on = {row["decision_id"] for row in timeline_rows(archive, scope, filter, sought.topic)}
        rows = [(part, one) for part, one in rows if one.decision_id in on]
    return rows


def _is_retold(part: Part, one: Decision) -> bool:
    told, day = _RETOLD.search(one.text), part.meeting_date.value
    return bool(told and day and int(told[1]) < day.year)


def best_parts(parts: Sequence[Part], ids: dict[str, str]) -> list[Part]:
    """Of each meeting the part that counts most, oldest first."""
    best: dict[str, Part] = {}
    for part in parts:
        key = ids.get(part.part_id, part.part_id)
        if key not in best or kind_rank(part) < kind_rank(best[key]):
            best[key] = part
    return in_time_order(list(best.values()))


def attended(
    archive: Archive, scope: Scope, filter: Filter, who: Sequence[str], is_present: bool
) -> list[tuple[Part, Anchor]]:
    """The meetings whose attendance list has one of these, people or places, as present, or as absent, oldest first."""
    ids = meeting_ids(archive.links(scope))
    rows = []
    for part in best_parts([one for one in archive.parts(scope, filter) if one.participants], ids):
        named = (
            one.anchor
            for one in part.participants
            if one.anchor and one.present is is_present and (one.name in who or one.seat in who)
        )
        anchor = next(named, None)
        if anchor:
            rows.append((part, anchor))
    return rows
