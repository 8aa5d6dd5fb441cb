"""A body that stands by its letters in one document and spelled out in another is one body, in any order of reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import registers
from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.records import Filter, Scope
from corpus.settings import Settings
from corpus.swedish.bodies import spelled_out
from ingest.pipeline import ingest

FULL = "Barn- och utbildningschefsgruppen"
LONG_NOTES = """Protokoll Barn- och utbildningschefsgruppen den 17 mars 2022

Närvarande: Samira Daoud, Mossebo; Tomas Grahn, Ljusfall

§ 1 Resursskola
Gruppen beslutar att resursskolan startar med 12 platser.
"""
SHORT_NOTES = """Protokoll BUC-gruppen den 9 februari 2023

Närvarande: Samira Daoud, Mossebo; Tomas Grahn, Ljusfall

§ 1 Simundervisning
Gruppen beslutar att simundervisningen kostar 700 kronor.
"""


@pytest.mark.parametrize(
    ("short", "known", "full"),
    [
        ("BUC-gruppen", [FULL, "Rektorsnätverket"], FULL),
        ("BUC", [FULL], FULL),
        ("AU", ["Arbetsutskottet", "Skolchefsgruppen"], "Arbetsutskottet"),
        ("GRN", ["Gymnasierektorsnätverket"], "Gymnasierektorsnätverket"),
        ("SYV-nätverket", ["Skolchefsgruppen", "Läsnätverket"], None),
        ("BUC-nätverket", [FULL], None),
        ("BUC-gruppen", [FULL, "Byggnads- och utvecklingschefsgruppen"], None),
        ("Rektorsnätverket", ["Rektorsnätverket"], None),
    ],
)
def test_letters_name_the_only_body_whose_initials_they_are(short: str, known: list[str], full: str | None) -> None:
    assert spelled_out(short, known) == full


@pytest.mark.parametrize("first", ["long", "short"])
def test_a_body_by_its_letters_and_in_full_is_one_in_any_order_of_reading(tmp_path: Path, first: str) -> None:
    notes = {"long": ("Protokoll 2022-03-17.txt", LONG_NOTES), "short": ("BUC 230209.txt", SHORT_NOTES)}
    settings = Settings(archive=tmp_path / "arkiv", workers=1)
    with Archive.open(settings.archive, create=True, settings=settings) as archive:
        for key in sorted(notes, key=lambda key: key != first):
            name, text = notes[key]
            (tmp_path / name).write_text(text, encoding="utf-8")
            ingest([tmp_path / name], archive, settings=settings)
        assert archive.bodies(Scope()) == [FULL]
        decided = registers.decisions_rows(archive, Scope(), Filter(bodies=(FULL,)))
        assert [row["date"] for row in decided] == ["2022-03-17", "2023-02-09"]
        told = Assistant(archive).answer("Vad beslutade BUC om simundervisningen i februari 2023?")
        assert "700 kronor" in told.sentences[0].text and told.citations[0].label.startswith(FULL)


WHOLE = "Förskolans utvecklingsforum"
WHOLE_NOTES = """Förskolans utvecklingsforum
Tid och plats: torsdag 10 februari 2022 kl. 09.00–11.45, Sunds stadshus

Närvarande: Ulla Berg, Sund; Bo Alm, Öby

1. Avgift
Forumet beslutar att avgiften blir 700 kronor.
"""
PART_NOTES = """Anteckningar från utvecklingsforum den 9 februari 2023

Närvarande: Ulla Berg, Sund; Bo Alm, Öby

1. Lokal
Forumet beslutar att mötena hålls i Öby.
"""


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_a_body_by_a_part_of_its_name_and_in_full_is_one_in_any_order_of_reading(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    notes = {"a.txt": WHOLE_NOTES, "b.txt": PART_NOTES}
    settings = Settings(archive=tmp_path / "arkiv", workers=1)
    with Archive.open(settings.archive, create=True, settings=settings) as archive:
        for name in names:
            (tmp_path / name).write_text(notes[name], encoding="utf-8")
            ingest([tmp_path / name], archive, settings=settings)
        assert archive.bodies(Scope()) == [WHOLE]
        decided = registers.decisions_rows(archive, Scope(), Filter(bodies=(WHOLE,)))
        assert [row["date"] for row in decided] == ["2022-02-10", "2023-02-09"]
