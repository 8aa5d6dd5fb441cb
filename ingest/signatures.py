"""Who signs the minutes: names under, over or beside the words for chair, secretary and adjuster."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.persons import NAME, is_name
from ingest.running import Line

Signs = Literal["chair", "secretary", "adjuster"]

_TITLES: tuple[tuple[Signs, str], ...] = (
    ("chair", r"(?:mötes)?ordförande|ordf\.?"),
    ("secretary", r"(?:mötes|nämnd)?sekreterare|sekr\.?|protokollförare|vid protokollet"),
    ("adjuster", r"(?:protokolls?)?justerare|justerande|justera[st](?: av)?"),
)
_TITLE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _TITLES), re.IGNORECASE)
# *Eva Ek, ordförande*, *Eva Ek (justerare)*; *Justeras: Eva Ek*, *Vid protokollet Eva Ek*.
_AFTER_NAME = re.compile(rf"(?P<name>{NAME}),? \(?(?P<title>[a-zåäöA-ZÅÄÖ. ]+?)\)?")
_BEFORE_NAME = re.compile(rf"(?P<title>[A-ZÅÄÖ][a-zåäö.]+(?: [a-zåäö]+)?):? (?P<name>{NAME})(?:,? \(?[a-zåäö. ]+\)?)?")
# Words that only stand over the name.
_OPENS = re.compile(r"vid protokollet|justera[st]", re.IGNORECASE)
_DOTTED = re.compile(r"[ ]*(?:[.…_]{3,}|…)[.…_ ]*")
_DOTS = re.compile(r"[.…_ ]+")
# A title's name stands so many lines under it, lines to sign on apart.
MAX_UNDER = 2


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs as what, and the line where the name stands."""

    signs: Signs
    name: str
    line: Line


def signatures(lines: Sequence[Line]) -> Iterator[Signature]:
    """Every signature of the lines, from the top; a title alone is nobody's."""
    taken: set[int] = set()
    for n, line in enumerate(lines := [_without_dots(line) for line in lines]):
        found = [one for cell in line.cells for one in _beside(cell, line)]
        titles = [] if found else [_signs(cell) for cell in line.cells]
        if any(titles):
            found = list(_over_or_under(lines, n, titles, taken))
            taken.update(one.line.start for one in found)
        yield from found


def _without_dots(line: Line) -> Line:
    """The line without the dots to sign on."""
    text = _DOTTED.sub("", line.text)
    return replace(line, text=text) if text.strip() else line


def _beside(cell: str, line: Line) -> Iterator[Signature]:
    for pattern in (_AFTER_NAME, _BEFORE_NAME):
        match = pattern.fullmatch(cell)
        signs = _signs(match["title"]) if match else None
        if match and signs and is_name(match["name"]):
            yield Signature(signs, match["name"], line)
            return


def _signs(cell: str) -> Signs | None:
    match = _TITLE.fullmatch(cell.strip(" :"))
    return next((name for name, _ in _TITLES if match and match[name]), None)


def _over_or_under(
    lines: Sequence[Line], n: int, titles: Sequence[Signs | None], taken: Collection[int]
) -> Iterator[Signature]:
    """A row of as many names as titles: right over them, else under them or under the lines to sign on."""
    around = [n - 1] if all(titles) and not _OPENS.match(lines[n].text) else []
    around += [at for at in range(n + 1, min(n + 1 + MAX_UNDER, len(lines)))]
    named = [one for one in titles if one]
    for at in around:
        names = [cell.split(",")[0] for cell in lines[at].cells] if at >= 0 else []
        if lines[at].start not in taken and len(names) == len(named) and all(map(is_name, names)):
            yield from (Signature(one, name, lines[at]) for one, name in zip(named, names, strict=True))
            return
        if at > n and not _DOTS.fullmatch(lines[at].text):
            return
