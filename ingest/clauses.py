"""A part's text as clauses: sentences, rows of lists with the sentence that leads them, and what stands under a label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.swedish.wording import fold_letters
from ingest.alone import LABELS
from ingest.decided import decided_cells
from ingest.persons import NAME
from ingest.running import Line, Running

# A point of a list that goes on in the line (*… av Åsgården. 2. Bidraget fördelas …*) begins anew after its number.
_END = re.compile(r"(?<=[.!?])\s+\d{1,2}[.)]\s+(?=[A-ZÅÄÖ])|(?<=[.!?])\s+(?=[A-ZÅÄÖ§»”\"•–\[(-])|\n[ \t]*\n")
# A row of a list whose line is shorter than this was not cut by the page's width: a capital after it starts anew.
MIN_CUT_CHARS = 55
# *Barn- och utbildningsnämndens förslag till beslut* is a label; longer lines are sentences.
MAX_LABEL_CHARS = 60
# Words whose full stop ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:bl\.? ?a|t\.? ?ex|d\.? ?v\.? ?s|m\.? ?m|f\.? ?d|t\.? ?f|ca|kl|dr|nr|ev|inkl|resp|tel|bitr|tf|ordf|"
    r"kap|st|[A-ZÅÄÖ])\.$"
)
_NUMBERED_ROW = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)][ \t]+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Clause:
    """text[start:end]; a row of a list has its `lead`, what stands under a label the label's words."""

    start: int
    end: int
    lead: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    is_row: bool
    label: str = ""
    is_alone: bool = False


def sentence_bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences and paragraphs of text[start:end], trimmed."""
    at = start
    stops = [match.span() for match in _END.finditer(text, start, end) if not _is_short(text, match.start())]
    for stop, after in [*stops, (end, end)]:
        piece = text[at:stop]
        first = at + len(piece) - len(piece.lstrip())
        last = stop - (len(piece) - len(piece.rstrip()))
        if first < last:
            yield first, last
        at = after


def _is_short(text: str, at: int) -> bool:
    """Whether the full stop before `at` belongs to a short form (*kl. 9*, *t.ex. Öby*)."""
    return text[at - 1 : at] == "." and _ABBREVIATED.search(text[max(0, at - 8) : at]) is not None


def find_clauses(whole: Running, lines: Sequence[Line], skip: Collection[int]) -> list[Clause]:
    """All clauses of the lines outside `skip` (attendance, headings), in order."""
    cells = decided_cells(whole, lines)
    found = [Clause(cell.start, cell.end, label=cell.label) for cell in cells if cell.start < cell.end]
    lead, label, alone, is_after_rows, passed = "", "", False, False, 0
    waiting: Clause | None = None
    for block in _blocks(lines, set(skip) | {cell.line for cell in cells}):
        if block.label:
            lead, label, alone, is_after_rows, passed = "", block.label.strip("-"), block.is_alone, False, 0
            continue
        if block.is_row and (lead or (label and not passed)):
            if waiting:  # what leads rows is no clause of its own
                found.remove(waiting)
                waiting = None
            found += _row_clauses(whole.text, block, lead, label)
            is_after_rows = True
            continue
        if is_after_rows:
            lead, label, is_after_rows = "", "", False
        sentences = list(sentence_bounds(whole.text, block.start, block.end))
        found += [
            Clause(start, end, label=label if _is_labelled(whole.text[start:end], n + passed, alone) else "")
            for n, (start, end) in enumerate(sentences)
        ]
        last = whole.text[slice(*sentences[-1])] if sentences else ""
        # A row of a list mostly ends without a mark: only a colon makes it the lead of rows of its own.
        lead = " ".join(last.split()) if is_open(last) and (not block.is_row or last.endswith(":")) else ""
        waiting = found[-1] if lead and sentences else None
        passed += len(sentences)
        if not lead and not (alone and last.endswith(".") and not block.is_row):
            label = ""
    return sorted(found, key=lambda clause: clause.start)


def _row_clauses(text: str, block: _Block, lead: str, label: str) -> Iterator[Clause]:
    """A row's points; of a row that begins with *att* the sentences after its first stand for themselves."""
    if not text.startswith("att ", block.start):
        for start, end in _points(text, block.start, block.end):
            yield Clause(start, end, lead=lead, label=label)
        return
    for n, (start, end) in enumerate(sentence_bounds(text, block.start, block.end)):
        yield Clause(start, end, lead=lead if n == 0 else "", label=label if n == 0 else "")


# What a sentence that settles something says, after the first under *Beslut*: a passive, *är, ska, får, gäller, ligger fast*,
# or who pays, buys and answers for what.
_SETTLES = re.compile(
    r"\b(?:(?!vantas|berattas|redovisas|bifogas|bilaggs|avtackas|finns|anses|kanns|saknas|\w+(?:ar|er|or)nas|\w+(?:ens|ets|ans)\b)"
    r"\w{2,}(?:as|es|ds|gs|js|ks|ls|ps|rs|vs)|ar|ska|skall|far|galler|ligger fast|star fast|"
    r"betalar|bekostar|finansierar|koper|svarar for|star for|ansvarar for|erbjuder|anordnar|infor|upphor|utser|bildar)\b"
)
# What tells of the meeting there: one who differs, what was, what is left for later.
_TELLS = re.compile(
    r"\b(?:reserv\w*|delt(?:og|ar) (?:inte|ej)|yrka\w*|jav\w*|lamnar (?:motet|sammantradet)|senare|\w{4,}(?:ade|ades)|var|hade|blev|fick)\b"
)
# A person or an office at the beginning of a sentence does something, and settles nothing.
_SOMEONE = re.compile(rf"{NAME}|(?:Den|Det|Hon|Han|Jag|Samordnaren|Sekreteraren|Ordföranden)\b")


def _is_labelled(sentence: str, n: int, alone: bool) -> bool:
    """Whether the n-th sentence after a label is of it: under a line that is only *Beslut* all that settle something,
    after *Beslut:* the first."""
    if n == 0 or not alone:
        return n == 0
    folded = fold_letters(sentence)
    return bool(_SETTLES.search(folded)) and not _SOMEONE.match(sentence) and not _TELLS.search(folded)


def _points(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A row of a list, or the numbered points that share it."""
    at = start
    for match in _POINT.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
    last = re.search(r"(?<=[.!?])\s+\d{1,2}[.)]$", text[at:end])  # the next point's number, its words on the next line
    yield at, at + last.start() if last else end


_POINT = re.compile(r"(?<=[.!?])\s+\d{1,2}[.)]\s+(?=[A-ZÅÄÖ])")


def is_open(sentence: str) -> bool:
    """Whether a sentence waits for the rows of a list: it ends with its verb, *att*, *följande* or a colon."""
    return re.search(r"(?:[^.!?…;)\"”\s]|:)\s*$", sentence) is not None


def _blocks(lines: Sequence[Line], skip: Collection[int]) -> list[_Block]:
    blocks: list[_Block] = []
    previous = -2
    for n, line in enumerate(lines):
        if n in skip:
            previous = -2
            is_deciding = _DECIDES.fullmatch(fold_letters(line.text).strip(" .:*?!"))
            blocks.append(_Block(line.start, line.start, False, label="beslut" if is_deciding else "-"))
            continue
        label = label_of(line)
        if label:
            blocks.append(_Block(line.start, line.end, False, label=label, is_alone=":" not in line.text))
            previous = -2
            if ":" in line.text and line.text.split(":", 1)[1].strip(" *"):
                after = line.start + line.text.index(":") + 1
                after += len(line.text[after - line.start :]) - len(line.text[after - line.start :].lstrip(" *"))
                blocks.append(_Block(after, line.end, False))
                previous = n
            continue
        if previous == n - 1 and blocks and _goes_on(line, blocks[-1], lines[n - 1]):
            blocks[-1] = _Block(blocks[-1].start, line.end, blocks[-1].is_row, blocks[-1].label)
        else:
            number = _NUMBERED_ROW.match(line.text)
            start = line.start + (number.end() if number else 0)
            blocks.append(_Block(start, line.end, is_row(line)))
        previous = n
    return blocks


# Headings whose rows are decided (*Så gör vi*), though they stand among the items.
_DECIDES = re.compile(
    r"(?:(?:\d+|[a-z])[.)]? )?(?:sa (?:gor vi|blir det)|"
    r"(?:det har|detta) (?:bestamde|beslutade) vi|vi (?:bestamde|beslutade|kom fram till)|(?:vad vi )?bestamde|"
    r"beslutspunkter|vad som bestamdes|overenskommelser)"
)


def label_of(line: Line) -> str:
    """The label that a line is or opens with (*Beslut*, *Förslag till beslut:*), folded; empty for other lines."""
    head, colon, _ = line.text.partition(":")
    folded = fold_letters(head).strip(" .*")
    if not line.text[0].isupper() or len(folded) > MAX_LABEL_CHARS or not LABELS.fullmatch(folded):
        return ""
    return folded if colon or len(head) == len(line.text) else ""


def is_row(line: Line) -> bool:
    """A row of a list: a bullet, a number or letter, or *att* at its start."""
    return bool(line.bullet) or bool(_NUMBERED_ROW.match(line.text)) or line.text.startswith(("att ", "Att "))


def _goes_on(line: Line, block: _Block, before: Line) -> bool:
    if line.is_marked or len(line.cells) > 1 or len(before.cells) > 1:
        return False
    if is_row(line) and not (line.text.startswith("att ") and not block.is_row and not is_open_lead(before.text)):
        return False
    if block.is_row:
        is_cut = len(before.text) >= MIN_CUT_CHARS and not re.search(r"[.!?]$", before.text)
        return not line.has_gap and (not line.text[0].isupper() or is_cut)
    return not line.has_gap or (line.is_first and not re.search(r"[.!?:]$", before.text))


def is_open_lead(text: str) -> bool:
    """Whether a line's end names a deciding verb or a colon, so that *att* on the next line opens a row."""
    return (
        re.search(
            r"(?::|(?:beslut|enades|rekommend|foresl|uppdra|overens|faststall|godkann)\w*(?: (?:om|foljande|enhalligt|\w+et|\w+en))?,?)\s*$",
            fold_letters(text),
        )
        is not None
    )
