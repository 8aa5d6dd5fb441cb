"""Reads a written source (TOML with a light markup) into blocks; the one place of truth of a sample document."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MARK = re.compile(r"<<([^|>]*)\|(.*?)>>", re.S)
NUMBER = re.compile(r"^(§ ?\d+(?:\.\d+)?|\d+(?:\.\d+)*\.?)\s+(.*)$")


@dataclass
class Block:
    """One block of print: its kind, its plain text (what is printed) and what is marked in it."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    ruled: bool = True
    header: bool = False
    marks: list[dict[str, Any]] = field(default_factory=list)
    row_marks: dict[int, dict[str, Any]] = field(default_factory=dict)
    by_column: bool = False
    part: int = 0

    @property
    def number(self) -> str | None:
        found = NUMBER.match(self.text)
        return found.group(1).rstrip(".") if found else None

    @property
    def title(self) -> str:
        found = NUMBER.match(self.text)
        return found.group(2) if found else self.text


@dataclass
class Document:
    """A whole source: its settings and its blocks in printing order."""

    data: dict[str, Any]
    blocks: list[Block]

    @property
    def file(self) -> str:
        return str(self.data["file"])

    @property
    def folder(self) -> str:
        return str(self.data.get("folder", ""))

    @property
    def form(self) -> str:
        return str(self.data["form"])


def people(text: str) -> list[dict[str, str | None]]:
    """Lines `närvaro | namn | säte | roll` to participants."""
    found: list[dict[str, str | None]] = []
    for line in text.strip().splitlines():
        cells = [cell.strip() or None for cell in line.split("|")] + [None, None, None]
        found.append({"name": cells[1], "seat": cells[2], "role": cells[3], "presence": cells[0]})
    return found


def _marks(text: str) -> tuple[str, list[dict[str, Any]]]:
    marks: list[dict[str, Any]] = []

    def plain(found: re.Match[str]) -> str:
        head, words = found.group(1).strip(), found.group(2)
        if head.startswith("!"):
            who, _, by = head[1:].partition("/")
            names = [name.strip() for name in who.split(";") if name.strip()]
            marks.append({"kind": "action", "who": names, "by": by.strip() or None, "what": words})
            return words
        head, _, mark_id = head.partition("#")
        strength, _, outcome = head.partition("/")
        marks.append(
            {"kind": "decision", "strength": strength, "outcome": outcome or None, "text": words, "id": mark_id or None}
        )
        return words

    return MARK.sub(plain, text), marks


def _attendance(form: str, participants: list[dict[str, str | None]]) -> list[Block]:
    def listed(person: dict[str, str | None], joint: str) -> str:
        role = f" ({person['role']})" if person["role"] else ""
        return f"{person['name']}{joint}{person['seat']}{role}" if person["seat"] else f"{person['name']}{role}"

    def role(person: dict[str, str | None]) -> str:
        return f"{person['seat'] or ''} ({person['role']})" if person["role"] else str(person["seat"] or "")

    name, _, rest = form.partition(" ")
    if name == "tabell":
        rows = [["Namn", "Kommun", "Uppdrag", "Närvaro"]]
        sign = {"närvarande": "Ja", "frånvarande": "Nej", "ersättare": "Ersättare", "delvis": "Delvis"}
        rows += [[str(p["name"]), p["seat"] or "", p["role"] or "", sign[str(p["presence"])]] for p in participants]
        return [Block("table", rows=rows, header=True)]
    groups = [("Närvarande", [p for p in participants if p["presence"] != "frånvarande"])]
    groups.append(("Frånvarande", [p for p in participants if p["presence"] == "frånvarande"]))
    if rest:
        groups = [(label, group) for label, (_, group) in zip(rest.split("/"), groups, strict=False)]
    blocks: list[Block] = []
    for label, group in groups:
        if not group:
            continue
        if name == "text":
            blocks.append(Block("para", f"{label}: " + ", ".join(listed(p, " ") for p in group) + "."))
            continue
        blocks.append(Block("sub", label))
        if name == "lista":
            blocks += [Block("line", listed(p, ", ")) for p in group]
        elif name == "punkter":
            blocks += [Block("bullet", listed(p, ", ")) for p in group]
        else:
            rows = [[str(p["name"]), role(p)] for p in group]
            blocks.append(Block("table", rows=rows, ruled=False, by_column=name == "spalter"))
    return blocks


def _row(line: str) -> tuple[list[str], str | None, str]:
    kind = line[1] if line[1:2] in "!>" else ""
    body = line[2:] if kind else line[1:]
    body, _, by = body.partition("@")
    return [cell.strip() for cell in body.strip().strip("|").split("|")], by.strip() or None, kind


def _action(head: list[str], cells: list[str], by: str | None) -> dict[str, Any]:
    named = dict(zip((h.lower() for h in head), cells, strict=False))
    who = named.get("vem") or named.get("ansvarig") or ""
    what = named.get("vad") or named.get("åtgärd") or named.get("uppgift") or ""
    return {"kind": "action", "who": [n for n in re.split(r", | och ", who) if n], "what": what, "by": by}


def blocks_of(text: str, participants: list[dict[str, str | None]]) -> list[Block]:
    """The markup of one part to blocks."""
    blocks: list[Block] = []
    plain = {"# ": "title", "## ": "item", "### ": "sub", "- ": "bullet", ": ": "line", "% ": "picture"}
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            words, marks = _marks(" ".join(paragraph))
            blocks.append(Block("para", words, marks=marks))
            paragraph.clear()

    for line in text.strip().splitlines():
        line = line.strip()
        start = next((mark for mark in plain if line.startswith(mark)), None)
        if not line or start or line[0] in "@|":
            close()
        if not line:
            blocks.append(Block("gap"))
        elif start:
            words, marks = _marks(line[len(start) :].strip())
            blocks.append(Block(plain[start], words, marks=marks))
        elif line.startswith("@närvaro"):
            blocks += _attendance(line[8:].strip(), participants)
        elif line.startswith("@"):
            name, _, rest = line[1:].partition(" ")
            blocks.append(Block(name, rest))
        elif line.startswith("|"):
            cells, by, kind = _row(line)
            if not (blocks and blocks[-1].kind == "table" and kind != "!"):
                blocks.append(Block("table", header=kind == "!"))
            table = blocks[-1]
            if kind == ">":
                table.row_marks[len(table.rows)] = _action(table.rows[0], cells, by)
            table.rows.append(cells)
        else:
            paragraph.append(line)
    close()
    return [block for block in blocks if block.kind != "gap"]


def load(path: Path) -> Document:
    """A source file whole. A part with `continues = n` prints on but belongs to part n."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    blocks: list[Block] = []
    for ordinal, part in enumerate(data["parts"]):
        part["people"] = people(part.get("participants", ""))
        for block in blocks_of(part["text"], part["people"]):
            block.part = part.get("continues", ordinal)
            blocks.append(block)
    return Document(data, blocks)
