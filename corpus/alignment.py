"""Keeps a text beside the raw text it was made from: each edit is a run, so that any span can be carried across."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.records import Run

Alignment = tuple[Run, ...]


def identity(length: int) -> Alignment:
    """The alignment of a text of `length` characters with itself."""
    return (Run(text_start=0, text_end=length, raw_start=0, raw_end=length),) if length else ()


@dataclass(slots=True)
class AlignedText:
    """Builds a text from pieces of a raw text, in the text's order, and remembers where each came from."""

    raw: str
    _pieces: list[str] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _length: int = 0

    def keep(self, raw_start: int, raw_end: int) -> None:
        """Append raw[raw_start:raw_end] unchanged."""
        self.replace(raw_start, raw_end, self.raw[raw_start:raw_end])

    def replace(self, raw_start: int, raw_end: int, text: str) -> None:
        """Append `text` in the place of raw[raw_start:raw_end]."""
        if text and raw_end > raw_start:
            self._runs.append(
                Run(text_start=self._length, text_end=self._length + len(text), raw_start=raw_start, raw_end=raw_end)
            )
        self.insert(text)

    def insert(self, text: str) -> None:
        """Append `text` that stands nowhere in the raw text."""
        self._pieces.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def alignment(self) -> Alignment:
        return merge(self._runs)


def merge(runs: Iterable[Run]) -> Alignment:
    """Join neighbouring runs that map character by character, so that an unedited page is one run."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and _is_plain(last) and _is_plain(run) and _continues(last, run):
            merged[-1] = Run(
                text_start=last.text_start, text_end=run.text_end, raw_start=last.raw_start, raw_end=run.raw_end
            )
        else:
            merged.append(run)
    return tuple(merged)


def apply_edits(text: str, alignment: Alignment, edits: Sequence[tuple[int, int, str]]) -> tuple[str, Alignment]:
    """Apply (start, end, new) edits on `text`, ordered and not overlapping, and carry `alignment` along."""
    built = AlignedText(text)
    at = 0
    for start, end, new in edits:
        built.keep(at, start)
        built.replace(start, end, new)
        at = end
    built.keep(at, len(text))
    return built.text, compose(built.alignment, alignment)


def compose(outer: Alignment, inner: Alignment) -> Alignment:
    """The alignment of C with A, from `outer` (C with B) and `inner` (B with A).

    A replaced piece maps to the hull of what it was made from; a kept piece is cut where `inner` cuts it.
    """
    starts = [run.text_start for run in inner]
    runs: list[Run] = []
    for piece in outer:
        covered = _overlapping(inner, starts, piece.raw_start, piece.raw_end)
        runs += _cut(piece, covered) if _is_plain(piece) else _hull(piece, covered)
    return merge(runs)


def to_raw(alignment: Alignment, start: int, end: int) -> tuple[int, int] | None:
    """The raw span behind text[start:end] (the hull of its runs), or None where nothing raw stands behind it."""
    starts = [run.text_start for run in alignment]
    spans = [_raw_of(run, start, end) for run in _overlapping(alignment, starts, start, end)]
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def raw_spans(alignment: Alignment, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The raw spans behind text[start:end], one a run: what to mark on an image, also across columns."""
    starts = [run.text_start for run in alignment]
    return tuple(_raw_of(run, start, end) for run in _overlapping(alignment, starts, start, end))


def to_text(alignment: Alignment, start: int, end: int) -> tuple[int, int] | None:
    """The text span made from raw[start:end], or None where it was taken off."""
    flipped = [
        Run(text_start=r.raw_start, text_end=r.raw_end, raw_start=r.text_start, raw_end=r.text_end) for r in alignment
    ]
    spans = [_raw_of(run, start, end) for run in flipped if run.text_start < end and start < run.text_end]
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def _is_plain(run: Run) -> bool:
    return run.text_end - run.text_start == run.raw_end - run.raw_start


def _continues(last: Run, run: Run) -> bool:
    return last.text_end == run.text_start and last.raw_end == run.raw_start


def _overlapping(alignment: Alignment, starts: list[int], start: int, end: int) -> list[Run]:
    first = max(bisect_right(starts, start) - 1, 0)
    found = []
    for run in alignment[first:]:
        if run.text_start >= end:
            break
        if run.text_end > start:
            found.append(run)
    return found


def _raw_of(run: Run, start: int, end: int) -> tuple[int, int]:
    if not _is_plain(run):
        return run.raw_start, run.raw_end
    shift = run.raw_start - run.text_start
    return max(start, run.text_start) + shift, min(end, run.text_end) + shift


def _cut(piece: Run, covered: list[Run]) -> list[Run]:
    shift = piece.text_start - piece.raw_start
    runs = []
    for run in covered:
        start, end = max(run.text_start, piece.raw_start), min(run.text_end, piece.raw_end)
        raw_start, raw_end = _raw_of(run, start, end)
        runs.append(Run(text_start=start + shift, text_end=end + shift, raw_start=raw_start, raw_end=raw_end))
    return runs


def _hull(piece: Run, covered: list[Run]) -> list[Run]:
    if not covered:
        return []
    spans = [_raw_of(run, piece.raw_start, piece.raw_end) for run in covered]
    return [
        Run(
            text_start=piece.text_start,
            text_end=piece.text_end,
            raw_start=min(a for a, _ in spans),
            raw_end=max(b for _, b in spans),
        )
    ]
