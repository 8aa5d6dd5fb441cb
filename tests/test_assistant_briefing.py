"""Inför mötet, and whether a draft item has been up: what is found, what is left undone, and that nothing is invented."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest

from assistant.agenda import read_agenda
from assistant.briefing import brief, briefing_docx, has_been_discussed, source_of
from assistant.references import say_number
from corpus.archive import Archive
from corpus.records import Scope
from tests.network_archive import make_archive
from ui.briefing_text import briefing_lines, discussed_lines

AGENDA = """Kallelse till Fritidsnätverkets möte
Datum: 16 november 2023

Dagordning
1. Mötet öppnas
2. Kursdagen 2024: avgift
3. Simkunnighet
4. Läxhjälp
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_archive(tmp_path_factory.mktemp("briefing")) as made:
        yield made


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("§ 1 Öppnande\n§ 2 Budget", [("§ 1", "Öppnande"), ("§ 2", "Budget")]),
        ("Dagordning\n1. Öppnande\n2. Budget\n   - två förslag", [("1.", "Öppnande"), ("2.", "Budget")]),
        ("Program\n1) Start kl. 9.00\n2) Lunch", [("1)", "Start kl. 9.00"), ("2)", "Lunch")]),
        ("# Kallelse\n## Budget\nText.\n## Val", [(None, "Budget"), (None, "Val")]),
        ("Dagordning\n- Budget\n- Val", [(None, "Budget"), (None, "Val")]),
        ("Öppnande\nBudget\nVal av justerare", [(None, "Öppnande"), (None, "Budget"), (None, "Val av justerare")]),
        ("Ska vi ha läxhjälp? Flera föräldrar undrar.", [(None, "Ska vi ha läxhjälp? Flera föräldrar undrar")]),
    ],
)
def test_an_agenda_is_read_however_its_points_are_listed(text: str, points: list[tuple[str | None, str]]) -> None:
    assert [(one.number, one.title) for one in read_agenda(text).points] == points


def test_an_item_brings_its_earlier_decisions_with_what_changed_them(archive: Archive) -> None:
    item = brief(archive, Scope(), AGENDA)["items"][1]
    assert [row["date"] for row in item["decisions"]] == ["2022-03-10", "2023-05-04"]
    assert item["decisions"][0]["changed_by"][0]["link"] == "stated"


def test_an_item_brings_the_open_actions_but_not_those_reported_done(archive: Archive) -> None:
    made = brief(archive, Scope(), AGENDA)
    assert [row["what"] for row in made["items"][2]["actions"]] == ["Per Öst bokar en simlärare."]
    assert "lista över lokaler" not in "\n".join(briefing_lines(made))


def test_what_was_postponed_and_is_not_on_the_agenda_is_told(archive: Archive) -> None:
    waiting = brief(archive, Scope(), AGENDA)["not_on_agenda"]["postponed"]
    assert [(row["date"], row["item_title"]) for row in waiting] == [("2022-09-08", "Lovverksamhet")]


def test_an_item_that_is_new_says_so(archive: Archive) -> None:
    item = brief(archive, Scope(), AGENDA)["items"][3]
    assert (item["decisions"], item["mentions"], item["actions"]) == ([], [], [])


def test_nothing_from_after_the_meeting_comes_into_its_briefing(archive: Archive) -> None:
    made = brief(archive, Scope(), AGENDA.replace("16 november 2023", "1 juni 2022"))
    assert [row["date"] for row in made["items"][1]["decisions"]] == ["2022-03-10"]
    assert made["items"][1]["decisions"][0]["changed_by"] == []


def test_the_word_document_holds_every_item_and_source(archive: Archive) -> None:
    made = brief(archive, Scope(), AGENDA)
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(briefing_docx(made))).paragraphs)
    assert "2. Kursdagen 2024: avgift" in text
    assert "Fritidsnätverket 2022-03-10, § 3, s. 1" in text
    assert "Inget tidigare i arkivet." in text


def test_a_draft_item_is_told_with_its_last_outcome_and_loose_ends(archive: Archive) -> None:
    found = has_been_discussed(archive, Scope(), "Vi behöver prata om lovverksamheten igen.")
    assert [row["date"] for row in found["mentions"]] == ["2022-03-10", "2022-09-08"]
    assert [row["kind"] for row in found["loose_ends"]] == ["bordlagt"]
    lines = discussed_lines(found)
    assert lines[0] == "Ja, på 2 möten, senast 2022-09-08 (Fritidsnätverket)."


def test_a_draft_item_that_never_was_up_is_not_found(archive: Archive) -> None:
    found = has_been_discussed(archive, Scope(), "Cykelparkering vid skolorna")
    assert (found["mentions"], found["last_outcome"], found["loose_ends"]) == ([], None, [])
    assert discussed_lines(found)[0].startswith("Nej, det hittas inte i arkivet")


def test_a_matter_under_another_name_is_told_as_alike_and_never_as_the_same(archive: Archive) -> None:
    found = has_been_discussed(archive, Scope(), "Simhallens öppettider")
    assert found["is_related"] and [row["item_title"] for row in found["mentions"]] == ["Simkunnighet"]
    assert discussed_lines(found)[0].startswith("Inte under det namnet, men liknande har varit uppe på ett möte")


@pytest.mark.parametrize(
    ("number", "said"), [("§ 3", "§ 3"), ("4", "punkt 4"), ("4.", "punkt 4"), ("", ""), (None, "")]
)
def test_an_item_is_named_by_its_number(number: str | None, said: str) -> None:
    row = {"body": "Fritidsnätverket", "date": "2022-03-10", "item": number, "page": 1, "file": "a.txt"}
    assert say_number(number) == said
    assert (f", {said}, s. 1" if said else "10, s. 1") in source_of(row)
