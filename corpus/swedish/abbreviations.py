"""Short forms that a text itself explains: *barn- och utbildningsnämnden (BUN)* and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.swedish import compounds
from corpus.swedish.wording import fold_letters

Found = tuple[str, str, int, int]

MAX_SHORT_CHARS = 10
# Swedish parties stand in brackets after every politician's name and are never explained there.
PARTIES = frozenset(
    """
    S M C L V MP KD SD FI FP
    """.split()
)
_SHORT = rf"[A-ZÅÄÖ][A-Za-zÅÄÖåäö0-9&-]{{1,{MAX_SHORT_CHARS - 1}}}"
_LONG_FIRST = re.compile(
    rf"\((?:förkortat |förkortas |kallat |kallas |nedan )?[”\"]?(?:([A-ZÅÄÖ]{{2,6}})-[a-zåäö]{{3,}}|({_SHORT}))[”\"]?\)"
)
_SHORT_FIRST = re.compile(rf"(?<![\w-])({_SHORT})\s*\(([^()\n]{{4,90}}(?:\n[^()\n]{{4,60}})?)\)")
# *EK = Ekbacken, ST = Strandängen* inside a line; what stands after the mark is the long form whatever its letters.
_EQUAL = re.compile(
    rf"(?<![\w-])({_SHORT})\s*=\s*([^\W\d_][^=,;.\n()]{{3,60}}?)(?=[,;.()\n]|\s+(?:och|samt)\s+{_SHORT}\s*=|$)"
)
_EQUAL_LAST = re.compile(rf"\s=\s()({_SHORT})(?![\w-])(?!\s*=)")
_AFTER_COMMA = re.compile(r"(?<![\w-])([a-zåäö-]{8,}), ([A-ZÅÄÖ]{3,6})(?=[.,;)])")
_LISTED = re.compile(rf"(?m)^[ \t•*\-–]*({_SHORT})[ \t]*(?:=|:|–|—| - )[ \t]*([^\n.;=]{{4,90}}?)[ \t]*(?:$|[.;])")
_COMMA = re.compile(rf"(?<![\w-])({_SHORT}), ([^,.;()\n]{{6,70}}),")
_LOWER = re.compile(r"(?<=[a-zåäö] )\(([a-zåäö]{2,6})\)", re.IGNORECASE)
MAX_LONG_CHARS = 90
_NUMBERED = re.compile(r"(?<!\w)([A-ZÅÄÖa-zåäö]{8,60}) \(([A-ZÅÄÖ]{1,4}\d{1,2})\)")
_MEANS = re.compile(
    rf"(?<![\w-])({_SHORT}) (?:betyder|står för|utläses|är en förkortning (?:av|för)|är kort för) ([^,.;:()\n]{{4,70}}?)(?=[.,;:()\n]| och [a-zåäö]+r )"
)
_WORD = re.compile(r"[^\W_]+(?:[-/&][^\W_]*)*")


def find_abbreviations(text: str) -> list[Found]:
    """(short, long, start, end) of each explanation, in text order; the span holds both forms.

    After Schwartz and Hearst 2003 (PSB), with letters also inside compounds (*elevhälsoteam (EHT)*), the reversed form
    and glossary lines.
    """
    found: dict[tuple[str, str], Found] = {}
    for one in (*_long_first(text), *_short_first(text), *_equal(text), *_lower(text), *_told(text)):
        found.setdefault((one[0], one[1].lower()), one)
    return sorted(found.values(), key=lambda one: one[2])


def _long_first(text: str) -> Iterator[Found]:
    for match in (*_LONG_FIRST.finditer(text), *_EQUAL_LAST.finditer(text)):
        short = match[1] or match[2]  # of *(BUC-gruppen)* the letters
        if not _is_short(short):
            continue
        begin = max(text.rfind(mark, 0, match.start()) for mark in (". ", "\n\n", "; ", ": ", "(")) + 1
        words = list(_WORD.finditer(text, begin, match.start()))[-min(len(short) + 5, 2 * len(short)) :]
        if not words or text[words[-1].end() : match.start()].strip(' \n"”'):
            continue
        start = _align(short, text[words[0].start() : match.start()].rstrip(' \n"”'))
        if start is not None:
            start += words[0].start()
            yield short, _clean(text[start : match.start()]), start, match.end()


def _short_first(text: str) -> Iterator[Found]:
    for pattern in (_SHORT_FIRST, _LISTED, _COMMA):
        for match in pattern.finditer(text):
            short, long = match[1], match[2].strip(' ”"')
            if _is_short(short) and _align(short, long) == 0 and _is_tight(short, long):
                yield short, _clean(long), match.start(), match.end()


def _equal(text: str) -> Iterator[Found]:
    for match in _EQUAL.finditer(text):
        at = _align(match[1], match[2])
        if _is_short(match[1]):
            yield match[1], _clean(match[2][at or 0 :]), match.start(), match.end()
    for match in _AFTER_COMMA.finditer(text):
        if _is_short(match[2]) and has_initials(match[2], match[1]):
            yield match[2], match[1], match.start(), match.end()


def has_initials(letters: str, full: str) -> bool:
    """Whether the letters stand in the name in order, the first of each of its parts among them (*SPN*, *språknätverket*)."""
    letters = fold_letters(letters)
    pieces = [fold_letters(piece) for word in full.split() for piece in compounds.pieces(word.lower())]
    at = 0
    for n, piece in enumerate(pieces):
        if at == len(letters) or piece[0] != letters[at]:
            return False
        at += 1
        left = len(pieces) - n - 1
        for char in piece[1:]:
            if len(letters) - at > left and char == letters[at]:
                at += 1
    return at == len(letters) and len(pieces) > 1


def _lower(text: str) -> Iterator[Found]:
    """*svenska för invandrare (sfi)*: lower-case letters that are the words' first ones, each and no other."""
    for match in _LOWER.finditer(text):
        short = match[1].lower()
        begin = max(0, match.start() - MAX_LONG_CHARS)
        words = list(_WORD.finditer(text, begin, match.start()))[-len(short) :]
        if len(words) == len(short) and "".join(word.group()[0].lower() for word in words) == short:
            start = words[0].start()
            yield match[1], _clean(text[start : match.start()]), start, match.end()


def _told(text: str) -> Iterator[Found]:
    """*APL betyder …*, and a reform's letters and year after its name (*betygsreformen (BR25)*)."""
    for match in _MEANS.finditer(text):
        if _is_short(match[1]):
            yield match[1], _clean(match[2]), match.start(), match.end()
    for match in _NUMBERED.finditer(text):
        yield match[2], _clean(match[1]), match.start(), match.end()


def _is_short(short: str) -> bool:
    capitals = sum(char.isupper() for char in short)
    return short not in PARTIES and capitals >= 2 and capitals * 2 > len(short.replace("-", ""))


_LITTLE = frozenset("och för i av med till på om som en ett den det vid hos mellan utan under and of for the".split())


def _is_tight(short: str, long: str) -> bool:
    """No more words than letters, joining words apart: else a sentence that happens to hold the letters would pass."""
    words = [word for word in _WORD.findall(long) if word not in _LITTLE]
    return 0 < len(words) <= len(short) and len(long) > len(short) + 2


def _align(short: str, long: str) -> int | None:
    """Where in `long` the letters of `short` begin, matched from the right, the first at a word's start."""
    at = len(long)
    letters = [char.lower() for char in short if char.isalnum()]
    lowered = long.lower()
    for i in range(len(letters) - 1, -1, -1):
        at = lowered.rfind(letters[i], 0, at)
        while i == 0 and at > 0 and (lowered[at - 1].isalnum()):
            at = lowered.rfind(letters[0], 0, at)
        if at < 0:
            return None
    rest = long[at:]
    return at if len(rest) > len(short) + 2 and short.lower() not in rest.lower().split() else None


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(' ,”"')
