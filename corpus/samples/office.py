"""Makes Word and PowerPoint files from blocks, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
import pptx
from docx.shared import Pt
from PIL import Image, ImageDraw, ImageFont
from pptx.util import Cm
from pptx.util import Pt as SlidePt

from corpus.samples.pdf_layout import FAMILIES, FONTS
from corpus.samples.source import Block, Document
from corpus.samples.printed import Printed, block_text

MADE = datetime(2025, 6, 30, 12, 0)


def _still(data: bytes) -> bytes:
    """The same archive without the clock."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=(2025, 6, 30, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return held.getvalue()


def _properties(made: Any, title: str) -> None:
    made.core_properties.created = made.core_properties.modified = MADE
    made.core_properties.author = ""
    made.core_properties.title = title


def word(document: Document) -> tuple[bytes, list[Printed]]:
    """A Word file: one page of running text as far as anyone can cite it."""
    look = document.data.get("look", {})
    made = docx.Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = look.get("font", "Calibri"), Pt(look.get("size", 11))
    if look.get("header"):
        made.sections[0].header.paragraphs[0].text = look["header"]
    page = Printed(left_out=[look["header"]] if look.get("header") else [])
    for block in document.blocks:
        _word_block(made, block, look.get("heading", "style"))
        page.pieces.append((block, block_text(block)))
    _properties(made, document.data.get("pdf_title", ""))
    held = io.BytesIO()
    made.save(held)
    return _still(held.getvalue()), [page]


def _word_block(made: Any, block: Block, heading: str) -> None:
    if block.kind == "table":
        table = made.add_table(rows=0, cols=len(block.rows[0]))
        if block.ruled:
            table.style = "Table Grid"
        for index, row in enumerate(block.rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(text).bold = block.header and index == 0
        made.add_paragraph()
        return
    levels = {"title": 1, "item": 2, "sub": 3}
    if block.kind in levels and heading == "style":
        made.add_heading(block.text, levels[block.kind])
    elif block.kind in levels:
        made.add_paragraph().add_run(block.text).bold = heading != "plain"
    else:
        made.add_paragraph(block.text, style="List Bullet" if block.kind == "bullet" else None)


def diagram(labels: list[str]) -> bytes:
    """A picture of boxes in a row with arrows between them."""
    image = Image.new("RGB", (1500, 420), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONTS / FAMILIES["sans"][0]), 30)
    wide = (1500 - 40 * (len(labels) + 1)) // len(labels)
    for at, label in enumerate(labels):
        left = 40 + at * (wide + 40)
        pen.rounded_rectangle((left, 90, left + wide, 330), 24, fill=(222, 232, 244), outline=(60, 80, 110), width=4)
        pen.multiline_text((left + 20, 150), "\n".join(label.split()), font=font, fill=(20, 30, 50))
        if at:
            pen.line((left - 40, 210, left, 210), fill=(60, 80, 110), width=6)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def slides(document: Document) -> tuple[bytes, list[Printed]]:
    """A PowerPoint file: each title or item heading opens a slide."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Cm(33.9), Cm(19.05)
    pages: list[Printed] = []
    slide: Any = None
    top = 0.0
    for block in document.blocks:
        if block.kind in ("title", "item"):
            slide = made.slides.add_slide(made.slide_layouts[5])
            slide.shapes.title.text = block.text
            slide.shapes.title.left, slide.shapes.title.top = Cm(1.5), Cm(0.8)
            slide.shapes.title.width, slide.shapes.title.height = Cm(30), Cm(2.6)
            pages.append(Printed(pieces=[(block, block.text)]))
            top = 3.8
            continue
        if block.kind == "picture":
            labels = [label.strip() for label in block.text.split(";")]
            slide.shapes.add_picture(io.BytesIO(diagram(labels)), Cm(2), Cm(top), width=Cm(29))
            pages[-1].left_out += labels
            top += 8.4
            continue
        top += _slide_block(slide, block, top)
        pages[-1].pieces.append((block, block_text(block)))
    _properties(made, document.data.get("pdf_title", ""))
    held = io.BytesIO()
    made.save(held)
    return _still(held.getvalue()), pages


def _slide_block(slide: Any, block: Block, top: float) -> float:
    if block.kind == "table":
        rows, columns = len(block.rows), len(block.rows[0])
        table = slide.shapes.add_table(rows, columns, Cm(1.8), Cm(top), Cm(29), Cm(0.95 * rows)).table
        for y, row in enumerate(block.rows):
            for x, cell in enumerate(row):
                table.cell(y, x).text = cell
        return 1.0 * rows + 0.6
    box = slide.shapes.add_textbox(Cm(1.8), Cm(top), Cm(29.5), Cm(1.4))
    box.text_frame.word_wrap = True
    box.text_frame.text = block.text
    box.text_frame.paragraphs[0].font.size = SlidePt(20 if block.kind != "line" else 16)
    return 1.1 + 1.0 * (len(block.text) // 95)
