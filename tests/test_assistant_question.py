"""How questions are understood: kinds, values and bodies as tables of cases."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.kinds import kind_of
from assistant.naming import Known, named_bodies
from assistant.question import Asked, Question, understand
from assistant.spoken import plain
from assistant.values import asked_value

WHOLE = tomllib.loads((Path(__file__).parent / "cases" / "understanding.toml").read_text(encoding="utf-8"))
CASES = tomllib.loads((Path(__file__).parent / "cases" / "question_kinds.toml").read_text(encoding="utf-8"))
KNOWN = Known(bodies=tuple(CASES["known"]["bodies"]))


@pytest.mark.parametrize("kind, question", [(kind, one) for kind, asked in CASES["kind"].items() for one in asked])
def test_a_question_is_of_its_kind(kind: str, question: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize("value, question", [(value, one) for value, asked in CASES["value"].items() for one in asked])
def test_a_question_asks_for_its_sort_of_value(value: str, question: str) -> None:
    assert (asked_value(question) or "none") == value


@pytest.mark.parametrize("register, school", CASES["pairs"]["attendance"])
def test_register_words_are_apart_from_the_same_words_of_school(register: str, school: str) -> None:
    assert kind_of(register) in ("attendance", "count", "open_actions", "next_meeting", "list")
    assert kind_of(school) not in ("attendance", "count", "open_actions", "next_meeting", "list")


@pytest.mark.parametrize("name, body", list(CASES["bodies"].items()))
def test_a_body_is_known_under_its_other_names(name: str, body: str) -> None:
    assert [one.value for one in named_bodies(f"Vad sa {name} i maj?", KNOWN)] == ([body] if body else [])


def network() -> Known:
    """The invented network of the cases."""
    held = WHOLE["known"]
    days: dict[date, list[str]] = {}
    for body, meetings in held["meetings"].items():
        for day in meetings:
            days.setdefault(day, []).append(body)
    return Known(
        bodies=tuple(held["meetings"]),
        people={name: tuple(seats) for name, seats in held["people"].items()},
        seats=tuple(dict.fromkeys(seat for seats in held["people"].values() for seat in seats)),
        meetings=tuple(sorted((day, tuple(bodies)) for day, bodies in days.items())),
    )


NETWORK = network()


def read(question: str, *before: str) -> Question:
    history = [Turn(question=one, answer="") for one in before]
    return understand(Asked(text=question, history=history, today=WHOLE["known"]["today"]), NETWORK)


def described(found: Question) -> dict[str, Any]:
    moment = found.moment
    return {
        "kind": found.kind,
        "value": found.value or "",
        "from": str(found.filter.date_from or (moment and moment.start) or ""),
        "to": str(found.filter.date_to or (moment and moment.end) or ""),
        "bodies": list(found.filter.bodies),
        "people": list(found.people),
        "seats": list(found.seats),
        "paper": found.paper or "",
        "parts": len(found.parts),
    }


GROUPS = {name: group["cases"] for name, group in WHOLE.items() if "cases" in group}


@pytest.mark.parametrize("case", [one for group in GROUPS.values() for one in group], ids=lambda one: str(one["q"]))
def test_a_question_is_understood(case: dict[str, Any]) -> None:
    got = described(read(case["q"]))
    assert {key: got[key] for key in case if key != "q"} == {key: case[key] for key in case if key != "q"}


@pytest.mark.parametrize("question", [one["q"] for group in GROUPS.values() for one in group])
def test_written_swedish_stays_when_it_is_put_into_written_swedish_again(question: str) -> None:
    once = plain(question)
    assert plain(once) == once


PAPERS = (
    ("utkast", ("Skolchefsgruppen",), date(2024, 4, 11)),
    ("kallelse", ("Skolchefsgruppen",), date(2024, 10, 10)),
    ("bildspel", ("SYV-nätverket",), None),
)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Vilken avgift stod i utkastet?", ("utkast",)),
        ("Vilken avgift stod i Skolchefsgruppens utkast från april 2024?", ("utkast",)),
        ("Vad stod på dagordningen till mötet i oktober 2024?", ("dagordning", "kallelse", "föredragningslista")),
        ("Vad visade bildspelet om antagningen?", ("bildspel",)),
        ("Vad visade SYV-nätverkets bildspel från maj 2024?", ("bildspel",)),
        ("Vad visade Skolchefsgruppens bildspel?", ()),
        ("Vad stod i yttrandet?", ()),
        ("Vad skiljer utkastet från det justerade protokollet?", ()),
        ("Vem gör bildspelet?", ()),
    ],
)
def test_a_paper_named_as_the_source_limits_where_there_is_such_a_one(question: str, kinds: tuple[str, ...]) -> None:
    found = understand(Asked(text=question, today=WHOLE["known"]["today"]), replace(NETWORK, papers=PAPERS))
    assert found.filter.kinds == kinds


def test_a_paper_taken_away_limits_no_more() -> None:
    asked = Asked(text="Vilken avgift stod i utkastet?", today=WHOLE["known"]["today"], without=("utkast",))
    assert understand(asked, replace(NETWORK, papers=PAPERS)).filter.kinds == ()


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("vem va ordförande i skolchefsgruppen i april 24", (date(2024, 4, 1), date(2024, 4, 30))),
        ("Vem ledde mötet i Arbetsutskottet hösten 2024?", (date(2024, 7, 1), date(2024, 12, 31))),
        ("Vem ansvarar för konferensen i april 2024?", (None, None)),
    ],
)
def test_who_held_a_role_is_asked_of_the_meetings_of_the_time(
    question: str, period: tuple[date | None, date | None]
) -> None:
    found = read(question).filter
    assert (found.date_from, found.date_to) == period
