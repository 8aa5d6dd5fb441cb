"""Who chaired, wrote and adjusted: by role in the attendance, by label, by the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from corpus.records import Fact, Participant
from ingest.header import Header
from ingest.persons import NAME

_OFFICERS: dict[str, re.Pattern[str]] = {
    "chair": re.compile(
        rf"\b(?i:(?:mötes)?ordförande|ordf\.?|mötesledare|sammankallande|ordförande vid mötet)[ \t]*[:\t][ \t]*({NAME})"
    ),
    "secretary": re.compile(
        rf"\b(?i:(?:(?:mötes)?sekreterare|sekr\.?|antecknare?|protokollförare|skriver|skribent|pennan|för pennan|anteckningar)[ \t]*[:\t]|"
        rf"(?:vid pennan|vid protokollet|antecknat av|"
        rf"anteckningar förda av|förda av|skrivet av|nedtecknat av|för anteckningarna)\b[ \t]*:?)[ \t]*\n?[ \t]*({NAME})"
    ),
}
_LEADS = re.compile(
    rf"({NAME})(?:, [^,.\n]{{2,30}},)? (?:ledde|leder|öppnade som mötesordförande|var mötesordförande för)\s+mötet"
)
_ADJUSTERS = (
    re.compile(rf"({NAME})(?: och ({NAME}))?\s+(?:utses|utsågs|väljs|valdes)\s+(?:till\s+justerare|att\s+(?:jämte\s+ordföranden\s+)?justera)"),
    re.compile(rf"justera\s+(?:dagens\s+)?(?:protokollet\s+)?(?:utses|utsågs|väljs|valdes)\s+({NAME})(?: och ({NAME}))?"),
    re.compile(rf"(?:[Tt]ill\s+justerare|[Tt]ill\s+protokolljusterare)\s+(?:utses|utsågs|väljs|valdes)\s+({NAME})(?: och ({NAME}))?"),
    re.compile(rf"^[ \t]*[Jj]usterare[ \t]*[:\t][ \t]*({NAME})(?:(?: och |, )({NAME}))?", re.MULTILINE),
)  # fmt: skip


def officer(header: Header, name: Literal["chair", "secretary"], people: Sequence[Participant]) -> Fact[str]:
    """Chair or secretary: by a label, a role in the attendance, or a sentence that says who led the meeting."""
    patterns = {
        "chair": (r"mötesordförande", r"(?:tf\.? |t\.?f\.? )?ordf", r"sammankallande"),
        "secretary": (
            r"(?:mötes)?sekr",
            r"vid pennan",
            r"protokollförare|antecknar|skriver\b|håller i pennan|för (?:dagens )?anteckning",
        ),
    }
    for pattern in patterns[name]:
        held = next(
            (one for one in people if one.role and re.match(pattern, one.role) and one.present is not False), None
        )
        if held:
            return Fact(value=held.name, certainty="stated", evidence=(held.anchor,) if held.anchor else ())
    match = _OFFICERS[name].search(header.text) or (_LEADS.search(header.text) if name == "chair" else None)
    return _person(header, match, 1) if match else Fact()


def adjusters_of(header: Header, people: Sequence[Participant]) -> tuple[Fact[str], ...]:
    """Who adjusts: by the role, else by the sentence that chooses them."""
    held = [one for one in people if one.role and re.match(r"(?:protokolls?)?justerare", one.role)]
    if held:
        return tuple(Fact(value=p.name, certainty="stated", evidence=(p.anchor,) if p.anchor else ()) for p in held)
    for pattern in _ADJUSTERS:
        match = pattern.search(header.text)
        if match:
            return tuple(_person(header, match, n) for n in (1, 2) if n <= match.re.groups and match[n])
    return ()


def _person(header: Header, match: re.Match[str], group: int) -> Fact[str]:
    at, end = header.start + match.start(group), header.start + match.end(group)
    return Fact(value=" ".join(match[group].split()), certainty="stated", evidence=(header.whole.anchor(at, end),))
