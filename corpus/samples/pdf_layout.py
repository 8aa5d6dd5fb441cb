"""Sets blocks on PDF pages and tells exactly what was printed on each."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fpdf import FPDF

from corpus.samples.source import Block, Document
from corpus.samples.printed import Printed, table_text

FONTS = Path("/usr/share/fonts/truetype")
FAMILIES = {
    "sans": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    "serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    "dejavu": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
}
MADE = datetime(2025, 6, 30, 12, 0, tzinfo=UTC)
SOFT = "¬"


@dataclass
class Look:
    """The house style of one document."""

    font: str = "sans"
    size: float = 12
    spacing: float = 1.55
    margin: float = 31
    heading: str = "bold"
    header: str = ""
    footer: str = "{page}"
    after: float = 2.4
    logo: str = ""
    breaks: list[str] = field(default_factory=list)


class Setter:
    """One document on its way to paper."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pdf = FPDF(format="A4")
        self.pdf.set_creation_date(MADE)
        self.pdf.set_auto_page_break(False)
        regular, bold = FAMILIES[look.font]
        self.pdf.add_font("body", "", str(FONTS / regular))
        self.pdf.add_font("body", "B", str(FONTS / bold))
        self.pages: list[Printed] = []
        self.left, self.right, self.bottom = look.margin, 210 - look.margin, 297 - 27
        self.height = 0.0
        self.new_page()

    def font(self, bold: bool = False, size: float | None = None) -> float:
        """Set the font; gives the line height in mm."""
        size = size or self.look.size
        self.pdf.set_font("body", "B" if bold else "", size)
        return size * 0.3528 * self.look.spacing

    def new_page(self) -> None:
        self.pdf.add_page()
        self.pages.append(Printed())
        self.height = 20.0
        if self.look.header:
            self.font(size=8.5)
            self.pdf.text(self.left, 13, self.look.header)
            self.pages[-1].left_out.append(self.look.header)
            self.height = 24.0
        if self.look.logo and len(self.pages) == 1:
            self.pdf.set_fill_color(90, 110, 130)
            self.pdf.circle(x=self.right - 6, y=16, radius=5, style="F")
            self.font(bold=True, size=9)
            self.pdf.text(self.right - 12 - self.pdf.get_string_width(self.look.logo), 17, self.look.logo)
            self.pages[-1].left_out.append(self.look.logo)

    def room(self, wanted: float) -> None:
        if self.height + wanted > self.bottom:
            self.new_page()

    def wrap(self, text: str, width: float) -> list[tuple[str, str]]:
        """Lines as (printed, meant): a soft hyphen (¬) breaks a word where it helps and is nothing otherwise."""
        lines: list[tuple[str, str]] = []
        printed = ""
        meant = ""
        for word in text.split():
            bare = word.replace(SOFT, "")
            trial = f"{printed} {bare}" if printed else bare
            if self.pdf.get_string_width(trial) <= width:
                printed, meant = trial, f"{meant} {bare}" if meant else bare
                continue
            head, tail = self._broken(word, printed, width)
            if head:
                lines.append((f"{printed} {head}-" if printed else f"{head}-", f"{meant} {head}" + SOFT))
            else:
                lines.append((printed, meant))
            printed = meant = tail
        return [*lines, (printed, meant)]

    def _broken(self, word: str, printed: str, width: float) -> tuple[str, str]:
        pieces = word.split(SOFT)
        for at in range(len(pieces) - 1, 0, -1):
            head = "".join(pieces[:at])
            if self.pdf.get_string_width(f"{printed} {head}-".strip()) <= width:
                return head, "".join(pieces[at:])
        return "", word.replace(SOFT, "")

    def text(self, block: Block, bold: bool = False, size: float | None = None, indent: float = 0) -> None:
        """A block of running text; only unmarked paragraphs may part over two pages."""
        step = self.font(bold, size)
        lines = self.wrap(block.text, self.right - self.left - indent)
        free = self._breaks(block, [meant for _, meant in lines])
        if block.kind in ("item", "sub", "title"):
            self.room(step * (len(lines) + 2))
            self.font(bold, size)
        at = 0
        while at < len(lines):
            fits = max(int((self.bottom - self.height) / step + 1e-6), 0)
            upto = len(lines) if len(lines) - at <= fits else max((k for k in free if at < k <= at + fits), default=at)
            if upto == at:
                self.new_page()
                self.font(bold, size)
                continue
            for line in range(at, upto):
                if line == 0 and block.kind == "bullet":
                    self.pdf.text(self.left + 2, self.height + step * 0.75, "•")
                self.pdf.text(self.left + indent, self.height + step * 0.75, lines[line][0])
                self.height += step
            self._close(block, [meant for _, meant in lines[at:upto]])
            at = upto

    def _breaks(self, block: Block, meant: list[str]) -> list[int]:
        """Before which lines a page may end: never inside what is marked, never with one line alone."""
        free = []
        spans = [(block.text.replace(SOFT, "").find(m.get("text") or m["what"]), m.get("text") or m["what"]) for m in block.marks]
        for at in range(2, len(meant) - 1):
            if block.kind not in ("para", "bullet") or meant[at - 1].endswith(SOFT):
                continue
            length = len(" ".join(meant[:at]).replace(SOFT + " ", "").replace(SOFT, ""))
            if all(not start < length < start + len(words) for start, words in spans):
                free.append(at)
        return free

    def _close(self, block: Block, piece: list[str]) -> None:
        if piece:
            self.pages[-1].pieces.append((block, " ".join(piece).replace(SOFT + " ", "").replace(SOFT, "")))

    def table(self, block: Block) -> None:
        """A table, ruled or not; a row never parts over two pages."""
        self.font(size=self.look.size - 1)
        widths = self._widths(block)
        self.height += 1
        placed: list[tuple[int, list[str]]] = []
        for index, row in enumerate(block.rows):
            bold = block.header and index == 0
            step = self.font(bold, self.look.size - 1)
            cells = [self.wrap(cell, width - 4) for cell, width in zip(row, widths, strict=True)]
            tall = max(len(cell) for cell in cells) * step + (2.4 if block.ruled else 0)
            self.room(tall)
            left = self.left
            for cell, width in zip(cells, widths, strict=True):
                if block.ruled:
                    self.pdf.rect(left, self.height, width, tall)
                for at, (printed, _) in enumerate(cell):
                    base = self.height + step * (at + 0.75) + (1.2 if block.ruled else 0)
                    self.pdf.text(left + (2 if block.ruled else 0), base, printed)
                left += width
            self.height += tall
            if not block.by_column:
                self.pages[-1].pieces.append((block, table_text(block, [row])))
            placed.append((len(self.pages) - 1, row))
        if block.by_column:
            for number in sorted({number for number, _ in placed}):
                rows = [row for at, row in placed if at == number]
                self.pages[number].pieces.append((block, table_text(block, rows)))
        self.height += 2

    def _widths(self, block: Block) -> list[float]:
        total = self.right - self.left
        if not block.ruled:
            return [total * 0.52, total * 0.48]
        need = [
            max(min(self.pdf.get_string_width(row[i]) + 8, total * 0.62) for row in block.rows)
            for i in range(len(block.rows[0]))
        ]
        return [width * total / sum(need) for width in need]

    def picture(self, block: Block) -> None:
        """Boxes with labels and arrows: a diagram, whose labels are left out of the page text."""
        labels = [label.strip() for label in block.text.split(";")]
        self.room(46)
        wide = (self.right - self.left - 6 * (len(labels) - 1)) / len(labels)
        top = self.height + 4
        for at, label in enumerate(labels):
            left = self.left + at * (wide + 6)
            self.pdf.set_fill_color(225, 232, 240)
            self.pdf.rect(left, top, wide, 30, style="DF")
            step = self.font(size=8)
            for line, (printed, _) in enumerate(self.wrap(label, wide - 4)):
                self.pdf.text(left + 2, top + 6 + line * step, printed)
            if at:
                self.pdf.line(left - 6, top + 15, left, top + 15)
        self.height = top + 36
        self.pages[-1].left_out += labels

    def signatures(self, block: Block) -> None:
        """Lines to sign on, a scrawl above each, the names in print below."""
        names = [name.strip() for name in block.text.split("|")]
        self.room(34)
        wide = (self.right - self.left) / len(names)
        base = self.height + 18
        step = self.font(size=self.look.size - 1)
        for at, name in enumerate(names):
            left = self.left + at * wide
            self.pdf.line(left, base, left + wide - 8, base)
            self._scrawl(left + 3, base - 3, random.Random(name))
            self.pdf.text(left, base + step, name)
        self.pages[-1].pieces.append((block, " ".join(names)))
        self.height = base + 2 * step

    def _scrawl(self, left: float, base: float, dice: random.Random) -> None:
        self.pdf.set_draw_color(30, 40, 120)
        self.pdf.set_line_width(0.4)
        points = [(left, base)]
        for step in range(14):
            points.append((left + 2.6 * (step + 1) + dice.uniform(-1, 1), base + dice.uniform(-8, 3)))
        for a, b, c in zip(points, points[1:], points[2:], strict=False):
            self.pdf.bezier([a, b, ((b[0] + c[0]) / 2, (b[1] + c[1]) / 2)])
        self.pdf.set_draw_color(0, 0, 0)
        self.pdf.set_line_width(0.2)

    def stamp(self, block: Block) -> None:
        """A stamp set askew over the upper right of the page, in colour; left out of the page text."""
        lines = [line.strip() for line in block.text.split("|")]
        with self.pdf.rotation(8, self.right - 24, 42):
            self.pdf.set_draw_color(150, 40, 60)
            self.pdf.set_text_color(150, 40, 60)
            self.pdf.set_line_width(0.7)
            self.pdf.rect(self.right - 50, 34, 52, 3 + 4.6 * len(lines))
            self.font(bold=True, size=9)
            for at, line in enumerate(lines):
                self.pdf.text(self.right - 47, 39 + 4.6 * at, line)
        self.pdf.set_draw_color(0, 0, 0)
        self.pdf.set_text_color(0, 0, 0)
        self.pdf.set_line_width(0.2)
        self.pages[-1].left_out += lines

    def block(self, block: Block) -> None:
        look = self.look
        sizes: dict[str, tuple[bool, float, float]] = {
            "title": (True, look.size + 5, 0),
            "item": (look.heading != "plain", look.size + (2.5 if look.heading == "large" else 0.5), 0),
            "sub": (look.heading != "plain", look.size, 0),
            "line": (False, look.size, 0),
            "para": (False, look.size, 0),
            "bullet": (False, look.size, 7),
        }
        if block.kind in sizes:
            if block.kind in ("item", "sub"):
                self.height += 2.2
            bold, size, indent = sizes[block.kind]
            self.text(block, bold, size, indent)
            self.height += {"title": 4, "item": 1.2, "sub": 0.6, "line": 0.2, "bullet": 1.0}.get(block.kind, look.after)
            return
        doers: dict[str, Any] = {"table": self.table, "picture": self.picture, "stamp": self.stamp}
        doers |= {"underskrift": self.signatures, "sidbrytning": lambda _: self.new_page()}
        doers[block.kind](block)

    def finish(self) -> bytes:
        """Footers need the number of pages, so they come last."""
        total = len(self.pages)
        for number, page in enumerate(self.pages, start=1):
            if self.look.footer:
                words = self.look.footer.format(page=number, pages=total)
                self.pdf.page = number
                self.font(bold=True, size=8.4)  # fpdf2 leaves out a font it believes is set already
                self.font(size=8.5)
                self.pdf.text(105 - self.pdf.get_string_width(words) / 2, 297 - 12, words)
                page.left_out.append(words)
        self.pdf.page = total
        return bytes(self.pdf.output())


def lay_out(document: Document) -> tuple[bytes, list[Printed]]:
    """The document as a text PDF and what stands on each page."""
    setter = Setter(Look(**document.data.get("look", {})))
    setter.pdf.set_title(document.data.get("pdf_title", ""))
    for block in document.blocks:
        setter.block(block)
    return setter.finish(), setter.pages
