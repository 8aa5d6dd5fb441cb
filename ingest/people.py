"""Who took part: lists, columns, tables, running text, and columns that the scan tore apart, paired in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.records import Participant
from corpus.swedish.abbreviations import PARTIES
from corpus.swedish.wording import fold_letters
from ingest import narrative
from ingest.attendance import Block, clean_cells, clean_text, columns_of, heading_of, in_headings, read_table, settled
from ingest.called import called, rows_called
from ingest.letter import myself, sender_of
from ingest.listed import group_rows, people_told, told_in
from ingest.persons import NAME, Row, damaged_row, find_names, is_name, is_role, known_seats, read_row, seat_cut_off
from ingest.running import Line, Running
from ingest.unheaded import MAX_GROUP_LINES, MIN_WIDTH, is_above_people, unheaded

_CLOSED = re.compile(r"[.!?]$")
MAX_PLACE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people, the line numbers their lists take, their initials, and what does not pair."""

    participants: tuple[Participant, ...] = ()
    taken: frozenset[int] = frozenset()
    initials: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()


def find_attendance(whole: Running, lines: Sequence[Line]) -> Attendance:
    """All lines of attendance of a part; names whose places do not pair stand without, flagged."""
    seats = known_seats([line.text for line in lines])
    blocks = _blocks(lines, seats)
    _cut_seats(blocks)
    _mark_all_items(blocks)
    taken = {n for block in blocks for n in range(block.first, block.last + 1)}
    flags: list[str] = []
    places = _torn_places(lines, blocks, taken)
    if places:
        taken |= {n for n, _ in places}
        if not _pair(blocks, [text for _, text in places]):
            flags.append(f"närvaro: {_count(blocks)} namn och {len(places)} platser går inte att para ihop")
    rows = [(row, at, end) for block in blocks for row, at, end in block.rows]
    rows += _officers(lines, rows) if rows else []
    if not any(row.presence != "frånvarande" for row, _, _ in rows):
        rows += narrative.find_rows(whole, lines)
    rows += _sender(whole, lines, rows)
    people = _deduplicated(_participant(whole, *one) for one in rows)
    initials = tuple((row.initials, row.name) for row, _, _ in rows if row.initials)
    return Attendance(people, frozenset(taken), initials, tuple(flags))


def _sender(whole: Running, lines: Sequence[Line], rows: Sequence[tuple[Row, int, int]]) -> list[tuple[Row, int, int]]:
    """Who wrote the letter and counts as *jag* among those present."""
    name = sender_of(lines)
    if name is None or any(row.name in (name, name.split()[0]) for row, _, _ in rows):
        return []
    here = {(at, end) for row, at, end in rows if row.presence != "frånvarande"}
    found = ((myself(name, whole.text[at:end]), at, end) for at, end in sorted(here))
    return [(row, at, end) for row, at, end in found if row][:1]


_OFFICER = re.compile(
    rf"(?:^|[.\t] ?)(?P<role>Sekreterare|Ordförande|Mötesordförande|Mötessekreterare|Protokollförare)(?: var)?:?[ \t]+(?P<name>{NAME})"
    rf"(?: (?:från|på) (?P<seat>[\wåäöÅÄÖ-]+)|(?P<beside>,? ?\([^()\n\t]*\)|, [^\W\d][^,.;\n\t(]*(?:\([^()\n\t]*\))?)(?=$|[\t;.]))?"
)


def _officers(lines: Sequence[Line], rows: Sequence[tuple[Row, int, int]]) -> list[tuple[Row, int, int]]:
    """Who a line on top names as chair or secretary took part, also where the list leaves them out."""
    known = {row.name for row, _, _ in rows}
    return [
        (row, line.start, line.end)
        for line in lines[:MAX_GROUP_LINES]
        for match in _OFFICER.finditer(line.text)
        if is_name(match["name"]) and (row := _officer(match)).name not in known
    ]


def _officer(match: re.Match[str]) -> Row:
    """*Ordförande: Eva Ek, Öby*: the person with the task, and with the place that stands after the name."""
    role = match["role"].lower()
    beside = read_row(f"{match['name']}{match['beside']}", (), ()) if match["beside"] else None
    row = beside if beside and not beside.note else Row(match["name"], seat=match["seat"])
    return replace(row, role=role, presence="närvarande")


def _cut_seats(blocks: Sequence[Block]) -> None:
    """Where most lines run name and seat together, so do the three-word lines without a seat."""
    rows = [row for block in blocks for row, _, _ in block.rows]
    long = [row for row in rows if row.seat is None and len(row.name.split()) > 2]
    run_on = [row for row in rows if row.is_run_on]
    if len(long) + len(run_on) < max(2, len(rows) / 2):
        return
    for block in blocks:
        block.rows = [(_cut(row), start, end) for row, start, end in block.rows]


def _mark_all_items(blocks: Sequence[Block]) -> None:
    """Where most rows give the paragraphs a person was there for, those with the usual range were there throughout."""
    rows = [row for block in blocks for row, _, _ in block.rows]
    joined = [row for row in rows if row.note and re.match(r"anslöt \d", row.note)]
    if len(joined) > len(rows) / 2:  # a log of who came in when
        for block in blocks:
            block.rows = [
                (replace(row, note=None, presence="närvarande") if row in joined else row, a, b)
                for row, a, b in block.rows
            ]
    ranges = Counter(row.note for row in rows if row.note and row.note.startswith("§"))
    if sum(ranges.values()) < max(3, len(rows) / 2):
        return
    usual = ranges.most_common(1)[0][0]
    for block in blocks:
        block.rows = [
            (
                replace(row, note=None, presence="närvarande")
                if row.note == usual and row.presence == "delvis"
                else row,
                a,
                b,
            )
            for row, a, b in block.rows
        ]


def _cut(row: Row) -> Row:
    cut = seat_cut_off(row.name) if row.seat is None else None
    return replace(row, name=cut[0], seat=cut[1]) if cut else row


def _blocks(lines: Sequence[Line], seats: Collection[str]) -> list[Block]:
    blocks: list[Block] = []
    n = 0
    while n < len(lines):
        block = read_table(lines, n, seats) if columns_of(lines[n]) else _block(lines, n, seats)
        block = block or unheaded(lines, n, seats)
        if block and (block.rows or block.last > block.first or _is_bare_heading(lines[n])):
            blocks.append(block)
            n = block.last + 1
        else:
            n += 1
    return [block for block in blocks if block.rows]


# A place that sent nobody.
_NOBODY = re.compile(r"(?:[:–-] ?|\t)(?:ingen|inga|ingen representant|vakant|[–-])\.?$", re.IGNORECASE)


def _is_bare_heading(line: Line) -> bool:
    found = heading_of(line)
    return found is not None and not found[2]


def _block(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    found = heading_of(lines[n])
    if found is None:
        return None
    presence, role, rest = found
    rest = _PARTY.sub("", "" if _is_bare(rest) else rest)
    block = Block(n, n, presence=presence, role=role)
    *firsts, (last, rest) = in_headings(presence, rest)
    for inner, text in firsts:
        block.rows += _rows_in(lines[n], replace(block, rows=[], presence=inner), text.strip(" .;,"), seats)
    block.presence = last
    if rest:
        _read_text(lines, n, rest, block, seats)
    if not rest and n + 1 < len(lines) and _is_run(lines[n + 1], seats):
        _read_text(lines, n + 1, lines[n + 1].text, block, seats)
    if not block.rows and not rest or (block.rows and not _CLOSED.search(lines[block.last].text)):
        _read_list(lines, block.last + 1, block, seats)
    return block


# A column of parties before the names.
_PARTY = re.compile(rf"(?:{'|'.join(sorted(PARTIES, key=len, reverse=True))})\t[ \t]*")


def _is_bare(rest: str) -> bool:
    """Whether what stands beside a heading is another (*Beslutande*, *Ledamöter*), or where the list is."""
    return (
        re.fullmatch(r"(?i:ledamöter|ordinarie ledamöter|se (?:\w+ )?(?:närvarolista|förteckning|bilaga)\w*.*)", rest)
        is not None
    )


def _is_run(line: Line, seats: Collection[str]) -> bool:
    """Whether the line below a heading is a run of text that names several, not a row."""
    if ":" in line.text:
        return False
    return (
        line.text.count(",") + line.text.count(" och ") > 1
        and len(line.cells) < 2
        and len(people_told(line.text, seats)) > 1
    )


def _read_list(lines: Sequence[Line], first: int, block: Block, seats: Collection[str]) -> None:
    """Names line by line until a line that names nobody; an open bracket runs on to the next line."""
    at, place = first, None
    while at < len(lines) and heading_of(lines[at]) is None and not _ends_list(lines[at], block):
        text, last, cells = clean_text(lines[at]), at, clean_cells(lines[at])
        if columns_of(lines[at]):
            table = read_table(lines, at, seats)
            block.last, at = at, at + 1
            if table and table.rows and not block.rows:
                block.rows, block.last = table.rows, table.last
                return
            continue
        while text.count("(") > text.count(")") and last + 1 < len(lines) and last < at + 2:
            last += 1
            text, cells = f"{text} {lines[last].text}", (*cells[:-1], f"{cells[-1]} {lines[last].text}")
        if (not block.rows or place) and is_above_people(lines, at, seats):
            place, at = text.rstrip(":"), at + 1
            continue
        rows = _rows_of(lines[at], text, cells, seats, is_absent=block.presence == "frånvarande")
        rows = [replace(row, seat=row.seat or place) for row in rows]
        if not rows and all(" " not in row.name for row, _, _ in block.rows) and not (block.rows and lines[at].has_gap):
            rows = rows_called(text, seats)
        if not rows and (damaged := damaged_row(text)):
            rows = [damaged]
        if not rows and not (block.rows and _NOBODY.search(text)):
            break
        block.rows += [(settled(row, block), lines[at].start, lines[last].end) for row in rows]
        block.last, at = last, last + 1


# Labels of those who adjust and write; the latter only end a list of absent people.
_ADJUSTING = re.compile(
    r"(?:utsed?(?:s|d|dda) att justera|(?:att|val av) justera\w*|justering\w*|underskrifter?|namnteckning\w*|paragrafer)(?: [\wåäö]+){0,3}[ \t]*(?:[:\t]|$)",
    re.IGNORECASE,
)
_WRITING = re.compile(
    r"(?:(?:mötes|nämnd)?sekreterare|protokollförare|(?:för |vid )?(?:anteckning\w*|protokollet|pennan)|antecknare|antecknat av|"
    r"(?:mötes)?ordförande|mötesledare|justera\w*)[ \t]*(?:[:\t]|$)",
    re.IGNORECASE,
)
_PEN = re.compile(
    r"(?:vid (?:protokollet|pennan)|för anteckningarna|antecknat av|antecknare)[ \t]*(?:[:\t]|$)", re.IGNORECASE
)


def _ends_list(line: Line, block: Block) -> bool:
    return bool(
        _ADJUSTING.match(line.text)
        or _PEN.match(line.text)
        or (block.presence == "frånvarande" and _WRITING.match(line.text))
    )


def _rows_of(line: Line, text: str, cells: tuple[str, ...], seats: Collection[str], *, is_absent: bool) -> list[Row]:
    """The person of the line; of a line with two columns of people both; of *Öby: Eva Ek, Bo Alm* all."""
    if len(text) > 110 or (_CLOSED.search(line.text) and " " in text and len(text.split()) > 9):
        return []
    grouped = re.match(r"([^:]{2,40}):\s+(.+)$", text) or re.match(r"([^:–-]{2,30}) [–-] ([A-ZÅÄÖ].+)$", text)
    if grouped and not is_role(grouped[1]) and not is_name(grouped[1]) and len(cells) < 2:
        return group_rows(grouped[1], grouped[2], seats)
    away = called(re.split(r"\.\s", text)[0], seats) if len(cells) < 2 else None
    if away and away.presence == "frånvarande":
        return [away]
    if len(cells) > 1 and all(is_name(re.split(r"[,(]", cell)[0].strip()) for cell in cells):
        return [row for cell in cells if (row := read_row(cell, (), seats))]
    if is_role(text) and ":" in text and is_absent:
        return []
    row = read_row(text, cells, seats)
    if row is None and is_role(text):
        row = read_row(re.sub(r"^[^:\t]{3,40}[:\t]\s*", "", text), cells[1:], seats)
        row = replace(row, role=re.split(r"[:\t]", text)[0].strip().lower()) if row else None
    return [row] if row else []


def _read_text(lines: Sequence[Line], n: int, rest: str, block: Block, seats: Collection[str]) -> None:
    """People in running text after a heading, to the end of the paragraph."""
    text, last = rest, n
    while not _CLOSED.search(text.rstrip()) and last + 1 < len(lines) and not _ends_paragraph(lines, last, text):
        last += 1
        text = f"{text} {lines[last].text}"
    start = lines[n].end - len(rest)
    block.rows += [(row, start, lines[last].end) for row in told_in(text, block, seats)]
    block.last = last if block.rows else n


def _rows_in(line: Line, block: Block, text: str, seats: Collection[str]) -> list[tuple[Row, int, int]]:
    return [(row, line.start, line.end) for row in told_in(text, block, seats)]


def _ends_paragraph(lines: Sequence[Line], last: int, text: str) -> bool:
    after = lines[last + 1]
    if _PARTY.match(after.text):
        return True
    goes_on = (
        text.rstrip().endswith((",", ";", "-", " och")) or after.text[0].islower() or text.count("(") > text.count(")")
    )
    if goes_on:
        return False
    if (
        re.match(r"(?:\d{1,2}[.)]|§) ?\S|[A-ZÅÄÖ][\wåäö ]{2,25}\t", after.text)
        or is_role(after.text)
        and ":" in after.text
    ):
        return True
    return after.has_gap or bool(after.bullet) or heading_of(after) is not None or not _fills(lines, last, after)


def _fills(lines: Sequence[Line], last: int, after: Line) -> bool:
    """Whether the line is so long that the next one is its continuation: its first word had found no room."""
    width = max([MIN_WIDTH, *(len(line.text) for line in lines[max(0, last - 40) : last + 40])])
    return len(lines[last].text) + 1 + len(after.text.split()[0]) > width * 0.85


def _torn_places(lines: Sequence[Line], blocks: Sequence[Block], taken: set[int]) -> list[tuple[int, str]]:
    """A column of places that follows lists of bare names."""
    bare = [block for block in blocks if block.rows and _is_column(block)]
    if not bare or len(bare) != len([block for block in blocks if block.rows]) or _count(blocks) < 2:
        return []
    found: list[tuple[int, str]] = []
    for at in range(max(block.last for block in bare) + 1, len(lines)):
        if not _is_place(lines[at]):
            break
        found.append((at, lines[at].text))
    return found if len(found) >= 2 else []


def _is_column(block: Block) -> bool:
    """Whether the names stand one a line without places."""
    return all(row.seat is None for row, _, _ in block.rows) and len({at for _, at, _ in block.rows}) == len(block.rows)


def _is_place(line: Line) -> bool:
    outside = re.sub(r"\([^)]*\)?", "", line.text).strip()
    words = outside.split()
    return (
        "\t" not in line.text
        and bool(words)
        and len(words) <= MAX_PLACE_WORDS
        and outside[0].isupper()
        and not _CLOSED.search(outside)
    )


def _count(blocks: Sequence[Block]) -> int:
    return sum(len(block.rows) for block in blocks)


def _pair(blocks: Sequence[Block], places: list[str]) -> bool:
    """Give each name its place in order when there are as many of both."""
    if _count(blocks) != len(places):
        return False
    left = iter(places)
    for block in blocks:
        block.rows = [(_seated(row, next(left), block), at, end) for row, at, end in block.rows]
    return True


def _seated(row: Row, place: str, block: Block) -> Row:
    held = re.fullmatch(r"([^(]*?)\s*(?:\(([^)]*)\)?)?", place)
    seat, inner = (held[1], held[2]) if held else (place, None)
    return settled(replace(row, seat=seat, role=row.role or inner), block)


def _participant(whole: Running, row: Row, start: int, end: int) -> Participant:
    """The person with the words of the page where the name stands."""
    stretch = whole.text[start:end]
    pattern = r"\s+".join(re.escape(word) for word in row.name.split())
    at = re.search(pattern, stretch)
    begin, stop = (start + at.start(), start + at.end()) if at else (start, end)
    seat = " ".join(row.seat.split()) if row.seat else None
    return Participant(
        name=row.name,
        seat=seat,
        role=row.role,
        presence=row.presence,
        note=row.note,
        anchor=whole.anchor(begin, stop),
    )


def _deduplicated(people: Iterator[Participant]) -> tuple[Participant, ...]:
    """One row a person: the same name with the same seat is one, with two seats two."""
    found: dict[tuple[str, str], Participant] = {}
    for one in people:
        same = [key for key in found if key[0] == fold_letters(one.name)]
        held = found[same[0]] if len(same) == 1 else None
        if (
            held and one.seat is None and (one.role or one.presence == held.presence)
        ):  # *Justerare: Eva Ek* below the list
            found[same[0]] = replace(held, role=held.role or one.role)
        else:
            found.setdefault((fold_letters(one.name), fold_letters(one.seat or "")), one)
    return tuple(found.values())


__all__ = ["Attendance", "columns_of", "find_attendance", "find_names", "heading_of"]
