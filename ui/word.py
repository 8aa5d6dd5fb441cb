"""A register as a Word file: a heading, what it is limited to, and a table that keeps its heading on every page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Pt

from ui.safe import one_line
from ui.tables import cells


def as_docx(register: str, title: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as a Word file, landscape."""
    heads, lines = cells(register, rows)
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(title, 1)
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    _fill(table.rows[0], heads, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line in lines:
        _fill(table.add_row(), line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _fill(row: Any, texts: Sequence[str], bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].add_run(one_line(text)).bold = bold
