"""Repair of lost letters: words a second warm and on new text, and words right on Talbanken after its marks were taken."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from corpus.errors import BadInputError
from corpus.swedish.spelling import Speller
from evals.reading import health
from evals.truth import load_truth

FILE = Path(__file__).resolve().parents[3] / "shared" / "benchmarks" / "talbanken" / "sv_talbanken-ud-dev.conllu"
SEED = FILE.parents[2] / "seed" / "gymnasienatverket-anteckningar.txt"
STRIPPED = str.maketrans("åäöÅÄÖ", "aaoAAO")
WARM_ROUNDS, QUICK_WORDS = 3, 2_000
_WORD = re.compile(r"[^\W\d_]+")


def measure(quick: bool = False, file: Path = FILE) -> dict[str, Any]:
    """Speed on the samples' true texts, and accuracy on Talbanken or why it was not measured."""
    text = sample_text()
    words = text.split()
    return {
        "speed": speed(" ".join(words[:QUICK_WORDS] if quick else words)),
        "talbanken": talbanken(file),
        "seed": seed(),
    }


def seed(file: Path = SEED) -> dict[str, Any]:
    """Words of a real wrong-language scan that were restored and spoiled, by the dictionary; the text is not kept here."""
    if not file.is_file():
        return {"skipped": str(BadInputError("Provtexten finns inte här", str(file), "Lägg den där."))}
    raw = file.read_text(encoding="utf-8")
    return health(raw, Speller().repair_text(raw).text)


def sample_text() -> str:
    return "\n".join(page["text"] for truth in load_truth().values() for page in truth["pages"])


def speed(text: str) -> dict[str, float]:
    """Words a second of one core: the first half teaches the caches, the second is new text; then all of it, warm."""
    stripped, speller = text.translate(STRIPPED), Speller()
    half = len(stripped) // 2
    speller.repair_text(stripped[:half])
    new = _rate(speller, stripped[half:])
    return {
        "words": len(text.split()),
        "new_text": new,
        "warm": max(_rate(speller, stripped) for _ in range(WARM_ROUNDS)),
    }


def _rate(speller: Speller, text: str) -> float:
    start = time.process_time()
    speller.repair_text(text)
    return round(len(text.split()) / (time.process_time() - start))


def talbanken(file: Path = FILE) -> dict[str, Any]:
    """Per cent of the words right after å, ä and ö were taken and given back, and of undamaged words changed."""
    if not file.is_file():
        return {"skipped": str(BadInputError("Talbanken finns inte här", str(file), "Lägg UD:s dev-del där."))}
    text = sentences(file)
    speller = Speller()
    true, made = _WORD.findall(text), _WORD.findall(speller.repair_text(text.translate(STRIPPED)).text)
    if len(true) != len(made):
        return {"failed": f"{len(true)} ord blev {len(made)}"}
    return {
        "words": len(true),
        "right": round(100 * sum(a == b for a, b in zip(true, made, strict=True)) / len(true), 2),
    }


def sentences(file: Path) -> str:
    """The text of a CoNLL-U file, a sentence a line."""
    head = "# text = "
    return "\n".join(
        line.removeprefix(head) for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(head)
    )
