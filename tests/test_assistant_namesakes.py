"""People of one name are told apart: which of them sits where, and a word first when a question could mean either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from assistant.assistant import Assistant
from corpus.archive import Archive
from tests.network_archive import read_meeting

TODAY = date(2025, 2, 20)
NOTE = "Det finns flera som heter Karin Berg i underlaget (Alby, Sundet)"


def meeting(body: str, day: str, people: list[str], text: str) -> dict[str, Any]:
    item = {"number": "§ 1", "title": "Lokaler och kurser", "text": text}
    rows = [f"{one} | | närvarande" for one in people]
    return {"file": f"{body} {day}.txt", "body": body, "date": day, "people": rows, "items": [item]}


MEETINGS = (
    meeting("Fritidsnätverket", "2024-03-12", ["Karin Berg | Alby", "Per Öst | Näs"], "Karin Berg berättade att gymnastiksalen i Alby byggs om."),
    meeting("SYV-nätverket", "2024-04-09", ["Karin Berg | Sundet", "Ida Alm | Näs"], "Karin Berg berättade att vägledarna träffas oftare."),
    meeting("SYV-nätverket", "2024-10-08", ["Karin Berg | Sundet", "Ida Alm | Alby"], "Ida Alm berättade att mässan blev välbesökt."),
)  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Archive.open(tmp_path_factory.mktemp("namn") / "a", create=True) as archive:
        with archive.writing() as writer:
            for one in MEETINGS:
                writer.add(*read_meeting(one))
            writer.finish()
        yield Assistant(archive)


def test_which_of_them_sits_in_a_body_is_answered_from_the_attendance(assistant: Assistant) -> None:
    answer = assistant.answer("Vilken Karin Berg sitter i SYV-nätverket?", today=TODAY)
    assert "Sundet" in answer.text and "Alby" not in answer.text


def test_a_question_that_could_mean_either_is_told_so_first(assistant: Assistant) -> None:
    answer = assistant.answer("Vad berättade Karin Berg?", today=TODAY)
    assert answer.sentences[0].kind == "note" and answer.text.startswith(NOTE)


@pytest.mark.parametrize("question", ["Vad berättade Karin Berg i Alby om gymnastiksalen?", "Vad berättade Ida Alm om mässan?"])  # fmt: skip
def test_one_who_is_told_apart_needs_no_such_word(assistant: Assistant, question: str) -> None:
    assert "Det finns flera" not in assistant.answer(question, today=TODAY).text


def test_one_who_changed_seats_in_the_same_body_is_one_person(assistant: Assistant) -> None:
    answer = assistant.answer("Vad berättade Ida Alm om mässan?", today=TODAY)
    assert "mässan" in answer.text and answer.sentences[0].kind == "claim"
