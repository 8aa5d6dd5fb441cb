"""A matter over time: each item that spoke of it as a row with its stage and one quoted sentence, and the silences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from assistant.mentions import SPOKEN_OF, Mention, covered_text, find_mentions, kind_rank, understood, when
from assistant.query import Query
from assistant.sentences import Shared, shares
from assistant.values import has_number, has_time, holds_value
from corpus.archive import Archive
from corpus.records import Decision, Filter, Scope, Span

Row = dict[str, Any]
MINUTES_RANK = 3
# Meetings in a row without a word of it from which a silence is told.
SILENT_MEETINGS = 2
# A heading's number before its title, and the least that is left of a sentence when its heading is taken off.
MAX_NUMBER_CHARS, MIN_SENTENCE_CHARS = 8, 15
# A sentence about as much on the matter that tells what became of it is quoted before one that only names it.
NEAR_BEST = 0.75
# A slide may tell what something cost one year after the other.
MAX_AMOUNTS = 3
# An amount is the matter's under its heading, else where its sentence says all of the matter: one word is said of much else.
WHOLLY_COVERED = 0.99
HANDLED = ("bordlagt", "återremiss", "utreds")
OUTCOME_STAGES = {"bordlagt": "bordlagt", "återremiss": "återremiss", "avslag": "avslag", "inget beslut": "togs upp"}
# What a sentence says that was done with the matter, the first that fits; a new word is one line here.
STAGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for stage, pattern in (
        ("bordlagt", r"bordla\w+|bordlägg\w+|skjuts? upp|sköts? upp|skjutits upp"),
        ("återremiss", r"återremi\w+"),
        (
            "utreds",
            r"utred\w*|arbetsgrupp\w*|tillsätt\w*|tillsatt\w*|kartlägg\w*|inventer\w*|undersök\w*|ta(?:r|s)? fram|beredning\w*|bereds"
            r"|remiss\w*|förstudie\w*|förarbete\w*|se(?:r)? över|ses över",
        ),
        (
            "uppföljning",
            r"följ\w* upp|följs upp|följdes upp|uppfölj\w*|utvärder\w*|utfall\w*|resultat\w*|visade? sig|hade \d|deltog|blev \d|redovis\w*"
            r"|återrapport\w*|avrapport\w*|rapporter(?:ar|ade)\b|har (?:nu )?(?:prövats|gett|blivit|ökat|minskat|införts)|erfarenhet\w*|sedan dess|hittills",
        ),
        ("förslag", r"föreslå\w*|föreslog|förslag\w*|yrka\w*|förordar?"),
        ("togs upp", r"lyft\w*|tog\w* upp|tas upp|väck\w*|ställde frågan|undrar|undrade|anmäl\w*|fråga\w*"),
    )
)  # fmt: skip


def timeline_rows(archive: Archive, scope: Scope, filter: Filter, topic: str) -> list[Row]:
    """One row per item and decision that speaks of the topic, oldest first, complete.

    `stage` is togs upp, nämns, utreds, förslag, beslut, rekommendation, överenskommelse, ställningstagande, bordlagt,
    återremiss, avslag or uppföljning. `silent_after` counts the bodies' meetings until the next row, or to the end.
    """
    asked = understood(archive, scope, topic)
    mentions = find_mentions(archive, scope, asked, filter)
    return with_silences(archive, scope, filter, rows_of(archive, scope, mentions, asked))


def amount_rows(archive: Archive, scope: Scope, filter: Filter, topic: str, priced: str) -> list[Row]:
    """One row per sentence with an amount of money where the topic is spoken of; `priced` is the topic with its price."""
    asked, price = understood(archive, scope, topic), understood(archive, scope, priced)
    rows: list[Row] = []
    for mention in find_mentions(archive, scope, asked, filter):
        file = archive.file_name(scope, mention.part.document_id)
        for clause in _priced(mention, asked, price):
            rows += _sentence_row(mention, file, clause, bool(rows))
    return with_silences(archive, scope, filter, rows)


def _priced(mention: Mention, asked: Query, price: Query) -> list[Shared]:
    """The sentences of a mention that tell an amount, those nearest the matter and its price, in the order of the text."""
    every = [one for passage in mention.passages for one in shares(passage, price)]
    is_titled = covered_text(asked, mention.title or "") >= SPOKEN_OF
    found = [
        one
        for one in every
        if holds_value("money", one.text) and (is_titled or covered_text(asked, one.text) >= WHOLLY_COVERED)
    ]
    best = max((one.share for one in found), default=0.0)
    return [one for one in found if one.share >= NEAR_BEST * best][:MAX_AMOUNTS]


def rows_of(
    archive: Archive, scope: Scope, mentions: Sequence[Mention], asked: Query, *, whole_items: bool = False
) -> list[Row]:
    """The mentions as rows: their decisions on the matter (with `whole_items` all of them), else their best sentence."""
    rows: list[Row] = []
    for mention in mentions:
        document = mention.part.document_id
        file = archive.file_name(scope, document)
        own = list(_decided(mention, asked, whole_items)) if kind_rank(mention.part) <= MINUTES_RANK else []
        if own:
            rows += [_decision_row(mention, file, decision) for decision in own]
        else:
            rows += _sentence_row(mention, file, _best_clause(mention, asked), bool(rows))
    return rows


def _decided(mention: Mention, asked: Query, whole_items: bool) -> Iterator[Decision]:
    """The item's decisions that count: of several those whose own words or whose title speak of the matter."""
    decisions = [one for one in mention.decisions if one.strength != "information"]
    title_says = whole_items or covered_text(asked, mention.title or "") >= 0.5
    for decision in decisions:
        if title_says or covered_text(asked, decision.text) >= 0.5:
            yield decision


def _best_clause(mention: Mention, asked: Query) -> Shared | None:
    found = [
        clause for passage in mention.passages for clause in shares(passage, asked) if len(clause.text.split()) > 2
    ]
    best = max((one.share for one in found), default=0.0)
    handled = [one for one in found if one.share >= NEAR_BEST * best and stage_of(one.text) in HANDLED]
    return max(handled or found, key=_tells, default=None)


def _tells(one: Shared) -> tuple[float, bool, float, int, int]:
    """Of sentences about as much on the matter one with a day or a number tells more; then the first of them."""
    return round(one.share, 1), has_number(one.text) or has_time(one.text), one.share, -one.span.page, -one.span.start


def _decision_row(mention: Mention, file: str, decision: Decision) -> Row:
    stage = OUTCOME_STAGES.get(decision.outcome or "", decision.strength)
    span = Span(page=decision.anchor.page, start=decision.anchor.start, end=decision.anchor.end)
    return _row(mention, file, span, decision.anchor.quote) | {
        "stage": stage,
        "decision_id": decision.decision_id,
        "outcome": decision.outcome,
    }


def _sentence_row(mention: Mention, file: str, clause: Shared | None, has_earlier: bool) -> list[Row]:
    if clause is None:
        return []
    stage = stage_of(clause.text, has_earlier)
    if kind_rank(mention.part) > MINUTES_RANK:
        stage = "förslag" if "förslag" in clause.text.lower() else "inför mötet"
    span, quote = _without_heading(clause, mention)
    return [_row(mention, file, span, quote) | {"stage": stage, "decision_id": None, "outcome": None}]


def _without_heading(clause: Shared, mention: Mention) -> tuple[Span, str]:
    """The sentence without the item's heading, which stands on the line before it in running text."""
    title, quote, span = mention.title or "", clause.quote, clause.span
    at = quote.find(title) if title else -1
    if 0 <= at <= MAX_NUMBER_CHARS and len(quote) > at + len(title) + MIN_SENTENCE_CHARS:
        rest = quote[at + len(title) :]
        cut = at + len(title) + len(rest) - len(rest.lstrip(" \n\t.:"))
        return Span(page=span.page, start=span.start + cut, end=span.end), quote[cut:]
    return span, quote


def stage_of(sentence: str, has_earlier: bool = True) -> str:
    """What a sentence says was done with the matter; nothing told is *togs upp* the first time and *nämns* later."""
    found = next((stage for stage, pattern in STAGES if pattern.search(sentence)), None)
    return found or ("nämns" if has_earlier else "togs upp")


def _row(mention: Mention, file: str, span: Span, quote: str) -> Row:
    part = mention.part
    return {
        **when(part),
        "body": part.body,
        "bodies": [fact.value for fact in part.bodies],
        "file": file,
        "item": mention.item,
        "item_title": mention.title,
        "page": span.page,
        "quote": " ".join(quote.split()),
        "meeting_id": mention.meeting_id,
        "part_id": part.part_id,
        "document_id": part.document_id,
        "passage_id": mention.passages[0].passage_id,
        "span": {"page": span.page, "start": span.start, "end": span.end},
    }


def with_silences(archive: Archive, scope: Scope, filter: Filter, rows: Sequence[Row]) -> list[Row]:
    """The rows with `silent_after`: how many meetings of the bodies that had the matter up came before the next."""
    bodies = {body for row in rows for body in row["bodies"] if body}
    held = sorted(
        meeting.date.value
        for meeting in archive.meetings(scope, Filter(bodies=filter.bodies))
        if meeting.date.value and bodies & set(meeting.bodies) and _within(meeting.date.value, filter)
    )
    days = sorted({date.fromisoformat(row["date"]) for row in rows if row["date"]})
    told: list[Row] = []
    for number, row in enumerate(rows):
        following = rows[number + 1]["date"] if number + 1 < len(rows) else None
        told.append(row | {"silent_after": _silence(row["date"], following, days, held)})
    return told


def _within(day: date, filter: Filter) -> bool:
    return not (filter.date_from and day < filter.date_from) and not (filter.date_to and day > filter.date_to)


def _silence(day: str | None, following: str | None, days: Sequence[date], held: Sequence[date]) -> Row | None:
    if day is None or day == following:
        return None
    start = date.fromisoformat(day)
    after = days[bisect_right(days, start) :]
    quiet = held[bisect_right(held, start) : bisect_left(held, after[0]) if after else len(held)]
    if len(quiet) < (SILENT_MEETINGS if after else 1):
        return None
    return {"meetings": len(quiet), "from": quiet[0].isoformat(), "to": quiet[-1].isoformat(), "last": not after}
