"""Values of another thing, unit or time than the one asked about answer nothing: a table of invented sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Evidence
from assistant.assistant import Assistant
from assistant.clauses import Clause, clauses
from assistant.matter import Group, Matter
from assistant.naming import Known
from assistant.question import Asked, understand
from assistant.signs import wanted
from corpus.archive import Archive
from corpus.records import Passage, Span
from corpus.settings import Settings
from ingest.pipeline import ingest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "other_values.toml").read_text(encoding="utf-8"))
ABOUT = Matter(groups=(Group(weight=1.0, ways=(("sak", 1.0),), noun=True),), own=1)


def told(question: str, text: str, met: date) -> list[Clause]:
    """The sentences of a passage of a meeting of that day, with their signs for the question."""
    passage = Passage(
        passage_id="a", document_id="a", part_id="a", text=text, spans=(Span(page=1, start=0, end=len(text)),),
        heading=(), body=None, item_number=None, date=met, kind="anteckningar",
    )  # fmt: skip
    known = Known()
    understood = understand(Asked(text=question, today=date(2025, 9, 1)), known)
    return clauses([Evidence(passage=passage, rank=1, score=1.0, file="a")], ABOUT, wanted(understood, known))


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        (one["question"], text, holds)
        for one in CASES["case"]
        for holds in (True, False)
        for text in one["some" if holds else "none"]
    ],
)
def test_only_a_value_of_the_thing_asked_for_is_one(question: str, text: str, holds: bool) -> None:
    assert told(question, text, date(2025, 3, 1))[0].features["value"] == float(holds)


@pytest.mark.parametrize("case", CASES["time"], ids=lambda one: one["wrong"] or one["right"])
def test_a_sentence_of_an_earlier_time_stands_behind(case: dict[str, Any]) -> None:
    for wrong in (1.0, 0.0):
        text = case["wrong" if wrong else "right"]
        assert all(one.features["wrong_time"] == wrong for one in told(case["question"], text, case["met"])), text


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("case", CASES["ask"], ids=lambda one: one["question"])
def test_the_outcome_is_told_before_the_plan_and_a_row_with_its_columns(archive: Archive, case: dict[str, Any]) -> None:
    answer = Assistant(archive).answer(case["question"], today=date(2025, 9, 1))
    assert case.get("first", "") in answer.sentences[0].text, answer.text
    assert case.get("lacks", "--") not in answer.text, answer.text
