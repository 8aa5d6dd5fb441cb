"""Answers of each kind over a made network in several house styles: a table of questions and what they must hold."""

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

CASES = tomllib.loads((Path(__file__).parent / "cases" / "kinds.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(one, id=one["question"], marks=[pytest.mark.xfail(reason=one["fails"], strict=True)] if "fails" in one else [])
        for one in CASES["case"]
    ],
)  # fmt: skip
def test_each_kind_of_question_is_answered_as_its_shape_asks(archive: Archive, case: dict[str, Any]) -> None:
    answer = Assistant(archive).answer(case["question"], today=date.fromisoformat(CASES["today"]))
    text = answer.text
    assert answer.status == case.get("status", "answered"), text
    if answer.status == "not_found":
        return
    claims = [one.text for one in answer.sentences if one.kind != "note"]
    assert all(piece.lower() in text.lower() for piece in case.get("holds", [])), text
    assert all(piece in claims[0] for piece in case.get("first", [])), text
    assert not any(piece in text for piece in case.get("lacks", [])), text
