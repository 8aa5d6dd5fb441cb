"""Words to text: columns in reading order, table rows kept together, running headers and footers off."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.alignment import AlignedText
from corpus.errors import DictionaryMissingError
from corpus.records import Page, Run, WordBox, WordBoxes
from corpus.swedish.hunspell import is_word
from ingest.words import Line, RawPage, Word

# Cells of a row stand further apart than this many letter heights; words of a sentence hardly ever do.
CELL_GAP_HEIGHTS = 2.0
# Lines whose heights overlap by this share stand on one row.
ROW_OVERLAP = 0.5
# Running text in columns has at least so many words a line (cells of tables have fewer) and lines a side,
COLUMN_WORDS, MIN_COLUMN_LINES = 3, 3
# and fills its column: cells and lists of names end here and there.
MIN_COLUMN_FILL = 0.7
# Lines so many line pitches below the last begin something new; for one last line alone less is enough.
HEADING_GAP, LONE_GAP = 1.3, 1.15
# Ragged ends of lines reach so far into the strip between columns (share of the width).
GUTTER_SLACK, GUTTER_STEP = 0.01, 0.005
A4_ASPECT = 1.414
# A table without rules: at least so many cells a row; a cell's next line begins where the cell does (share of the
# width) and no further down than so many letter heights.
MIN_CELLS, ALIGNED, MAX_WRAP_GAP = 3, 0.008, 1.5
MARGIN_SHARE, FURNITURE_LINES = 0.12, 3
_COUNTING = re.compile(r"(?i)^\W*(?:sida|sid\.?|s\.)?\s*\d{1,4}\s*(?:(?:\(|/|av)\s*\d{1,4}\s*\)?)?\W*$")
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
_PARTED, _TAIL = re.compile(r"([^\W\d_]{2,})-\n$"), re.compile(r"[a-zåäöéü]{2,}")
# *20/2.* ends a sentence: no page number has a full stop after it.
_DAY = re.compile(r"\d/\d+\.\s*$")
_DIGITS = re.compile(r"\d+")


def in_reading_order(lines: Sequence[Line], aspect: float = A4_ASPECT) -> list[Line]:
    """Side-by-side columns one after the other, otherwise pieces of one row joined, top to bottom.

    Rows of tables stay as they are; lines set aside come last.
    """
    shown = [line for line in lines if not line.is_aside]
    aside = sorted((line for line in lines if line.is_aside), key=_middle)
    return [*_ordered([piece for line in shown for piece in _pieces(line, aspect)]), *aside]


def compose(pages: Sequence[RawPage]) -> tuple[Page, ...]:
    """The pages with raw text, text, and the alignment between them.

    Each page as its engine gave it is let go when it is done, where the caller keeps none.
    """
    repeated, waiting = _repeated(pages), deque(pages)
    del pages
    return tuple(_composed(waiting.popleft(), repeated) for _ in range(len(waiting)))


def _pieces(line: Line, aspect: float) -> Iterator[Line]:
    """A line parted where its words stand as far apart as cells and columns do."""
    start = 0
    for at in range(1, len(line.words)):
        if not line.is_row and _is_apart(line.words[at - 1], line.words[at], aspect):
            yield replace(line, words=line.words[start:at])
            start = at
    yield replace(line, words=line.words[start:])


def _is_apart(word: Word, following: Word, aspect: float) -> bool:
    return following.left - word.right > CELL_GAP_HEIGHTS * following.height * aspect


def _ordered(pieces: list[Line]) -> list[Line]:
    gutter = _gutter(pieces)
    if gutter is None:
        return _rows(pieces)
    made: list[Line] = []
    for crosses, group in groupby(sorted(pieces, key=_middle), key=lambda one: _crosses(one, gutter)):
        zone = list(group)
        made += _rows(zone) if crosses else _columns(zone, gutter)
    return made


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter - GUTTER_SLACK and line.right > gutter + GUTTER_SLACK


def _columns(zone: list[Line], gutter: float) -> list[Line]:
    """The left side, then the right, when both are running text; else row by row."""
    left = [piece for piece in zone if piece.right <= gutter + GUTTER_SLACK]
    right = [piece for piece in zone if piece.right > gutter + GUTTER_SLACK]
    if not (_is_running_text(left) and _is_running_text(right)):
        return _rows(zone)
    after = _after(left, max(piece.bottom for piece in right))
    return [*_ordered(left[: len(left) - len(after)]), *_ordered(right), *_rows(after)]


def _after(left: list[Line], bottom: float) -> list[Line]:
    """The last lines of the left side, below the other's end and apart from what is above: they follow both columns."""
    pitches = [below.top - above.top for above, below in pairwise(left)]
    usual = sorted(pitches)[len(pitches) // 2]
    for at in range(1, len(left)):
        least = LONE_GAP if at == len(left) - 1 else HEADING_GAP
        if left[at].top > bottom and pitches[at - 1] > least * usual:
            return left[at:]
    return []


def _gutter(pieces: list[Line]) -> float | None:
    """The middle of the strip, of those with running text on both sides, that the fewest lines cross; or None."""
    found: list[tuple[int, float]] = []
    for step in range(int(0.85 / GUTTER_STEP), int(0.15 / GUTTER_STEP), -1):
        x = step * GUTTER_STEP
        left = [piece for piece in pieces if piece.right <= x + GUTTER_SLACK]
        right = [piece for piece in pieces if piece.right > x + GUTTER_SLACK and piece.left >= x - GUTTER_SLACK]
        if min(len(left), len(right)) < MIN_COLUMN_LINES:
            continue
        if _is_running_text(_beside(left, right)) and _is_running_text(_beside(right, left)):
            found.append((len(pieces) - len(left) - len(right), x))
    fewest = min((crossing for crossing, _ in found), default=0)
    strip = [x for crossing, x in found if crossing == fewest]
    return strip[len(strip) // 2] if strip else None


def _beside(side: list[Line], other: list[Line]) -> list[Line]:
    """The lines of a side that stand no higher and no lower than the other side."""
    if not other:
        return []
    top, bottom = min(line.top for line in other), max(line.bottom for line in other)
    return [line for line in side if line.bottom > top and line.top < bottom]


def _is_running_text(lines: list[Line]) -> bool:
    if len(lines) < MIN_COLUMN_LINES or any(line.is_row for line in lines):
        return False
    widths = sorted(line.right - line.left for line in lines)
    words = sum(len(line.words) for line in lines) / len(lines)
    return words >= COLUMN_WORDS and widths[len(widths) // 2] >= MIN_COLUMN_FILL * widths[-1]


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _rows(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        if rows and any(_on_one_row(line, other) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(row) for row in _wrapped([sorted(row, key=lambda one: one.left) for row in rows])]


def _wrapped(rows: list[list[Line]]) -> list[list[Line]]:
    """Rows of three cells or more with the lines that a cell runs on to put into their cell."""
    made: list[list[Line]] = []
    for row in rows:
        at = _cells_continued(made[-1], row) if made and len(made[-1]) >= MIN_CELLS else None
        if at is None:
            made.append(row)
            continue
        above = [replace(cell, words=_numbered(cell, number)) for number, cell in enumerate(made[-1])]
        for number, piece in zip(at, row, strict=True):
            above[number] = replace(above[number], words=(*above[number].words, *_numbered(piece, number)))
        made[-1] = above
    return made


def _cells_continued(cells: list[Line], row: list[Line]) -> list[int] | None:
    """Which cell each piece of the row below runs on from, when the row is nothing but such pieces.

    A row with something in the first cell is a row of its own.
    """
    if len(row) >= len(cells) or any(piece.is_row for piece in row):
        return None
    last = max(word.bottom for cell in cells for word in cell.words)
    if row[0].top - last > MAX_WRAP_GAP * (row[0].bottom - row[0].top):
        return None
    starts = [min(word.left for word in cell.words) for cell in cells]
    found = [next((n for n, at in enumerate(starts) if abs(at - one.left) < ALIGNED), -1) for one in row]
    return found if min(found) > 0 else None


def _numbered(line: Line, column: int) -> tuple[Word, ...]:
    return tuple(replace(word, column=column) for word in line.words)


def _joined(row: list[Line]) -> Line:
    return row[0] if len(row) == 1 else Line(tuple(word for piece in row for word in piece.words))


def _on_one_row(line: Line, other: Line) -> bool:
    if line.is_row or other.is_row:
        return False
    overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
    lower = min(line.bottom - line.top, other.bottom - other.top)
    return overlap >= ROW_OVERLAP * lower and (line.left >= other.right or line.right <= other.left)


def _repeated(pages: Sequence[RawPage]) -> frozenset[str]:
    """Shapes (digits as #) of margin lines that stand on at least half of the pages and on two or more."""
    seen = Counter(shape for page in pages for shape in {_shape(line.text) for line in _margin_lines(page)})
    least = max(2, (len(pages) + 1) // 2)
    return frozenset(shape for shape, count in seen.items() if count >= least and any(map(str.isalpha, shape)))


def _margin_lines(page: RawPage) -> list[Line]:
    lines = [line for line in page.lines if line.bottom < MARGIN_SHARE or line.top > 1 - MARGIN_SHARE]
    return lines if len(lines) < 12 else lines[:FURNITURE_LINES] + lines[-FURNITURE_LINES:]


def _shape(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()).lower())


def _is_furniture(line: Line, margin: list[Line], repeated: frozenset[str]) -> bool:
    if line not in margin:
        return False
    is_number = _COUNTING.match(line.text) and not _YEAR.fullmatch(line.text) and not _DAY.search(line.text)
    return _shape(line.text) in repeated or bool(is_number)


def _composed(page: RawPage, repeated: frozenset[str]) -> Page:
    raw, boxes, starts = _raw(page)
    built = AlignedText(raw)
    if page.plain is not None:
        built.keep(0, len(raw))
    margin = _margin_lines(page)
    spans = [
        span
        for line, span in zip(page.lines, starts, strict=True)
        if not line.is_aside and not _is_furniture(line, margin, repeated)
    ]
    for (start, end), (following, _) in pairwise([*spans, (len(raw), len(raw))]):
        built.keep(start, end - 2 if _is_hyphenated(raw[start:end], raw[following : following + 40]) else end)
    text = built.text.rstrip("\n")
    return Page(
        number=page.number,
        label=page.label,
        text=text,
        raw=raw,
        alignment=_clipped(built, len(text)),
        origin=page.origin,
        legibility=page.legibility,
        status=page.status,
        reason=page.reason,
        boxes=boxes,
        paged=page.paged,
    )


def _is_hyphenated(line: str, following: str) -> bool:
    """Whether a word was parted at the line's end: joined only where a word results (*vård-* before *och* stays)."""
    head, tail = _PARTED.search(line), _TAIL.match(following)
    if not head or not tail:
        return False
    try:
        return is_word(head[1] + tail[0])
    except DictionaryMissingError:
        return False


def _clipped(built: AlignedText, length: int) -> tuple[Run, ...]:
    kept = []
    for run in built.alignment:
        over = max(0, run.text_end - length)
        if run.text_end - over > run.text_start:
            kept.append(replace(run, text_end=run.text_end - over, raw_end=run.raw_end - over))
    return tuple(kept)


def _box(word: Word, start: int, end: int) -> WordBox:
    return WordBox(
        raw_start=start,
        raw_end=end,
        left=word.left,
        top=word.top,
        right=word.right,
        bottom=word.bottom,
        confidence=word.confidence,
    )


def _between(word: Word | None, following: Word, aspect: float) -> str:
    """What parts two words: a tab for each column on, in a table's row; a tab where they stand far apart; else a space."""
    if following.column is not None:
        steps = following.column - (word.column or 0 if word else 0)
        return "\t" * steps if steps or word is None else " "
    if word is None:
        return ""
    return "\t" if _is_apart(word, following, aspect) else " "


def _raw(page: RawPage) -> tuple[str, Sequence[WordBox], list[tuple[int, int]]]:
    """The raw text, the boxes hung on it, and each line's span with its line break."""
    if page.plain is not None:
        return unicodedata.normalize("NFC", page.plain), (), []
    pieces: list[str] = []
    boxes: list[WordBox] = []
    starts: list[tuple[int, int]] = []
    at = 0
    for line in page.lines:
        begin, previous = at, None
        for word in line.words:
            text = unicodedata.normalize("NFC", word.text)
            gap = _between(previous, word, page.aspect)
            at += len(gap)
            pieces += [gap, text]
            boxes.append(_box(word.turned_back(page.turn), at, at + len(text)))
            at += len(text)
            previous = word
        pieces.append("\n")
        at += 1
        starts.append((begin, at))
    return "".join(pieces), WordBoxes(boxes), starts
