"""People whom a list names in short are those that the body's other minutes name in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.records import Part, Scope
from corpus.settings import Settings
from ingest.pipeline import ingest
from ingest.who import REMARK, completed
from tests.minutes_cases import read

FULL = """
Anteckningar Simskolegruppen 2024-02-01
Närvarande
Linnea Gran, Mora
Per Alm, Orsa
Siv Ek, Rättvik
"""
SHORT = """
Anteckningar Simskolegruppen 2024-05-02
Med: Linnea, Per A, Siv (skriver)
Bassängen
Linnea bokar bassängen senast den 10 maj.
"""
NAMESAKE = """
Anteckningar Simskolegruppen 2024-09-05
Närvarande
Linnea Holm, Leksand
Siv Ek, Älvdalen
"""
NO_PLACES = """
Anteckningar Simskolegruppen 2024-11-07
Närvarande: Linnea Gran, Per Alm, Kim Dal, Ove Ros (sekreterare)
"""


def _parts(*texts: str) -> list[Part]:
    return [part for n, text in enumerate(texts) for part in _renamed(read({"text": text}), f"d{n}")]


def _renamed(parts: tuple[Part, ...], key: str) -> list[Part]:
    from dataclasses import replace

    return [replace(part, part_id=key, document_id=key) for part in parts]


def _told(part: Part) -> list[str]:
    return [f"{one.name} | {one.seat or '-'}" for one in part.participants]


def test_first_names_and_initials_are_the_only_person_they_fit() -> None:
    _, short = completed(_parts(FULL, SHORT))
    assert _told(short) == ["Linnea Gran | Mora", "Per Alm | Orsa", "Siv Ek | Rättvik"]
    assert short.secretary.value == "Siv Ek"
    assert [one.who for one in short.actions] == [("Linnea Gran",)]
    assert REMARK in short.flags


def test_a_first_name_that_fits_two_stays_as_it_stands() -> None:
    _, short, _ = completed(_parts(FULL, SHORT, NAMESAKE))
    assert _told(short) == ["Linnea | -", "Per Alm | Orsa", "Siv Ek | -"]


def test_a_list_without_places_gets_them_and_the_secretary_none() -> None:
    _, bare = completed(_parts(FULL, NO_PLACES))
    assert _told(bare) == ["Linnea Gran | Mora", "Per Alm | Orsa", "Kim Dal | -", "Ove Ros | -"]


def test_a_complete_list_is_left_alone() -> None:
    parts = _parts(FULL, NAMESAKE)
    assert completed(parts) == parts


@pytest.mark.parametrize(
    "order", [("full", "short", "namesake"), ("namesake", "short", "full"), ("short", "full", "namesake")]
)
def test_people_are_the_same_in_whatever_order_documents_come(tmp_path: Path, order: tuple[str, ...]) -> None:
    texts = {"full": FULL, "short": SHORT, "namesake": NAMESAKE}
    with Archive.open(tmp_path / "arkiv", create=True) as archive:
        for name in order:
            file = tmp_path / f"{name}.txt"
            file.write_text(texts[name], encoding="utf-8")
            ingest([file], archive, settings=Settings(workers=1))
        document = archive.find_document(Scope(), "short.txt")
        short = next(part for part in archive.parts(Scope()) if part.document_id == document.document_id)
        assert _told(short) == ["Linnea | -", "Per Alm | Orsa", "Siv Ek | -"]
