"""Who is asked about: what tells the holder of an office, and what only speaks of the one asked to have acted."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Question
from assistant.naming import Known
from assistant.signs import of_actor, wanted
from assistant.values import asked_value
from corpus.records import Filter

CASES = tomllib.loads((Path(__file__).parent / "cases" / "actors.toml").read_text(encoding="utf-8"))
KNOWN = Known(seats=("Tuna", "Holmsele"))


def _signs(question: str, text: str, above: str = "", body: str | None = None) -> dict[str, float]:
    asked = Question(
        asked=question,
        whole=question,
        kind="free",
        topic=(),
        filter=Filter(),
        limits=(),
        today=date(2025, 6, 1),
        value=asked_value(question),
        matter=question,
    )
    return of_actor(wanted(asked, KNOWN), text, above, body)


def _holders() -> Iterator[object]:
    for one in CASES["holder"]:
        for fails, rows in ((0.0, one["tells"]), (1.0, one.get("tells_not", ()))):
            for text, above in rows:
                yield pytest.param(one["question"], text, above, fails, id=f"{one['question']} {text}")


@pytest.mark.parametrize(("question", "text", "above", "fails"), [*_holders()])
def test_only_what_names_the_holder_tells_who_holds_an_office(
    question: str, text: str, above: str, fails: float
) -> None:
    assert _signs(question, text, above)["no_holder"] == fails


def _acting() -> Iterator[object]:
    for one in CASES["actor"]:
        for fails, rows in ((0.0, one["acts"]), (1.0, one.get("spoken_of", ()))):
            for text in rows:
                yield pytest.param(one["question"], text, fails, id=f"{one['question']} {text}")


@pytest.mark.parametrize(("question", "text", "fails"), [*_acting()])
def test_one_who_is_only_spoken_of_said_nothing(question: str, text: str, fails: float) -> None:
    assert _signs(question, text)["only_spoken_of"] == fails


def test_a_body_at_its_own_meeting_acts_in_all_that_its_minutes_tell() -> None:
    asked, text = "Vad beslutade styrgruppen?", "Eva Malm tar det med styrgruppen."
    assert _signs(asked, text, body="Styrgruppen för skolan")["only_spoken_of"] == 0
