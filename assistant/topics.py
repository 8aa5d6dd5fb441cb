"""Where a matter stands: every meeting that took it up, complete and in time order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.mentions import Mention, find_mentions, understood
from corpus.archive import Archive
from corpus.records import Filter, Part, Passage, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A meeting that takes up the matter: its best part and the passages there, in text order."""

    meeting_id: str
    day: date | None
    part: Part
    passages: tuple[Passage, ...]
    item: str | None


def stands(archive: Archive, scope: Scope, text: str, wanted: Filter = Filter()) -> list[Stand]:
    """The meetings that take up the matter, oldest first."""
    meetings: dict[str, list[Mention]] = {}
    for one in find_mentions(archive, scope, understood(archive, scope, text), wanted):
        meetings.setdefault(one.meeting_id, []).append(one)
    return [
        Stand(
            meeting_id=meeting_id,
            day=of[0].day,
            part=of[0].part,
            passages=tuple(passage for one in of for passage in one.passages),
            item=of[0].item,
        )
        for meeting_id, of in meetings.items()
    ]
