"""A real wrong-language scan without a date: bounds, torn columns, notes of another network inside it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus.records import Page, Part
from corpus.settings import Settings
from evals.reading import health
from ingest.minutes import Hint, read_parts
from ingest.read import read_with
from ingest.repair import repair_document
from ingest.sandbox import Pool

NAME = "gymnasienatverket-anteckningar.txt"
# Words of any Swedish minutes that the wrong language spoils, each with what is made of it.
LOST = {
    "hälsa": "halsa", "välkomna": "valkomna", "möte": "méte|mote", "åtgärder": "atgarder", "för": "fér", "är": "ar",
    "även": "aven", "från": "fran", "på": "pa", "när": "nar", "många": "manga", "också": "ocksa",
}  # fmt: skip
MAX_LEFT = 0.03


@pytest.fixture(scope="module")
def pages(seed_folder: Path) -> tuple[Page, ...]:
    settings = Settings()
    with Pool(1, settings.memory_mb) as pool:
        return repair_document(read_with(pool, seed_folder / NAME, settings, lambda *_: None).pages, {})


@pytest.fixture(scope="module")
def parts(pages: tuple[Page, ...]) -> tuple[Part, ...]:
    return read_parts("d", pages, Hint(file_name=NAME))


def test_of_the_words_that_lost_their_letters_hardly_any_is_left_and_none_is_spoiled(pages: tuple[Page, ...]) -> None:
    found = health("\n".join(page.raw for page in pages), "\n".join(page.text for page in pages))
    assert found["unknown"] > 0.2 * found["words"]
    assert found["left_unknown"] <= MAX_LEFT * found["words"]
    assert found["spoiled"] == 0


def test_the_usual_words_of_minutes_come_back_wherever_they_were_lost(pages: tuple[Page, ...]) -> None:
    raw, text = (
        Counter(re.findall(r"\w+", " ".join(parts).lower()))
        for parts in ([p.raw for p in pages], [p.text for p in pages])
    )
    lost = {word: sum(raw[one] for one in forms.split("|")) for word, forms in LOST.items()}
    assert sum(count > 0 for count in lost.values()) > len(LOST) / 2
    assert [word for word, count in lost.items() if count and not text[word]] == []


def test_without_a_date_the_bounds_are_what_is_past_and_what_is_planned(parts: tuple[Part, ...]) -> None:
    day = parts[0].meeting_date
    assert (day.value, day.certainty, day.earliest, day.latest) == (
        None,
        "inferred",
        date(2023, 11, 1),
        date(2023, 11, 14),
    )
    assert any("1 nov" in anchor.quote for anchor in day.evidence)


def test_seventeen_people_are_paired_with_their_places_in_order(parts: tuple[Part, ...]) -> None:
    people = parts[0].participants
    assert len(people) == 17
    assert [person.seat for person in people].count(None) == 0
    present = [person for person in people if person.present]
    assert (len(present), present[10].seat, people[-1].seat, people[-1].presence) == (
        12,
        "Öckerö",
        "Tjörn",
        "frånvarande",
    )
    assert [person.role for person in people if person.role] == ["ordförande", "samordnare"]


def test_the_other_networks_notes_are_a_part_and_the_host_goes_on_after_them(parts: tuple[Part, ...]) -> None:
    host, inside = parts
    assert (host.body, inside.body) == ("Gymnasienätverket", "Kvalitetsnätverket")
    assert (inside.meeting_date.value, inside.meeting_date.certainty) == (date(2023, 9, 27), "stated")
    assert [item.number for item in host.items if item.level == 1] == ["1", "2", "3", "4", "5"]
    assert not inside.participants


def test_the_other_groups_next_meeting_and_the_abbreviations_are_told(parts: tuple[Part, ...]) -> None:
    coming = parts[0].next_meetings[0]
    assert (coming.date.value, coming.body) == (date(2023, 11, 14), "IM-gruppen")
    assert {"AU", "IM"} <= {one.short for one in parts[0].abbreviations}
