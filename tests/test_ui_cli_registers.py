"""The register commands: complete rows, limits as people type them, table, JSON and CSV, corrections from a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.network_archive import make_archive
from ui.cli import main

JSON_FIELDS = {
    "meetings": {"meeting_id", "file", "documents", "kind", "body", "date", "participants", "items", "next_meeting"},
    "decisions": {"file", "meeting_id", "body", "date", "item", "page", "text", "strength", "outcome", "changed_by"},
    "actions": {"file", "who", "what", "by", "page", "done"},
    "attendance": {"meeting_id", "file", "body", "date", "name", "seat", "role", "presence", "page"},
    "glossary": {"short", "long", "body", "file", "page"},
    "gaps": {"what", "body", "date", "text", "file", "page"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("cli-register")
    make_archive(base / "arkiv").close()
    return base


def call(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit, match=r"^\d$") as ended:
        main([*arguments, "--archive", str(folder / "arkiv")])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def rows(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> list[dict[str, Any]]:
    code, out, err = call(capsys, folder, *arguments, "--json")
    assert code == 0, err
    return list(json.loads(out))


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ("meetings", 6),
        ("meetings --body fritids", 5),
        ("meetings --body fritidsnätverkt --from 2023", 3),
        ("meetings --from 2022-05 --to 2022-09", 1),
        ("meetings --seat alby", 1),
        ("meetings --person ask", 2),
        ("decisions", 4),
        ("decisions --strength rekommendation", 1),
        ("decisions --body SYV", 1),
        ("actions", 2),
        ("actions --open", 1),
        ("actions --person öst", 1),
        ("attendance", 8),
        ("attendance --person Per", 3),
        ("attendance --seat Norrvik", 3),
        ("glossary", 1),
        ("glossary --body fritids", 0),
        ("timeline lovverksamhet", 2),
        ("gaps", 3),
        ("gaps --from 2023", 0),
    ],
)
def test_a_register_lists_all_that_its_limits_let_through(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: str, count: int
) -> None:
    assert len(rows(capsys, folder, *arguments.split())) == count


@pytest.mark.parametrize("register", JSON_FIELDS)
def test_the_rows_have_the_fields_that_others_rely_on(
    capsys: pytest.CaptureFixture[str], folder: Path, register: str
) -> None:
    found = rows(capsys, folder, register)
    assert found and all(row.keys() >= JSON_FIELDS[register] for row in found)


@pytest.mark.parametrize("register", ["meetings", "decisions", "actions", "attendance", "glossary", "gaps", "differs"])
def test_table_and_csv_hold_the_same_rows(capsys: pytest.CaptureFixture[str], folder: Path, register: str) -> None:
    expected = len(rows(capsys, folder, register))
    _, out, _ = call(capsys, folder, register, "--csv")
    held = list(csv.reader(io.StringIO(out.lstrip("\ufeff")), delimiter=";"))
    _, table, told = call(capsys, folder, register)
    assert len(held) == expected + 1
    assert told.splitlines()[-1] == ("1 rad" if expected == 1 else f"{expected} rader")
    assert all(head in table for head in held[0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("meetings", "--body", "Kyrkorådet"), "Arkivet har inget nätverk med det namnet"),
        (("attendance", "--seat", "Paris"), "Arkivet har inget kommun eller enhet med det namnet"),
        (("decisions", "--strength", "nästan"), "Okänd styrka"),
        (("meetings", "--from", "igår"), "Datumet går inte att läsa"),
    ],
)
def test_a_limit_that_cannot_be_honoured_is_refused_in_swedish(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, out, _ = call(capsys, folder, *arguments, "--json")
    assert (code, json.loads(out)["error"]["what"]) == (1, message)


def test_what_differs_from_the_meeting_before_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = rows(capsys, folder, "differs", "--body", "fritids", "--to", "2023-06")
    told = {(row["kind"], row["before"], row["now"]) for row in found}
    assert told == {
        ("ny punkt", None, "Kursdagen 2023"),
        ("ny deltagare", None, "Lo Ask, Sundby"),
        ("saknas i laget", "Per Öst, Sundby", None),
        ("stående punkt saknas", "Lovverksamhet", None),
    }
    assert {row["file"] for row in found} == {"Fritidsnätverket 2023-05-04.txt", "Fritidsnätverket 2022-09-08.txt"}


def test_a_timeline_shows_its_stages_and_silences_as_a_table(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = call(capsys, folder, "timeline", "lovverksamhet")
    assert "utreds" in out and "bordlagt" in out and "2 möten" in out


def test_has_been_discussed_and_brief_answer_in_text_and_word(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    agenda = folder / "dagordning.txt"
    agenda.write_text("Dagordning Fritidsnätverket\n1. Kursdagen 2024\n2. Läxhjälp\n", encoding="utf-8")
    _, out, _ = call(capsys, folder, "has-been-discussed", "Ska vi ändra kursdagens avgift?")
    assert out.startswith("Ja, på 2 möten, senast 2023-05-04")
    code, out, _ = call(capsys, folder, "brief", str(agenda), "--word", str(folder / "inför.docx"))
    assert code == 0 and "Tidigare beslut" in out and "Inget tidigare i arkivet." in out
    assert (folder / "inför.docx").read_bytes()[:2] == b"PK"


def test_many_corrections_come_from_a_file_and_one_can_be_taken_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_archive(tmp_path / "arkiv").close()
    file = tmp_path / "rättningar.csv"
    file.write_text(
        "fil;fält;värde;citat;vem\n"
        "SYV-gruppen 2022-10-04.txt;datum;5 oktober 2022;;Lo\n"
        "SYV-gruppen 2022-10-04.txt;styrka;beslut;göra studiebesök;Lo\n"
        "SYV-gruppen 2022-10-04.txt;närvaro;frånvarande;Per Öst;Lo\n",
        encoding="utf-8",
    )
    made = rows(capsys, tmp_path, "correct", "--batch", str(file))
    assert [(row["path"], row["value"], row["lost"]) for row in made] == [
        ("date", "2022-10-05", False),
        ("decision.strength", "beslut", False),
        ("participant.presence", "frånvarande", False),
    ]
    (decision,) = rows(capsys, tmp_path, "decisions", "--body", "SYV")
    assert (decision["date"], decision["strength"]) == ("2022-10-05", "beslut")
    (person,) = rows(capsys, tmp_path, "attendance", "--body", "SYV")
    assert person["presence"] == "frånvarande"
    left = rows(capsys, tmp_path, "correct", "--undo", str(made[0]["correction_id"]))
    assert len(left) == 2
    assert rows(capsys, tmp_path, "decisions", "--body", "SYV")[0]["date"] == "2022-10-04"


def test_a_batch_with_one_wrong_row_changes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    make_archive(tmp_path / "arkiv").close()
    file = tmp_path / "rättningar.csv"
    file.write_text(
        "file;field;value\nSYV-gruppen 2022-10-04.txt;date;2022-10-05\nSYV-gruppen 2022-10-04.txt;kind;bok\n",
        encoding="utf-8",
    )
    code, out, _ = call(capsys, tmp_path, "correct", "--batch", str(file), "--json")
    assert (code, json.loads(out)["error"]["what"]) == (1, "Okänt värde")
    assert rows(capsys, tmp_path, "correct") == []
