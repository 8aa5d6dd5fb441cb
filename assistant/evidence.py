"""The evidence and the records as they may be used: what gives orders to a program is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Citation, Evidence
from corpus.archive import Archive
from corpus.records import Anchor, Filter, Part, Passage, Scope, Span

HEADING_REACH_CHARS = 120
Taken = Mapping[str, Sequence[Span]]


def taken(archive: Archive, scope: Scope, document_ids: Iterable[str]) -> Taken:
    """The stretches of each document that give orders to a program; documents without any are not in it."""
    return archive.orders(scope, dict.fromkeys(document_ids))


def clean_evidence(archive: Archive, scope: Scope, evidence: Sequence[Evidence], out: Taken) -> tuple[Evidence, ...]:
    """The evidence without those stretches; a passage of nothing else falls away."""
    cleaned = (_clean_passage(archive, scope, one.passage, out.get(one.passage.document_id, ())) for one in evidence)
    return tuple(
        replace(one, passage=passage) for one, passage in zip(evidence, cleaned, strict=True) if passage is not None
    )


def clean_part(part: Part, out: Taken) -> Part:
    """The part without the records that stand in those stretches."""
    spans = out.get(part.document_id, ())
    if not spans:
        return part
    return replace(
        part,
        decisions=tuple(one for one in part.decisions if not _is_in(one.anchor, spans)),
        actions=tuple(one for one in part.actions if not _is_in(one.anchor, spans)),
        next_meetings=tuple(one for one in part.next_meetings if not (one.anchor and _is_in(one.anchor, spans))),
        abbreviations=tuple(one for one in part.abbreviations if not _is_in(one.anchor, spans)),
    )


def merged(found: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """Several searches' evidence as one list by reciprocal ranks (k = 60, Cormack et al. 2009), each passage once."""
    worth: dict[str, float] = {}
    first: dict[str, Evidence] = {}
    for evidence in found:
        for rank, one in enumerate(evidence, 1):
            worth[one.passage.passage_id] = worth.get(one.passage.passage_id, 0.0) + 1 / (60 + rank)
            first.setdefault(one.passage.passage_id, one)
    best = sorted(worth, key=lambda passage_id: -worth[passage_id])
    return tuple(replace(first[passage_id], rank=rank) for rank, passage_id in enumerate(best, 1))


def surroundings(archive: Archive, scope: Scope, citations: Sequence[Citation]) -> dict[int, str]:
    """What stands over each citation's words, by its number: the titles of its agenda item and of its part, its bodies."""
    documents = tuple(sorted({one.document_id for one in citations}))
    parts = archive.parts(scope, Filter(documents=documents)) if documents else []
    return {
        one.number: "\n".join(
            text
            for part in parts
            if part.document_id == one.document_id
            for text in (*_titles(part, one.span), *_in_full(part, one.quote))
        )
        for one in citations
    }


def _titles(part: Part, span: Span) -> list[str]:
    items = [item for item in part.items if any(_is_in(_widened(span), (held,)) for held in item.spans)]
    if not any(_is_in(span, (held,)) for held in part.spans):
        return []
    titles = [part.title or "", *(f"{item.number or ''} {item.title}" for item in items)]
    return [*titles, *(body.value for body in part.bodies if body.value)]


def _in_full(part: Part, quote: str) -> list[str]:
    """The names of those whom the quote calls by their first name alone, as the body's other documents have them."""
    words = set(re.findall(r"[\w-]+", quote))
    short = ((one.anchor.quote, one.name) for one in part.participants if one.anchor)
    return [
        name
        for printed, name in short
        if printed != name and printed.split()[:1] == name.split()[:1] and name.split()[0] in words
    ]


def _widened(span: Span) -> Span:
    """With what follows it, so that a heading belongs to its item."""
    return replace(span, end=span.end + HEADING_REACH_CHARS)


def _is_in(place: Anchor | Span, spans: Sequence[Span]) -> bool:
    return any(one.page == place.page and one.start < place.end and place.start < one.end for one in spans)


def _clean_passage(archive: Archive, scope: Scope, passage: Passage, out: Sequence[Span]) -> Passage | None:
    if not any(_is_in(span, out) for span in passage.spans):
        return passage
    texts = archive.page_texts(scope, passage.document_id)
    left = [
        rest
        for span in passage.spans
        for rest in _minus(span, out)
        if texts[rest.page - 1][rest.start : rest.end].strip()
    ]
    if not left:
        return None
    text = "\n".join(texts[span.page - 1][span.start : span.end] for span in left)
    return replace(passage, spans=tuple(left), text=text)


def _minus(span: Span, out: Sequence[Span]) -> list[Span]:
    """The span without the others, in order."""
    pieces, at = [], span.start
    for other in sorted((one for one in out if one.page == span.page), key=lambda one: one.start):
        if other.end <= at or other.start >= span.end:
            continue
        if other.start > at:
            pieces.append(Span(page=span.page, start=at, end=other.start))
        at = other.end
    return [*pieces, Span(page=span.page, start=at, end=span.end)] if at < span.end else pieces
