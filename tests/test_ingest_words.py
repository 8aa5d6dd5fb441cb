"""Words with boxes packed, so that a long document's pages can wait for each other in little memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.records import WordBox, WordBoxes
from evals.bench.pdf import WHOLE, _run, write_pdf
from ingest.words import Line, Lines, Word

MAX_GROWTH_MB = 50.0


def test_packed_lines_are_the_lines_but_for_a_hair() -> None:
    lines = [
        Line((Word("Åsa", 0.1, 0.2, 0.3, 0.21, 0.93), Word("3 %", 0.4, 0.2, 0.5, 0.21))),
        Line((Word("Ja", 0.5, 0.3, 0.6, 0.31, 0.5, 2),), is_aside=True),
        Line((Word("sist", 0.1, 1.2, 1.0, 1.21),)),
    ]
    packed = Lines(lines)
    assert [line.text for line in packed] == ["Åsa 3 %", "Ja", "sist"]
    assert [line.is_aside for line in packed] == [False, True, False]
    assert [word.column for line in packed for word in line.words] == [None, None, 2, None]
    assert packed[2].top == pytest.approx(1.2, abs=1e-4)
    assert packed[0].words[0].confidence == pytest.approx(0.93, abs=1e-4)
    assert (len(packed), len(Lines(()))) == (3, 0)
    assert list(Lines(())) == []


def test_packed_boxes_are_equal_when_read_back_and_stay_on_the_page() -> None:
    boxes = WordBoxes([WordBox(raw_start=70_000, raw_end=70_004, left=-0.01, top=0.25, right=0.5, bottom=1.2)])
    assert WordBoxes(boxes) == boxes
    assert (boxes[0].raw_start, boxes[-1].raw_end) == (70_000, 70_004)
    assert (boxes[0].left, boxes[0].bottom, boxes[0].confidence) == (0.0, 1.0, 1.0)
    assert boxes[0].top == pytest.approx(0.25, abs=1e-4)


@pytest.mark.slow
def test_the_parent_holds_four_times_the_pages_in_hardly_more_memory(tmp_path: Path) -> None:
    file, peaks = tmp_path / "lang.pdf", {}
    for pages in (500, 2_000):
        write_pdf(file, pages)
        peaks[pages] = _run(WHOLE, file, str(tmp_path))["mb"]
    assert peaks[2_000] - peaks[500] < MAX_GROWTH_MB
