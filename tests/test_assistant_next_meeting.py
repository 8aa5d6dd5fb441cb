"""When a body meets next: over made minutes, and by the short names that questions give bodies."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import body_names
from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.settings import Settings
from ingest.pipeline import ingest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "next_meeting.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("case", CASES["case"], ids=lambda one: one["question"])
def test_the_next_meeting_is_the_one_announced_for_then(archive: Archive, case: dict[str, Any]) -> None:
    answer = Assistant(archive).answer(case["question"], today=date.fromisoformat(CASES["today"]))
    assert answer.status == case.get("status", "answered"), answer.text
    assert all(piece in answer.text for piece in case.get("holds", [])), answer.text
    assert not any(piece in answer.text for piece in case.get("lacks", [])), answer.text


@pytest.mark.parametrize("case", CASES["name"], ids=lambda one: f"{one['text']} {one['bodies'][1]}")
def test_a_body_is_known_by_its_first_word_or_letters_where_only_one_has_them(case: dict[str, Any]) -> None:
    found = [one.value for one in body_names.find(case["text"], case["bodies"])]
    assert found == ([case["found"]] if "found" in case else [])
