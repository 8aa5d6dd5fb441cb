"""Values set by hand: they win, follow into filters, meetings and links, survive a new reading, and tell when lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant import registers
from corpus.archive import Archive
from corpus.errors import BadInputError, NotInArchiveError
from corpus.records import Filter, Scope
from corpus.settings import Settings
from ingest.pipeline import ingest
from tests.network_archive import make_archive
from ui.correcting import Wish, correct_all, follow_up, make_correction

FIRST = "Fritidsnätverket 2022-03-10.txt"
LATER = "Fritidsnätverket 2023-05-04.txt"
FEE = "Nätverket beslutar att kursdagen kostar 300 kronor per person."
NEW_FEE = "ändra beslutet från den 10 mars 2022"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with make_archive(tmp_path / "arkiv") as made:
        yield made


def set_by_hand(archive: Archive, file: str, path: str, value: str, quote: str = "", part: int = 0) -> None:
    wish = Wish(file=file, path=path, value=value, quote=quote, part=part, who="Lo")
    correct_all(archive, Settings(), [make_correction(archive, wish, datetime(2026, 1, 1, tzinfo=UTC))])


def dates(archive: Archive, filter: Filter = Filter()) -> list[str]:
    return [row["date"]["value"] for row in registers.meetings_rows(archive, Scope(), filter)]


@pytest.mark.parametrize("written", ["2021-03-11", "11 mars 2021", "11/3 2021", "210311"])
def test_a_corrected_date_moves_the_meeting_in_filters_and_ends_the_link_that_named_it(
    archive: Archive, written: str
) -> None:
    assert registers.decisions_rows(archive, Scope())[0]["changed_by"][0]["link"] == "stated"
    set_by_hand(archive, FIRST, "datum", written)
    assert dates(archive, Filter(date_to=date(2021, 12, 31))) == ["2021-03-11"]
    assert min(m.date.value for m in archive.links(Scope()).meetings if m.date.value) == date(2021, 3, 11)
    fee = next(row for row in registers.decisions_rows(archive, Scope()) if row["text"] == FEE)
    assert fee["changed_by"] == []


def test_a_corrected_date_is_marked_as_a_persons_and_can_be_taken_back(archive: Archive) -> None:
    set_by_hand(archive, FIRST, "date", "2021-03-11")
    (made,) = archive.corrections(Scope())
    part = next(one for one in archive.parts(Scope()) if one.meeting_date.value == date(2021, 3, 11))
    assert (part.meeting_date.origin, made.who, made.lost) == ("person", "Lo", False)
    archive.remove_correction(made.correction_id or 0)
    follow_up(archive, Settings())
    assert "2021-03-11" not in dates(archive)
    assert registers.decisions_rows(archive, Scope())[0]["changed_by"][0]["link"] == "stated"


def test_a_strength_hangs_on_the_clauses_words(archive: Archive) -> None:
    set_by_hand(archive, FIRST, "styrka", "rekommendation", "kursdagen kostar 300 kronor")
    fee = next(row for row in registers.decisions_rows(archive, Scope()) if row["text"] == FEE)
    assert (fee["strength"], fee["origin"]) == ("rekommendation", "person")


def test_a_person_confirms_denies_and_makes_links(archive: Archive) -> None:
    set_by_hand(archive, LATER, "link", "bekräftat: kursdagen kostar 300 kronor", NEW_FEE)
    (changed,) = registers.decisions_rows(archive, Scope())[0]["changed_by"]
    assert (changed["relation"], changed["link"]) == ("bekräftat", "person")
    set_by_hand(archive, LATER, "link", "nej", NEW_FEE)
    assert registers.decisions_rows(archive, Scope())[0]["changed_by"] == []


@pytest.mark.parametrize(
    ("path", "value", "quote", "message"),
    [
        ("decision.strength", "beslut", "kursdagen kostar 9 000 kronor", "Orden finns inte i dokumentet"),
        ("decision.strength", "nästan", FEE, "Okänt värde"),
        ("decision.strength", "beslut", "", "Orden som rättas saknas"),
        ("date", "i våras", "", "Datumet går inte att läsa"),
        ("kind", "bok", "", "Okänt värde"),
        ("färg", "blå", "", "Okänt fält"),
        ("link", "kanske", FEE, "Okänt värde"),
        ("word", "Ek", "finnsinte", "Ordet finns inte i dokumentet"),
    ],
)
def test_what_cannot_be_placed_is_refused_in_words_and_changes_nothing(
    archive: Archive, path: str, value: str, quote: str, message: str
) -> None:
    with pytest.raises(BadInputError, match=message):
        set_by_hand(archive, FIRST, path, value, quote)
    assert archive.corrections(Scope()) == []


def test_a_file_that_is_not_in_is_refused(archive: Archive) -> None:
    with pytest.raises(NotInArchiveError, match="finns inte i arkivet"):
        set_by_hand(archive, "okänd.txt", "date", "2021-03-11")


NOTES = """Anteckningar Slöjdnätverket
Datum: 12 mars 2024

§ 1 Verktyg
Lo Ask visar nya verktyg från Norvik. Nätverket beslutar att köpa tolv hyvlar.
"""


def test_a_word_and_a_strength_survive_a_new_reading_and_tell_when_their_anchor_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "filer" / "Slöjdnätverket 2024-03-12.txt"
    file.parent.mkdir()
    file.write_text(NOTES, encoding="utf-8")
    with Archive.open(tmp_path / "arkiv", create=True) as archive:
        ingest([file.parent], archive, settings=Settings())
        set_by_hand(archive, file.name, "word", "Norrvik", "Norvik")
        set_by_hand(archive, file.name, "decision.strength", "rekommendation", "köpa tolv hyvlar")
        text = archive.pages(Scope(), archive.find_document(Scope(), file.name).document_id)[0]
        assert "från Norrvik" in text.text and "från Norvik" in text.raw
        assert [(one.rule, one.before, one.after) for one in text.repairs] == [("för hand", "Norvik", "Norrvik")]

        ingest([file.parent], archive, settings=Settings(), again=True)
        (decision,) = registers.decisions_rows(archive, Scope())
        assert (decision["strength"], decision["origin"]) == ("rekommendation", "person")
        assert [one.lost for one in archive.corrections(Scope())] == [False, False]

        file.write_text(
            NOTES.replace("köpa tolv hyvlar", "sälja bandsågen").replace("Norvik", "Sundby"), encoding="utf-8"
        )
        ingest([file.parent], archive, settings=Settings())
        assert registers.decisions_rows(archive, Scope())[0]["strength"] == "beslut"
        assert [one.lost for one in archive.corrections(Scope())] == [True, True]
