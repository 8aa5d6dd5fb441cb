"""The blind sheet for raters and what is read back from it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from evals.sheet import COLUMNS, agreement, write_sheet


def _case(number: int, verdict: str, answer: str = "Svar") -> dict[str, object]:
    citation = {"file": "a.pdf", "page": 1, "quote": "ord"}
    return {
        "id": f"q{number}",
        "question": f"Fråga {number}?",
        "answer": answer,
        "citations": [citation],
        "verdict": verdict,
    }


def _fill(sheet: Path, target: Path, marks: dict[int, str]) -> Path:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "bedömning": marks[int(row["rad"])]} for row in rows)
    return target


def test_the_sheet_hides_the_system_and_cannot_compute(tmp_path: Path) -> None:
    sheet = tmp_path / "blad.csv"
    write_sheet({"vårt": [_case(1, "right", "=1+1")], "deras": [_case(1, "wrong")]}, sheet)
    text = sheet.read_text(encoding="utf-8-sig")
    assert "vårt" not in text and "deras" not in text
    assert "'=1+1" in text


def test_agreement_tells_kind_and_strict_from_people(tmp_path: Path) -> None:
    sheet = tmp_path / "blad.csv"
    key = write_sheet({"vårt": [_case(1, "right"), _case(2, "right"), _case(3, "wrong"), _case(4, "wrong")]}, sheet)
    verdicts = {row["rad"]: row["verdict"] for row in json.loads(key.read_text(encoding="utf-8"))}
    same = {row: "rätt" if verdict == "right" else "fel" for row, verdict in verdicts.items()}
    one_off = same | {next(row for row, verdict in verdicts.items() if verdict == "right"): "vilseledande"}
    raters = [_fill(sheet, tmp_path / "a.csv", same), _fill(sheet, tmp_path / "b.csv", one_off)]
    found = agreement(key, raters)
    assert found["rader"] == 4
    assert found["automatik mot bedömare"] == [1.0, 0.5]
    assert (found["för snäll"], found["för sträng"]) == ([0, 1], [0, 0])


def test_an_unknown_mark_is_told(tmp_path: Path) -> None:
    sheet = tmp_path / "blad.csv"
    key = write_sheet({"vårt": [_case(1, "right")]}, sheet)
    with pytest.raises(BadInputError, match="Okänd bedömning"):
        agreement(key, [_fill(sheet, tmp_path / "a.csv", {1: "toppen"})])
