"""A citation's span carried to what is shown of it: rectangles on the page image, marks in the page's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.alignment import raw_spans, to_text
from corpus.records import Page, Repair, WordBox
from ui.safe import as_html

# Words whose middles lie closer than this share of their height stand on one line; a scan's skew moves neighbours far less.
SAME_LINE = 0.6
# A space wider than this share of the page parts two columns or table cells, which are marked apart.
MAX_SPACE = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A marked stretch of a line, as fractions of the page's width and height."""

    left: float
    top: float
    right: float
    bottom: float


def rectangles(page: Page, start: int, end: int) -> list[Rectangle]:
    """The lines of the page image that text[start:end] was read from; empty where the page has no word boxes."""
    spans = raw_spans(page.alignment, start, end)
    words = [box for box in page.boxes if any(box.raw_start < b and a < box.raw_end for a, b in spans)]
    lines: list[Rectangle] = []
    for word in words:
        if lines and _continues(lines[-1], word):
            last = lines[-1]
            lines[-1] = Rectangle(
                left=min(last.left, word.left),
                top=min(last.top, word.top),
                right=max(last.right, word.right),
                bottom=max(last.bottom, word.bottom),
            )
        else:
            lines.append(Rectangle(left=word.left, top=word.top, right=word.right, bottom=word.bottom))
    return lines


def _continues(line: Rectangle, word: WordBox) -> bool:
    height = min(line.bottom - line.top, word.bottom - word.top)
    apart = abs((line.top + line.bottom) / 2 - (word.top + word.bottom) / 2)
    return apart < SAME_LINE * max(height, 1e-6) and -MAX_SPACE < word.left - line.right < MAX_SPACE


def text_html(page: Page, start: int, end: int) -> str:
    """The page's text as HTML that shows it as it stands: the quote marked, repairs underlined with the raw word."""
    repaired = _repaired_spans(page)
    cuts = sorted({0, start, end, len(page.text), *(edge for a, b, _ in repaired for edge in (a, b))})
    pieces, inside = [], False
    for a, b in zip(cuts, cuts[1:], strict=False):
        marked = start <= a < end
        if marked != inside:
            pieces.append('<mark id="mm-citat">' if marked else "</mark>")
            inside = marked
        pieces.append(_piece(page.text[a:b], next((before for x, y, before in repaired if x <= a < y), None)))
    return "".join(pieces) + ("</mark>" if inside else "")


def _piece(text: str, before: str | None) -> str:
    if before is None:
        return as_html(text)
    return f'<span class="mm-repaired" title="{as_html(before)}">{as_html(text)}</span>'


def _repaired_spans(page: Page) -> list[tuple[int, int, str]]:
    """Each repair's stretch of the text with the raw word, in order, none overlapping another."""
    starts = _line_starts(page.raw)
    found: list[tuple[int, int, str]] = []
    for repair in sorted(page.repairs, key=lambda one: (one.line, one.column)):
        span = _text_span(page, repair, starts)
        if span and (not found or span[0] >= found[-1][1]):
            found.append((*span, repair.before))
    return found


def _text_span(page: Page, repair: Repair, starts: Sequence[int]) -> tuple[int, int] | None:
    if repair.unsure or repair.before == repair.after or not 1 <= repair.line <= len(starts):
        return None
    at = starts[repair.line - 1] + repair.column - 1
    return to_text(page.alignment, at, at + len(repair.before))


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return starts
