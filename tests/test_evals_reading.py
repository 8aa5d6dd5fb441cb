"""Reading scores against values computed by hand, and against jiwer."""

from __future__ import annotations

import jiwer
import pytest

from evals.reading import aligned, page_score, repair_counts, totals

TRUE = "Mötet öppnas den 12 mars 2024 av ordföranden"
READ = "Motet öppnas den 12 mars 2O24 av ordföranden"


def _score(true: str, read: str) -> dict[str, float]:
    return totals([page_score(true, read, file="a", page=1, form="scan_pdf", dpi=200)])


def test_word_errors_agree_with_hand_and_jiwer() -> None:
    found = _score(TRUE, READ)
    assert found["wer"] == pytest.approx(100 * 2 / 8)
    assert found["wer"] == pytest.approx(100 * jiwer.wer(TRUE, READ))
    assert found["cer"] == pytest.approx(100 * jiwer.cer(TRUE, READ))


def test_swedish_letters_and_digits_are_counted_apart() -> None:
    found = _score(TRUE, READ)
    assert found["å ä ö"] == pytest.approx(100 * 2 / 3)
    assert found["siffror och datum"] == pytest.approx(50)


def test_quotes_dashes_and_hyphens_at_line_ends_are_no_errors() -> None:
    assert _score("kvalitetsdialog – ”nu”", 'kvalitets-\ndialog - "nu"')["wer"] == 0


def test_repair_is_credited_and_blamed() -> None:
    counts = repair_counts("är på väg hem", "ar pa väg hem", "är pa väg heim")
    assert counts == {"damaged": 2, "restored": 1, "undamaged": 2, "spoiled": 1}


def test_a_missing_word_pairs_with_nothing() -> None:
    assert aligned(["a", "b", "c"], ["a", "c"]) == [("a", "a"), ("b", None), ("c", "c")]
