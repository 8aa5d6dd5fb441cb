"""The command line end to end on files made here: JSON contracts, exit codes, and errors as Swedish sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from ui.cli import main

# One meeting in plain text; fictional people and places.
MINUTES = """Anteckningar Språknätverket
Datum: 12 mars 2024
Plats: Kvarnby bibliotek

Närvarande: Åsa Lind, Kvarnby
Olle Ström, Näsviken

§ 1 Mötet öppnas
Åsa Lind hälsar välkommen.

§ 2 Läsprojektet
Projektet har nått 420 elever i årskurs 3. Nätverket beslutar att läsprojektet fortsätter läsåret 2024/25.

§ 3 Nästa möte
Nästa möte hålls den 14 maj 2024 kl. 13.00 i Näsviken.
"""
ANSWER_FIELDS = {"question", "status", "mode", "text", "sentences", "citations", "coverage", "withheld", "seconds"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one good file and one that is broken, read into `arkiv` beside it."""
    base = tmp_path_factory.mktemp("cli")
    (base / "filer" / "2024").mkdir(parents=True)
    (base / "filer" / "2024" / "Språknätverket 2024-03-12.txt").write_text(MINUTES, encoding="utf-8")
    (base / "filer" / "trasig.pdf").write_bytes(b"%PDF-1.4\nnot a pdf")
    return base


@pytest.fixture(scope="module")
def ingested(folder: Path) -> dict[str, Any]:
    done = run(["ingest", str(folder / "filer"), "--archive", str(folder / "arkiv"), "--json"])
    assert done.returncode == 1  # one file could not be read
    return dict(json.loads(done.stdout))


def run(arguments: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a fresh process, as a user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
    )


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The command in this process: exit code, stdout, stderr."""
    with pytest.raises(SystemExit, match=r"^\d$") as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def as_json(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> Any:
    code, out, err = call(capsys, *arguments, "--archive", str(folder / "arkiv"), "--json")
    assert code == 0, err
    return json.loads(out)


def test_a_folder_is_read_in_with_a_reason_for_each_file_that_fails(ingested: dict[str, Any]) -> None:
    good, bad = sorted(ingested["files"], key=lambda row: row["status"])
    assert (good["status"], good["pages"], good["read"], good["unreadable"]) == ("added", 1, 1, 0)
    assert good["file"] == "2024/Språknätverket 2024-03-12.txt"
    assert good["passages"] >= 3
    assert (bad["status"], bad["file"]) == ("failed", "trasig.pdf")
    assert "skadad" in bad["reason"]


def test_an_answer_has_the_fields_that_others_rely_on(
    capsys: pytest.CaptureFixture[str], folder: Path, ingested: dict[str, Any]
) -> None:
    answer = as_json(capsys, folder, "ask", "Vad beslutades om läsprojektet?", "--today", "2024-06-01")
    assert answer.keys() >= ANSWER_FIELDS
    assert answer["status"] == "answered"
    assert "läsåret 2024/25" in answer["text"]
    (citation,) = (c for c in answer["citations"] if c["number"] == 1)
    assert citation.keys() >= {"number", "file", "page", "label", "quote", "passage_id"}
    assert citation["quote"] in MINUTES
    assert citation["page"] == 1
    assert answer["coverage"].keys() >= {"meetings", "from", "to", "unreadable_pages"}


def test_what_does_not_stand_in_the_documents_is_not_found_and_exits_0(
    capsys: pytest.CaptureFixture[str], folder: Path, ingested: dict[str, Any]
) -> None:
    answer = as_json(capsys, folder, "ask", "Vad kostar skolmaten i Kvarnby?", "--today", "2024-06-01")
    assert (answer["status"], answer["citations"]) == ("not_found", [])


def test_a_batch_gives_one_line_per_question(
    capsys: pytest.CaptureFixture[str], folder: Path, ingested: dict[str, Any]
) -> None:
    file = folder / "fragor.jsonl"
    file.write_text('{"id": "a", "question": "När är nästa möte?"}\n{"id": "b", "fel": 1}\n', encoding="utf-8")
    code, out, _ = call(capsys, "ask", "--batch", str(file), "--archive", str(folder / "arkiv"))
    first, second = (json.loads(line) for line in out.splitlines())
    assert code == 1
    assert first["id"] == "a" and first.keys() >= ANSWER_FIELDS
    assert second["error"].keys() == {"what", "where", "do"}


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        (["search", "läsprojekt"], {"rank", "score", "file", "page", "heading", "text", "passage_id"}),
        (
            ["meetings"],
            {
                "meeting_id", "file", "documents", "kind", "body", "date", "time", "place", "chair", "secretary",
                "participants", "items", "next_meeting",
            },
        ),
        (["decisions"], {"file", "meeting_id", "body", "date", "item", "page", "text", "strength", "outcome", "changed_by"}),
        (["attendance"], {"file", "date", "name", "seat", "role", "present", "presence"}),
        (["pages", "Språknätverket 2024-03-12.txt"], {"page", "label", "origin", "legibility", "status", "text"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_each_list_has_the_fields_that_others_rely_on(
    capsys: pytest.CaptureFixture[str], folder: Path, ingested: dict[str, Any], arguments: list[str], fields: set[str]
) -> None:
    rows = as_json(capsys, folder, *arguments)
    assert rows and all(row.keys() >= fields for row in rows)


def test_a_register_comes_as_csv_too(
    capsys: pytest.CaptureFixture[str], folder: Path, ingested: dict[str, Any]
) -> None:
    code, out, _ = call(capsys, "decisions", "--csv", "--archive", str(folder / "arkiv"))
    assert code == 0
    assert "läsprojektet fortsätter" in out.splitlines()[1]


def test_reading_again_changes_nothing_and_a_file_that_is_gone_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "filer").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "filer" / name).write_text(MINUTES + name, encoding="utf-8")
    archive = ("--archive", str(tmp_path / "arkiv"), "--json")
    assert call(capsys, "ingest", str(tmp_path / "filer"), *archive)[0] == 0
    (tmp_path / "filer" / "b.txt").unlink()
    code, out, _ = call(capsys, "ingest", str(tmp_path / "filer"), *archive)
    report = json.loads(out)
    assert code == 0
    assert [row["status"] for row in report["files"]] == ["unchanged"]
    assert report["missing"] == ["b.txt"]
    assert len(json.loads(call(capsys, "meetings", *archive)[1])) == 2


def test_backup_remove_restore_and_check_go_round(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, encoding="utf-8")
    here, there = ("--archive", str(tmp_path / "ett")), ("--archive", str(tmp_path / "tva"))
    assert call(capsys, "ingest", str(tmp_path / "a.txt"), *here)[0] == 0
    assert call(capsys, "backup", str(tmp_path / "kopia.zip"), *here)[0] == 0
    assert call(capsys, "remove", "a.txt", "--yes", *here)[0] == 0
    assert json.loads(call(capsys, "meetings", "--json", *here)[1]) == []
    assert call(capsys, "restore", str(tmp_path / "kopia.zip"), *there)[0] == 0
    assert json.loads(call(capsys, "check", "--json", *there)[1]) == {"ok": True, "problems": []}
    assert (
        json.loads(call(capsys, "ask", "Vad beslutades om läsprojektet?", "--json", *there)[1])["status"] == "answered"
    )


def test_check_makes_a_lost_index_anew_when_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, encoding="utf-8")
    archive = ("--archive", str(tmp_path / "arkiv"), "--json")
    call(capsys, "ingest", str(tmp_path / "a.txt"), *archive)
    for file in (tmp_path / "arkiv").rglob("*.term"):
        file.unlink()
    assert json.loads(call(capsys, "check", "--rebuild", *archive)[1]) == {"ok": True, "problems": []}
    assert json.loads(call(capsys, "ask", "Vad beslutades om läsprojektet?", *archive)[1])["status"] == "answered"


def test_check_lists_an_original_that_was_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, encoding="utf-8")
    archive = ("--archive", str(tmp_path / "arkiv"), "--json")
    call(capsys, "ingest", str(tmp_path / "a.txt"), *archive)
    (original,) = (p for p in (tmp_path / "arkiv" / "original").rglob("*") if p.is_file())
    original.chmod(0o644)
    original.write_bytes(original.read_bytes() + b" ")
    code, out, _ = call(capsys, "check", *archive)
    found = json.loads(out)
    assert (code, found["ok"]) == (1, False)
    assert found["problems"][0].keys() == {"what", "where", "do"}


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["ask", "Vad?", "--archive", "finns-inte"], 1, "inget arkiv"),
        (["ingest", "finns-inte.pdf"], 1, "finns inte"),
        (["asck", "Vad?"], 2, "okänt kommando"),
        (["ask"], 2, "Ange en fråga"),
        (["decisions", "--from", "i går"], 1, "Datumet"),
        (["decisions", "--fran", "2024"], 2, "Okänd flagga"),
    ],
)
def test_a_failure_is_a_swedish_sentence_with_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str],
    code: int, word: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    got, out, err = call(capsys, *arguments, "--json")
    error = json.loads(out)["error"]
    assert got == code
    assert error.keys() == {"what", "where", "do"} and error["do"]
    assert word in f"{error['what']} {error['where']}"
    assert "Traceback" not in err


def test_a_question_imports_nothing_heavy(folder: Path, ingested: dict[str, Any]) -> None:
    heavy = (
        "torch",
        "sentence_transformers",
        "langchain",
        "langchain_openai",
        "simplemma",
        "wordfreq",
        "streamlit",
        "chromadb",
    )
    code = (
        "import sys\nfrom ui.cli import _run\n"
        f"_run(['ask', 'Vad beslutades om läsprojektet?', '--archive', {str(folder / 'arkiv')!r}, '--json'])\n"
        f"print('TUNGA', [name for name in {heavy!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.splitlines()[-1] == "TUNGA []", done.stderr[-800:]


def test_a_second_reader_in_is_refused_while_askers_get_whole_answers(folder: Path, ingested: dict[str, Any]) -> None:
    """One process reads documents in, a second is refused within a second of its start, and two keep asking."""
    many = folder / "manga"
    many.mkdir()
    for number in range(60):
        (many / f"{number}.txt").write_text(MINUTES.replace("420", str(1000 + number)), encoding="utf-8")
    archive = ["--archive", str(folder / "arkiv"), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = [sys.executable, "-m", "ui.cli"]
    reader = subprocess.Popen(
        [*start, "ingest", str(many), *archive], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    lock = folder / "arkiv" / "inlasning.lock"
    try:
        _wait_until_held(lock, reader)
        second = run(["ingest", str(folder / "filer"), *archive])
        asked = [run(["ask", "Vad beslutades om läsprojektet?", *archive]) for _ in range(2)]
    finally:
        status = reader.wait(120)
    assert status == 0
    assert second.returncode == 1
    assert "läses redan in" in json.loads(second.stdout)["error"]["what"].lower()
    for one in asked:
        answer = json.loads(one.stdout)
        assert answer["status"] == "answered" and all(c["quote"] for c in answer["citations"])


def _wait_until_held(lock: Path, holder: subprocess.Popen[bytes]) -> None:
    from filelock import FileLock, Timeout

    for _ in range(300):
        try:
            with FileLock(lock, timeout=0):
                pass
        except Timeout:
            return
        if holder.poll() is not None:
            raise AssertionError("the reader-in ended before it was seen at work")
        time.sleep(0.02)
