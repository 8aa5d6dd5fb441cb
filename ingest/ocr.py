"""An image to words with boxes and confidence: Tesseract in process, one thread."""

from __future__ import annotations

import math
import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

from PIL import Image

from corpus.errors import OcrMissingError
from ingest.image import Grey
from ingest.words import Line, Word

os.environ["OMP_THREAD_LIMIT"] = "1"  # 30 times slower on two busy cores otherwise; must stand before the engine loads
DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
# Text of a straightened page leans less; a stamp set by hand leans more.
MAX_TILT_DEGREES = 2.5
MIN_UPENDED_LETTERS = 3
Mode = Literal["page", "block", "line", "glyph"]


def data_folder(language: str = "swe") -> str:
    """Where Tesseract's data of the language stand. Raises OcrMissingError."""
    for folder in (os.environ.get("TESSDATA_PREFIX", ""), *DATA_FOLDERS):
        if folder and (Path(folder) / f"{language}.traineddata").is_file():
            return folder
    raise OcrMissingError(
        "Tesseracts svenska språkdata saknas", "skannade sidor", "Kör: sudo apt-get install tesseract-ocr-swe"
    )


@cache
def has_language(language: str) -> bool:
    """Whether Tesseract's data of the language are installed."""
    try:
        return bool(data_folder(language))
    except OcrMissingError:
        return False


@cache
def _engine(language: str) -> Any:
    import tesserocr

    engine = tesserocr.PyTessBaseAPI(path=data_folder(language), lang=language, psm=tesserocr.PSM.AUTO)
    engine.SetVariable("debug_file", os.devnull)
    return engine


def recognise(grey: Grey, dpi: int, mode: Mode = "page", language: str = "swe") -> list[Line]:
    """The words of an upright image by the engine's lines, boxes as fractions of the image.

    Lines that lean or run up or down the page are set aside.
    """
    import tesserocr

    modes = {
        "page": tesserocr.PSM.AUTO,
        "block": tesserocr.PSM.SINGLE_BLOCK,
        "line": tesserocr.PSM.SINGLE_LINE,
        "glyph": tesserocr.PSM.SINGLE_CHAR,
    }
    engine = _engine(language)
    engine.SetPageSegMode(modes[mode])
    engine.SetImage(Image.fromarray(grey))
    engine.SetSourceResolution(dpi)
    found = _lines(engine.GetIterator(), grey.shape) if engine.Recognize() else []
    engine.Clear()
    return found


def _lines(iterator: Any, shape: tuple[int, ...]) -> list[Line]:
    import tesserocr

    height, width = shape
    level = tesserocr.RIL
    lines: list[tuple[list[Word], bool]] = []
    for item in tesserocr.iterate_level(iterator, level.WORD) if iterator is not None else ():
        box = item.BoundingBox(level.WORD)
        if item.IsAtBeginningOf(level.TEXTLINE) or not lines:
            lines.append(([], _leans(item)))
        if item.Empty(level.WORD) or box is None:
            continue
        text, confidence = item.GetUTF8Text(level.WORD).strip(), item.Confidence(level.WORD) / 100
        if text:
            left, top, right, bottom = box
            lines[-1][0].append(Word(text, left / width, top / height, right / width, bottom / height, confidence))
    return [Line(tuple(words), aside or _is_upended(words, shape)) for words, aside in lines if words]


def _leans(item: Any) -> bool:
    """Whether the line that begins here is not printed along the page's own rows."""
    import tesserocr

    if item.Orientation()[0] != tesserocr.Orientation.PAGE_UP:
        return True
    box, base = item.BoundingBox(tesserocr.RIL.TEXTLINE), item.Baseline(tesserocr.RIL.TEXTLINE)
    if box is None or base is None or box[2] - box[0] < 2 * (box[3] - box[1]):
        return False
    (x1, y1), (x2, y2) = base
    return abs(math.degrees(math.atan2(y2 - y1, max(x2 - x1, 1)))) > MAX_TILT_DEGREES


def _is_upended(words: list[Word], shape: tuple[int, ...]) -> bool:
    """Whether the words stand above each other or run up the page."""
    height, width = shape
    tall = (max(word.bottom for word in words) - min(word.top for word in words)) * height
    wide = (max(word.right for word in words) - min(word.left for word in words)) * width
    return tall > 1.5 * wide and sum(len(word.text) for word in words) >= MIN_UPENDED_LETTERS
