"""The running title: lines that stand on top or at the foot of every page and are no part of the running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.records import Page
from corpus.swedish.bodies import find_bodies

# Pages that are looked at: a running title is there from the first or second page on.
MAX_PAGES = 6


def margin_of(pages: Sequence[Page]) -> str:
    """The lines left out of the text of two pages or more, each once; figures may differ (*Sida 2 av 4*)."""
    if len(pages) == 1 and not pages[0].paged:
        return "\n".join(_last_lines(pages[0].text))
    lines = [list(_left_out(page)) for page in pages[:MAX_PAGES]]
    seen = Counter(shape for page in lines for shape in {_shape(line) for line in page})
    apart = {_shape(line): line for page in reversed(lines) for line in reversed(page) if seen[_shape(line)] > 1}
    return "\n".join(reversed(apart.values()))


# A Word file's heads and feet stand once, after its text.
MAX_LAST_LINES, MAX_LINE_CHARS = 3, 90
_TITLED = re.compile(r"\b\w*(?:protokoll|anteckningar)\b", re.IGNORECASE)
_TOLD = re.compile(r"[.!?:]$|\b(?:nästa|kommande|hälsning\w*|vi ses|bifoga\w*|bilag\w*|föregående)\b", re.IGNORECASE)


def _last_lines(text: str) -> Iterator[str]:
    """The lines at the end that are built as a title: in columns, with a word for minutes, or a body's name alone."""
    for line in text.rstrip().split("\n")[1:][-MAX_LAST_LINES:]:
        bodies = find_bodies(line)
        is_name = len(bodies) == 1 and bodies[0].start == 0 and bodies[0].end == len(line.strip())
        is_title = is_name or (bool(bodies) and ("\t" in line or _TITLED.search(line) is not None))
        if is_title and len(line) <= MAX_LINE_CHARS and not _TOLD.search(line.strip()):
            yield line.strip()


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
