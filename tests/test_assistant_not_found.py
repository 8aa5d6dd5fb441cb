"""What is said where nothing answers: what was searched, and only what lies near the question is shown beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.not_found import not_found_text
from corpus.archive import Archive
from corpus.records import Coverage
from corpus.settings import Settings
from corpus.swedish.dates import say_months
from ingest.pipeline import ingest

DATED = """Anteckningar Badgruppen
Datum: 2024-03-07

1. Simhallen
Simhallen i Öby stänger under sommaren. Badvakterna får ledigt i juli.

2. Kiosken
Kiosken ska måla om sin disk.
"""
UNDATED = """Anteckningar Skridskogruppen

1. Isbanan
Den 4 maj 2024 kom besked om isbanan. Isbanan visas för elever den 20 maj 2024.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("papper")
    (folder / "bad 2024-03-07.txt").write_text(DATED, encoding="utf-8")
    (folder / "skridskor.txt").write_text(UNDATED, encoding="utf-8")
    with Archive.open(tmp_path_factory.mktemp("arkiv"), create=True) as archive:
        ingest([folder], archive, settings=Settings())
        yield archive


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("Vad kostar simhallen i Öby?", "Simhallen i Öby stänger under sommaren."),
        ("Vem äger kiosken?", "Kiosken ska måla om sin disk."),
        ("Vad kostar rymdraketen?", None),
        ("Vilken betygsskala används i Peru?", None),
    ],
)
def test_what_lies_near_is_a_sentence_about_the_matter_or_nothing(
    archive: Archive, question: str, near: str | None
) -> None:
    answer = Assistant(archive).answer(question, today=date(2024, 6, 1))
    assert answer.status == "not_found"
    assert [one.quote for one in answer.near[:1]] == ([near] if near else [])


def test_a_meeting_without_a_date_is_among_what_was_searched(archive: Archive) -> None:
    text = Assistant(archive).answer("Vad kostar rymdraketen?", today=date(2024, 6, 1)).text
    assert "2 möten i 2 nätverk, mars – maj 2024" in text


@pytest.mark.parametrize(
    ("meetings", "bodies", "bad", "told"),
    [
        (1, ("A",), 0, "från 1 möte, maj 2024."),
        (3, ("A", "B"), 1, "från 3 möten i 2 nätverk, maj 2024; 1 sida gick inte att läsa."),
        (3, ("A",), 2, "från 3 möten, maj 2024; 2 sidor gick inte att läsa."),
    ],
)
def test_the_refusal_counts_what_was_searched(meetings: int, bodies: tuple[str, ...], bad: int, told: str) -> None:
    day = date(2024, 5, 2)
    held = Coverage(
        meetings=meetings, documents=4, pages=9, unreadable_pages=bad, earliest=day, latest=day, bodies=bodies
    )
    assert not_found_text(held).endswith(told)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2024, 5, 2), date(2024, 5, 30), "maj 2024"),
        (date(2024, 3, 2), date(2024, 5, 30), "mars – maj 2024"),
        (date(2021, 9, 1), date(2025, 5, 30), "september 2021 – maj 2025"),
    ],
)
def test_a_span_of_months_is_said_short(first: date, last: date, said: str) -> None:
    assert say_months(first, last) == said
