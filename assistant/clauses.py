"""The sentences of passages, each with its place on the page and what makes it answer the question or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Evidence, Question
from assistant.matter import HELD, WHOLE, Matter, absent, asked, missing, share, worst_missing
from assistant.other_values import is_told_open, without_others
from assistant.right_time import THEN, goes_on_earlier, wrong_time
from assistant.school_forms import is_of_other_form, told_in
from assistant.sentences import BULLET, Piece, pieces_of, terms_of
from assistant.signs import Wanted, around_values, first_terms, of_actor, of_places, of_sentence
from assistant.values import holds_value
from corpus.records import Decision, Passage, Span

# What stands in the heading, in the sentence before, in the one after, counts less than the sentence's own words.
# Chosen on made cases: at 1.0 every sentence under a heading answered alike, at 0.5 "Avgiften är 200 kr" under
# "Konferensen" failed.
HEADING_WORTH, BEFORE_WORTH, AFTER_WORTH = 0.85, 0.7, 0.3
# Sentences farther up in the same item still say what *teamet* or *hon* is about, each step less.
FADING, FARTHEST = 0.85, 5
# A word is held around a sentence from this on, the fading of what stands before it counted in.
NEARLY = 0.3
MIN_WORDS, MAX_WORDS = 4, 60
# A sentence with this share of the best's matter speaks of the matter as well.
AS_WELL = 0.8
# A sentence that points back (*hon, det, försöket*) goes on from the one before it; *den 1 november* points at nothing.
POINTS_BACK = re.compile(
    r"(?:hon|han|hen|de|det|den(?!\s+(?:\d|(?:första|andra|tredje|sista|nästa|nya|gamla|nuvarande)\b))|"
    r"detta|denna|dessa|där|då|båda|dessutom|samtidigt|därför|annars|sedan|därefter|i stället)\b",
    re.IGNORECASE,
)
MINUTES = frozenset(("justerat protokoll", "protokoll", "anteckningar", None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A sentence that may answer, with its features by name, its score, and how sure it is beside the best (0-1)."""

    evidence: Evidence
    place: int
    span: Span
    quote: str
    features: Mapping[str, float]
    shown: str | None = None
    score: float = 0.0
    sure: float = 0.0
    decision: Decision | None = None
    header: tuple[Span, str] | None = None

    @property
    def text(self) -> str:
        """The quote on one line, without a bullet; a table's row with its columns named."""
        return self.shown or BULLET.sub("", " ".join(self.quote.split()))

    @property
    def passage(self) -> Passage:
        return self.evidence.passage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A passage with its pieces and what they stand under; `before` are the pieces of the passage it goes on from."""

    evidence: Evidence
    pieces: tuple[Piece, ...]
    before: tuple[Piece, ...]
    heading: frozenset[str]
    whole: frozenset[str]


def clauses(evidence: Sequence[Evidence], about: Matter, wants: Wanted) -> list[Clause]:
    """All sentences of the evidence with their features. Evidence that goes on from other evidence is read with it."""
    places = _places(evidence)
    if not places:
        return []
    held = [about.strengths(one.whole) for one in places]
    nowhere = absent(about, [max(column, default=0.0) for column in zip(*held, strict=True)])
    top = max((one.score for one in evidence), default=1.0) or 1.0
    found: list[tuple[_Place, int, dict[str, float]]] = []
    for one, whole in zip(places, held, strict=True):
        shared = nowhere | _of_passage(about, one, whole) | {"score": one.evidence.score / top}
        shared["other_form"] = float(is_of_other_form(wants.question.whole, told_in(one.evidence.passage)))
        heading = "\n".join((*one.evidence.passage.heading, one.evidence.passage.body or ""))
        line = (*one.before, *one.pieces)
        signs = of_places(wants, heading, [piece.text for piece in line])[len(one.before) :]
        strengths = [about.strengths(piece.terms) for piece in line]
        earlier = False
        for place, piece in enumerate(one.pieces):
            features = shared | _own(about, one, strengths, place) | signs[place]
            features |= _fit(wants.question, one.evidence.passage, piece) | _of_value(about, wants.question, piece)
            features |= of_sentence(wants, piece.text, one.evidence.passage.kind)
            features["echo"] = float(bool(features["row"]) and _is_echo(piece, wants.question))
            features |= of_actor(wants, piece.shown or piece.text, _above(one, place), one.evidence.passage.body)
            earlier = goes_on_earlier(earlier, wants.question, piece.text)
            features["wrong_time"] = 1.0 if earlier else features["wrong_time"]
            found.append((one, place, features))
    ages = _ages([(one.evidence.passage.date, features) for one, _, features in found], wants.question)
    return [_clause(one, place, features | age) for (one, place, features), age in zip(found, ages, strict=True)]


def _above(there: _Place, place: int) -> str:
    """The headings and the sentence before."""
    before = (*there.before, *there.pieces)[: len(there.before) + place][-1:]
    return "\n".join((*there.evidence.passage.heading, *(piece.text for piece in before)))


def _clause(there: _Place, place: int, features: Mapping[str, float]) -> Clause:
    piece = there.pieces[place]
    return Clause(
        evidence=there.evidence,
        place=place,
        span=piece.span,
        quote=piece.text,
        features=features,
        shown=piece.shown,
        header=piece.header,
    )


def _of_passage(about: Matter, one: _Place, held: Sequence[float]) -> dict[str, float]:
    return {
        "rank": 1 / one.evidence.rank,
        "missing_whole": missing(about, held, WHOLE),
        "worst_missing": worst_missing(about, held),
        "worst_noun": worst_missing(about, held, nouns=True),
        "passage": share(about, held),
        "missing": missing(about, held),
        "heading": share(about, about.strengths(one.heading)),
        "minutes": float(one.evidence.passage.kind in MINUTES),
    }


def _of_value(about: Matter, question: Question, piece: Piece) -> dict[str, float]:
    """How much of the matter stands just around the value, and whether the sentence opens with what is asked for."""
    around = around_values(question, _flat(piece.text))
    first = about.groups[:1]
    return {
        "value_own": share(about, about.strengths(around)) if around is not None else 0.0,
        "opens": max((one.strength(first_terms(piece.text)) for one in first), default=0.0),
    }


def _places(evidence: Sequence[Evidence]) -> list[_Place]:
    by_start = {
        (one.passage.document_id, one.passage.spans[-1].page, one.passage.spans[-1].end): one for one in evidence
    }
    found = []
    for one in evidence:
        passage = one.passage
        heading = terms_of("\n".join((*passage.heading, passage.body or "")))
        pieces = pieces_of(passage)
        before = _going_on_from(passage, by_start)
        tail = pieces_of(before.passage)[-FARTHEST:] if before else ()
        whole = frozenset().union(heading, *(piece.terms for piece in (*tail, *pieces)))
        found.append(_Place(evidence=one, pieces=pieces, before=tail, heading=heading, whole=whole))
    return found


def _going_on_from(passage: Passage, ends: Mapping[tuple[str, int, int], Evidence]) -> Evidence | None:
    """The evidence that ends where the passage begins, under the same heading."""
    first = passage.spans[0]
    for (document, page, end), one in ends.items():
        near = page == first.page and 0 <= first.start - end <= 3
        if document == passage.document_id and near and one.passage.heading == passage.heading:
            return one
    return None


def _own(about: Matter, there: _Place, strengths: Sequence[Sequence[float]], place: int) -> dict[str, float]:
    """The matter in the sentence itself and, fading, in what stands around it; `strengths` are of before and pieces."""
    piece = there.pieces[place]
    at = len(there.before) + place
    own = strengths[at]
    near = list(own)
    for other, worth in _around(about, there, strengths, place):
        near = [max(a, b * worth) for a, b in zip(near, other, strict=True)]
    names = [strength for strength, one in zip(near, about.groups, strict=True) if one.specific]
    own_names = [strength for strength, one in zip(own, about.groups, strict=True) if one.specific]
    words = len(piece.text.split())
    return {
        "own": share(about, own),
        "near": share(about, near),
        "asked": asked(about, own),
        "lacking": missing(about, near, NEARLY),
        "lacking_noun": worst_missing(about, near, nouns=True, bar=NEARLY),
        "lacking_first": float(
            next((s < NEARLY for s, one in zip(near, about.groups, strict=True) if one.noun), False)
        ),
        "best": max((s * one.weight for s, one in zip(own, about.groups, strict=True)), default=0.0),
        "names": sum(names) / len(names) if names else 1.0,
        "names_own": sum(own_names) / len(own_names) if own_names else 0.0,
        "name_missing": float(any(name < HELD / 2 for name in names)),
        "short": float(words < MIN_WORDS),
        "carried": _carried(about, strengths, at, piece.text),
        "long": float(words > MAX_WORDS),
    }


def _carried(about: Matter, strengths: Sequence[Sequence[float]], at: int, text: str) -> float:
    """How much of the matter a sentence that points back takes over from the one before it."""
    points = bool(POINTS_BACK.match(BULLET.sub("", text)))
    return share(about, strengths[at - 1]) if points and at else 0.0


def _around(
    about: Matter, there: _Place, strengths: Sequence[Sequence[float]], place: int
) -> Iterator[tuple[Sequence[float], float]]:
    """Heading, the sentences before in fading worth, and the one after."""
    yield about.strengths(there.heading | there.pieces[place].heading), HEADING_WORTH
    at = len(there.before) + place
    for step in range(1, min(FARTHEST, at) + 1):
        yield strengths[at - step], BEFORE_WORTH * FADING ** (step - 1)
    if at + 1 < len(strengths):
        yield strengths[at + 1], AFTER_WORTH


def _ages(found: Sequence[tuple[date | None, Mapping[str, float]]], question: Question) -> list[dict[str, float]]:
    """How many years older a sentence is than the newest that speaks of the matter as well, apart by tense."""
    top = max((features["near"] for _, features in found), default=0.0)
    days = [day for day, features in found if day and features["near"] >= AS_WELL * top and not features["no_value"]]
    newest = max(days, default=None)
    name = "age_then" if question.moment or question.filter.date_from or THEN.search(question.whole) else "age_now"
    return [{name: _years(day, newest)} for day, _ in found]


def _years(day: date | None, newest: date | None) -> float:
    return max(0.0, min(4.0, (newest - day).days / 365)) if day and newest else 1.0


def _fit(question: Question, passage: Passage, piece: Piece) -> dict[str, float]:
    asked = question.value
    text = without_others(question, passage, _flat(piece.text))
    holds = asked is not None and (holds_value(asked, text, _under(passage, piece)) or is_told_open(asked, text))
    return {
        "value": float(holds),
        "no_value": float(asked is not None and not holds),
        "wrong_time": wrong_time(question, passage, f"{piece.under} {piece.shown or piece.text}".strip()),
        "row": float(_is_row(piece)),
        "bare": float(_is_row(piece) and not _says_something(piece)),
        "question": float(piece.text.rstrip().endswith("?")),
    }


def _under(passage: Passage, piece: Piece) -> str:
    """What a table's row stands under, the heading too where no column counts something else."""
    counts = re.search(r"\b(?:antal|andel|procent)\w*|%", piece.under, re.IGNORECASE)
    return piece.under if counts or not piece.under else f"{' '.join(passage.heading[-1:])} {piece.under}"


def _is_row(piece: Piece) -> bool:
    """Rows of tables, titles and names: they hold words of the matter and tell nothing of it by themselves."""
    text = piece.text.strip()
    return not text.endswith(":") and (piece.shown is not None or "\t" in text or len(text.split()) <= MIN_WORDS)


def _says_something(piece: Piece) -> bool:
    """Whether a row is told with the names of its columns, or is a short sentence: *Alby har inga.*"""
    return piece.text.rstrip().endswith((".", "!", "?")) or piece.shown is not None and ": " in piece.shown


def _is_echo(piece: Piece, question: Question) -> bool:
    """Whether a row holds nothing but words of the question: a title, or the end of a line. *A eller B?* is answered so."""
    may_echo = question.kind in ("yes_no", "keyword") or re.search(r"\beller\b", question.whole)
    return not may_echo and piece.shown is None and piece.terms <= terms_of(question.whole)


def _flat(text: str) -> str:
    return " ".join(text.split())
