"""People's values put over what was read, anchored by quote; what has lost its anchor is told, never dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from rapidfuzz import fuzz

from corpus.errors import BadInputError
from corpus.records import Correction, Decision, Fact, Kind, Outcome, Part, Participant, Presence, Strength

# How little of a title may be left for header values to hold: a repaired title keeps above 70, the title of another
# meeting's minutes put in the file's place stays under 60 in the cases tried.
SAME_TITLE = 65.0


def replay(part: Part, corrections: Sequence[Correction]) -> tuple[Part, list[Correction]]:
    """The part with the corrections in their order, and those whose anchor is not found in it."""
    lost, title = [], part.title or ""
    for one in corrections:
        is_there = one.quote or not one.context or _is_title(one.context, title)
        change = _FIELDS.get(one.path)
        changed = None if not is_there else change(part, one) if change else part
        if changed is None:
            lost.append(one)
        else:
            part = changed
    return part, lost


def _fact(value: Any) -> Fact[Any]:
    return Fact(value=value, certainty="stated" if value is not None else "unknown", origin="person")


def _day(part: Part, one: Correction) -> Part:
    return replace(part, meeting_date=_fact(date.fromisoformat(one.value) if one.value else None))


def _bodies(part: Part, one: Correction) -> Part:
    return replace(part, bodies=tuple(_fact(body.strip()) for body in one.value.split(";")))


def _header(name: str) -> Callable[[Part, Correction], Part]:
    return lambda part, one: replace(part, **{name: _fact(one.value or None)})  # type: ignore[arg-type]


def _decision(name: str) -> Callable[[Part, Correction], Part | None]:
    def change(part: Part, one: Correction) -> Part | None:
        hits = [d for d in part.decisions if same_words(one.quote, d.text)]
        exact = [d for d in hits if same_words(one.quote, d.text) == 2]
        hits = exact or hits
        if not hits:
            return None
        made: dict[Decision, Decision] = {d: replace(d, **{name: one.value or None, "origin": "person"}) for d in hits}  # type: ignore[arg-type]
        return replace(part, decisions=tuple(made.get(d, d) for d in part.decisions))

    return change


def _participant(name: str) -> Callable[[Part, Correction], Part | None]:
    def change(part: Part, one: Correction) -> Part | None:
        hits = [p for p in part.participants if _key(p.name) == _key(one.quote)]
        if not hits:
            return None
        new: dict[str, Any] = {name: one.value or None, "origin": "person"}
        made: dict[Participant, Participant] = {p: replace(p, **new) for p in hits}
        return replace(part, participants=tuple(made.get(p, p) for p in part.participants))

    return change


def same_words(one: str, other: str) -> int:
    """2 when two quotes have the same words, 1 when one stands whole in the other, 0 when not; marks and case apart."""
    a, b = _key(one), _key(other)
    if not a or not b:
        return 0
    return 2 if a == b else int(f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def _is_title(one: str, other: str) -> bool:
    return not other or fuzz.ratio(_key(one), _key(other)) >= SAME_TITLE


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _link(part: Part, one: Correction) -> Part | None:
    """A link is made when documents are linked; here only whether its later decision is still there."""
    return part if any(same_words(one.quote, decision.text) for decision in part.decisions) else None


# A new field that people may set is one line here.
_FIELDS: Mapping[str, Callable[[Part, Correction], Part | None]] = {
    "date": _day,
    "body": _bodies,
    "kind": _header("kind"),
    "time": _header("time"),
    "place": _header("place"),
    "chair": _header("chair"),
    "secretary": _header("secretary"),
    "decision.strength": _decision("strength"),
    "decision.outcome": _decision("outcome"),
    "participant.presence": _participant("presence"),
    "participant.seat": _participant("seat"),
    "participant.name": _participant("name"),
    "link": _link,
}


FIELDS = (*_FIELDS, "word")
LINK_VALUE = re.compile(r"^\s*(?:ändrat|upphävt|bekräftat|nej|inget)\s*(?::.*)?$", re.IGNORECASE | re.DOTALL)
LINK_ADVICE = "Skriv ändrat, upphävt, bekräftat eller nej; efter kolon ord ur det tidigare beslutet."
# The values that a field may take; fields that are not here take any.
VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "decision.strength": get_args(Strength),
    "decision.outcome": ("", *get_args(Outcome)),
    "participant.presence": get_args(Presence),
}


def checked(correction: Correction) -> Correction:
    """The correction as given, when its field and value can be understood; raises BadInputError."""
    if correction.path not in FIELDS:
        raise BadInputError("Okänt fält", correction.path, f"Fält som går att rätta: {', '.join(sorted(FIELDS))}.")
    allowed = VALUES.get(correction.path)
    if allowed and correction.value not in allowed:
        raise BadInputError("Okänt värde", correction.value, f"Välj bland {', '.join(one for one in allowed if one)}.")
    if correction.path == "link" and not LINK_VALUE.match(correction.value):
        raise BadInputError("Okänt värde", correction.value, LINK_ADVICE)
    if correction.path == "date" and correction.value:
        try:
            date.fromisoformat(correction.value)
        except ValueError as error:
            raise BadInputError("Datumet går inte att läsa", correction.value, "Skriv det som 2024-03-18.") from error
    return correction
