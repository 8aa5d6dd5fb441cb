"""Answers that must be complete and only of the asked matter: a table of questions over papers that are read for real."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.settings import Settings
from ingest.pipeline import ingest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "complete.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize(
    "case", CASES["case"], ids=lambda case: " / ".join([*case.get("history", []), case["question"]])
)
def test_an_answer_is_whole_and_of_the_asked_matter(archive: Archive, case: dict[str, Any]) -> None:
    history = [Turn(question=one, answer="") for one in case.get("history", [])]
    answer = Assistant(archive).answer(case["question"], history, today=date.fromisoformat(CASES["today"]))
    text = answer.text
    assert answer.status == case.get("status", "answered"), text
    if answer.status == "not_found":
        return
    claims = [one.text for one in answer.sentences if one.kind != "note"]
    assert all(piece.lower() in text.lower() for piece in case.get("holds", [])), text
    assert all(piece in claims[0] for piece in case.get("first", [])), text
    assert not any(piece in text for piece in case.get("lacks", [])), text
