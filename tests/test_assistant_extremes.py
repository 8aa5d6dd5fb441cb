"""The most and the least of what tables and sentences number: questions over papers that are read for real."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.recount import recounter
from corpus.archive import Archive
from corpus.records import Scope
from corpus.settings import Settings
from ingest.pipeline import ingest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "extremes.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["question"])
def test_the_extreme_is_told_first_with_its_size_and_only_where_it_is_numbered(
    archive: Archive, case: dict[str, Any]
) -> None:
    answer = Assistant(archive).answer(case["question"], today=date.fromisoformat(CASES["today"]))
    assert answer.status == case.get("status", "answered"), answer.text
    assert not answer.withheld
    if answer.status == "answered":
        assert all(piece in answer.sentences[0].text for piece in case.get("first", [])), answer.text
    assert all(piece in answer.text for piece in case.get("holds", [])), answer.text
    assert not any(piece in answer.text for piece in case.get("lacks", [])), answer.text


def test_an_extreme_is_counted_anew_from_the_archive(archive: Archive) -> None:
    answer = Assistant(archive).answer("Vilken kommun har flest elever på seglarlinjen?", today=date(2025, 6, 1))
    told = answer.sentences[0].computation
    assert told is not None
    recount = recounter(archive, Scope())
    assert recount(told) == ("Alby", "38")
    assert recount(replace(told, about=(*told.about[:2], "minst", *told.about[3:]))) == ("Klippvik", "20")
    assert recount(replace(told, about=("finns inte", *told.about[1:]))) == ()
