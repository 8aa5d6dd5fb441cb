"""A part to passages that never cross an agenda item, cut between sentences, lists kept with what leads them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from corpus.records import AgendaItem, Page, Part, Passage, Span
from ingest.clauses import is_row, sentence_bounds
from ingest.running import Line, Running, running

VERSION = "3"
# Words a passage grows to before it is closed; the range that research found best for short minutes.
TARGET_WORDS = 90
# A passage may grow to this many words to keep a list with its lead: longer lists are cut between rows, each piece
# after the first beginning with a row. Found on att-lists and attendance of up to forty rows.
MAX_WORDS = 220
# A rest shorter than this is a sentence or two whose matter stands in the passage before.
MIN_WORDS = 25
_Path = tuple[AgendaItem, ...]
_Region = tuple[_Path, list[Span]]


def make_passages(document_id: str, pages: Sequence[Page], parts: Sequence[Part]) -> tuple[Passage, ...]:
    """The passages of all parts, part by part in the order of the text."""
    texts = {page.number: page.text for page in pages}
    whole = running(pages)
    return tuple(
        _passage(document_id, part, path, spans, texts)
        for part in parts
        for path, spans in _over_pages([(path, _cut(whole, region, texts)) for path, region in _regions(part)], texts)
    )


def _over_pages(regions: Sequence[_Region], texts: dict[int, str]) -> Iterator[tuple[_Path, tuple[Span, ...]]]:
    """Each passage's spans: what a page break cut off (a lead without its rows, half a sentence) goes with what follows."""
    carried: tuple[Span, ...] = ()
    for n, (path, spans) in enumerate(regions):
        for m, span in enumerate(spans):
            after = regions[n + 1] if m + 1 == len(spans) and n + 1 < len(regions) else None
            is_cut = after is not None and after[1] and after[0] == path and after[1][0].page != span.page
            kept, rest = _split_open(span, texts[span.page]) if is_cut else (span, None)
            if kept:
                yield path, (*carried, kept)
                carried = ()
            carried = (*carried, rest) if rest else carried


def _split_open(span: Span, text: str) -> tuple[Span | None, Span | None]:
    """The span up to its last whole sentence, and the open one."""
    start, end = list(sentence_bounds(text, span.start, span.end))[-1]
    if re.search(r"[.!?…)\"”]$", text[start:end].rstrip("* |")):
        return span, None
    last_row = text.rfind("\n", start, end)
    if last_row > 0 and len(text[start:end].split()) > MAX_WORDS:
        return span, None
    before = len(text[: max(start, span.start)].rstrip())
    kept = Span(page=span.page, start=span.start, end=before) if before > span.start else None
    return kept, Span(page=span.page, start=start, end=end)


def _regions(part: Part) -> Iterator[tuple[tuple[AgendaItem, ...], Span]]:
    """The part's text page by page, cut where an item begins or ends, each piece with its items' path."""
    paths = list(_paths(part.items))
    for span in part.spans:
        marks = sorted(
            {span.start, span.end}
            | {
                at
                for item in part.items
                for s in item.spans
                if s.page == span.page
                for at in (s.start, s.end)
                if span.start < at < span.end
            }
        )
        for start, end in zip(marks, marks[1:], strict=False):
            path = next((path for path in paths if _holds(path[-1], span.page, start)), ())
            yield path, Span(page=span.page, start=start, end=end)


def _paths(items: Sequence[AgendaItem]) -> Iterator[tuple[AgendaItem, ...]]:
    """Each item with those it stands under."""
    stack: list[AgendaItem] = []
    for item in items:
        while stack and stack[-1].level >= item.level:
            stack.pop()
        stack.append(item)
        yield tuple(stack)


def _holds(item: AgendaItem, page: int, at: int) -> bool:
    return any(span.page == page and span.start <= at < span.end for span in item.spans)


def _cut(whole: Running, region: Span, texts: dict[int, str]) -> list[Span]:
    """Groups of sentences and rows of about the target's length; a short rest joins the group before it."""
    found = list(_groups(whole, region, texts))
    text = texts[region.page]
    if len(found) > 1 and len(text[found[-1].start : found[-1].end].split()) < MIN_WORDS:
        found[-2:] = [Span(page=region.page, start=found[-2].start, end=found[-1].end)]
    return found


def _groups(whole: Running, region: Span, texts: dict[int, str]) -> Iterator[Span]:
    start, words, last = None, 0, region.start
    pieces = list(_pieces(whole, region, texts))
    for n, (begin, end, _) in enumerate(pieces):
        start = begin if start is None else start
        words += len(texts[region.page][begin:end].split())
        last = end
        keeps = n + 1 < len(pieces) and pieces[n + 1][2] and words < MAX_WORDS
        if words >= TARGET_WORDS and not keeps:
            yield Span(page=region.page, start=start, end=end)
            start, words = None, 0
    if start is not None:
        yield Span(page=region.page, start=start, end=last)


def _pieces(whole: Running, region: Span, texts: dict[int, str]) -> Iterator[tuple[int, int, bool]]:
    """Sentences of the region; the last value tells that the piece is a row that must stay with what is before it."""
    base = whole.starts[whole.numbers.index(region.page)]
    rows = {line.start - base for line in whole.lines(base + region.start, base + region.end) if _is_row(line)}
    text = texts[region.page]
    for begin, end in sentence_bounds(text, region.start, region.end):
        cuts = [begin, *sorted(at for at in rows if begin < at < end), end]
        for n, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False)):
            first = a if n == 0 else _bullet_start(text, a)
            stop = b if b == end else _bullet_start(text, b)
            trimmed = first + len(text[first:stop].rstrip())
            yield first, first + (trimmed - first), n > 0 or a in rows


def _bullet_start(text: str, at: int) -> int:
    """Where the row's bullet or number stands on its line."""
    line = text.rfind("\n", 0, at) + 1
    return line if re.fullmatch(r"[^\w\n]*", text[line:at]) else at


def _is_row(line: Line) -> bool:
    return is_row(line) or len(line.cells) > 1


def _passage(document_id: str, part: Part, path: _Path, spans: tuple[Span, ...], texts: dict[int, str]) -> Passage:
    where = ",".join(f"{span.page}:{span.start}:{span.end}" for span in spans)
    number = next((one.number for one in reversed(path) if one.number), None)
    return Passage(
        passage_id=hashlib.sha256(f"{document_id}:{part.part_id}:{where}:{VERSION}".encode()).hexdigest()[:32],
        document_id=document_id,
        part_id=part.part_id,
        text="\n".join(texts[span.page][span.start : span.end] for span in spans),
        heading=tuple(f"{one.number} {one.title}" if one.number else one.title for one in path),
        body=part.body,
        date=part.meeting_date.value,
        kind=part.kind.value,
        item_number=number,
        spans=spans,
    )
