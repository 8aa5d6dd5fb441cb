"""What needs several documents: links, meetings, actions done, gaps and topics, the same in any order of reading."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import (
    Action,
    AgendaItem,
    Anchor,
    Attachment,
    Decision,
    Fact,
    Links,
    NextMeeting,
    Part,
    Passage,
    Span,
)
from ingest.link import link

CASES = Path(__file__).parent / "cases"
LINKS = tomllib.loads((CASES / "links.toml").read_text(encoding="utf-8"))["case"]


def part_of(day: str | None, body: str, **more: Any) -> Part:
    """A part of a document of its own; its id is made of day, body and kind."""
    kind = more.pop("kind", "protokoll")
    name = more.pop("name", f"{day} {body} {kind}")
    return Part(
        part_id=name,
        document_id=more.pop("document_id", f"d:{name}"),
        ordinal=0,
        kind=Fact(value=kind, certainty="stated"),
        bodies=tuple(Fact(value=one, certainty="stated") for one in body.split("; ") if one),
        meeting_date=Fact(value=date.fromisoformat(day) if day else None, certainty="stated" if day else "unknown"),
        spans=(),
        **more,
    )


def decision_of(key: str, row: str, number: int) -> Decision:
    title, strength, outcome, text = (piece.strip() for piece in row.split("|"))
    return Decision(
        decision_id=key,
        text=text,
        strength=strength,  # type: ignore[arg-type]
        outcome=None if outcome == "-" else outcome,  # type: ignore[arg-type]
        item_number=f"§ {number}",
        item_title=title,
        anchor=Anchor(page=1, start=number, end=number + 1, quote=text),
    )


def passage_of(part: Part, text: str, heading: str, number: str | None = None, start: int = 0) -> Passage:
    return Passage(
        passage_id=f"{part.part_id}:{heading}:{start}",
        document_id=part.document_id,
        part_id=part.part_id,
        text=text,
        heading=(heading,),
        body=part.body,
        date=part.meeting_date.value,
        kind=part.kind.value,
        item_number=number,
        spans=(Span(page=1, start=start, end=start + len(text)),),
    )


def read_case(case: dict[str, Any]) -> tuple[list[Part], list[Passage]]:
    parts, passages = [], []
    for held, rows in case["meetings"].items():
        day, _, body = held.partition(" ")
        clauses = {key: row for key, row in rows.items() if key not in ("kind", "text")}
        made = tuple(decision_of(key, row, n) for n, (key, row) in enumerate(clauses.items(), 1))
        parts.append(part_of(day, body, kind=rows.get("kind", "protokoll"), decisions=made))
        if "text" in rows:
            passages.append(passage_of(parts[-1], rows["text"], made[0].item_title or "", made[0].item_number))
    return parts, passages


def told(links: Links, basis: str) -> set[str]:
    return {f"{one.earlier_id} > {one.later_id}: {one.relation}" for one in links.decisions if one.basis == basis}


@pytest.mark.parametrize("case", LINKS, ids=[case["name"] for case in LINKS])
def test_later_decisions_are_linked_as_the_table_says(case: dict[str, Any]) -> None:
    parts, passages = read_case(case)
    links = link(parts, passages, [])
    assert told(links, "stated") == set(case.get("stated", ()))
    assert told(links, "suggested") >= set(case.get("suggested", ()))
    if case.get("closed"):
        assert told(links, "suggested") == set(case.get("suggested", ()))
    assert all(one.clause for one in links.decisions if one.basis == "stated")


ALL_PARTS = list({part.part_id: part for case in LINKS for part in read_case(case)[0]}.values())
ALL_PASSAGES = list({one.passage_id: one for case in LINKS for one in read_case(case)[1]}.values())


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(len(ALL_PARTS))))
def test_links_are_the_same_in_any_order_of_reading(order: Sequence[int]) -> None:
    shuffled = link([ALL_PARTS[n] for n in order], reversed(ALL_PASSAGES), [])
    assert shuffled == link(ALL_PARTS, ALL_PASSAGES, [])


DONE = tomllib.loads((CASES / "actions_done.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", DONE, ids=[f"{case['who']}: {case['later']}" for case in DONE])
def test_an_action_is_done_where_a_later_meeting_reports_it(case: dict[str, str]) -> None:
    where = Anchor(page=1, start=0, end=len(case["what"]), quote=case["what"])
    who = (case["who"],) if case["who"] else ()
    action = Action(action_id="a", who=who, what=case["what"], by=Fact(), by_text=None, item_number=None, anchor=where)
    first = part_of("2023-02-02", "Fritidsnätverket", actions=(action,))
    second = part_of("2023-05-04", "Fritidsnätverket")
    links = link([first, second], [passage_of(second, case["later"], "Läget")], [])
    assert [one.anchor.quote for one in links.actions] == ([case["done"]] if case["done"] else [])
    assert all(case["later"][one.anchor.start : one.anchor.end] == one.anchor.quote for one in links.actions)


@pytest.mark.parametrize(
    ("parts", "meetings"),
    [
        ("same body and day", [("2024-04-17", "Skolgruppen", "kallelse"), ("2024-04-17", "Skolgruppen", "protokoll")]),
        ("a place behind", [("2024-04-17", "Skolgruppen", "utkast"), ("2024-04-17", "Skolgruppen i Norrvik", "protokoll")]),
        ("a slip", [("2024-04-17", "Skolledargruppen", "utkast"), ("2024-04-17", "Skoledargruppen", "protokoll")]),
        ("two bodies", [("2024-04-17", "Skolgruppen; Musikrådet", "protokoll"), ("2024-04-17", "Musikrådet", "bildspel")]),
        ("no body", [("2024-04-17", "Skolgruppen", "protokoll"), ("2024-04-17", "", "bildspel")]),
    ],
)  # fmt: skip
def test_parts_of_one_body_and_day_are_one_meeting(parts: str, meetings: list[tuple[str, str, str]]) -> None:
    (meeting,) = link([part_of(day, body, kind=kind) for day, body, kind in meetings], [], []).meetings
    assert len(meeting.part_ids) == 2, parts
    assert "protokoll" in meeting.part_ids[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grundskolenätverket", "Grundsärskolenätverket"),
        ("Rektorsgrupp 1", "Rektorsgrupp 2"),
        ("SYV-gruppen", "SFI-gruppen"),
        ("Förskolenätverket", "Fritidsnätverket"),
    ],
)
def test_two_bodies_on_one_day_are_two_meetings(one: str, other: str) -> None:
    assert len(link([part_of("2024-04-17", one), part_of("2024-04-17", other)], [], []).meetings) == 2


def test_the_signed_minutes_lead_a_meeting_and_slides_alone_are_none() -> None:
    kinds = ("kallelse", "utkast", "bildspel", "justerat protokoll")
    (meeting,) = link([part_of("2024-04-17", "Skolgruppen", kind=kind) for kind in kinds], [], []).meetings
    assert [one.rsplit(" ", 1)[-1] for one in meeting.part_ids] == ["protokoll", "utkast", "bildspel", "kallelse"]
    assert link([part_of("2024-04-17", "Skolgruppen", kind="bildspel")], [], []).meetings == ()


def announced(day: str) -> NextMeeting:
    return NextMeeting(
        date=Fact(value=date.fromisoformat(day), certainty="stated"),
        anchor=Anchor(page=1, start=0, end=4, quote=f"Nästa möte {day}"),
    )


def test_a_meeting_announced_and_passed_without_notes_is_a_gap_and_one_moved_some_days_is_not() -> None:
    first = part_of("2024-01-10", "Skolgruppen", next_meetings=(announced("2024-03-06"),))
    moved = part_of("2024-03-08", "Skolgruppen", next_meetings=(announced("2024-05-15"),))
    last = part_of("2024-09-04", "Skolgruppen", next_meetings=(announced("2024-11-06"),))
    gaps = link([first, moved, last], [], []).gaps
    assert [(gap.what, str(gap.date)) for gap in gaps] == [("möte", "2024-05-15")]


def test_a_meeting_with_only_a_kallelse_is_a_gap() -> None:
    parts = [part_of("2024-01-10", "Skolgruppen", kind="kallelse"), part_of("2024-03-06", "Skolgruppen")]
    (gap,) = link(parts, [], []).gaps
    assert (gap.what, str(gap.date), gap.text) == ("möte", "2024-01-10", "Det finns bara en kallelse")


@pytest.mark.parametrize(("beside", "gaps"), [("bildspel", 0), ("kallelse", 1)])
def test_slides_referred_to_are_a_gap_unless_they_lie_at_the_meeting(beside: str, gaps: int) -> None:
    attached = Attachment(text="Bildspelet bifogas.", anchor=Anchor(page=1, start=0, end=4, quote="Bild"))
    minutes = part_of("2024-01-10", "Skolgruppen", attachments=(attached,))
    found = link([minutes, part_of("2024-01-10", "Skolgruppen", kind=beside)], [], []).gaps
    assert len([gap for gap in found if gap.what == "bilaga"]) == gaps


def numbered(day: str, *numbers: int) -> Part:
    spans = (Span(page=1, start=0, end=1),)
    return part_of(
        day, "Skolgruppen", items=tuple(AgendaItem(number=f"§ {n}", title="x", spans=spans) for n in numbers)
    )


def test_numbers_missing_in_a_meeting_and_between_meetings_are_gaps() -> None:
    gaps = link([numbered("2024-01-10", 1, 2, 4), numbered("2024-03-06", 9, 10)], [], []).gaps
    assert {gap.text for gap in gaps} == {"§ 3 saknas i protokollet", "§§ 5–8 saknas efter mötet 2024-01-10"}
    assert link([numbered("2024-01-10", 1, 2), numbered("2024-03-06", 1, 2)], [], []).gaps == ()


def test_topics_are_recurring_headings_and_never_the_meetings_frame() -> None:
    passages = []
    parts = []
    for day, headings in (
        ("2023-01-10", ("Öppnande", "Simskola sommaren 2023", "Nästa möte")),
        ("2023-05-10", ("Öppnande", "Rapport om simskolan", "Modersmålsstöd")),
        ("2023-09-10", ("Öppnande", "Avtal för simskola", "Nästa möte")),
    ):
        parts.append(part_of(day, "Skolgruppen"))
        passages += [
            passage_of(parts[-1], f"Gruppen talade om detta. {h}.", h, start=n * 100) for n, h in enumerate(headings)
        ]
    topics = link(parts, passages, []).topics
    assert [topic.name for topic in topics] == ["Simskola"]
    assert len(topics[0].passage_ids) == 3


def test_a_thousand_meetings_are_linked_in_seconds() -> None:
    """Decisions of ten bodies over many years; with a walk over all pairs it took minutes."""
    matters = (
        "lägerskolan",
        "kursdagen",
        "simskolan",
        "biblioteket",
        "cykelvägen",
        "skogsdagen",
        "musikalen",
        "bussturen",
    )
    parts = []
    for n in range(1000):
        day = date.fromordinal(date(2000, 1, 1).toordinal() + 7 * (n // 10)).isoformat()
        rows = [
            f"{matter.capitalize()} | beslut | bifall | Gruppen beslutar att avgiften för {matter} är {100 + n} kronor."
            for matter in (matters[n % 8], matters[(n + 3) % 8])
        ]
        made = tuple(decision_of(f"{n}-{k}", row, k) for k, row in enumerate(rows))
        parts.append(part_of(day, f"{'ABCDEFGHIJ'[n % 10]}-kommunens skolgrupp", name=f"p{n}", decisions=made))
    begun = time.process_time()
    links = link(parts, [], [])
    assert time.process_time() - begun < 6
    assert len(links.decisions) > 1000
