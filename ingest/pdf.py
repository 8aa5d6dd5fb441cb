"""PDF through PDFium: text layer with word boxes, page images; through pypdf: encryption and page labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from corpus.errors import FileDamagedError, PasswordNeededError, TooLargeError
from ingest.grid import find_rules, into_rows, is_diagram
from ingest.layout import in_reading_order
from ingest.words import Line, RawPage, Word

MAX_DPI, MIN_DPI, DEFAULT_DPI = 400, 150, 300
# A0 is 3 370 points high; 57 600-point pages exist only to break programs.
MAX_POINTS = 14_400
MAX_PIXELS = 60_000_000
# A picture that covers this share of the page is a scan (a letterhead or a photo covers less).
SCAN_SHARE = 0.6
# PDFium keeps each page's objects while the file is open: opening anew holds 10 000 pages in 35 MB, against 83 MB.
REOPEN_PAGES = 500
_WORD = re.compile(r"[^\s\x02]+")
_LINE = re.compile(r"([^\n\x02]*)([\n\x02]|$)")
_BROKEN = dict.fromkeys(map(ord, "\x00\x03\ufffe\uffff\xad"))
# PDFium gives a hyphen at a line's end as this, and no line break: whether the word was parted there is for the layout.
_HYPHEN = "\x02"
# Ruled lines are found in an image of the page, made only of pages with so many drawn lines.
RULES_DPI, MIN_PATHS = 150, 6


def open_pdf(path: Path) -> Any:
    """The opened document. Raises PasswordNeededError or FileDamagedError."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordNeededError(
                "Filen är skyddad med lösenord", path.name, "Spara den utan lösenord och läs in den igen."
            ) from error
        raise FileDamagedError("PDF-filen är avhuggen eller skadad", path.name, "Hämta filen på nytt.") from error


def page_count(path: Path) -> int:
    return len(open_pdf(path))


def describe(path: Path) -> tuple[tuple[str, str], ...]:
    """Title, author and dates as the file itself states them."""
    found = open_pdf(path).get_metadata_dict(skip_empty=True)
    return tuple(sorted((str(name), str(value)[:500]) for name, value in found.items()))


def stream_texts(path: Path) -> Iterator[str]:
    """The text layer page by page without boxes; memory stays flat however long the file is."""
    for first in range(0, page_count(path), REOPEN_PAGES):
        document = open_pdf(path)
        for index in range(first, min(first + REOPEN_PAGES, len(document))):
            yield _text_of(document[index])
        document.close()


def _text_of(page: Any) -> str:
    text_page = page.get_textpage()
    text = str(text_page.get_text_range())
    text_page.close()
    page.close()
    return text


def text_pages(path: Path, first: int, last: int) -> list[RawPage]:
    """Pages first to last (from 1, inclusive) as their text layer gives them."""
    document = open_pdf(path)
    return [_text_page(document, number) for number in range(first, last + 1)]


def _text_page(document: Any, number: int) -> RawPage:
    page = document[number - 1]
    width, height = page.get_size()
    text_page = page.get_textpage()
    drawn = list(page.get_objects(max_depth=3))
    lines = _celled(page, list(_lines(text_page, width, height)), drawn)
    raw = RawPage(
        number=number,
        origin="text",
        lines=tuple(in_reading_order(lines, height / max(width, 1))),
        label=document.get_page_label(number - 1) or None,
        is_scan=_image_share(drawn, width, height) >= SCAN_SHARE,
        aspect=height / max(width, 1),
        image_bytes=sum(pypdfium2.raw.FPDFImageObj_GetImageDataRaw(image, None, 0) for image in _images(drawn)),
    )
    text_page.close()
    page.close()
    return raw


def _lines(text_page: Any, width: float, height: float) -> Iterator[Line]:
    count = text_page.count_chars()
    text = text_page.get_text_range() if count > 0 else ""
    has_boxes = len(text) == count
    for number, match in enumerate(_LINE.finditer(text)):
        words = []
        for found in _WORD.finditer(text, match.start(1), match.end(1)):
            shown = found.group().translate(_BROKEN)
            if shown:
                place = (found.start(), found.end() - 1) if has_boxes else None
                words.append(_word(text_page, shown, place, (width, height, number)))
        if words and match[2] == _HYPHEN:
            words[-1] = replace(words[-1], text=f"{words[-1].text}-")
        if words:
            yield Line(tuple(words))


def _celled(page: Any, lines: list[Line], drawn: list[Any]) -> list[Line]:
    """The lines with those in ruled tables as rows, cell by cell, and those in diagrams set aside."""
    if sum(item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH for item in drawn) < MIN_PATHS or not lines:
        return lines
    width, height = page.get_size()
    if max(width, height) > MAX_POINTS or width * height * (RULES_DPI / 72) ** 2 > MAX_PIXELS:
        return lines
    image = page.render(scale=RULES_DPI / 72, grayscale=True).to_pil()
    found = find_rules(np.asarray(image.convert("L")), RULES_DPI)
    for cells in found.tables:
        lines = into_rows(lines, cells, image.size)
    if is_diagram(found.boxes, RULES_DPI):
        lines = into_rows(lines, found.boxes, image.size, is_aside=True)
    return lines


def _word(text_page: Any, shown: str, place: tuple[int, int] | None, page: tuple[float, float, int]) -> Word:
    width, height, number = page
    if place is None:
        return Word(shown, 0.0, number * 0.01, 1.0, number * 0.01 + 0.009)
    first, last = text_page.get_charbox(place[0], loose=True), text_page.get_charbox(place[1], loose=True)
    return Word(
        shown,
        min(first[0], last[0]) / width,
        1 - max(first[3], last[3]) / height,
        max(first[2], last[2]) / width,
        1 - min(first[1], last[1]) / height,
    )


def _images(drawn: list[Any]) -> list[Any]:
    return [item for item in drawn if isinstance(item, pypdfium2.PdfImage)]


def _image_share(drawn: list[Any], width: float, height: float) -> float:
    """The share of the page that pictures cover; a scan may come in strips, so they are added."""
    total = 0.0
    for image in _images(drawn):
        left, bottom, right, top = image.get_bounds()
        total += max(0.0, right - left) * max(0.0, top - bottom) / max(width * height, 1)
    return min(total, 1.0)


def scan_dpi(page: Any) -> int:
    """The resolution of the picture that fills the page, held between MIN_DPI and MAX_DPI; DEFAULT_DPI without one."""
    width, height = page.get_size()
    drawn = list(page.get_objects(max_depth=3))
    if _image_share(drawn, width, height) < SCAN_SHARE:
        return DEFAULT_DPI
    found = []
    for image in _images(drawn):
        left, _, right, _ = image.get_bounds()
        found.append(image.get_px_size()[0] / max((right - left) / 72, 0.1))
    return int(min(max(round(max(found)), MIN_DPI), MAX_DPI))


def render(path: Path, number: int, dpi: int | None = None) -> tuple[Image.Image, int]:
    """Page `number` in grey with the resolution it was rendered at: the scan's own unless `dpi` says another."""
    page = open_pdf(path)[number - 1]
    width, height = page.get_size()
    if max(width, height) > MAX_POINTS:
        raise TooLargeError("Sidan är orimligt stor", f"sida {number}", "Skriv ut eller spara om den i A4.")
    wanted = dpi or scan_dpi(page)
    pixels = width * height * (wanted / 72) ** 2
    if pixels > MAX_PIXELS:
        wanted = max(36, int(wanted * (MAX_PIXELS / pixels) ** 0.5))
    return page.render(scale=wanted / 72, grayscale=dpi is None).to_pil(), wanted
