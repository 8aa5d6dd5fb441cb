"""Ruled tables read cell by cell, so that no cell with ink is left without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ingest.grid import Cell
from ingest.image import Grey, paper
from ingest.pieces import ENLARGED, Piece, read_alone, read_pieces
from ingest.words import SINGLE_WIDTH, Line, Word

# Letters whose small and capital forms differ in size alone, and capitals that are what they are; a small letter is
# 0.66-0.75 of a capital's height.
SAME_SHAPE, TALL, CAPITAL_SHARE, MIN_TALL = "cosuvwxz", "ABDEFGHIKLMNPRT", 0.86, 3
MAX_LETTER_WIDTH = 1.15


def read_table(grey: Grey, cells: Sequence[Cell], dpi: int) -> list[Line]:
    """A row of the table a line, each word with its column; no cell with ink is left without words."""
    inked = [(cell, piece) for cell in cells if (piece := _inked(grey, cell, dpi))]
    readings = read_pieces(grey, [piece for _, piece in inked], dpi)
    rows: dict[int, list[Word]] = {}
    for (cell, piece), lines in zip(inked, readings, strict=True):
        if _is_one_glyph(grey, piece):
            lines = read_alone(grey, piece, dpi, "glyph") or lines
        elif not lines:
            lines = read_pieces(grey, [piece], dpi, scale=ENLARGED)[0] or read_alone(grey, piece, dpi, "line")
        words = [replace(word, column=cell.column) for line in lines for word in line.words]
        rows.setdefault(cell.row, []).extend(words)
    return _cased(grey, [Line(tuple(words)) for _, words in sorted(rows.items()) if words])


def _cased(grey: Grey, rows: list[Line]) -> list[Line]:
    """The rows with first letters whose two cases differ in size alone (*Ulla*, *ulla*) in the case of their height.

    A cell's few letters do not tell Tesseract how tall a capital is; the table's other words do.
    """
    firsts = {id(word): _first_height(grey, word) for row in rows for word in row.words}
    tall = [firsts[id(word)] for row in rows for word in row.words if word.text[0] in TALL]
    if len(tall) < MIN_TALL:
        return rows
    capital = float(np.median(tall))

    def right(word: Word) -> Word:
        if word.text[0].lower() not in SAME_SHAPE or not firsts[id(word)]:
            return word
        first = word.text[0].upper() if firsts[id(word)] > CAPITAL_SHARE * capital else word.text[0].lower()
        return replace(word, text=first + word.text[1:])

    return [replace(row, words=tuple(map(right, row.words))) for row in rows]


def _first_height(grey: Grey, word: Word) -> int:
    """How tall the word's first letter is, in pixels; 0 when it cannot be told from the next."""
    height, width = grey.shape
    crop = grey[
        int(word.top * height) : int(word.bottom * height) + 1, int(word.left * width) : int(word.right * width) + 1
    ]
    if not crop.size:
        return 0
    dark = crop < (int(crop.min()) + paper(grey)) // 2
    columns = np.flatnonzero(dark.any(axis=0))
    gap = next((n for n in range(1, columns.size) if columns[n] > columns[n - 1] + 1), columns.size)
    rows = np.flatnonzero(dark[:, columns[0] : columns[gap - 1] + 1].any(axis=1)) if columns.size else columns
    tall = int(rows[-1] - rows[0] + 1) if rows.size else 0
    return tall if gap <= MAX_LETTER_WIDTH * tall else 0


def _is_one_glyph(grey: Grey, piece: Piece) -> bool:
    """Whether there is one sign in the piece: no paper between two parts of it, and no wider than tall."""
    crop = grey[piece.top : piece.bottom, piece.left : piece.right]
    dark = crop < (int(crop.min()) + paper(grey)) // 2
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return False
    wide, tall = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    return bool(wide == columns.size and wide <= SINGLE_WIDTH * tall)


def _inked(grey: Grey, cell: Cell, dpi: int) -> Piece | None:
    """The part of a cell that has ink, with a little room; None for an empty cell."""
    inset = max(2, dpi // 70)
    inner = grey[cell.top + inset : cell.bottom - inset, cell.left + inset : cell.right - inset]
    if not inner.size:
        return None
    dark = inner < paper(inner) * 0.62
    rows, columns = np.flatnonzero(dark.sum(axis=1) > 1), np.flatnonzero(dark.any(axis=0))
    if rows.size < dpi / 40 or not columns.size:
        return None
    room = max(2, dpi // 60)
    top, left = cell.top + inset, cell.left + inset
    return Piece(
        max(left + int(columns[0]) - room, left),
        max(top + int(rows[0]) - room, top),
        min(left + int(columns[-1]) + 1 + room, cell.right - inset),
        min(top + int(rows[-1]) + 1 + room, cell.bottom - inset),
    )
