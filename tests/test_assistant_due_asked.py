"""Tasks asked for by the meeting they come after or the day they are due: a table of questions to made minutes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.settings import Settings
from ingest.pipeline import ingest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "due_asked.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("case", CASES["ask"], ids=lambda one: one["question"])
def test_tasks_are_told_by_their_meeting_and_their_day(archive: Archive, case: dict[str, Any]) -> None:
    answer = Assistant(archive).answer(case["question"], today=date(2025, 9, 1))
    told = " ".join(one.text for one in answer.sentences)
    assert all(word in told for word in case.get("has", [])), told
    assert not any(word in told for word in case.get("lacks", [])), told
