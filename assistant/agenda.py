"""An agenda, or a draft of one item, as points: number, title and what stands under it; body and day when they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.swedish.bodies import find_bodies
from corpus.swedish.dates import find_dates
from corpus.swedish.headings import is_formality

HEADER_CHARS = 600
MAX_TITLE_WORDS = 14
_POINT = re.compile(
    r"^[ \t]*(?:#+[ \t]*)?(?P<number>§+[ \t]*\d+(?:[-–]\d+)?|\d{1,2}(?:\.\d{1,2})*[.)]?(?=[ \t])|[•*–-](?=[ \t]))[ \t]+(?P<title>\S.*)$"
)
_MARKDOWN = re.compile(r"^#{2,}[ \t]+(?P<title>\S.*)$")
_AGENDA = re.compile(
    r"^\W*(?:förslag till )?(?:dagordning|föredragningslista|ärendelista|ärenden|punkter|agenda)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:]\s+(?=[A-ZÅÄÖ])")
_CLOCK = re.compile(r"^\d{1,2}[.:]\d{2}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of an agenda; `is_formal` for what every meeting has (opening, next meeting)."""

    number: str | None
    title: str
    text: str = ""

    @property
    def is_formal(self) -> bool:
        return is_formality(self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The points in order; body and day from what stands before the first."""

    points: tuple[Point, ...]
    body: str | None
    day: date | None


def read_agenda(text: str, bodies: Sequence[str] = ()) -> Agenda:
    """The points of an agenda in any of the ways they are listed; a text without any is one point."""
    lines = [line.rstrip() for line in text.splitlines()]
    start = next((n + 1 for n, line in enumerate(lines) if _AGENDA.match(line) and not _POINT.match(line)), 0)
    points = list(_points(lines[start:])) or list(_points(lines)) or list(_bare(lines[start:]))
    header = text[:HEADER_CHARS]
    named = find_bodies(header, bodies)
    days = [one.date for one in find_dates(header) if one.date and one.precision == "day" and one.year_given]
    return Agenda(points=tuple(points), body=named[0].name if named else None, day=days[0] if days else None)


def _points(lines: Sequence[str]) -> Iterator[Point]:
    """Numbered, bulleted or `##` lines; bullets under numbered points are their text."""
    marks = [match for line in lines if (match := _POINT.match(line)) and not _CLOCK.match(line.strip())]
    numbered = any(match["number"][0] in "§0123456789" for match in marks)
    head: tuple[str | None, str] | None = None
    under: list[str] = []
    for line in lines:
        match = _POINT.match(line) if not _CLOCK.match(line.strip()) else None
        heading = _MARKDOWN.match(line)
        is_bullet = match is not None and match["number"] in "•*–-"
        if (match and not (is_bullet and numbered)) or heading:
            if head:
                yield _point(head, under)
            number = None if match is None or is_bullet else match["number"]
            head, under = (number, (match or heading)["title"]), []  # type: ignore[index]  # one of them matched
        elif line.strip():
            under.append(line.strip())
    if head:
        yield _point(head, under)


def _point(head: tuple[str | None, str], under: Sequence[str]) -> Point:
    """A long line is a title and the sentences after it."""
    number, line = head
    cut = _SENTENCE_END.search(line)
    if cut and len(line.split()) > MAX_TITLE_WORDS // 2:
        return Point(number=number, title=line[: cut.start()].strip(" .:"), text=" ".join([line[cut.end() :], *under]))
    return Point(number=number, title=line.strip(" .:"), text=" ".join(under))


def _bare(lines: Sequence[str]) -> Iterator[Point]:
    """Lines without marks: each short one is a point; a running text is one point with its first sentence as title."""
    held = [line.strip() for line in lines if line.strip()]
    if held and all(len(line.split()) <= MAX_TITLE_WORDS for line in held) and len(held) > 2:
        yield from (Point(number=None, title=line.strip(" .:")) for line in held)
    elif held:
        first, _, rest = " ".join(held).partition(". ")
        yield Point(number=None, title=first.strip(" ."), text=rest)
