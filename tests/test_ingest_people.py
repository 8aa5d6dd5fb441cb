"""One line of attendance to name, seat, role and presence."""

from __future__ import annotations

import pytest

from ingest.people import find_attendance, heading_of
from ingest.persons import is_name, read_row, split_name
from ingest.running import running
from tests.minutes_cases import pages_of


@pytest.mark.parametrize(
    ("line", "name", "seat", "role", "presence"),
    [
        ("Eva Ek, Öby", "Eva Ek", "Öby", None, None),
        ("Eva Ek (Öby)", "Eva Ek", "Öby", None, None),
        ("Eva Ek, Öby (ordförande)", "Eva Ek", "Öby", "ordförande", None),
        ("Eva Ek – Öby – rektor", "Eva Ek", "Öby", "rektor", None),
        ("Eva Ek, sekreterare", "Eva Ek", None, "sekreterare", None),
        ("Eva Ek\tÖby\tJa", "Eva Ek", "Öby", None, "närvarande"),
        ("Öby\tEva Ek\tordförande\tNej", "Eva Ek", "Öby", "ordförande", "frånvarande"),
        ("Eva Ek\t§§ 3–5\tDelvis", "Eva Ek", None, None, "delvis"),
        ("Eva Ek Lilla Edet", "Eva Ek", "Lilla Edet", None, None),
        ("Eva Ek, Göteborg, område Norr", "Eva Ek", "Göteborg, område Norr", None, None),
        ("Anna-Karin von Essen, Öby", "Anna-Karin von Essen", "Öby", None, None),
        ("Eva Ek (EE), Öby", "Eva Ek", "Öby", None, None),
        ("Eva Ek kommunalförbundet (samordnare)", "Eva Ek", "kommunalförbundet", "samordnare", None),
    ],
)
def test_a_line_names_a_person(line: str, name: str, seat: str | None, role: str | None, presence: str | None) -> None:
    cells = tuple(line.split("\t"))
    row = read_row(line, cells if len(cells) > 1 else (), ())
    assert row is not None
    assert (row.name, row.seat, row.role, row.presence) == (name, seat, role, presence)


@pytest.mark.parametrize("line", ["Nästa Möte", "Lilla Edet", "Övriga frågor", "MÖTETS ÖPPNANDE", "kl. 13.00", "Öby"])
def test_a_heading_or_place_is_no_person(line: str) -> None:
    assert read_row(line, (), ()) is None
    assert not is_name(line)


def test_known_seats_part_a_name_from_its_place() -> None:
    assert split_name("Eva Ek Sundholm", {"Sundholm"}) == ("Eva Ek", "Sundholm")
    assert split_name("Eva Ek Sundholm", set()) == ("Eva Ek Sundholm", None)


@pytest.mark.parametrize(
    ("line", "presence"),
    [
        ("Närvarande:", "närvarande"), ("Deltagare", "närvarande"), ("På plats (5 st):", "närvarande"), ("Vi som var med", "närvarande"),
        ("Frånvarande ledamöter", "frånvarande"), ("Anmält förhinder:", "frånvarande"), ("Ej närvarande", "frånvarande"),
        ("Deltog inte", "frånvarande"), ("Tjänstgörande ersättare", "ersättare"), ("Del av mötet:", "delvis"),
        ("Deltagarna var nöjda med dagen.", None), ("Frånvaron ökar", None), ("Närvarande lärare är positiva.", None),
    ],
)  # fmt: skip
def test_a_heading_opens_a_list(line: str, presence: str | None) -> None:
    found = heading_of(running(pages_of(line)).lines(0, len(line))[0])
    assert (found[0] if found else None) == presence


def test_names_and_places_that_do_not_pair_are_flagged_and_stand_without_seats() -> None:
    whole = running(pages_of("Deltagare\nEva Ek\nBo Alm\nCia Dahl\n\nÖby\nSundby\n"))
    found = find_attendance(whole, whole.lines(0, len(whole.text)))
    assert [one.seat for one in found.participants] == [None, None, None]
    assert found.flags == ("närvaro: 3 namn och 2 platser går inte att para ihop",)
