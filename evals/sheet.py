"""People's marks: a blind sheet for two raters, and how far the automatic score is from them."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import BadInputError
from evals.scores import cohen_kappa

MARKS = ("rätt", "delvis", "fel", "vilseledande")
COLUMNS = ("rad", "fråga", "svar", "källor", "bedömning", "kommentar")
_FORMULA = ("=", "+", "-", "@", "\t")


def write_sheet(systems: Mapping[str, Sequence[Mapping[str, Any]]], target: Path, seed: int = 0) -> Path:
    """Write `target` (CSV to fill in, one copy per rater) and beside it the key that tells which system is which.

    `systems` gives each system's cases (as in the report). Answers are shuffled and carry no system's name.
    """
    rows = [(name, case) for name, cases in systems.items() for case in cases]
    random.Random(seed).shuffle(rows)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(_line(number, case) for number, (_, case) in enumerate(rows, 1))
    key = [
        {"rad": number, "system": name, "id": case["id"], "verdict": case["verdict"]}
        for number, (name, case) in enumerate(rows, 1)
    ]
    key_path = target.with_suffix(".nyckel.json")
    key_path.write_text(json.dumps(key, ensure_ascii=False, indent=1), encoding="utf-8")
    return key_path


def _line(number: int, case: Mapping[str, Any]) -> list[str]:
    sources = "\n".join(f"{c['file']} s. {c['page']}: «{c['quote']}»" for c in case["citations"])
    return [str(number), *(_as_text(cell) for cell in (case["question"], case["answer"], sources)), "", ""]


def _as_text(cell: str) -> str:
    """A spreadsheet must show the cell, not compute it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def read_marks(path: Path) -> dict[int, str]:
    """A rater's marks by row. Raises BadInputError on an unknown mark; empty marks are left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["rad"], row["bedömning"].strip().lower()) for row in csv.DictReader(file, delimiter=";")]
    unknown = [f"rad {number}: {mark}" for number, mark in rows if mark and mark not in MARKS]
    if unknown:
        raise BadInputError("Okänd bedömning", "; ".join(unknown[:5]), f"Använd {', '.join(MARKS)}.")
    return {int(number): mark for number, mark in rows if mark}


def agreement(key: Path, raters: Sequence[Path]) -> dict[str, Any]:
    """How far raters are from each other and the automatic score from them.

    The score's right is held against the mark *rätt*; everything else counts as not right. Kappa is Cohen's.
    """
    verdicts = {row["rad"]: row["verdict"] for row in json.loads(key.read_text(encoding="utf-8"))}
    marks = [read_marks(path) for path in raters]
    shared = sorted(set(verdicts).intersection(*marks))
    if not shared:
        raise BadInputError("Inga gemensamma rader är bedömda", str(key), "Fyll i kolumnen bedömning på båda bladen.")
    automatic = ["rätt" if verdicts[row] == "right" else "annat" for row in shared]
    people = [["rätt" if m[row] == "rätt" else "annat" for row in shared] for m in marks]
    return {
        "rader": len(shared),
        "mellan bedömare": cohen_kappa(*people[:2]) if len(people) > 1 else None,
        "automatik mot bedömare": [cohen_kappa(automatic, one) for one in people],
        "för snäll": [sum(a == "rätt" != p for a, p in zip(automatic, one, strict=True)) for one in people],
        "för sträng": [sum(p == "rätt" != a for a, p in zip(automatic, one, strict=True)) for one in people],
    }


def digest(paths: Sequence[Path]) -> str:
    """A short digest of files' names and bytes, the same in any order of listing."""
    state = hashlib.sha256()
    for path in sorted(paths):
        state.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return state.hexdigest()[:16]
