"""Questions to begin with, made from the archive's own records; only those that it can answer are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.assistant import Assistant
from assistant.registers import MINUTES
from corpus.archive import Archive
from corpus.records import Part, Scope
from corpus.swedish.dates import say_date

# A heading that reads as a matter within a sentence: two to five words, no figures but a year, no reference.
_MATTER = re.compile(r"[A-ZÅÄÖ][a-zåäö]{3,}(?: [a-zåäöA-ZÅÄÖ-]{1,20}){1,4}(?: 20\d\d)?")
# Headings of the meeting's own form say nothing of its matters.
_FORM = re.compile(r"\b(öppn|avslut|närvar|dagordning|föregående|justera|nästa möte|övrig|val av|sammanträde)", re.I)


def examples(assistant: Assistant, archive: Archive, scope: Scope, count: int = 4) -> Iterator[str]:
    """Up to `count` questions of different kinds that are answered, each when it has been tried; newest matters first."""
    parts = sorted(
        (p for p in archive.parts(scope) if p.kind.value in MINUTES), key=lambda p: p.meeting_date.value or date.min
    )[::-1]
    given = 0
    for kind in (_decided, _next, _overview, _task, _short, _said):
        for question in kind(parts):
            if assistant.answer(question).status == "answered":
                yield question
                given += 1
                break
        if given == count:
            return


TRIES = 3


def _decided(parts: Sequence[Part]) -> list[str]:
    titles = [d.item_title for part in parts for d in part.decisions if d.strength == "beslut"]
    return [f"Vad beslutades om {one}?" for one in _matters(titles)][:TRIES]


def _said(parts: Sequence[Part]) -> list[str]:
    return [f"Vad sades om {one}?" for one in _matters([i.title for part in parts for i in part.items])][:TRIES]


def _matters(titles: Sequence[str | None]) -> list[str]:
    whole = [one for one in titles if one and _MATTER.fullmatch(one) and not _FORM.search(one)]
    return list(dict.fromkeys(one[0].lower() + one[1:] for one in whole))


def _next(parts: Sequence[Part]) -> list[str]:
    bodies = [part.body for part in parts if part.body and any(n.date.value and not n.body for n in part.next_meetings)]
    return [f"När är nästa möte i {body}?" for body in dict.fromkeys(bodies)][:TRIES]


def _overview(parts: Sequence[Part]) -> list[str]:
    dated = [(part.body, part.meeting_date.value) for part in parts if part.body and len(part.items) > 1]
    return [f"Vad togs upp på mötet i {body} den {say_date(day)}?" for body, day in dated if day][:TRIES]


def _task(parts: Sequence[Part]) -> list[str]:
    names = [action.who[0] for part in parts for action in part.actions if action.who and " " in action.who[0]]
    return [f"Vad ska {name} göra?" for name in dict.fromkeys(names)][:TRIES]


def _short(parts: Sequence[Part]) -> list[str]:
    shorts = [one.short for part in parts for one in part.abbreviations]
    return [f"Vad betyder {short}?" for short in dict.fromkeys(shorts)][:TRIES]
