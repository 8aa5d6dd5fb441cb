"""Word, PowerPoint, HTML and text files to plain pages; old Office files through LibreOffice where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from corpus.errors import FileDamagedError, TimeLimitError, WrongKindError
from ingest.words import RawPage

CONVERT_TIMEOUT_S = 120
_BREAKING = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "title"}
# What is deleted, moved away, said twice for old programs, or no text of the page.
_UNSEEN = {
    "",
    "del",
    "moveFrom",
    "Fallback",
    "pPr",
    "rPr",
    "sectPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "tcPr",
    "instrText",
    "delText",
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_COUNTED = re.compile(r"(?i)\W*(?:sida|sid\.?|s\.)?\s*\d*\s*(?:(?:\(|/|av)\s*\d*\s*\)?)?\W*")
_SILENT = {"script", "style", "head", "nav", "template"}


def docx_pages(path: Path) -> list[RawPage]:
    """One page of running text: paragraphs, lists, text boxes and tables (a row a line, cells by tab) in order.

    Tracked changes as if accepted. Heads and feet stand once, last (first, they hid the title), where they say what the
    text does not.
    """
    import docx

    document = docx.Document(str(path))
    body = list(_blocks(document.element.body, document))
    margins = [line for side in ("header", "footer") for line in _margins(document, side, body)]
    return [RawPage(number=1, origin="text", plain="\n".join([*body, *margins]), paged=False)]


def _margins(document: Any, side: str, body: list[str]) -> list[str]:
    """The distinct lines of the sections' heads or feet that are not in the body and not page numbers."""
    said = " ".join(" ".join(body).split())
    found: dict[str, None] = {}
    for section in document.sections:
        for part in (getattr(section, f"first_page_{side}"), getattr(section, side)):
            if not part.is_linked_to_previous:
                found |= dict.fromkeys(line.strip() for line in _blocks(part._element, document))
    return [line for line in found if not _COUNTED.fullmatch(line) and " ".join(line.split()) not in said]


def _blocks(parent: Any, document: Any) -> Iterator[str]:
    from docx.table import Table

    for child in parent:
        name = _name(child)
        if name == "tbl":
            yield from (
                _row([_cell(cell, document) for cell in _distinct(row.cells)]) for row in Table(child, document).rows
            )
        elif name == "p":
            yield from _paragraph(child, document)
        elif name not in _UNSEEN:  # content controls and the like
            yield from _blocks(child, document)


def _cell(cell: Any, document: Any) -> str:
    return "\n".join(_blocks(cell._tc, document))


def _paragraph(element: Any, document: Any) -> Iterator[str]:
    """The paragraph's text with its bullet, then what stands in its text boxes."""
    from docx.text.paragraph import Paragraph

    text = "".join(_texts(element)).strip()
    if text:
        style = Paragraph(element, document._body).style
        kind = style.name.lower() if style is not None else ""
        yield ("• " if kind.startswith("list") and "number" not in kind else "") + text
    for box in element.iter(f"{{{element.nsmap['w']}}}txbxContent"):
        if not any(_name(above) == "Fallback" for above in box.iterancestors()):
            yield from _blocks(box, document)


def _texts(node: Any) -> Iterator[str]:
    for child in node:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _UNSEEN and name != "txbxContent":
            yield from _texts(child)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _distinct(cells: Any) -> list[Any]:
    """Merged cells come once for each column they cover: keep the first."""
    return [cell for at, cell in enumerate(cells) if at == 0 or cell._tc is not cells[at - 1]._tc]


def _row(cells: list[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")


def pptx_pages(path: Path) -> list[RawPage]:
    """A page a slide: its texts and tables top to bottom, then the speaker's notes."""
    import pptx

    slides = pptx.Presentation(str(path)).slides
    return [
        RawPage(number=number, origin="text", plain="\n".join(_slide(slide))) for number, slide in enumerate(slides, 1)
    ]


def _slide(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        yield from _shape_texts(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text.strip()
        if notes:
            yield from notes.splitlines()


def _shape_texts(shape: Any) -> Iterator[str]:
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _shape_texts(inner)
    elif getattr(shape, "has_table", False):
        yield from (_row([cell.text for cell in row.cells]) for row in shape.table.rows)
    elif shape.has_text_frame:
        yield from (text for paragraph in shape.text_frame.paragraphs if (text := paragraph.text.strip()))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        self.pieces.append("\n" if tag in _BREAKING else "\t" if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        self.pieces.append("\n" if tag in _BREAKING else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def html_pages(path: Path) -> list[RawPage]:
    """The text of a web page, a line a block, cells by tab."""
    reader = _Reader()
    reader.feed(decoded(path.read_bytes()))
    lines = (line.strip(" \t") for line in "".join(reader.pieces).split("\n"))
    return [RawPage(number=1, origin="text", plain="\n".join(line for line in lines if line), paged=False)]


def text_pages(path: Path) -> list[RawPage]:
    """A text file; form feeds part pages, otherwise it is one page of running text."""
    pieces = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    paged = len(pieces) > 1
    return [RawPage(number=number, origin="text", plain=piece, paged=paged) for number, piece in enumerate(pieces, 1)]


def decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 where the bytes say so, else cp1252, whose unused five bytes fall back to latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for name in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def converted(path: Path, folder: Path) -> Path:
    """An old Office file as PDF in `folder`. Raises WrongKindError with the one advice when LibreOffice is missing."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise WrongKindError(
            "Äldre Office-filer läses bara där LibreOffice finns", path.name, "Installera LibreOffice eller spara om."
        )
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run(
                [*command, "--outdir", str(folder), str(path)],
                check=True,
                capture_output=True,
                timeout=CONVERT_TIMEOUT_S,
            )
        except subprocess.TimeoutExpired as error:
            raise TimeLimitError("LibreOffice blev inte klart", path.name, "Spara om filen som PDF.") from error
        except subprocess.CalledProcessError as error:
            raise FileDamagedError("LibreOffice kan inte läsa filen", path.name, "Spara om filen som PDF.") from error
    made = list(folder.glob("*.pdf"))
    if not made:
        raise FileDamagedError("LibreOffice kan inte läsa filen", path.name, "Spara om filen som PDF.")
    return made[0]
