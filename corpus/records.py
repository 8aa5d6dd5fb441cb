"""The frozen records that pass between the rooms; standard library only.

Offsets count characters, end exclusive, in the NFC text they name. Pages count from 1. Dates are `datetime.date`.
Boxes are fractions (0-1) of the page's width and height, origin at the top left.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, TypeVar, overload

T = TypeVar("T")
BOX_STEPS, CONFIDENCE_STEPS = 65_535, 10_000

Certainty = Literal["stated", "inferred", "unknown"]
Origin = Literal["machine", "person"]
PageOrigin = Literal["text", "ocr"]
PageStatus = Literal["read", "partly", "unreadable"]
Kind = Literal[
    "kallelse",
    "dagordning",
    "förslag",
    "utkast",
    "anteckningar",
    "protokoll",
    "justerat protokoll",
    "underlag",
    "bildspel",
    "verksamhetsplan",
    "yttrande",
    "bilaga",
]
Presence = Literal["närvarande", "frånvarande", "ersättare", "delvis"]
Strength = Literal["beslut", "rekommendation", "överenskommelse", "ställningstagande", "förslag", "information"]
Outcome = Literal["bifall", "avslag", "bordlagt", "återremiss", "inget beslut"]
Relation = Literal["ändrat", "upphävt", "bekräftat"]
LinkBasis = Literal["stated", "person", "suggested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of one page's repaired `text`."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a value stands: a span and the exact words of the repaired page text there."""

    page: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """A value with its evidence. Write `Fact(value=…)`: subscripting a frozen generic with slots fails on call.

    `earliest` and `latest` bound an inferred value, both inclusive. An unknown value is None with certainty "unknown".
    """

    value: T | None = None
    certainty: Certainty = "unknown"
    evidence: tuple[Anchor, ...] = ()
    earliest: T | None = None
    latest: T | None = None
    origin: Origin = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a file was found: a path relative to the folder given, or an upload's name."""

    path: str
    document_id: str
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Which makers made what is stored of a document; a change of any is a reason to read it again."""

    reader: str
    repair: str
    records: str
    passages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file's content; `document_id` is the SHA-256 of its bytes in hex."""

    document_id: str
    names: tuple[str, ...]
    media_type: str
    page_count: int
    size_bytes: int
    added: datetime
    owner_body: str | None
    versions: Versions
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One piece of the alignment between a page's raw and repaired text, in text order.

    Runs of equal length map character by character, others as wholes. Raw text in no run was taken off (furniture,
    hyphens, diagrams); text in no run was inserted (a space, a line break).
    """

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBox:
    """A word's place on the page image, hung on its span of the raw text; confidence 0-1."""

    raw_start: int
    raw_end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0


class WordBoxes(Sequence[WordBox]):
    """Word boxes in 16 bytes each instead of some 300: a long document's pages are held together until it is stored.

    Fractions are held to 1/65535 and inside the page, confidences to 1/10000.
    """

    __slots__ = ("_places", "_starts", "_lengths")

    def __init__(self, boxes: Iterable[WordBox] = ()) -> None:
        self._starts, self._lengths, self._places = array("I"), array("H"), array("H")
        for box in boxes:
            self._starts.append(box.raw_start)
            self._lengths.append(min(box.raw_end - box.raw_start, BOX_STEPS))
            sides = (box.left, box.top, box.right, box.bottom)
            self._places.extend(round(min(max(side, 0.0), 1.0) * BOX_STEPS) for side in sides)
            self._places.append(round(box.confidence * CONFIDENCE_STEPS))

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> WordBox: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[WordBox, ...]: ...

    def __getitem__(self, at: int | slice) -> WordBox | tuple[WordBox, ...]:
        if isinstance(at, slice):
            return tuple(self._box(n) for n in range(*at.indices(len(self))))
        return self._box(range(len(self))[at])

    def _box(self, n: int) -> WordBox:
        left, top, right, bottom, confidence = self._places[5 * n : 5 * n + 5]
        return WordBox(
            raw_start=self._starts[n],
            raw_end=self._starts[n] + self._lengths[n],
            left=left / BOX_STEPS,
            top=top / BOX_STEPS,
            right=right / BOX_STEPS,
            bottom=bottom / BOX_STEPS,
            confidence=confidence / CONFIDENCE_STEPS,
        )

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple):
            return self == WordBoxes(other)
        if not isinstance(other, WordBoxes):
            return NotImplemented
        return (self._starts, self._lengths, self._places) == (other._starts, other._lengths, other._places)

    def __hash__(self) -> int:
        return hash((self._starts.tobytes(), self._places.tobytes()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One edit of the trail: line and column in the raw text, both from 1. `unsure` marks a flag without an edit."""

    rule: str
    before: str
    after: str
    line: int
    column: int
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as read. Formats without pages give one page with `paged=False`, cited by item or paragraph."""

    number: int
    label: str | None
    text: str
    raw: str
    alignment: tuple[Run, ...]
    origin: PageOrigin
    legibility: float
    status: PageStatus
    reason: str | None = None
    repairs: tuple[Repair, ...] = ()
    boxes: Sequence[WordBox] = ()
    paged: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One line of attendance. `seat` is the municipality, unit or organisation; None when the list does not pair."""

    name: str
    seat: str | None = None
    role: str | None = None
    presence: Presence | None = None
    note: str | None = None
    anchor: Anchor | None = None
    origin: Origin = "machine"

    @property
    def present(self) -> bool | None:
        """True also for substitutes and partial presence; None when not told."""
        return None if self.presence is None else self.presence != "frånvarande"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An agenda item with its number as printed (`§ 14`, `3`) and its spans, one per page it stands on."""

    number: str | None
    title: str
    spans: tuple[Span, ...]
    level: int = 1

    @property
    def page(self) -> int:
        return self.spans[0].page


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A clause in its own words. `outcome` is None when nothing was put to a decision (information, agreement)."""

    decision_id: str
    text: str
    strength: Strength
    outcome: Outcome | None
    item_number: str | None
    item_title: str | None
    anchor: Anchor
    votes: str | None = None
    reservations: tuple[str, ...] = ()
    origin: Origin = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Who does what by when. An action without an owner (a carry-over) has an empty `who`."""

    action_id: str
    who: tuple[str, ...]
    what: str
    by: Fact[date]
    by_text: str | None
    item_number: str | None
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """What is announced of the next meeting; `body` when it is another body's than the part's own."""

    date: Fact[date]
    time: str | None = None
    place: str | None = None
    body: str | None = None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form with the long form that the text itself gives."""

    short: str
    long: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment that the text refers to (*Bildspelet bifogas*)."""

    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document, or a section of it that is minutes of its own.

    `meeting_date`, `written` and `adjusted` are kept apart. `flags` are short Swedish remarks for a reviewer (dates
    that disagree, attendance that does not pair).
    """

    part_id: str
    document_id: str
    ordinal: int
    kind: Fact[str]
    bodies: tuple[Fact[str], ...]
    meeting_date: Fact[date]
    spans: tuple[Span, ...]
    title: str | None = None
    written: Fact[date] = field(default_factory=lambda: Fact())
    adjusted: Fact[date] = field(default_factory=lambda: Fact())
    time: Fact[str] = field(default_factory=lambda: Fact())
    place: Fact[str] = field(default_factory=lambda: Fact())
    chair: Fact[str] = field(default_factory=lambda: Fact())
    secretary: Fact[str] = field(default_factory=lambda: Fact())
    adjusters: tuple[Fact[str], ...] = ()
    participants: tuple[Participant, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    next_meetings: tuple[NextMeeting, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def body(self) -> str | None:
        return self.bodies[0].value if self.bodies else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Body and date; gathers its parts, the one that counts most first (justerat protokoll before utkast)."""

    meeting_id: str
    bodies: tuple[str, ...]
    date: Fact[date]
    part_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLink:
    """A later decision on the same matter as an earlier one. `stated` only where `clause` says so."""

    earlier_id: str
    later_id: str
    relation: Relation
    basis: LinkBasis
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLink:
    """A later part where an action is reported done."""

    action_id: str
    part_id: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something announced that the archive lacks: a meeting without notes, an attachment without a file."""

    what: Literal["möte", "bilaga", "nummer"]
    body: str | None
    date: date | None
    text: str
    part_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A recurring matter: its name as people write it, the terms that find it, and the passages where it stands."""

    name: str
    terms: tuple[str, ...]
    passage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All that needs several documents; replaced as a whole."""

    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[DecisionLink, ...] = ()
    actions: tuple[ActionLink, ...] = ()
    gaps: tuple[Gap, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of one part that never crosses an agenda item; `passage_id` hashes document, spans and maker's version.

    `text` is the repaired text of `spans`, joined by a line break where they part.
    """

    passage_id: str
    document_id: str
    part_id: str
    text: str
    heading: tuple[str, ...]
    body: str | None
    date: date | None
    kind: str | None
    item_number: str | None
    spans: tuple[Span, ...]

    @property
    def page(self) -> int:
        return self.spans[0].page


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """All that reading one file gave, ready for one transaction."""

    document: Document
    pages: tuple[Page, ...]
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's value, anchored to what it corrects.

    `path` names the field: `date`, `body`, `kind`, `time`, `place`, `chair`, `secretary`, `decision.strength`,
    `decision.outcome`, `participant.presence`, `participant.seat`, `participant.name`, `link`, `word`. `quote` is the
    raw text it hangs on (a decision's clause, a participant's name, a word), empty for the part's header; `part` the
    ordinal of the part. `value` is text: ISO for dates.
    """

    source: str
    part: int
    page: int | None
    quote: str
    context: str
    path: str
    value: str
    who: str
    when: datetime
    correction_id: int | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The bodies an asker may see; None means all. Decided before any search."""

    bodies: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Limits of a question or a register; empty means no limit. Dates inclusive; an unknown date never passes them."""

    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    seats: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTerm:
    """An analysed term of a question with its weight (0-1) and the index field it is looked up in.

    Terms of one `group` are ways to say the same thing: in each field the best of them counts whole, the rest a little.
    """

    text: str
    field: Literal["body", "heading", "shadow", "context"]
    weight: float
    group: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found, with the score of the leg that found it (higher is better).

    `outline` is what the lexical index keeps of it (`corpus/outline.py`); None from the dense leg.
    """

    passage_id: str
    score: float
    outline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the archive holds within a scope and filter: what an answer says that it searched."""

    meetings: int
    documents: int
    pages: int
    unreadable_pages: int
    earliest: date | None
    latest: date | None
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing `check` found: what is wrong, where, and what to do."""

    what: str
    where: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An upload waiting to be read, or read; progress counts pages."""

    job_id: int
    name: str
    status: Literal["queued", "running", "done", "failed"]
    pages_done: int
    pages_total: int
    reason: str | None
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """One turn of a kept conversation: the question and the answer's JSON with its evidence, as shown that day."""

    turn: int
    question: str
    answer: str
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation kept at the user's request until `expires`."""

    conversation_id: str
    title: str
    created: datetime
    expires: datetime
    turns: tuple[SavedAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A person's mark on an answer; with `right_file` and `right_quote` it can become a question of the tune set."""

    question: str
    answer: str
    verdict: Literal["stämmer", "stämmer inte"]
    reason: str | None
    right_file: str | None
    right_page: int | None
    right_quote: str | None
    created: datetime
    feedback_id: int | None = None
