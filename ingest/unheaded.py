"""Attendance that no heading opens: names by place, side by side, one a line, after their tasks, or a bare line of names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.records import Presence
from corpus.swedish.dates import find_dates
from ingest.attendance import Block, clean_cells, heading_of, settled
from ingest.called import ONE, rows_called
from ingest.listed import after_dash, groups_of, is_list, people_told, told_in
from ingest.persons import NAME, Row, is_name, is_role, read_row
from ingest.running import Line

# *Eva Ek (Öby), Bo Alm (Sund)* and nothing else.
_SEATED = re.compile(rf"{NAME} \([A-ZÅÄÖ][^()]*\)(?:(?:, | och | samt ){NAME} \([A-ZÅÄÖ][^()]*\))+\.?")
_SIGNED = re.compile(rf"{NAME}, [A-ZÅÄÖ][\wåäöÅÄÖ -]+")
# *Eva (Öby): nytt jobb. Bo (Sund): trött.*
_SAYS = re.compile(rf"(?P<name>{NAME}|{ONE}) \((?P<seat>[A-ZÅÄÖ][^()]*)\)(?P<verb>:| (?:är|var) på [^.]*)")
_HEJ = re.compile(r"Hej (?P<names>[A-ZÅÄÖ][^!.:]{3,80}?)(?:!|,? och) ?[Tt]ack för (?!hjälpen)")


def _seated(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """A line, anywhere, that is nothing but people with their places (the members of a working party)."""
    if not _SEATED.fullmatch(lines[n].text):
        return None
    block = Block(n, n, presence="närvarande")
    block.rows = [(row, lines[n].start, lines[n].end) for row in told_in(lines[n].text, block, seats)]
    return block


def _signed(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Names with places under lines to sign on, two or three beside each other, those below too."""
    block = Block(n, n, presence="närvarande")
    for at in range(n, min(n + 8, len(lines))):
        cells = [cell for cell in lines[at].cells if re.search(r"\w{2}", cell)]
        if cells and not all(_SIGNED.fullmatch(cell) for cell in cells):
            break
        rows = [row for cell in cells if (row := read_row(cell, (), seats))]
        block.rows += [(settled(row, block), lines[at].start, lines[at].end) for row in rows]
        block.last = at
    return block if len(block.rows) > 2 and len(lines[n].cells) > 1 else None


def _round(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Who speaks in the round, each with the place: three or more; one who is elsewhere was not there."""
    if not _SAYS.match(lines[n].text):
        return None
    last = n
    while last + 1 < len(lines) and last < n + 12 and not lines[last + 1].has_gap and len(lines[last].text) > MIN_WIDTH:
        last += 1
    text = " ".join(line.text for line in lines[n : last + 1])
    block = Block(n, last, presence="närvarande")
    for match in _SAYS.finditer(text):
        row = Row(match["name"], seat=match["seat"], presence="närvarande" if match["verb"] == ":" else "frånvarande")
        block.rows.append((row, lines[n].start, lines[last].end))
    return block if len(block.rows) > 2 else None


def _greeted(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Those whom an e-mail thanks for the day: *Hej Eva, Bo och Ann! Tack för en fin dag.*"""
    match = _HEJ.match(lines[n].text)
    rows = rows_called(match["names"], seats) if match else []
    block = Block(n, n, presence="närvarande")
    block.rows = [(settled(row, block), lines[n].start, lines[n].end) for row in rows]
    return block if len(rows) > 1 else None


# Such lists stand among the first lines; a bare line of names higher still.
MAX_GROUP_LINES, MAX_UNHEADED = 16, 7
# No page is set narrower than this: where all lines are short they are rows, not wrapped text.
MIN_WIDTH = 60
MAX_ROW_CHARS = 130


def unheaded(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """The people of a list that begins at lines[n] without a heading; None for other lines."""
    if heading_of(lines[n]):
        return None
    if n >= MAX_GROUP_LINES:
        return _seated(lines, n, seats) or _signed(lines, n, seats)
    forms = (_by_place, _after_tasks, _side_by_side, _one_a_line, _names_only, _seated, _round, _greeted)
    return next((block for form in forms if (block := form(lines, n, seats))), None)


def _whole(lines: Sequence[Line], n: int) -> tuple[str, int]:
    """The line with those it runs on to: an open bracket, a comma at its end."""
    text, last = lines[n].text, n
    while last + 1 < len(lines) and last < n + 4 and (text.count("(") > text.count(")") or text.endswith(",")):
        last += 1
        text = f"{text} {lines[last].text}"
    return text, last


_ONE_A_LINE = re.compile(rf"{NAME}(?: \(|, )[A-ZÅÄÖ]")


def _one_a_line(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Two or more lines that each are a person with the place: *Eva Ek (Öby, ny)*."""
    block, at = Block(n, n, presence="närvarande"), n
    while at < len(lines) and _ONE_A_LINE.match(lines[at].text) and heading_of(lines[at]) is None:
        text, last = _whole(lines, at)
        row = read_row(text, (), seats) if len(text) <= MAX_ROW_CHARS else None
        if row is None or row.seat is None or len(lines[at].cells) > 1:
            break
        block.rows.append((settled(row, block), lines[at].start, lines[last].end))
        block.last, at = last, last + 1
    return block if len(block.rows) > 1 else None


_TASK = re.compile(
    r"(?P<role>[Oo]rdf(?:örande|\.)?|[Ss]ekr(?:eterare|\.)?|[Vv]ice ordf(?:örande|\.)?|[Jj]usterare|[Ll]edamöter|[Ee]rsättare|[Ss]uppleanter|"
    r"[Aa]djungerade?|[Aa]dj\.?|[Nn]ärvarande|[Ff]rånvarande|[Tt]jänstemän|[Öö]vriga):? +(?=[A-ZÅÄÖ])"
)


def _after_tasks(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Tasks and their people on end, parted by a dot or a stroke: *Ordf. Eva Ek (Öby) · Ledamöter: Bo Alm (Sund)*."""
    if not _TASK.match(lines[n].text):
        return None
    text, last = lines[n].text, n
    while last + 1 < len(lines) and not re.search(r"[).]$", text) and heading_of(lines[last + 1]) is None:
        last += 1
        text = f"{text} {lines[last].text}"
    block = Block(n, last, presence="närvarande")
    pieces = [(match, one[match.end() :]) for one in re.split(r" [·|•] ", text) if (match := _TASK.match(one))]
    if len(pieces) < 2:
        return None
    for match, people in pieces:
        role, presence = PRESENCE.get(match["role"].lower().rstrip("."), (match["role"].lower(), None))
        own = Block(n, last, presence=presence or "närvarande", role=role)
        block.rows += [(settled(row, own), lines[n].start, lines[last].end) for row in people_told(people, seats)]
    return block if block.rows else None


# What the words before names make of those who have no task of their own: role and presence.
PRESENCE: dict[str, tuple[str | None, Presence | None]] = {
    "ledamöter": (None, None), "närvarande": (None, None), "tjänstemän": (None, None), "övriga": (None, None),
    "frånvarande": (None, "frånvarande"), "ersättare": (None, "ersättare"), "suppleanter": (None, "ersättare"),
    "ordf": ("ordförande", None), "sekr": ("sekreterare", None), "adjungerade": ("adjungerad", None), "adj": ("adjungerad", None),
}  # fmt: skip


_NOT_HERE = re.compile(
    r"(?P<names>[A-ZÅÄÖ][\wåäöéü ,-]+?) (?:är |var |kunde )?(?:inte med|frånvarande|borta|sjuka?|inte här|inte komma|hade förhinder)\b.*"
)


def _by_place(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Lines on top that give each place its people (*FR: Eva, Bo*), without a heading above them: two or more."""
    block = Block(n, n, presence="närvarande")
    at = n
    while at < min(len(lines), MAX_GROUP_LINES) and heading_of(lines[at]) is None:
        text, last = _whole(lines, at)
        groups = groups_of(text, seats) or after_dash(text, seats)
        if not groups:
            break
        block.rows += [(settled(row, block), lines[at].start, lines[last].end) for row in groups]
        block.last, at = last, last + 1
    seated = {row.seat for row, _, _ in block.rows}
    return block if len(seated) > 1 else None


def _side_by_side(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Two bodies' people in two columns, each with a place (*Eva Ek, Öby* beside *Bo Alm, Sund*); a stroke is nobody."""
    block = Block(n, n, presence="närvarande")
    for at in range(n, len(lines)):
        cells = [cell for cell in clean_cells(lines[at]) if re.search(r"\w", cell)]
        rows = [read_row(cell, (), seats) for cell in cells]
        is_pair = len(lines[at].cells) == 2 and bool(cells)
        if not is_pair or not all(row and row.seat and "," in cell for row, cell in zip(rows, cells, strict=True)):
            break
        block.rows += [(settled(row, block), lines[at].start, lines[at].end) for row in rows if row]
        block.last = at
    return block if block.last > n else None


def _is_ended(line: Line) -> bool:
    return len(line.text) < MIN_WIDTH and not line.text.endswith(",") or line.text.endswith((".", ":"))


def _names_only(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """A line on top that is nothing but names, three or more, or that tells who was not there."""
    if not 0 < n < MAX_UNHEADED or not _is_ended(lines[n - 1]) or len(lines[n].cells) > 1 or find_dates(lines[n].text):
        return None
    last = n + 1 if lines[n].text.endswith(",") and n + 1 < len(lines) else n
    text = " ".join(line.text for line in lines[n : last + 1])
    block = Block(n, last, presence="närvarande")
    away = _NOT_HERE.fullmatch(text)
    if away:
        block.presence = "frånvarande"
        rows = rows_called(away["names"], seats)
    else:
        rows = told_in(text, block, seats) if text.count(",") > 1 and is_list(text, seats) else []
    block.rows = [(settled(row, block), lines[n].start, lines[last].end) for row in rows]
    return block if len(rows) > 2 or (away and rows) else None


def is_above_people(lines: Sequence[Line], at: int, seats: Collection[str]) -> bool:
    """Whether the line is a place, with its people on the lines below: those name no place of their own."""
    text = lines[at].text
    if at + 1 >= len(lines) or not _PLACE_ALONE.fullmatch(text) or is_role(text) or heading_of(lines[at]):
        return False
    if is_name(text) and text not in seats:
        return False
    below = lines[at + 1]
    row = read_row(below.text, below.cells, seats) if len(below.text) <= MAX_PERSON_CHARS else None
    return row is not None and row.seat is None and " " in row.name


MAX_PERSON_CHARS = 60
_PLACE_ALONE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?: [A-ZÅÄÖ]?[a-zåäö]+)?:?")
