"""The pages' text as one run of text with its lines, and the way back to page and offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import Anchor, Page, Span
from ingest.margin import margin_of

# A mark that opens a row of a list: bullets as they are printed and as Tesseract reads them (», +, e, o).
BULLET = r"(?:[•●▪■◦·*–—»+o-]|[»+]+»|[-=–]?>|[→➔➢►▶✓✔☐☑□])[ \t]+(?:\[[ xX]?\][ \t]+)?"
_BULLET = re.compile(BULLET)
_MARKDOWN = re.compile(r"(#{1,6}|={2,6})[ \t]+|\*\*|__")
# A line of strokes under a heading.
_STROKES = re.compile(r"[-=_*~–—]{3,}")
_CELL_GAP = re.compile(r"[ \t]*\t[ \t]*|[ \t]*\|[ \t]*| {3,}")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, its marks off: text[start:end] is what it says."""

    start: int
    end: int
    text: str
    page: int
    has_gap: bool
    is_first: bool
    bullet: str = ""
    is_marked: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns of the line; cells without two letters or a digit are dirt of the scan."""
        pieces = [piece.strip(" |") for piece in _CELL_GAP.split(self.text)]
        return tuple(piece for piece in pieces if piece)


@dataclass(frozen=True, slots=True)
class Running:
    """The pages' text as one, with the way back to page and offset."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    holes: tuple[tuple[int, int], ...] = ()
    margin: str = ""

    def without(self, holes: Sequence[tuple[int, int]]) -> Running:
        """The same text, its offsets kept, with the holes blank and in no span: what belongs to another part."""
        text = self.text
        for start, end in holes:
            text = text[:start] + "\n" * (end - start) + text[end:]
        return Running(text, self.starts, self.numbers, (*self.holes, *holes), self.margin)

    def page_at(self, at: int) -> int:
        """The number of the page that holds the offset."""
        return self.numbers[bisect_right(self.starts, at) - 1]

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of text[start:end]; a stretch over a page break keeps its first page."""
        page = bisect_right(self.starts, start) - 1
        last = self.starts[page + 1] - 1 if page + 1 < len(self.starts) else len(self.text)
        end = min(end, last)
        base = self.starts[page]
        return Anchor(page=self.numbers[page], start=start - base, end=end - base, quote=self.text[start:end])

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """text[start:end] outside the holes as spans, one or more a page."""
        pieces = [(start, end)]
        for first, last in self.holes:
            pieces = [cut for a, b in pieces for cut in ((a, min(b, first)), (max(a, last), b)) if cut[0] < cut[1]]
        found = []
        for begin, stop in pieces:
            for n, base in enumerate(self.starts):
                last = self.starts[n + 1] - 1 if n + 1 < len(self.starts) else len(self.text)
                a, b = max(begin, base), min(stop, last)
                if a < b:
                    found.append(Span(page=self.numbers[n], start=a - base, end=b - base))
        return tuple(found)

    def lines(self, start: int, end: int) -> tuple[Line, ...]:
        """The lines of text[start:end] that say something."""
        found: list[Line] = []
        gap, at = True, start
        for raw in self.text[start:end].splitlines(keepends=True):
            line = self._line(at, raw.rstrip("\r\n\f"), has_gap=gap)
            at += len(raw)
            if line is None:
                gap = True
                continue
            if _STROKES.fullmatch(line.text):
                found[-1:] = [_underlined(one, line, gap=gap) for one in found[-1:]]
                gap = True
                continue
            first = not found or found[-1].page != line.page
            found.append(line if line.is_first == first else _with_first(line, first=first))
            gap = False
        return tuple(found)

    def _line(self, at: int, raw: str, *, has_gap: bool) -> Line | None:
        text = raw.strip().rstrip("| \t")
        if not text:
            return None
        start = at + len(raw) - len(raw.lstrip())
        mark = _MARKDOWN.match(text)
        if mark:
            start, text = start + mark.end(), text[mark.end() :].rstrip("*_= ")
        bullet = _BULLET.match(text)
        if bullet and not mark:
            opened = bullet.end() + (2 if text[bullet.end() :].startswith("**") else 0)  # *- **När:** 6/11*
            start, text = start + opened, text[opened:]
        if not text:
            return None
        said = bullet.group().strip() if bullet and not mark else ""
        return Line(start, start + len(text), text, self.page_at(start), has_gap, False, said, mark is not None)


def _underlined(line: Line, strokes: Line, *, gap: bool) -> Line:
    """The line as a heading when the strokes right below it are about as long as it is."""
    share = len(strokes.text) / len(line.text)
    return replace(line, is_marked=True) if not gap and 0.6 <= share <= 1.6 else line


def _with_first(line: Line, *, first: bool) -> Line:
    return Line(line.start, line.end, line.text, line.page, line.has_gap, first, line.bullet, line.is_marked)


def running(pages: Sequence[Page]) -> Running:
    """All pages as one text, parted by a line break."""
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page.text) + 1
    numbers = tuple(page.number for page in pages)
    return Running("\n".join(page.text for page in pages), tuple(starts), numbers, margin=margin_of(pages))


def says_something(cell: str) -> bool:
    """Whether a cell is more than dirt: two letters or a digit."""
    return bool(_LETTERS.search(cell)) or any(char.isdigit() for char in cell)


def wrap_width(lines: Sequence[Line]) -> int:
    """How many characters a full line of running text holds here; large where paragraphs are one line each."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0
