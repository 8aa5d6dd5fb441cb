"""Answers without a model over a small network's papers, read for real: a table of questions and what they must hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.references import said_day
from assistant.signs import nouns
from assistant.wire import answer_json
from corpus.archive import Archive
from corpus.records import Fact, Scope
from corpus.settings import Settings
from ingest.pipeline import ingest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "answers.toml").read_text(encoding="utf-8"))
ROOT = Path(__file__).resolve().parent.parent
SEED = next((folder / "shared" / "seed" for folder in ROOT.parents if (folder / "shared" / "seed").is_dir()), None)
SEED_CASES = (
    ("Vilka ingår i arbetsutskottet?", ("Amela", "Göran", "Niklas")),
    ("När är IM-gruppens nästa möte?", ("14 november",)),
    ("Hur många kvalitetsdialoger har Skolverket genomfört?", ("över 600",)),
    ("Öppnar Skolverket ett kontor i Göteborg?", ("1 nov", "2024")),
    ("När hölls mötet?", ("inget datum", "1–14 november 2023", "uppskattat", "«den 14 november»")),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("papper")
    for name, text in CASES["documents"].items():
        (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["question"])
def test_a_question_is_answered_as_a_colleague_would(archive: Archive, case: dict[str, Any]) -> None:
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


def test_every_claim_is_cited_and_every_quote_stands_on_its_page(archive: Archive) -> None:
    for case in CASES["case"]:
        answer = Assistant(archive).answer(case["question"], today=date(2025, 3, 1))
        numbers = {one.number for one in answer.citations}
        assert all(set(one.citations) <= numbers and one.citations for one in answer.sentences if one.kind == "claim")
        for one in answer.citations:
            page = archive.page_texts(Scope(), one.document_id)[one.page - 1]
            assert page[one.span.start : one.span.end] == one.quote


def test_citations_are_numbered_in_order_of_appearance(archive: Archive) -> None:
    answer = answer_json(Assistant(archive).answer("Vad togs upp på fritidsnätverkets senaste möte?"))
    told = [number for sentence in answer["sentences"] for number in sentence["citations"]]
    assert list(dict.fromkeys(told)) == sorted(set(told))


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    if SEED is None:
        pytest.skip("underlaget som inte får delas finns inte här")
    with Archive.open(tmp_path_factory.mktemp("verkligt"), create=True) as archive:
        ingest([SEED], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize("question, wanted", SEED_CASES)
def test_real_notes_are_answered(seed: Archive, question: str, wanted: tuple[str, ...]) -> None:
    text = Assistant(seed).answer(question).text
    assert all(piece in text for piece in wanted), text


def test_two_dated_sources_that_differ_are_both_told_the_newer_first(seed: Archive) -> None:
    answer = Assistant(seed).answer("Öppnar Skolverket ett kontor i Göteborg?")
    newer, older = answer.text.find("1 nov"), answer.text.find("ingen fastställd tidpunkt")
    assert 0 <= newer < older, answer.text
    assert "Tidigare:" in answer.text[newer:older]
    assert "27 september 2023" in answer.text[newer:]


def test_what_real_notes_do_not_hold_is_refused(seed: Archive) -> None:
    assert Assistant(seed).answer("Vad kostar skolmaten i Lerum?").status == "not_found"


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        (date(2023, 11, 1), date(2023, 11, 14), "odaterat, uppskattat 1–14 november 2023"),
        (date(2023, 11, 20), date(2023, 12, 14), "odaterat, uppskattat 20 november 2023 – 14 december 2023"),
        (None, None, "odaterat"),
    ],
)
def test_an_undated_meeting_is_said_without_parentheses_of_its_own(
    earliest: date | None, latest: date | None, told: str
) -> None:
    assert said_day(Fact(earliest=earliest, latest=latest)) == told


@pytest.mark.parametrize(
    ("question", "word"),
    [("Vad har beslutats om skoluniform?", "skoluniform"), ("vem sköter Kattugglan?", "Kattugglan")],
)
def test_a_refusal_names_the_word_that_nothing_is_found_about(archive: Archive, question: str, word: str) -> None:
    answer = Assistant(archive).answer(question, today=date(2025, 3, 1))
    assert answer.status == "not_found"
    assert f"Jag hittar inget om {word}." in answer.text


@pytest.mark.parametrize(
    ("question", "is_noun"),
    [
        ("Hur många besökte mässan?", {"besökte": False, "mässan": True}),
        ("hur manga elever saknar plats", {"elever": True, "saknar": False, "plats": True}),
        ("Vad kostade bussen till simhallen?", {"kostade": False, "bussen": True, "simhallen": True}),
    ],
)
def test_nouns_of_a_question_are_told_from_its_verbs(question: str, is_noun: dict[str, bool]) -> None:
    assert nouns(question, list(is_noun)) == is_noun
