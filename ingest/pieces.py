"""Pieces of a page read together, as one column of pictures: one start of the engine for many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.image import Grey, paper
from ingest.ocr import Mode, recognise
from ingest.words import Line

ENLARGED = 1.6


@dataclass(frozen=True, slots=True)
class Piece:
    """A box of the page in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def read_pieces(
    grey: Grey, pieces: Sequence[Piece], dpi: int, language: str = "swe", scale: float = 1.0
) -> list[list[Line]]:
    """The lines of each piece, read together as one column, boxes as fractions of the whole image."""
    if not pieces:
        return []
    column, tops, margin = _column(grey, pieces, dpi)
    if scale != 1.0:
        import cv2

        column = np.asarray(cv2.resize(column, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    found: list[list[Line]] = [[] for _ in pieces]
    height, width = column.shape[0] / scale, column.shape[1] / scale
    for line in recognise(column, int(dpi * scale), "block", language):
        middle = (line.top + line.bottom) / 2 * height
        at = max((n for n, top in enumerate(tops) if top - margin / 2 <= middle), default=0)
        dx, dy = pieces[at].left - margin, pieces[at].top - tops[at]
        found[at].append(_moved(line, (width, height), (dx, dy), (grey.shape[1], grey.shape[0])))
    return found


def _column(grey: Grey, pieces: Sequence[Piece], dpi: int) -> tuple[Grey, list[int], int]:
    margin, gap = dpi // 10, dpi // 8
    width = max(piece.right - piece.left for piece in pieces) + 2 * margin
    height = sum(piece.bottom - piece.top + gap for piece in pieces) + 2 * margin
    column = np.full((height, width), paper(grey), np.uint8)
    tops, at = [], margin
    for piece in pieces:
        crop = grey[piece.top : piece.bottom, piece.left : piece.right]
        column[at : at + crop.shape[0], margin : margin + crop.shape[1]] = crop
        tops.append(at)
        at += crop.shape[0] + gap
    return column, tops, gap


def _moved(line: Line, size: tuple[float, float], by: tuple[int, int], page: tuple[int, int]) -> Line:
    """Boxes as fractions of a column of pieces, as fractions of the page."""
    (width, height), (dx, dy), (full, tall) = size, by, page
    return Line(
        tuple(
            replace(
                word,
                left=(word.left * width + dx) / full,
                right=(word.right * width + dx) / full,
                top=(word.top * height + dy) / tall,
                bottom=(word.bottom * height + dy) / tall,
            )
            for word in line.words
        )
    )


def read_alone(grey: Grey, piece: Piece, dpi: int, mode: Mode) -> list[Line]:
    """The lines of one piece by itself, boxes as fractions of the whole image."""
    margin = dpi // 10
    crop = np.pad(grey[piece.top : piece.bottom, piece.left : piece.right], margin, constant_values=paper(grey)).astype(
        np.uint8
    )
    size = (float(crop.shape[1]), float(crop.shape[0]))
    by, page = (piece.left - margin, piece.top - margin), (grey.shape[1], grey.shape[0])
    return [_moved(line, size, by, page) for line in recognise(crop, dpi, mode)]
