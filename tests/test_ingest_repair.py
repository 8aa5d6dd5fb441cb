"""Damage told, damaged documents repaired in an archive, and repaired again when later documents know more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.archive import Archive
from corpus.records import Scope
from corpus.settings import Settings
from corpus.swedish.spelling import Speller
from ingest.pipeline import ingest, repair_again
from ingest.repair import damage, repair_text
from ui.cli import app

STRIPPED = str.maketrans("åäöÅÄÖ", "aaoAAO")
MINUTES = """Minnesanteckningar rektorsträff

Ordföranden hälsade välkomna och gick igenom föregående mötes anteckningar. Närvaron diskuterades utförligt, och
gruppen enades om att frågan följs upp på nästa möte. Åsvikens rektor berättade om de åtgärder som prövas för elever
med hög frånvaro. Förslaget är att alla skolor använder samma mall från och med höstterminen 2024.
"""
OTHER = """Anteckningar från träffen i Åsviken

Åsviken står värd för nästa träff. Åsvikens skola visar hur den arbetar med frånvaro, och alla är välkomna att ställa
frågor före mötet. Åsviken bjuder på lunch.
"""
ENGLISH = """The network met in the town hall and agreed that the report on attendance should be sent to all of the
schools before the next meeting, which is planned for the autumn. There was a short discussion about the budget."""
NAMES = (
    "Deltagare\nAnna Andersson Kungsbacka\nKarin Berg Partille\nLars Ek Lerum\nPer Lund Ale\nEva Falk Stenungsund\n" * 3
)


def text_of(archive: Archive, name: str) -> str:
    document = archive.find_document(Scope(), name)
    return "\n".join(archive.page_texts(Scope(), document.document_id))


@pytest.mark.parametrize("text", [MINUTES, ENGLISH, NAMES, "", "12 13 14", "Beslut enligt bilaga."])
def test_undamaged_foreign_and_bare_texts_are_left_alone(text: str) -> None:
    assert repair_text(text) == (text, False, ())


@pytest.mark.parametrize("text", [MINUTES, OTHER, MINUTES[35:180]])
def test_stripped_swedish_is_told_from_a_few_words(text: str) -> None:
    assert damage(text.translate(STRIPPED), Speller()).is_damaged


def test_the_trail_replays_on_the_raw_text() -> None:
    raw = MINUTES.translate(STRIPPED)
    text, damaged, repairs = repair_text(raw)
    lines = raw.split("\n")
    for one in sorted((one for one in repairs if not one.unsure), key=lambda one: (one.line, one.column), reverse=True):
        line, at = lines[one.line - 1], one.column - 1
        assert line[at : at + len(one.before)] == one.before
        lines[one.line - 1] = line[:at] + one.after + line[at + len(one.before) :]
    assert damaged
    assert "\n".join(lines) == text


AROUND = {
    "$ 14 Nasta mote": "§ 14 Nästa möte",
    "Avgiften ar $ 14.50": "Avgiften är $ 14.50",
    "I ar deltar alla. | underlaget star mer.": "I år deltar alla. I underlaget står mer.",
    "e Framtida fragor": "• Framtida frågor",
    "Policyn om Al-verktyg och Al.": "Policyn om AI-verktyg och AI.",
    "Motet borjar kI. 13.00.": "Mötet börjar kl. 13.00.",
    "A andra sidan saknas resurser.": "Å andra sidan saknas resurser.",
}


@pytest.mark.parametrize("before", AROUND)
def test_signs_around_words_are_repaired_only_where_they_are_sure(before: str) -> None:
    damaged = MINUTES.translate(STRIPPED)
    text, _, _ = repair_text(f"{damaged}\n{before}\n")
    assert text.splitlines()[-1] == AROUND[before]


def test_an_unsure_name_is_left_and_flagged() -> None:
    text, _, repairs = repair_text(MINUTES.translate(STRIPPED).replace("Asvikens", "Amrovikas"))
    assert "Amrovikas" in text
    assert [one.before for one in repairs if one.unsure] == ["Amrovikas"]


def test_a_damaged_document_profits_from_undamaged_ones_of_its_folder_in_any_order(tmp_path: Path) -> None:
    folder = tmp_path / "filer"
    folder.mkdir()
    (folder / "Traff 2024.txt").write_text(MINUTES.translate(STRIPPED), encoding="utf-8")
    (folder / "Träff 2020.txt").write_text(OTHER, encoding="utf-8")
    with Archive.open(tmp_path / "arkiv", create=True) as archive:
        report = ingest([folder], archive, settings=Settings(workers=1))
        assert [file.status for file in report.files] == ["added", "added"]
        assert "Åsvikens rektor" in text_of(archive, "Traff 2024.txt")


def test_repair_again_lets_older_repairs_profit_from_later_documents(tmp_path: Path) -> None:
    old, new = tmp_path / "gammal.txt", tmp_path / "ny.txt"
    old.write_text(MINUTES.translate(STRIPPED).replace("Asviken", "Amrovik"), encoding="utf-8")
    new.write_text(OTHER.replace("Åsviken", "Åmrovik"), encoding="utf-8")
    settings = Settings(workers=1)
    with Archive.open(tmp_path / "arkiv", create=True) as archive:
        ingest([old], archive, settings=settings)
        ingest([new], archive, settings=settings)
        assert "Amroviks rektor" in text_of(archive, "gammal.txt")
    done = CliRunner().invoke(app, ["repair", "--again", "--archive", str(tmp_path / "arkiv"), "--json"])
    assert json.loads(done.stdout) == {"files": [{"file": "gammal.txt", "status": "replaced", "reason": None}]}
    with Archive.open(tmp_path / "arkiv") as archive:
        assert "Åmroviks rektor" in text_of(archive, "gammal.txt")


def test_repair_again_goes_on_past_a_document_whose_original_is_gone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}\n{MINUTES.translate(STRIPPED)}", encoding="utf-8")
    settings = Settings(workers=1)
    with Archive.open(tmp_path / "arkiv", create=True) as archive:
        ingest([tmp_path / "a.txt", tmp_path / "b.txt"], archive, settings=settings)
        archive.original(Scope(), archive.find_document(Scope(), "a.txt").document_id).unlink()
        results = {one.file: (one.status, bool(one.reason)) for one in repair_again(archive, settings)}
    assert results == {"a.txt": ("failed", True), "b.txt": ("unchanged", False)}
