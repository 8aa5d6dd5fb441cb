"""Every page in every state, run alone: an empty archive, a filled one, nothing found, a failure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus.archive import Archive
from evals import run
from evals.answers import score_systems
from evals.questions import load
from evals.systems import Ours
from tests.web_archive import PAGES, in_archive, in_empty_archive, open_page, web_archive
from ui import texts

__all__ = ["in_archive", "in_empty_archive", "web_archive"]


def parts_of(test: AppTest, name: str) -> list[dict[str, Any]]:
    """The data given to the page's own parts of one kind."""
    found = []
    for element in test.get("bidi_component"):
        proto = element.proto
        if proto.component_name == f"motesminne_{name}":
            found.append(json.loads(proto.json))
    return found


def ask(test: AppTest, question: str) -> dict[str, Any]:
    test.chat_input[0].set_value(question).run()
    for _ in range(200):
        data = parts_of(test, "answer")[-1]
        if not data["busy"]:
            return data
        test.run()
    raise AssertionError("no answer came")


@pytest.mark.parametrize("page", [path.stem for path in PAGES])
def test_every_page_opens_on_an_empty_archive(page: str, in_empty_archive: Path) -> None:
    test = open_page(page)
    assert not test.exception and not test.error


@pytest.mark.parametrize("page", [path.stem for path in PAGES])
def test_every_page_opens_on_a_filled_archive(page: str, in_archive: Path) -> None:
    test = open_page(page)
    assert not test.exception and not test.error


@pytest.mark.parametrize("page", [path.stem for path in PAGES])
def test_every_page_tells_a_failure_in_one_swedish_sentence(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "arkiv"
    broken.mkdir()
    (broken / "motesminne.sqlite").write_bytes(b"inte en databas" * 400)
    monkeypatch.setenv("MOTESMINNE_ARCHIVE", str(broken))
    test = open_page(page)
    assert not test.exception
    assert len(test.error) == 1 and "Traceback" not in test.error[0].value


def test_a_question_is_answered_with_its_source_beside_it(in_archive: Path) -> None:
    test = open_page("ask")
    data = ask(test, "Vad blev avgiften för skolkonferensen 2025?")
    assert "990 kronor" in json.dumps(data["sentences"], ensure_ascii=False)
    assert data["sources"][0]["label"].startswith("Skolchefsgruppen 2025-02-06")
    assert data["coverage"].startswith("Sökt i ")


def test_what_the_documents_do_not_hold_is_not_answered(in_archive: Path) -> None:
    data = ask(open_page("ask"), "Vem vann fotbolls-VM 1994?")
    assert "framgår inte" in json.dumps(data["sentences"], ensure_ascii=False)


def test_the_documents_page_lists_what_is_in_and_how_it_was_read(in_archive: Path) -> None:
    [table] = parts_of(open_page("documents"), "table")
    assert table["said"] == texts.documents(3)
    assert {row["cells"][5] for row in table["rows"]} == {texts.READING_STATE["read"]}


def test_the_decision_table_names_strength_and_outcome_and_opens_its_source(in_archive: Path) -> None:
    [table] = parts_of(open_page("decisions", sok="läslyftet"), "table")
    assert len(table["rows"]) == 1
    assert "40 000 kronor" in table["rows"][0]["cells"][2][0]
    assert table["rows"][0]["cells"][3][0]["text"] == "beslut"


def test_a_search_without_hits_says_what_to_do(in_archive: Path) -> None:
    assert open_page("decisions", sok="finnsinte").info[0].value == texts.NOTHING


def test_the_meetings_are_listed_newest_first_and_one_opens_with_its_people(in_archive: Path) -> None:
    table, missing = parts_of(open_page("meetings"), "table")
    assert [row["cells"][0] for row in table["rows"]][0] == "6 februari 2025"
    assert any(row["cells"][0][0].startswith("Möte i Läsnätverket den 14 maj 2024") for row in missing["rows"])
    reading = next(row for row in table["rows"] if row["cells"][1] == "Läsnätverket")
    shown = " ".join(element.proto.body for element in open_page("meetings", mote=reading["id"]).get("html"))
    assert "Karin Berg" in shown and "Frånvarande" in shown


@pytest.mark.slow
def test_a_hundred_turns_stand_in_the_order_they_were_asked(in_archive: Path) -> None:
    """The hundredth question is answered like the first, and all before it still stand on the page."""
    test = open_page("ask")
    for _ in range(100):
        ask(test, "Vad blev avgiften för skolkonferensen 2025?")
    told = parts_of(test, "answer")
    assert not test.exception and len(told) == 100
    assert not any(one["busy"] for one in told)
    assert "990 kronor" in json.dumps(told[-1]["sentences"], ensure_ascii=False)


def test_the_quality_page_shows_the_newest_report_with_its_pictures_and_what_went_wrong(
    in_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [one for one in load("tune") if not one.history][:6]
    with Archive.open(in_archive) as archive:
        answers = score_systems([Ours(archive)], questions, run.read_pages(archive))
    made = "2026-01-02T03:04:05+00:00"
    head = {"made": made, "set": "tune", "versions": {}, "digests": {}, "settings": {}}
    run.write({**head, "answers": answers}, tmp_path)
    monkeypatch.setattr(run, "REPORTS", tmp_path)
    test = open_page("quality")
    assert not test.exception and not test.error
    told = " ".join(one.value for one in (*test.markdown, *test.caption)).replace("\\", "")
    assert answers["first_line"] in told and "2026-01-02" in told
    assert len(test.get("vega_lite_chart")) == 2
    assert any(texts.WORST in one.proto.body for one in test.get("html"))
