"""A page image to a page: turned the way that reads best, its tables cell by cell, and how legible it was."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from ingest.cells import read_table
from ingest.grid import (
    Cell,
    Stamp,
    find_rules,
    find_stamps,
    is_diagram,
    stamp_image,
    without_rules,
    without_stamps,
)
from ingest.image import (
    MIN_SKEW_DEGREES,
    Grey,
    blots,
    even_light,
    ink_share,
    is_empty,
    lies_on_side,
    paper,
    skew_degrees,
    turned,
    without_borders,
    without_marks,
)
from ingest.layout import in_reading_order
from ingest.ocr import recognise
from ingest.second_look import reread
from ingest.words import Line, RawPage

# Swedish pages read at 0.85-0.95; a page on its side or upside down at 0.2-0.5: then other turns are tried.
SURE = 0.72
UNREADABLE, PARTLY = 0.45, 0.70
# Short rows of low confidence are pen strokes and specks: what remains of signatures read at 0.3-0.6.
NOISE_WORDS, NOISE_CONFIDENCE = 3, 0.62


def read_image(image: Image.Image, number: int, dpi: int) -> RawPage:
    """The words of a page image."""
    grey = without_borders(np.asarray(image.convert("L")))
    if is_empty(grey):
        return RawPage(number=number, origin="ocr", legibility=1.0, reason="Sidan är tom", is_scan=True)
    quarter, lines = _best_turn(even_light(grey), dpi)
    shape = (image.height, image.width) if quarter % 2 == 0 else (image.width, image.height)
    return replace(_judged(number, tuple(lines)), turn=quarter, aspect=shape[0] / max(shape[1], 1))


def legibility(lines: Sequence[Line]) -> float:
    """Mean confidence weighted by letters, times the share of tokens that look like words or numbers."""
    words = [word for line in lines if not line.is_aside for word in line.words]
    letters = sum(len(word.text) for word in words)
    if not letters:
        return 0.0
    mean = sum(word.confidence * len(word.text) for word in words) / letters
    return round(mean * sum(len(w.text) for w in words if _is_wordlike(w.text)) / letters, 3)


def _judged(number: int, lines: tuple[Line, ...]) -> RawPage:
    value = legibility(lines)
    status, reason = "read", None
    if value < UNREADABLE:
        status, reason = (
            "unreadable",
            "Bilden är för otydlig för att läsas" if lines else "Ingen text hittades i bilden",
        )
    elif value < PARTLY:
        status, reason = "partly", "Bilden är otydlig: en del ord kan vara fel"
    return RawPage(
        number=number,
        origin="ocr",
        lines=lines,
        legibility=value,
        status=status,  # type: ignore[arg-type]  # one of the three, by the branches above
        reason=reason,
        is_scan=True,
    )


def _is_wordlike(text: str) -> bool:
    return sum(char.isalnum() for char in text) * 2 >= len(text)


def _best_turn(grey: Grey, dpi: int) -> tuple[int, list[Line]]:
    """The reading at the quarter turn (counterclockwise) that reads best; most pages are read once.

    A page that does not read is tried the other ways by a strip of it, so that an illegible one costs little more.
    """
    likely, *others = (1, 3, 0, 2) if lies_on_side(grey) else (0, 2, 1, 3)
    lines = _read_upright(_quartered(grey, likely), dpi)
    score = legibility(lines)
    if score >= SURE:
        return likely, lines
    tries = {quarter: _uprightness(recognise(_strip(_quartered(grey, quarter)), dpi)) for quarter in others}
    other = max(tries, key=lambda quarter: tries[quarter])
    if tries[other] > score + 0.1:
        again = _read_upright(_quartered(grey, other), dpi)
        if legibility(again) > score:
            return other, again
    return likely, lines


def _uprightness(lines: Sequence[Line]) -> float:
    """Legibility times the share of letters in rows of their own: text on its side is read, but not in rows."""
    letters = [(len(word.text), line.is_aside) for line in lines for word in line.words]
    shown = sum(count for count, is_aside in letters if not is_aside)
    return legibility(lines) * shown / max(sum(count for count, _ in letters), 1)


def _quartered(grey: Grey, quarter: int) -> Grey:
    return np.ascontiguousarray(np.rot90(grey, quarter))


def _strip(grey: Grey) -> Grey:
    """The fifth of the page, from edge to edge, that has most ink; straightened."""
    angle = skew_degrees(grey)
    straight = turned(grey, angle, paper(grey)) if abs(angle) >= MIN_SKEW_DEGREES else grey
    fifths = np.array_split(straight, 5)
    return max(fifths, key=ink_share)


def _read_upright(grey: Grey, dpi: int) -> list[Line]:
    angle = skew_degrees(grey)
    if abs(angle) < MIN_SKEW_DEGREES:
        angle = 0.0
    straight = turned(grey, angle, paper(grey)) if angle else grey
    found = find_rules(straight, dpi)
    unruled = without_rules(straight, found)
    pieces = blots(unruled)
    stamps = find_stamps(pieces, dpi)
    unstamped = without_stamps(unruled, stamps, dpi)
    clean = without_marks(unstamped, blots(unstamped) if stamps else pieces, dpi)
    labels = list(found.boxes) if is_diagram(found.boxes, dpi) else []
    body = _covered(clean, [cell for cells in found.tables for cell in cells] + labels)
    lines = [_judged_aside(line) for line in reread(clean, recognise(body, dpi), dpi)]
    rows = reread(clean, [row for cells in found.tables for row in read_table(clean, cells, dpi)], dpi)
    aside = [*_stamped(unruled, stamps, dpi), *_set_aside(read_table(clean, labels, dpi))]
    lines = in_reading_order([line for line in (*lines, *rows, *aside) if line.words], grey.shape[0] / grey.shape[1])
    return [_tilted_back(line, angle, grey.shape) for line in lines] if angle else lines


def _covered(grey: Grey, cells: list[Cell]) -> Grey:
    made = grey.copy() if cells else grey
    for cell in cells:
        made[cell.top : cell.bottom, cell.left : cell.right] = paper(grey)
    return made


def _stamped(grey: Grey, stamps: list[Stamp], dpi: int) -> list[Line]:
    """The words of stamps, each in its stamp's box: raw text only."""
    made = []
    for stamp in stamps:
        xs, ys = [x / grey.shape[1] for x, _ in stamp.corners], [y / grey.shape[0] for _, y in stamp.corners]
        box = {"left": min(xs), "right": max(xs), "top": min(ys), "bottom": max(ys)}
        made += [
            Line(tuple(replace(word, **box) for word in line.words))
            for line in recognise(stamp_image(grey, stamp), dpi, "block")
        ]
    return _set_aside(made)


def _set_aside(lines: list[Line]) -> list[Line]:
    return [Line(tuple(replace(word, column=None) for word in line.words), is_aside=True) for line in lines]


def _judged_aside(line: Line) -> Line:
    """Short rows of which no word is sure are set aside."""
    unsure = max(word.confidence for word in line.words) < NOISE_CONFIDENCE
    return replace(line, is_aside=line.is_aside or (unsure and len(line.words) <= NOISE_WORDS))


def _tilted_back(line: Line, angle: float, shape: tuple[int, ...]) -> Line:
    """Boxes of the straightened image as boxes of the page as it is, by turning each box's middle back."""
    height, width = shape
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    moved = []
    for word in line.words:
        x, y = ((word.left + word.right) / 2 - 0.5) * width, ((word.top + word.bottom) / 2 - 0.5) * height
        dx, dy = (x * cosine - y * sine - x) / width, (x * sine + y * cosine - y) / height
        moved.append(
            replace(word, left=word.left + dx, top=word.top + dy, right=word.right + dx, bottom=word.bottom + dy)
        )
    return replace(line, words=tuple(moved))
