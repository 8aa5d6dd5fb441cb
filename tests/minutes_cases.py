"""Reads written minutes to parts, for cases in TOML: pages parted by a line of three dashes, rows by bars."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from corpus.records import Page, Part, Run
from ingest.minutes import Hint, read_parts

CASES = Path(__file__).parent / "cases"


def load(name: str) -> list[dict[str, Any]]:
    """The cases of one table."""
    return list(tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"])


def pages_of(text: str, margin: str = "", *, paged: bool = True) -> tuple[Page, ...]:
    """Pages of running text; a line `---` parts them. `margin` stands on top of each and is left out of its text."""
    pieces = text.strip("\n").split("\n---\n")
    top = f"{margin}\n" if margin else ""
    return tuple(
        Page(
            number=n, label=None, text=piece, raw=top + piece, origin="text", legibility=1.0, status="read", paged=paged,
            alignment=(Run(text_start=0, text_end=len(piece), raw_start=len(top), raw_end=len(top) + len(piece)),),
        )
        for n, piece in enumerate(pieces, 1)
    )  # fmt: skip


def read(case: dict[str, Any]) -> tuple[Part, ...]:
    """The parts of a case's text; tabs are written `\\t` or `→`."""
    text = case["text"].replace("→", "\t")
    hint = Hint(
        file_name=case.get("file", "fil.pdf"),
        folders=tuple(case.get("folders", ())),
        known=tuple(case.get("known", ())),
    )
    pages = pages_of(text, case.get("margin", "").replace("→", "\t"), paged=case.get("paged", True))
    return read_parts("dokument", pages, hint)


def told(part: Part, field: str) -> Any:
    """A field of a part as the cases write it."""
    return _TOLD[field](part)


def _people(part: Part) -> list[str]:
    return [
        " | ".join([p.name, p.seat or "-", p.presence or "-", *([p.role] if p.role else [])]) for p in part.participants
    ]


def _decisions(part: Part) -> list[str]:
    return [f"{d.strength}/{d.outcome or '-'} | {' '.join(d.anchor.quote.split())}" for d in part.decisions]


def _actions(part: Part) -> list[str]:
    return [f"{', '.join(a.who)} | {a.what} | {a.by.value or '-'}" for a in part.actions]


def _next(part: Part) -> list[str]:
    return [" ".join(str(v) for v in (n.date.value, n.time, n.place, n.body) if v) for n in part.next_meetings]


_TOLD: dict[str, Any] = {
    "kind": lambda part: part.kind.value,
    "bodies": lambda part: [fact.value for fact in part.bodies],
    "date": lambda part: str(part.meeting_date.value),
    "certainty": lambda part: part.meeting_date.certainty,
    "bounds": lambda part: [str(part.meeting_date.earliest), str(part.meeting_date.latest)],
    "written": lambda part: str(part.written.value),
    "adjusted": lambda part: str(part.adjusted.value),
    "time": lambda part: part.time.value,
    "place": lambda part: part.place.value or "",
    "chair": lambda part: part.chair.value or "",
    "secretary": lambda part: part.secretary.value,
    "adjusters": lambda part: [fact.value for fact in part.adjusters],
    "people": _people,
    "items": lambda part: [f"{item.number or '-'} | {item.title}" for item in part.items if item.level == 1],
    "sub_items": lambda part: [f"{item.number or '-'} | {item.title}" for item in part.items if item.level > 1],
    "decisions": _decisions,
    "texts": lambda part: [decision.text for decision in part.decisions],
    "votes": lambda part: [decision.votes or "" for decision in part.decisions],
    "reservations": lambda part: [list(decision.reservations) for decision in part.decisions],
    "actions": _actions,
    "next": _next,
    "abbreviations": lambda part: [f"{one.short} = {one.long}" for one in part.abbreviations],
    "attachments": lambda part: [one.text for one in part.attachments],
    "flags": lambda part: list(part.flags),
}
FIELDS = tuple(_TOLD)
