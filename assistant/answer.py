"""The records of the way out: what was asked, what was found, what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.records import Coverage, Filter, Passage, Span

Status = Literal["answered", "partial", "not_found"]
Mode = Literal["extractive", "generated"]
SentenceKind = Literal["claim", "computed", "note"]
Value = Literal[
    "money", "share", "count", "duration", "frequency", "clock", "week", "day", "person", "place", "reason", "votes"
]
QuestionKind = Literal[
    "decision",
    "said",
    "overview",
    "who",
    "when",
    "how_much",
    "yes_no",
    "attendance",
    "list",
    "count",
    "timeline",
    "applies_now",
    "next_meeting",
    "open_actions",
    "definition",
    "keyword",
    "collection",
    "comparison",
    "free",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier question with the answer given, for follow-ups."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit read out of the question: what it is (`period`, `body`, `person`, `seat`), and its words as shown."""

    what: Literal["period", "body", "person", "seat", "kind"]
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time that a question names and that is no limit on meetings: the answer must hold it or come from within it."""

    label: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An understood question: `asked` as typed, `whole` as a self-contained sentence, `topic` its words of matter.

    `matter` is the text without what became limits, `context` what a follow-up took from the question before it,
    `value` the sort of value asked for (`assistant/values.py`), `paper` the kind of document it names, `parts` the
    questions asked in one (*Vad kostar den och vem föreläser?*), itself where it is one.
    """

    asked: str
    whole: str
    kind: QuestionKind
    topic: tuple[str, ...]
    filter: Filter
    limits: tuple[Limit, ...]
    today: date
    corrected: tuple[tuple[str, str], ...] = ()
    value: Value | None = None
    matter: str = ""
    context: str = ""
    moment: Moment | None = None
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    paper: str | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that may answer, with its fused score and the file name it is shown under."""

    passage: Passage
    file: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered source: the exact words of `quote` stand at `span` of the page's repaired text.

    `label` is the reference that stands alone in a mail: body, date, item, page.
    """

    number: int
    passage_id: str
    document_id: str
    file: str
    page: int
    label: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """How the values of a computed sentence came about, so that they can be computed again.

    `rule` names a rule of `assistant/recount.py`, `filter` limits what it counts, `about` holds its other arguments.
    `values` are its results, each as it stands in the sentence.
    """

    rule: str
    values: tuple[str, ...]
    filter: Filter = Filter()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an answer; `citations` holds citation numbers. Notes come from closed templates.

    A `computed` sentence carries its `computation`; without one it is checked as a claim.
    """

    text: str
    kind: SentenceKind
    citations: tuple[int, ...] = ()
    computation: Computation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A sentence that a check held back, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown. `near` are the nearest passages of an answer that was not found.

    `model` names what made the words of a generated answer.
    """

    question: Question
    status: Status
    mode: Mode
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    coverage: Coverage
    withheld: tuple[Withheld, ...] = ()
    near: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    seconds: float = 0.0
    model: str = ""

    @property
    def text(self) -> str:
        """The sentences with their [n] marks, without the list of sources."""
        return "\n".join(sentence.text for sentence in self.sentences)
