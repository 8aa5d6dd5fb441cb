"""The sentences and table rows of passages, each with its place on the page and the inner heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.query import Query
from corpus.records import Passage, Span
from corpus.swedish import analysis

# What stands in the heading counts less than the sentence's own words, the sentence before it less still.
HEADING_WORTH, BEFORE_WORTH = 0.85, 0.6
# A line this much shorter than the widest ends of itself; longer ones were wrapped. Prose wraps at 85 % or more.
WIDE = 0.75
# Where no line is this wide the text is a list or slides, and each line stands for itself.
PROSE_CHARS = 55
# With its next word the line would have been this full, so that the word was wrapped and ends nothing.
FULL = 0.92
# Words that no sentence or heading ends with, so that a line that does goes on, whatever the next one begins with.
_RUNS_ON = re.compile(
    r"(?:^|\s)(?:den|det|de|en|ett|till|från|på|i|med|om|av|för|hos|vid|inom|mellan|utan|mot|enligt|genom|inför|under|efter|"
    r"och|eller|samt|men|att|som|än|exempelvis|såsom|bland annat|t\.?\s?ex\.?|bl\.?\s?a\.?|kl\.?|§|ca|cirka|över|är|har|kommer|ska)$",
    re.IGNORECASE,
)
MAX_TITLE_CHARS = 60
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9§–«\"-])|\n\s*\n|\n(?=\s*[-•–*»]\s)|\n(?=\s*(?:§|\d{1,2}[.)])\s*\w)")
_ABBREVIATED = re.compile(
    r"\b(?:bl|t|d|s|m|kl|ca|nr|dvs|tex|resp|ev|inkl|exkl|"
    r"sid|jfr|bitr|nov|dec|okt|sept|jan|febr|aug|v|p|[A-ZÅÄÖ])\.$"
)
_CLAUSE_NAME = re.compile(r"(?:vi|man|det|detta|så)\s+\w+", re.IGNORECASE)
BULLET = re.compile(r"^(?:[-•–*»]|\+»|#+)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sentence or table row of a passage: its words, where they stand, its terms, and the inner heading above it.

    `shown` is the text to tell where it is not the text itself: a table's row with the names of its columns. `under` is
    what a row stands under, where its unit is told: the names of the columns and the sentence before the table; `header`
    the line of those names, where they hold figures that a row told with them must have a source for.
    """

    text: str
    span: Span
    terms: frozenset[str]
    heading: frozenset[str] = frozenset()
    shown: str | None = None
    under: str = ""
    header: tuple[Span, str] | None = None


@lru_cache(maxsize=4000)
def pieces_of(passage: Passage) -> tuple[Piece, ...]:
    """The passage's sentences and table rows; kept, as the same passages answer many questions."""
    found: list[Piece] = []
    heading: frozenset[str] = frozenset()
    columns: list[str] = []
    header: tuple[Span, str] | None = None
    lead = ""
    for text, span in _placed(passage):
        cells = [cell.strip() for cell in text.split("\t")]
        if len(cells) > 1 and "\n" not in text:
            if len(cells) != len(columns):
                columns, header = cells, (span, text)
            named = heading | terms_of(" ".join(columns))
            found.append(
                Piece(
                    text=text,
                    span=span,
                    terms=terms_of(text),
                    heading=named,
                    shown=_row(columns, cells),
                    under=" ".join((lead, *columns)),
                    header=header if columns != cells and re.search(r"\d", " ".join(columns)) else None,
                )
            )
            continue
        columns, lead = [], text
        terms = terms_of(text)
        found.append(Piece(text=text, span=span, terms=terms, heading=heading))
        heading = terms if _is_title(text) else heading
    return tuple(found)


def _row(columns: Sequence[str], cells: Sequence[str]) -> str | None:
    """The cells with the names of their columns; only parted where the first row is data itself."""
    if columns == cells:
        return None
    if any(is_data(name) for name in columns):
        return " – ".join(cell for cell in cells if cell)
    return ", ".join(_labelled(name, cell) for name, cell in zip(columns, cells, strict=True) if cell)


def _labelled(name: str, cell: str) -> str:
    """A cell after the name of its column; a column called by a clause (*Vi bestämde*) would tell the cell as more than it says."""
    return cell if not name or _CLAUSE_NAME.match(name) else f"{name.lower()}: {cell}"


# Numbers that name a column and are no values: years, terms, classes, ages.
_NAMING = re.compile(
    r"\b(?:19|20)\d\d(?:/\d\d)?\b|\b(?:ht|vt|läsåre?t?|höst|vår)[ -]?\d\d(?:/\d\d)?\b|\b(?:åk|årskurs)\s?\d(?:[–-]\d)?|"
    r"\b\d{1,2}[–-]\d{1,2}[ -]?år\w*|\b(?:kvartal|period|nivå|grupp|del|steg)\s?\d\b",
    re.IGNORECASE,
)


def is_data(cell: str) -> bool:
    """A number that names no column, or a person's name: a row's own."""
    return bool(re.search(r"\d", _NAMING.sub("", cell))) or len(cell.split()) > 1 and cell.istitle()


def _is_title(text: str) -> bool:
    return len(text) <= MAX_TITLE_CHARS and "\n" not in text and not text.rstrip().endswith((".", "!", "?", ":", ","))


def _placed(passage: Passage) -> Iterator[tuple[str, Span]]:
    """Sentences with their spans. `passage.text` is the pages' text of its spans, joined by line breaks."""
    at = 0
    titles = frozenset(" ".join(title.split()).casefold() for title in passage.heading)
    for span in passage.spans:
        length = span.end - span.start
        text = passage.text[at : at + length]
        for start, end in _pieces(text, titles, passage.kind == "bildspel"):
            yield text[start:end], Span(page=span.page, start=span.start + start, end=span.start + end)
        at += length + 1


def _pieces(text: str, titles: frozenset[str], slides: bool = False) -> Iterator[tuple[int, int]]:
    at = _after_heading(text, titles)
    ends = {(match.start(), match.end()) for match in _END.finditer(text, at)} | _line_ends(text, at, slides)
    for start, end in sorted(ends):
        if start < at or _ABBREVIATED.search(text[at:start]):
            continue
        yield from _trimmed(text, at, start)
        at = end
    yield from _trimmed(text, at, len(text))


def _line_ends(text: str, at: int, slides: bool) -> set[tuple[int, int]]:
    """Line breaks that end something: after a line well short of the widest, before a capital; around table rows."""
    lines = text.split("\n")
    widest = max(map(len, lines))
    listed = slides or widest < PROSE_CHARS
    found, place = set(), 0
    for line, following in zip(lines, lines[1:], strict=False):
        place += len(line)
        opens = following[:1].isupper() or following[:1].isdigit()
        short = listed or len(line) < WIDE * widest and len(line) + len(following.split(" ")[0]) < FULL * widest
        ends = short and opens and not _goes_on(line.rstrip())
        if place >= at and ("\t" in line or "\t" in following or ends):
            found.add((place, place + 1))
        place += 1
    return found


def _goes_on(line: str) -> bool:
    return line.endswith((",", "-", "–")) or _RUNS_ON.search(line) is not None


def _after_heading(text: str, titles: frozenset[str]) -> int:
    """Where the text begins after its own heading lines."""
    at = 0
    for line in text.splitlines(keepends=True):
        bare = re.sub(r"^(?:#+\s*)?(?:§+\s*\d+|\d{1,2}[.)]?)?\s*", "", " ".join(line.split())).casefold()
        if bare and not any(bare == title or title.endswith(bare) and len(bare) > 3 for title in titles):
            break
        at += len(line)
    return at


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if end > start:
        yield start, end


def terms_of(text: str) -> frozenset[str]:
    return analysis.terms(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A sentence with the share (0-1) of a matter that it holds."""

    span: Span
    quote: str
    share: float

    @property
    def text(self) -> str:
        """The quote on one line, without a bullet."""
        return BULLET.sub("", " ".join(self.quote.split()))


def sentence_spans(passage: Passage) -> list[Span]:
    """The passage's sentences as spans of their pages."""
    return [piece.span for piece in pieces_of(passage)]


def shares(passage: Passage, asked: Query) -> list[Shared]:
    """The passage's sentences with how much of the matter each holds, its heading and the one before it in part."""
    around = terms_of("\n".join((*passage.heading, passage.body or "")))
    pieces = pieces_of(passage)
    before = (frozenset[str](), *(piece.terms for piece in pieces))
    return [
        Shared(span=one.span, quote=one.text, share=_share(asked, one.terms, around | one.heading, before[number]))
        for number, one in enumerate(pieces)
    ]


def _share(asked: Query, own: frozenset[str], heading: frozenset[str], before: frozenset[str]) -> float:
    total = sum(weight for weight, _ in asked.matter)
    worths = ((own, 1.0), (heading, HEADING_WORTH), (before, BEFORE_WORTH))
    found = sum(
        weight
        * max(
            max((w for term, w in ways if terms.issuperset(term.split())), default=0.0) * worth
            for terms, worth in worths
        )
        for weight, ways in asked.matter
    )
    return found / total if total else 0.0
