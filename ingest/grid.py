"""The ruled lines of a page: tables cell by cell, the boxes of diagrams, and the page without its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ingest.image import Blots, Grey, ink_of, paper
from ingest.words import Line, Word

# A ruled line is at least this long (share of the width; inches down): no letter is, and hardly a dash.
MIN_ACROSS_SHARE, MIN_DOWN_INCH = 0.035, 0.3
# Cells of a table fill its frame; the boxes of a diagram leave paper between them.
MIN_FILLED = 0.8
# Smaller boxes than this hold no text: tick boxes, bits of patterns.
MIN_CELL_INCH = 0.12
SAME_LINE_INCH = 0.06
MIN_DIAGRAM_BOXES = 3
# A stamp: a hollow, leaning rectangle. Straightened pages lean less than 0.3 degrees; hands lean more.
MIN_STAMP_INCH, MAX_STAMP_INK, MIN_LEAN_DEGREES, MIN_FRAME_FILL = 0.3, 0.25, 2.0, 0.88


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's inside in pixels, and where it stands in its table, from 0."""

    left: int
    top: int
    right: int
    bottom: int
    row: int = 0
    column: int = 0

    @property
    def area(self) -> int:
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What ruled lines say of a page."""

    tables: tuple[tuple[Cell, ...], ...] = ()
    boxes: tuple[Cell, ...] = ()
    rules: Grey = field(default_factory=lambda: np.zeros((0, 0), np.uint8))


def find_rules(grey: Grey, dpi: int) -> Ruled:
    """Tables and boxes of a straightened page image."""
    import cv2

    ink = ink_of(grey)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, int(grey.shape[1] * MIN_ACROSS_SHARE)), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(int(dpi * MIN_DOWN_INCH), 24), 1), np.uint8))
    if not across.any() and not down.any():
        return Ruled()
    return ruled(np.asarray(across, np.uint8), np.asarray(down, np.uint8), dpi)


def ruled(across: Grey, down: Grey, dpi: int) -> Ruled:
    """Tables and boxes from the masks of lines across and lines down."""
    import cv2

    reach = max(5, dpi // 25) | 1
    joined = cv2.bitwise_or(
        cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, reach * 2 + 1), np.uint8)),
        cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((reach * 2 + 1, 1), np.uint8)),
    )
    lines = cv2.dilate(joined, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    tables, boxes = [], []
    for label in range(1, count):
        left, top, width, height, _ = stats[label]
        if min(width, height) < dpi * MIN_CELL_INCH * 2:
            continue
        mask = (labels[top : top + height, left : left + width] == label).astype(np.uint8)
        cells = _inside(_closed(mask), int(left), int(top), dpi)
        if len(cells) > 1 and sum(cell.area for cell in cells) >= MIN_FILLED * _frame(cells).area:
            tables.append(_placed(cells, dpi))
        else:
            boxes += cells
    return Ruled(tuple(tables), tuple(boxes), np.asarray(lines, np.uint8))


def _frame(cells: Sequence[Cell]) -> Cell:
    return Cell(
        min(cell.left for cell in cells),
        min(cell.top for cell in cells),
        max(cell.right for cell in cells),
        max(cell.bottom for cell in cells),
    )


def _closed(mask: Grey) -> Grey:
    """A table without a frame gets one: three or more lines across its whole width say that it is a table."""
    wide = (mask.sum(axis=1) > 0.9 * mask.shape[1]).astype(np.int8)
    lines = int((np.diff(np.concatenate([[0], wide])) == 1).sum())
    if lines < 3:
        return mask
    framed = mask.copy()
    framed[:, :2] = framed[:, -2:] = 1
    return framed


def _inside(mask: Grey, left: int, top: int, dpi: int) -> list[Cell]:
    import cv2

    room = np.pad(1 - mask, 1, constant_values=1).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(room, connectivity=4)
    least, found = dpi * MIN_CELL_INCH, []
    for x, y, width, height, _ in stats[1:count]:
        if x > 0 and y > 0 and min(width, height) >= least:
            found.append(
                Cell(int(left + x - 1), int(top + y - 1), int(left + x - 1 + width), int(top + y - 1 + height))
            )
    return found


def _placed(cells: list[Cell], dpi: int) -> tuple[Cell, ...]:
    """The cells with their row and column, by the lines that they begin at."""
    rows, columns = (_starts([getattr(cell, side) for cell in cells], dpi) for side in ("top", "left"))
    placed = [Cell(c.left, c.top, c.right, c.bottom, _index(rows, c.top), _index(columns, c.left)) for c in cells]
    return tuple(sorted(placed, key=lambda cell: (cell.row, cell.column)))


def _starts(places: list[int], dpi: int) -> list[int]:
    found: list[int] = []
    for place in sorted(places):
        if not found or place - found[-1] > dpi * SAME_LINE_INCH:
            found.append(place)
    return found


def _index(starts: list[int], place: int) -> int:
    return max(number for number, start in enumerate(starts) if start <= place)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A frame set askew: its corners in pixels, and the angle (counterclockwise, degrees) that straightens it."""

    corners: tuple[tuple[int, int], ...]
    angle: float


def find_stamps(pieces: Blots, dpi: int) -> list[Stamp]:
    """Frames that lean although the page has been straightened."""
    import cv2

    labels, found = pieces.labels, []
    large = np.flatnonzero(pieces.stats[:, 2:4].min(axis=1) >= dpi * MIN_STAMP_INCH)
    for label in large[large > 0]:
        left, top, width, height, area = pieces.stats[label]
        if area > MAX_STAMP_INK * width * height or width > 4 * dpi:
            continue
        mask = (labels[top : top + height, left : left + width] == label).astype(np.uint8)
        points = np.argwhere(mask)[:, ::-1].astype(np.int32)
        around = cv2.minAreaRect(points)
        lean = (around[2] + 45) % 90 - 45
        box = around[1][0] * around[1][1]
        if abs(lean) >= MIN_LEAN_DEGREES and cv2.contourArea(cv2.convexHull(points)) > MIN_FRAME_FILL * box:
            corners = tuple((int(x) + left, int(y) + top) for x, y in cv2.boxPoints(around))
            found.append(Stamp(corners, float(lean)))
    return found


def without_stamps(grey: Grey, stamps: Sequence[Stamp], dpi: int) -> Grey:
    """The image with the stamps painted over."""
    import cv2

    made = grey.copy() if stamps else grey
    for stamp in stamps:
        corners = np.array(stamp.corners, np.int32)
        cv2.fillPoly(made, [corners], paper(grey))
        cv2.polylines(made, [corners], True, paper(grey), max(5, dpi // 20))
    return made


def stamp_image(grey: Grey, stamp: Stamp) -> Grey:
    """The stamp cut out and straightened."""
    import cv2

    (x, y) = np.mean(stamp.corners, axis=0)
    matrix = cv2.getRotationMatrix2D((float(x), float(y)), stamp.angle, 1.0)
    whole = cv2.warpAffine(grey, matrix, (grey.shape[1], grey.shape[0]), borderValue=paper(grey))
    around = cv2.transform(np.array([stamp.corners], np.float32), matrix)[0]
    left, top = np.maximum(around.min(axis=0).astype(int), 0)
    right, bottom = around.max(axis=0).astype(int)
    inset = int(0.06 * (bottom - top))
    return np.asarray(whole[top + inset : bottom - inset, left + inset : right - inset], np.uint8)


def is_diagram(boxes: Sequence[Cell], dpi: int) -> bool:
    """Boxes apart from each other in a row, three or more: labels, not running text."""
    return any(
        sum(abs(box.top - other.top) < dpi * SAME_LINE_INCH * 2 for other in boxes) >= MIN_DIAGRAM_BOXES
        for box in boxes
    )


def into_rows(
    lines: Sequence[Line], cells: Sequence[Cell], size: tuple[int, int], *, is_aside: bool = False
) -> list[Line]:
    """The lines with the words that stand in cells taken together, a row of cells a line."""
    width, height = size
    rows: dict[int, list[Word]] = {}
    rest = []
    for line in lines:
        places = [_cell_at(cells, word, width, height) for word in line.words]
        for word, cell in zip(line.words, places, strict=True):
            if cell:
                rows.setdefault(cell.row, []).append(replace(word, column=None if is_aside else cell.column))
        left = tuple(word for word, cell in zip(line.words, places, strict=True) if not cell)
        rest += [replace(line, words=left)] if left else []
    made = [Line(tuple(sorted(words, key=lambda word: word.column or 0)), is_aside) for words in rows.values()]
    return [*rest, *made]


def _cell_at(cells: Sequence[Cell], word: Word, width: int, height: int) -> Cell | None:
    x, y = (word.left + word.right) / 2 * width, (word.top + word.bottom) / 2 * height
    return next((one for one in cells if one.left <= x <= one.right and one.top <= y <= one.bottom), None)


def without_rules(grey: Grey, found: Ruled) -> Grey:
    """The image with its ruled lines painted over."""
    if not found.rules.size or not found.rules.any():
        return grey
    made = grey.copy()
    made[found.rules > 0] = paper(grey)
    return made
