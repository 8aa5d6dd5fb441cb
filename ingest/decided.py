"""Tables with a column of decisions (*Ärende, Beslut, Ansvarig*): each of its cells is a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.swedish.dates import find_dates
from corpus.swedish.wording import fold_letters, is_formality
from ingest.running import Line, Running


@dataclass(frozen=True, slots=True)
class Cell:
    """What text[start:end] of a line settles, and the label that its column's title is; empty where nothing is settled."""

    line: int
    start: int
    end: int
    label: str = ""


# Titles of a column whose cells are decided, with the label that says how. Folded letters.
COLUMNS: tuple[tuple[str, str], ...] = (
    (r"(?:vara |motets |vart )?(?:beslut|bestammelser?)(?:et|en)?(?: och atgard(?:er)?)?|vi (?:bestamde|beslutade|beslot|bestammer|sa)|"
     r"(?:det har |detta )?(?:bestamde|beslutade|beslot) vi|(?:vad (?:vi )?)?bestamdes?|(?:vad )?beslutat|bestamt|vad (?:blev )?bestamt|"
     r"slutsats(?:er)?|utfall|resultat|beslut ?/ ?(?:atgard|resultat|slutsats|uppdrag|aktivitet)", "beslut"),
    (r"(?:vi )?(?:enades om|kom overens om|ar overens om)|overenskommelse(?:r)?|overenskommet", "overenskommelse"),
    (r"rekommendation(?:er)?", "rekommendation"),
)  # fmt: skip
# What may stand beside it: without one of these a line with *Beslut* in a column is no head of a table.
_BESIDE = re.compile(
    r"(?:arende|punkt|fraga|amne|rubrik|nr|§|sak|vad|diskussion|anteckning(?:ar)?|kommentar(?:er)?|bakgrund|information|vem(?: gor)?|"
    r"ansvarig\w*|ansvar|nar|datum|klart?|senast|till nar|deadline|uppfoljning|status|vad|vem gor vad|vi pratade om|vad sades|sammanfattning)\W*"
)
# Cells that settle nothing.
_OPEN = re.compile(
    r"information\b.*|"
    r"(?:inget|ingen|inga|nej|information|info|aterkommer|tas upp igen|diskussion|for kannedom|se ovan|pagar|fortsatter|-|–|—)?"
    r"(?: (?:beslut(?:as|at|ades)?|atgard|att besluta))?\W*"
)


def decided_cells(whole: Running, lines: Sequence[Line]) -> list[Cell]:
    """The cells under a title for what was decided; heads of such tables and rows that settle nothing are empty cells."""
    found: list[Cell] = []
    for n, line in enumerate(lines):
        cells = _placed(whole, line)
        column = _column([text for _, _, text in cells])
        if not column and len(cells) == 2 and is_decided(cells[0][2]):  # *Resultat* beside what came of the point
            start, end, text = cells[1]
            found.append(Cell(n, start, start if _is_open(text, "") else end, "beslut"))
        elif column:
            found += [Cell(n, line.start, line.start), *_cells(whole, lines, n, *column)]
    return found


def is_decided(title: str) -> bool:
    """Whether a column's title says that its cells are decided."""
    folded = fold_letters(title).strip(" .:*?")
    return any(re.fullmatch(pattern, folded) for pattern, _ in COLUMNS)


def _column(cells: Sequence[str]) -> tuple[int, str] | None:
    """Which column is decided, and its label, where the cells are the titles of such a table."""
    titles = [fold_letters(cell).strip(" .:*?") for cell in cells]
    if len(titles) < 2 or not any(_BESIDE.fullmatch(title) for title in titles):
        return None
    for pattern, label in COLUMNS:
        for at, title in enumerate(titles):
            if re.fullmatch(pattern, title):
                return at, label
    return None


def _cells(whole: Running, lines: Sequence[Line], head: int, column: int, label: str) -> list[Cell]:
    """Row by row to the first line of one cell; a row that goes on in small letters on the next line is one."""
    found: list[Cell] = []
    for n in range(head + 1, len(lines)):
        cells = _placed(whole, lines[n])
        if len(cells) < 2:
            break
        start, end, text = cells[column] if column < len(cells) else (lines[n].end, lines[n].end, "")
        if found and not lines[n].has_gap and cells[0][2][:1].islower():
            above = found.pop()
            found += [Cell(n, start, start), replace(above, end=end) if above.start < above.end else above]
        else:
            is_open = _is_open(text, cells[0][2]) or (column == 0 and is_task(text))
            found.append(Cell(n, start, start if is_open else end, label))
    return found


# A cell that names a task (*Annonsera efter vikarier*, *Anslag till hallen*) rather than what holds.
_TASK = re.compile(r"(?:\w+(?<![oae]rn)a|ta|ge|gå|se|be|få)\b", re.IGNORECASE)
_HOLDS = re.compile(r"\b(?:vi|alla|får|ska|gäller|är|blir|har|kan|\w{2,}s|\w{3,}(?:ar|er))\b")


def is_task(text: str) -> bool:
    """Whether a cell under *Vi bestämde* is only something to do."""
    first, _, rest = text.partition(" ")
    return bool(_TASK.fullmatch(first)) or not _HOLDS.search(f"{first.lower()} {' '.join(rest.split()[:5])}")


def _is_open(text: str, matter: str) -> bool:
    """Whether a cell settles nothing: empty, *återkommer*, a day, the meeting's own housekeeping."""
    dates = find_dates(text)
    is_day = bool(dates) and dates[0].start == 0
    says = re.search(r"[^\W\d_]{2}", text) is not None
    return not says or bool(_OPEN.fullmatch(fold_letters(text))) or is_day or is_formality(f"{matter} {text}")


_BORDER = re.compile(r"\t|\|| {3,}")


def _placed(whole: Running, line: Line) -> list[tuple[int, int, str]]:
    """The cells of a line where they stand in the text; empty ones are kept, also those before the first."""
    begin = whole.text.rfind("\n", 0, line.start) + 1
    raw = whole.text[begin : line.end]
    begin, raw = (begin + raw.index("|") + 1, raw.split("|", 1)[1]) if raw.lstrip().startswith("|") else (begin, raw)
    found, at = [], 0
    for border in [*_BORDER.finditer(raw), None]:
        cell = raw[at : border.start() if border else len(raw)]
        start = begin + at + len(cell) - len(cell.lstrip())
        found.append((start, start + len(cell.strip()), cell.strip()))
        at = border.end() if border else len(raw)
    return found
