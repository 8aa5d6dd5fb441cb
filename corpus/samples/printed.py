"""The truth about a rendered document: page text as printed, records, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.samples.source import Block, Document


@dataclass
class Printed:
    """What a renderer put on a page: pieces of text in reading order with the block each came from."""

    pieces: list[tuple[Block, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.pieces if text)


def read_by_row(page: Printed) -> str:
    """The page's text as Tesseract's English model left it: it reads across two columns, row by row."""
    pieces = []
    for block, text in page.pieces:
        if block.kind == "table" and block.by_column:
            rows = [row for row in block.rows if row[0] in text.split("\n")]
            text = "\n".join(" ".join(cell for cell in row if cell) for row in rows)
        pieces.append(text)
    return "\n".join(text for text in pieces if text)


def table_text(block: Block, rows: list[list[str]]) -> str:
    """A table row by row, or column by column where it is printed as two separate columns."""
    if block.by_column:
        return "\n".join(cell for column in zip(*rows, strict=True) for cell in column if cell)
    return "\n".join(" ".join(cell for cell in row if cell) for row in rows)


def block_text(block: Block) -> str:
    """A block's text as it is printed when whole."""
    if block.kind == "table":
        return table_text(block, block.rows)
    return block.text


def _header(part: dict[str, Any]) -> dict[str, Any]:
    names = ["kind", "bodies", "date", "written", "adjusted", "time", "place", "chair", "secretary", "adjusters"]
    made: dict[str, Any] = {name: part.get(name) for name in names}
    made["bodies"] = part.get("bodies", [])
    made["body"] = made["bodies"][0] if made["bodies"] else None
    made["adjusters"] = part.get("adjusters", [])
    made["participants"] = part["people"]
    made["items"], made["decisions"], made["actions"] = [], [], []
    wanted = part.get("next_meeting")
    made["next_meeting"] = {k: wanted.get(k) for k in ("date", "time", "place")} if wanted else None
    pairs = (pair.split("=", 1) for pair in part.get("abbreviations", []))
    made["abbreviations"] = [{"short": short, "long": long} for short, long in pairs]
    return made


def _mark(made: dict[str, Any], mark: dict[str, Any], page: int, item: str | None) -> None:
    if mark["kind"] == "action":
        made["actions"].append({"who": mark["who"], "what": mark["what"], "by": mark["by"], "page": page})
        return
    made["decisions"].append(
        {
            "text": mark["text"],
            "strength": mark["strength"],
            "outcome": mark["outcome"],
            "item": item,
            "page": page,
            **({"id": mark["id"]} if mark["id"] else {}),
        }
    )


def _parts(document: Document, pages: list[Printed]) -> list[dict[str, Any]]:
    made = {i: _header(part) for i, part in enumerate(document.data["parts"]) if "continues" not in part}
    item: dict[int, str | None] = {}
    seen: set[int] = set()
    lost = document.data.get("unreadable", [])
    for number, page in enumerate(pages, start=1):
        for block, text in page.pieces if number not in lost else []:
            part = made[block.part]
            if block.kind == "item" and id(block) not in seen:
                item[block.part] = block.number or block.title
                part["items"].append({"number": block.number, "title": block.title, "page": number})
            for mark in block.marks:
                if (mark.get("text") or mark["what"]) in text:
                    _mark(part, mark, number, item.get(block.part))
            for index, mark in block.row_marks.items():
                if " ".join(cell for cell in block.rows[index] if cell) in text.splitlines():
                    _mark(part, mark, number, item.get(block.part))
            seen.add(id(block))
    return list(made.values())


def truth(document: Document, pages: list[Printed]) -> dict[str, Any]:
    """All that is known of one document, without the links (they need all documents)."""
    blank = set(document.data.get("unreadable", []))
    damaged = document.form == "txt_eng_ocr"
    return {
        "file": document.file,
        "folder": document.folder,
        "form": document.form,
        "dpi": document.data.get("dpi"),
        "about": document.data.get("about", ""),
        "pages": [
            {
                "page": number,
                "text": "" if number in blank else read_by_row(page) if damaged else page.text,
                "damaged": damaged,
                **({"unreadable": True, "lost": page.text} if number in blank else {}),
                **({"left_out": page.left_out} if page.left_out else {}),
            }
            for number, page in enumerate(pages, start=1)
        ],
        "parts": _parts(document, pages),
        "links": [],
    }
