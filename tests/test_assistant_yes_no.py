"""Ja and nej where a wish, a question of the meeting, an absence or a refusal is easily taken for them: a table of questions."""

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

CASES = tomllib.loads((Path(__file__).parent / "cases" / "yes_no.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("case", CASES["case"], ids=[one["question"] for one in CASES["case"]])
def test_ja_and_nej_are_those_of_the_matter(archive: Archive, case: dict[str, Any]) -> None:
    answer = Assistant(archive).answer(case["question"], today=date.fromisoformat(CASES["today"]))
    claims = [one.text for one in answer.sentences if one.kind != "note"]
    assert claims or case.get("may_refuse"), answer.text
    assert all(piece in answer.text for piece in case.get("holds", [])), answer.text
    assert all(piece in claims[0] for piece in case.get("first", [])), answer.text
    assert not any(piece in answer.text for piece in case.get("lacks", [])), answer.text
