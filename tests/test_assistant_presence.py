"""Who was there of a municipality, which municipalities were: over a list whose columns a scan tore apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.settings import Settings
from ingest.pipeline import ingest

NOTES = """Anteckningar Biblioteksnätverket
Datum: 2024-03-07

1. Inledning
Ordförande Siv Ahl hälsar välkommen. Diskussion om lån mellan kommunerna.

Läsgruppen
Läsgruppen rapporterade från sitt möte. Endast tre deltagare kom.

Deltagare
Siv Ahl
Otto Brand
Rut Dahl
Ebba Falk

Frånvarande
Lars Gran
Mona Hult

Lindby (ordförande)
Ekvik
Sundet, område Norr
Sundet, område Syd
Tallåsen
Ekvik
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("papper")
    (folder / "bibliotek 2024-03-07.txt").write_text(NOTES, encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Vilka var med från Sundet?", ["Rut Dahl", "Ebba Falk"], ["Otto", "Siv"]),
        ("Vilka representanter från Lindby deltog?", ["Siv Ahl"], ["Otto"]),
        ("vilka från sundet kom", ["Rut Dahl", "Ebba Falk"], ["Siv"]),
        ("Vem kom från Ekvik?", ["Otto Brand"], ["Mona", "Rut"]),
        ("Vem var frånvarande från Ekvik?", ["Mona Hult (Ekvik)"], ["Lars", "Otto"]),
        ("Vem var med från Tallåsen?", ["Ingen från Tallåsen", "Frånvarande: Lars Gran"], ["Mona"]),
        ("Vilka kommuner var inte representerade?", ["Tallåsen"], ["Ekvik", "Sundet", "Lindby"]),
        ("Vilka kommuner deltog?", ["Lindby, Ekvik, Sundet"], ["Tallåsen"]),
        ("vilka har inte varit med", ["Lars Gran", "Mona Hult"], ["Siv"]),
        ("hur många var frånvarande", ["2 personer"], ["4 personer"]),
        ("Kom Tallåsen på mötet?", ["Nej.", "Lars Gran"], ["Ja"]),
        ("Kom Lindby på mötet?", ["Ja.", "Siv Ahl"], ["Nej"]),
        ("Vem representerade Lindby?", ["Siv Ahl (Lindby, ordförande)"], ["Otto"]),
        ("Vilken kommun kommer Ebba Falk från?", ["Sundet"], ["Ekvik"]),
        ("Vem är ordförande i Biblioteksnätverket?", ["Siv Ahl"], ["Otto"]),
    ],
)
def test_people_are_told_by_their_municipality(
    archive: Archive, question: str, holds: list[str], lacks: list[str]
) -> None:
    text = Assistant(archive).answer(question, today=date(2024, 6, 1)).text
    assert all(piece in text for piece in holds) and not any(piece in text for piece in lacks), text


@pytest.mark.parametrize(
    "question",
    [
        "Vilka var med på kuratorsgruppens möte?",
        "Hur många deltog på läsgruppens möte?",
        "Vem från Granby var med på mötet?",
        "Vilka kommuner är med i lånesamarbetet?",
        "Kom förslaget upp på mötet?",
    ],
)
def test_another_list_than_the_one_asked_for_answers_nothing(archive: Archive, question: str) -> None:
    text = Assistant(archive).answer(question, today=date(2024, 6, 1)).text
    assert not any(piece in text for piece in ("Siv Ahl (", "Otto Brand", "4 personer", "Företrädda")), text
