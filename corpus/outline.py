"""A passage in outline: its sentences as terms with the values they hold, and what the records found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain

from corpus.records import Anchor, Part, Passage
from corpus.swedish import analysis
from corpus.swedish.analysis import Analysis
from corpus.swedish.needles import Needled

# Sentences, paragraphs, rows of lists and of tables.
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9§–«\"-])|\n\s*\n|\n(?=\s*[-•–*»§]|\s*\d+[.)]\s)|(?<=\t)\n|\n(?=[^\n]*\t)")
_MONTHS = "|".join(analysis.MONTHS)
_UNIT = r"(?:minut|timm|dag|veck|månad|år\b|termin|läsår|dygn)"
_COUNTS = "två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften"
_NAME = r"[A-ZÅÄÖÉ][a-zåäöéüćšž]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?"


def _spelt(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# What kinds of values a text holds, for questions that ask for one: how they look with a digit, tried only where one
# stands, in words in any case (written in small letters), and where capitals count.
SIGNS: tuple[tuple[str, re.Pattern[str] | None, Needled | None, re.Pattern[str] | None], ...] = (
    ("=krona", _spelt(r"\d\s*(?:kronor|kr\b|miljon|mkr|mnkr|tkr|öre)"), Needled(r"\b(?:gratis|kostnadsfri|avgiftsfri)"), None),
    ("=procent", _spelt(r"\d\s*(?:procent|%)"), Needled(r"procentenhet"), None),
    ("=tal", re.compile(r"(?<![\d.§-])\d+ (?!§)[a-zåäö]"), None, re.compile(rf"\b(?:{_COUNTS})\b")),
    ("=klockslag", _spelt(r"\bkl(?:ockan)?\.?\s*\d|\b\d{1,2}[.:]\d\d\b"), None, None),
    ("=datum", _spelt(rf"\b\d{{1,2}}\s+(?:{_MONTHS})|\d{{4}}-\d\d|\b\d{{1,2}}/\d{{1,2}}\b|\bvecka \d|\bv\. ?\d"),
     Needled(r"(?:vår|höst)termin|läsår"), None),
    ("=längd", _spelt(rf"\d[\s-]+(?:\w+[\s-]+)?{_UNIT}"),
     Needled(rf"\b(?:ett|en|{_COUNTS}|halv\w*)[\s-]+(?:\w+[\s-]+)?{_UNIT}|tills vidare|till och med"), None),
    ("=ofta", None, Needled(rf"\bgång(?:er)?\b|\bvar(?:je|t|annan)?\b|\bper {_UNIT}|\bårlig|{_UNIT}\w*ligen"), None),
    ("=namn", None, None, re.compile(rf"\b{_NAME} {_NAME}")),
    ("=plats", None, None,
     re.compile(r"\b(?:i|på|till|vid|från|hos)\s+(?:[A-ZÅÄÖ]\w+|\w*(?:skola|salen|hus|rum|bibliotek)\w*)|\bTeams\b|digitalt")),
    ("=skäl", None, Needled(r"\b(?:eftersom|därför|på grund av|bero(?:r|dde)|orsak|skäl|anledning|motiver|med hänvisning|för att)"), None),
    ("=röst", None, Needled(r"\bröst(?:er|ade|etal)?\b|\bomröstning|\breserver"), None),
)  # fmt: skip
_DIGIT = re.compile(r"\d")

# What the records found in a passage: attendance, decisions, actions, an announced meeting, short forms explained.
ATTENDANCE, DECISION, ACTION, NEXT_MEETING, SHORT_FORM = "deltagare", "beslut", "uppdrag", "nästa", "kort"


@dataclass(frozen=True, slots=True)
class Outline:
    """The heading's terms, each sentence's (lemmas in order, compound parts, roots, signs), and counts by mark."""

    heading: str
    sentences: tuple[str, ...]
    marks: Mapping[str, int]

    @property
    def terms(self) -> frozenset[str]:
        """All terms of heading and sentences."""
        return frozenset(" ".join((self.heading, *self.sentences)).split())


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline as it is kept, with the analyses that it was made of and all signs of its sentences."""

    kept: str
    body: Analysis
    heading: Analysis
    signs: tuple[str, ...]


def draw(passage: Passage, part: Part | None = None) -> Drawn:
    """The passage's outline; without its part it has no marks."""
    pieces = [piece for piece in _END.split(passage.text) if piece.strip()]
    sentences = [analysis.analyse(piece) for piece in pieces]
    heading = analysis.analyse(" ".join(passage.heading))
    values = [signs(piece) for piece in pieces]
    lines = (
        " ".join(f"{mark}:{count}" for mark, count in _marks(passage, part).items()),
        " ".join(heading.terms),
        *(" ".join((*one.terms, *held)) for one, held in zip(sentences, values, strict=True)),
    )
    return Drawn("\n".join(lines), _joined(sentences), heading, tuple(dict.fromkeys(chain.from_iterable(values))))


def read(kept: str) -> Outline:
    """The outline that `draw` made."""
    marks, heading, *sentences = kept.split("\n")
    found = (one.rpartition(":") for one in marks.split())
    return Outline(heading, tuple(sentences) or ("",), {name: int(count) for name, _, count in found})


def signs(text: str) -> list[str]:
    """The kinds of values that stand in a text."""
    lowered, has_digit = text.lower(), _DIGIT.search(text) is not None
    return [
        name
        for name, figured, worded, cased in SIGNS
        if (has_digit and figured and figured.search(text))
        or (worded and worded.search(lowered))
        or (cased and cased.search(text))
    ]


def _joined(found: Sequence[Analysis]) -> Analysis:
    return Analysis(*(tuple(chain.from_iterable(getattr(one, f.name) for one in found)) for f in fields(Analysis)))


def _marks(passage: Passage, part: Part | None) -> dict[str, int]:
    if part is None:
        return {}
    anchored: tuple[tuple[str, Iterable[Anchor | None]], ...] = (
        (ATTENDANCE, (one.anchor for one in part.participants)),
        (DECISION, (one.anchor for one in part.decisions)),
        (ACTION, (one.anchor for one in part.actions)),
        (NEXT_MEETING, (one.anchor for one in part.next_meetings)),
    )
    counts = {mark: sum(_stands(anchor, passage) for anchor in anchors) for mark, anchors in anchored}
    counts |= {f"{SHORT_FORM}={one.short.lower()}": 1 for one in part.abbreviations if _stands(one.anchor, passage)}
    return {mark.replace(" ", "_"): count for mark, count in counts.items() if count}


def _stands(anchor: Anchor | None, passage: Passage) -> bool:
    return anchor is not None and any(
        span.page == anchor.page and span.start < anchor.end and anchor.start < span.end for span in passage.spans
    )
