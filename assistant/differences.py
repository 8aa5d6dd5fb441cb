"""What differs from the meeting before: items, people, seats, chair, dates and numbers, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.mentions import KIND_ORDER, kind_rank
from corpus.archive import Archive
from corpus.records import Anchor, Filter, Meeting, Part, Participant, Passage, Scope, Span
from corpus.swedish import analysis, roots
from corpus.swedish.headings import bare, is_formality
from corpus.swedish.later import generic_words

Row = dict[str, Any]
# How many of a body's meetings up to now an item must have been on to be standing.
STANDING_SHARE, STANDING_MEETINGS = 0.6, 5
# Share of all content words, the heading's too, that two sentences with different numbers have in common to tell of one
# value; at 0.35 costs of two different things were paired.
SAME_VALUE = 0.5
MIN_SHARED = 2
_NUMBER = re.compile(r"\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?")
_MEASURED = re.compile(
    rf"({_NUMBER.pattern})\s*(kronor|kr|procent|%|miljoner|elever|platser|deltagare|lärare|skolor|timmar|dagar|veckor|tjänster)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9§–•-])|\n\s*\n|\n(?=\s*[-•–*]\s)")


@dataclass(frozen=True, slots=True)
class _Told:
    """The part of a meeting that counts, with its file name and passages."""

    part: Part
    file: str
    passages: tuple[Passage, ...]


def differences_rows(archive: Archive, scope: Scope, meeting_id: str) -> list[Row]:
    """What the meeting has that the body's meeting before had not, and the other way round.

    `kind` is ny punkt, stående punkt saknas, ny deltagare, saknas i laget, byte av plats, byte av roll, ordförande,
    sekreterare, lokal, tid or nytt värde; `before` and `now` are as written, None where there is nothing.
    """
    now, before, earlier = _meetings(archive, scope, meeting_id)
    if now is None or before is None:
        return []
    return [
        *_items(now, before, earlier),
        *_people(now, before),
        *_headers(now, before),
        *_values(now, before),
    ]


def latest_meeting(archive: Archive, scope: Scope, filter: Filter = Filter()) -> Meeting | None:
    """The newest dated meeting with minutes."""
    parts = {part.part_id: part for part in archive.parts(scope)}
    held = [one for one in archive.meetings(scope, filter) if one.date.value and _lead(one, parts)]
    return max(held, key=lambda one: (one.date.value, one.meeting_id), default=None)


def _lead(meeting: Meeting, parts: dict[str, Part]) -> Part | None:
    """The minutes that count."""
    held = sorted((parts[one] for one in meeting.part_ids if one in parts), key=kind_rank)
    return held[0] if held and kind_rank(held[0]) <= KIND_ORDER.index("utkast") else None


def _meetings(archive: Archive, scope: Scope, meeting_id: str) -> tuple[_Told | None, _Told | None, list[Part]]:
    """The meeting, the one before it of the same body, and the earlier minutes, newest first."""
    parts = {part.part_id: part for part in archive.parts(scope)}
    every = [one for one in archive.meetings(scope) if one.date.value]
    mine = next((one for one in every if one.meeting_id == meeting_id), None)
    lead = _lead(mine, parts) if mine else None
    if mine is None or lead is None:
        return None, None, []
    past = [
        (one.date.value, part)
        for one in every
        if one.date.value
        and mine.date.value
        and one.date.value < mine.date.value
        and set(one.bodies) & set(mine.bodies)
        if (part := _lead(one, parts))
    ]
    earlier = [part for _, part in sorted(past, key=lambda pair: (pair[0], pair[1].part_id), reverse=True)]
    return _told(archive, scope, lead), _told(archive, scope, earlier[0]) if earlier else None, earlier


def _told(archive: Archive, scope: Scope, part: Part) -> _Told:
    own = tuple(one for one in archive.passages_of(scope, part.document_id) if one.part_id == part.part_id)
    return _Told(part, archive.file_name(scope, part.document_id), own)


def _items(now: _Told, before: _Told, earlier: Sequence[Part]) -> Iterator[Row]:
    """Items that the meeting before had not, and standing ones that are gone."""
    current, past = _titles(now.part), _titles(before.part)
    for key, (title, span) in current.items():
        if key not in past:
            yield _row("ny punkt", None, title, now, span)
    recent = [_titles(part) for part in earlier[:STANDING_MEETINGS]]
    for key, (title, span) in past.items():
        times = sum(key in titles for titles in recent)
        if key not in current and times >= 2 and times >= STANDING_SHARE * len(recent):
            yield _row("stående punkt saknas", title, None, before, span)


def _titles(part: Part) -> dict[tuple[str, ...], tuple[str, Span]]:
    found: dict[tuple[str, ...], tuple[str, Span]] = {}
    for item in part.items:
        key = tuple(sorted(analysis.content_words(bare(item.title))))
        if key and not is_formality(item.title):
            found.setdefault(key, (item.title, item.spans[0]))
    return found


def _people(now: _Told, before: _Told) -> Iterator[Row]:
    """Who is new in the list and who is gone from it, changed seats and roles; presence on the day is no difference."""
    if not now.part.participants or not before.part.participants:
        return
    current = {_name(one): one for one in now.part.participants}
    past = {_name(one): one for one in before.part.participants}
    for name, one in current.items():
        had = past.get(name)
        if had is None:
            yield _row("ny deltagare", None, _as_listed(one), now, one.anchor)
            continue
        for kind, value, old in (("byte av plats", one.seat, had.seat), ("byte av roll", one.role, had.role)):
            if (value or "").casefold() != (old or "").casefold():
                yield _row(kind, _with(had.name, old), _with(one.name, value), now, one.anchor or had.anchor)
    for name, one in past.items():
        if name not in current:
            yield _row("saknas i laget", _as_listed(one), None, before, one.anchor)


def _name(one: Participant) -> str:
    return " ".join(one.name.casefold().split())


def _as_listed(one: Participant) -> str:
    return ", ".join(piece for piece in (one.name, one.seat, one.role) if piece)


def _with(name: str, value: str | None) -> str:
    return f"{name}: {value or '–'}"


def _headers(now: _Told, before: _Told) -> Iterator[Row]:
    one, other = now.part, before.part
    for kind, fact, had in (
        ("ordförande", one.chair, other.chair),
        ("sekreterare", one.secretary, other.secretary),
        ("lokal", one.place, other.place),
        ("tid", one.time, other.time),
    ):
        if fact.value and had.value and fact.value.casefold() != had.value.casefold():
            yield _row(kind, had.value, fact.value, now, fact.evidence[0] if fact.evidence else None)


def _values(now: _Told, before: _Told) -> Iterator[Row]:
    """Prices and counts of one thing with a new number: the two sentences, each pair once, the likest first."""
    old = [(words, numbers, quote) for words, numbers, quote, _ in _measured(before)]
    pairs = []
    for n, (words, numbers, _, _) in enumerate(measured := list(_measured(now))):
        for m, (other, had, _) in enumerate(old):
            shared = len(words & other)
            if shared >= MIN_SHARED and shared >= SAME_VALUE * len(words | other) and numbers != had:
                pairs.append((-shared / len(words | other), n, m))
    used_now: set[int] = set()
    used_before: set[int] = set()
    for _, n, m in sorted(pairs):
        if n not in used_now and m not in used_before:
            used_now.add(n)
            used_before.add(m)
            yield _row("nytt värde", old[m][2], measured[n][2], now, measured[n][3])


def _measured(told: _Told) -> Iterator[tuple[frozenset[str], frozenset[str], str, Span]]:
    """Sentences with a number and what it counts: content words, numbers, the sentence, its place."""
    for passage in told.passages:
        span = passage.spans[0]
        heading = bare(passage.heading[-1]) if passage.heading else ""
        at = 0
        for match in [*_SENTENCE.finditer(passage.text), None]:
            stop = match.start() if match else len(passage.text)
            sentence = passage.text[at:stop]
            found = _MEASURED.findall(sentence)
            if found:
                start = span.start + at + len(sentence) - len(sentence.lstrip())
                place = Span(page=span.page, start=start, end=span.start + at + len(sentence.rstrip()))
                numbers = frozenset(re.sub(r"\s", "", number) for number, _ in found)
                yield _words(f"{heading} {sentence}"), numbers, " ".join(sentence.split()), place
            at = match.end() if match else stop


def _words(sentence: str) -> frozenset[str]:
    lemmas = (one for one in analysis.analyse(sentence).lemmas if not any(char.isdigit() for char in one))
    return frozenset(roots.root(one) for one in lemmas if one not in generic_words())


def _row(kind: str, before: str | None, now: str | None, told: _Told, place: Span | Anchor | None) -> Row:
    where = place or Span(page=1, start=0, end=0)
    day = told.part.meeting_date.value
    return {
        "kind": kind,
        "before": before,
        "now": now,
        "body": told.part.body,
        "date": day.isoformat() if day else None,
        "file": told.file,
        "page": where.page,
        "document_id": told.part.document_id,
        "span": {"page": where.page, "start": where.start, "end": where.end},
    }
