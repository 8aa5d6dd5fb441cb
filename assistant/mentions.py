"""Where a matter has been up: every meeting's items that speak of it, with the passages, complete and in time order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant import query, typos
from assistant.query import Query
from corpus.archive import Archive
from corpus.embedding import idf
from corpus.records import Action, Anchor, Decision, Filter, Part, Passage, QueryTerm, Scope, Span
from corpus.swedish import analysis, thesaurus
from corpus.swedish.headings import bare, without_number

# How many passages are looked at, best first by the index: far more than speak of any one matter.
POOL = 2000
# How much of the matter a passage must hold: with 0.5 half of two words sufficed (every fee for "avgift skolkonferens"),
# with 0.8 other words for the same were lost.
SPOKEN_OF = 0.62
# The word itself, or its family by root. Other names ("buss" for skolskjuts) count only in a heading, where they are
# what the item is about.
OWN_WORD, OTHER_NAME = 0.95, 0.7
# A part of a compound that tells the matter by itself: mobil, but not skola or dag.
TELLING_PART, TELLING = 0.45, 0.42
# And only while few meetings have it in a heading: *elev* stands in too many to say which matter.
FEW_MEETINGS, TELLING_SHARE = 6, 0.25
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9§–•-])|\n\s*\n|\n(?=\s*[-•–*]\s)")
# A part that counts more comes first: what the signed minutes say beats what the draft said.
KIND_ORDER = (
    "justerat protokoll", "protokoll", "anteckningar", "utkast", "förslag", "bildspel", "underlag", "kallelse", "dagordning",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One item of one meeting that speaks of the matter, the passages in the order of the text."""

    part: Part
    meeting_id: str
    day: date | None
    item: str | None
    title: str | None
    passages: tuple[Passage, ...]
    share: float

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided under the item."""
        return tuple(d for d in self.part.decisions if _of_item(d, self.item, self.title) or self._holds(d.anchor))

    @property
    def actions(self) -> tuple[Action, ...]:
        """Who was to do what under the item."""
        own = (a for a in self.part.actions if (self.item and a.item_number == self.item) or self._holds(a.anchor))
        return tuple(own)

    def _holds(self, anchor: Anchor) -> bool:
        """Whether it stands in one of the passages: under a sub-heading the item is another."""
        return any(_inside(anchor, span) for passage in self.passages for span in passage.spans)


def kind_rank(part: Part) -> int:
    """Lower counts more; unknown kinds come after minutes and before invitations."""
    kind = part.kind.value or ""
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else KIND_ORDER.index("förslag")


def order_day(part: Part) -> date:
    """The meeting's day, of an estimated one the earliest it can be; the beginning of time when nothing is known."""
    day = part.meeting_date
    return day.value or day.earliest or day.latest or date.min


def when(part: Part) -> dict[str, str | None]:
    """The day as rows tell it: `date`, and where it is only estimated the bounds `date_from` and `date_to`."""
    day = part.meeting_date
    bounds = (day.earliest, day.latest) if day.value is None else (None, None)
    named = zip(("date", "date_from", "date_to"), (day.value, *bounds), strict=True)
    return {name: one.isoformat() if one else None for name, one in named}


def understood(archive: Archive, scope: Scope, topic: str) -> Query:
    """The topic with other names for it and the archive's own abbreviations."""
    words = thesaurus.load(archive.own_thesaurus(scope))
    spelled = typos.correct(topic, archive, scope).text
    return query.understand(spelled, words, query.short_forms(archive, scope))


def covered_text(asked: Query, text: str, *, other_names: bool = True) -> float:
    """How much of the matter a text speaks of, 0-1, rare words counting more."""
    total = sum(weight for weight, _ in asked.matter)
    held = _terms(text)
    found = sum(
        weight
        * (1.0 if any(_counts(term, w, other_names) and held.issuperset(term.split()) for term, w in ways) else 0.0)
        for weight, ways in asked.matter
    )
    return found / total if total else 0.0


@lru_cache(maxsize=8_192)
def _terms(text: str) -> frozenset[str]:
    """A count is made twice, once to tell and once to verify; a sentence is taken apart once."""
    return analysis.terms(text)


def _counts(term: str, weight: float, other_names: bool) -> bool:
    return weight >= OWN_WORD or term.startswith("~") and weight >= OTHER_NAME or other_names and weight >= OTHER_NAME


def spoken_of(asked: Query, passage: Passage) -> float:
    """The most that a sentence of the passage with its heading holds of the matter; a heading may use another name."""
    heading = " ".join(passage.heading)
    under = max(covered_text(asked, f"{heading} {one}", other_names=False) for one in _SENTENCE.split(passage.text))
    return max(under, covered_text(asked, bare(heading)))


def find_mentions(
    archive: Archive, scope: Scope, asked: Query, filter: Filter = Filter(), floor: float = SPOKEN_OF
) -> list[Mention]:
    """All items that speak of the matter, oldest first; of a meeting's parts only the ones that count most."""
    passages = archive.passages(scope, archive.holding(scope, _ways(asked), floor, POOL, filter))
    is_one_thing = len(asked.matter) == 1
    shares = {one.passage_id: 1.0 if is_one_thing else spoken_of(asked, one) for one in passages}
    return gathered(archive, scope, [one for one in passages if shares[one.passage_id] >= floor], shares)


def _ways(asked: Query) -> list[QueryTerm]:
    """What `spoken_of` counts, as terms: a passage that says less of them than the floor is not worth reading."""
    fields: tuple[tuple[Literal["body", "heading"], bool], ...] = (("body", False), ("heading", True))
    return [
        QueryTerm(text=term, field=field, weight=weight, group=group)
        for group, (weight, ways) in enumerate(asked.matter)
        for term, way in ways
        for field, other_names in fields
        if _counts(term, way, other_names)
    ]


def find_related(archive: Archive, scope: Scope, asked: Query, filter: Filter = Filter()) -> list[Mention]:
    """Items whose heading shares a telling part of a word (*Mobiltelefoner* for *mobilfri skoldag*): the next best."""
    most = max(FEW_MEETINGS, int(TELLING_SHARE * len(archive.meetings(scope))))
    kept: dict[str, Passage] = {}
    for term in {t for _, ways in asked.matter for t, weight in ways if weight >= TELLING_PART and _is_telling(t)}:
        in_heading = QueryTerm(text=term, field="heading", weight=1.0)
        passages = archive.passages(scope, archive.holding(scope, [in_heading], 1.0, POOL, filter))
        mine = [one for one in passages if term in _terms(bare(" ".join(one.heading)))]
        if len({one.part_id for one in mine}) <= most:
            kept.update({one.passage_id: one for one in mine})
    return gathered(archive, scope, kept.values())


def _is_telling(term: str) -> bool:
    return not term.startswith("~") and " " not in term and idf(term) >= TELLING


def gathered(
    archive: Archive, scope: Scope, passages: Iterable[Passage], shares: dict[str, float] | None = None
) -> list[Mention]:
    """Passages by meeting and item."""
    parts = {part.part_id: part for part in archive.parts(scope)}
    meeting_of = {one: m.meeting_id for m in archive.links(scope).meetings for one in m.part_ids}
    groups: dict[tuple[str, str, str], list[Passage]] = {}
    for passage in passages:
        meeting = meeting_of.get(passage.part_id, passage.part_id)
        groups.setdefault((meeting, passage.part_id, _item_key(passage)), []).append(passage)
    best: dict[str, int] = {}
    for meeting, part_id, _ in groups:
        best[meeting] = min(best.get(meeting, 99), kind_rank(parts[part_id]))
    kept = [
        _mention(meeting, parts[part_id], group, shares or {})
        for (meeting, part_id, _), group in groups.items()
        if kind_rank(parts[part_id]) == best[meeting]
    ]
    return sorted(
        kept,
        key=lambda one: (
            order_day(one.part),
            one.part.part_id,
            one.passages[0].spans[0].page,
            one.passages[0].spans[0].start,
        ),
    )


def _item_key(passage: Passage) -> str:
    return passage.item_number or " ".join(passage.heading)


def _mention(meeting: str, part: Part, group: Sequence[Passage], shares: dict[str, float]) -> Mention:
    ordered = sorted(group, key=lambda one: (one.spans[0].page, one.spans[0].start))
    number = ordered[0].item_number
    title = without_number(ordered[0].heading[-1]) if ordered[0].heading else None
    return Mention(
        part=part,
        meeting_id=meeting,
        day=part.meeting_date.value,
        item=number,
        title=title,
        passages=tuple(ordered),
        share=max((shares.get(one.passage_id, 0.0) for one in ordered), default=0.0),
    )


def _inside(anchor: Anchor, span: Span) -> bool:
    return anchor.page == span.page and span.start <= anchor.start < span.end


def _of_item(decision: Decision, item: str | None, title: str | None) -> bool:
    if item:
        return decision.item_number == item
    return bool(title) and decision.item_title == title
