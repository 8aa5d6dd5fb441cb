"""The running title: lines that stand on top or at the foot of every page and are no part of the running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.records import Page

# Pages that are looked at: a running title is there from the first or second page on.
MAX_PAGES = 6


def margin_of(pages: Sequence[Page]) -> str:
    """The lines left out of the text of two pages or more, each once; figures may differ (*Sida 2 av 4*)."""
    lines = [list(_left_out(page)) for page in pages[:MAX_PAGES]]
    seen = Counter(shape for page in lines for shape in {_shape(line) for line in page})
    apart = {_shape(line): line for page in reversed(lines) for line in reversed(page) if seen[_shape(line)] > 1}
    return "\n".join(reversed(apart.values()))


def _left_out(page: Page) -> Iterator[str]:
    """The raw lines that no run of the text came from."""
    at = 0
    for line in page.raw.split("\n"):
        end = at + len(line)
        if line.strip() and not any(run.raw_start < end and at < run.raw_end for run in page.alignment):
            yield line.strip()
        at = end + 1


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())
