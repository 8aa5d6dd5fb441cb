"""Words to text: columns, rows, wrapped cells, running heads and page numbers, words parted at line ends."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from corpus.alignment import to_raw
from ingest.layout import compose, in_reading_order
from ingest.words import Line, RawPage, Word

CASES = tomllib.loads((Path(__file__).parent / "cases" / "layout.toml").read_text(encoding="utf-8"))
LETTER, HEIGHT, PITCH = 0.0105, 0.011, 0.018


def line(text: str, left: float, top: float) -> Line:
    """A line of words set in one size, a letter LETTER wide."""
    words, at = [], left
    for word in text.split():
        words.append(Word(word, at, top, at + LETTER * len(word), top + HEIGHT))
        at += LETTER * (len(word) + 1)
    return Line(tuple(words))


def lines_of(drawn: str) -> list[Line]:
    """A drawing of a page: a piece of text stands where it is drawn, words further apart than one space are two pieces."""
    found = []
    for number, row in enumerate(drawn.strip("\n").split("\n")):
        at = 0
        for piece in row.split("  "):
            if piece.strip():
                begin = at + len(piece) - len(piece.lstrip())
                found.append(line(piece.strip(), 0.08 + LETTER * begin, 0.1 + PITCH * number))
            at += len(piece) + 2
    return found


def text_of(pages: list[list[Line]]) -> list[str]:
    made = [RawPage(number=n, origin="ocr", lines=tuple(lines)) for n, lines in enumerate(pages, 1)]
    return [page.text for page in compose(made)]


@pytest.mark.parametrize("case", CASES["order"], ids=lambda case: case["name"])
def test_a_page_is_put_in_reading_order(case: dict[str, str]) -> None:
    assert text_of([in_reading_order(lines_of(case["drawn"]))]) == [case["text"].strip("\n")]


@pytest.mark.parametrize("case", CASES["furniture"], ids=lambda case: case["name"])
def test_what_runs_through_the_pages_goes_and_stays_in_the_raw_text(case: dict[str, list[str]]) -> None:
    body = "Elevhälsan redovisar sitt arbete."
    pages = [[line(top, 0.1, 0.04), line(f"{body} {n}", 0.1, 0.5), line(low, 0.4, 0.95)]
             for n, (top, low) in enumerate(zip(case["tops"], case["feet"], strict=True))]  # fmt: skip
    made = compose([RawPage(number=n, origin="text", lines=tuple(p)) for n, p in enumerate(pages, 1)])
    kept = case.get("kept", [])
    assert [page.text.split("\n") for page in made] == [
        [
            *(top for top in [case["tops"][n]] if top in kept),
            f"{body} {n}",
            *(f for f in [case["feet"][n]] if f in kept),
        ]
        for n in range(len(made))
    ]
    assert all(case["feet"][n] in page.raw for n, page in enumerate(made))


@pytest.mark.parametrize("case", CASES["hyphen"], ids=lambda case: case["first"])
def test_a_word_parted_at_a_line_end_is_joined_where_a_word_results(case: dict[str, str]) -> None:
    lines = (line(case["first"], 0.1, 0.3), line(case["second"], 0.1, 0.32))
    page = compose([RawPage(number=1, origin="text", lines=lines)])[0]
    assert page.text == case["text"]
    word = case["second"].split()[-1]
    at = page.text.rindex(word)
    raw = to_raw(page.alignment, at, at + len(word))
    assert raw is not None and page.raw[slice(*raw)] == word


def test_a_year_alone_on_the_second_line_of_a_title_is_no_page_number() -> None:
    lines = [line("Anteckningar från mötet den 23 mars", 0.1, 0.08), line("2023", 0.1, 0.1), line("Text", 0.1, 0.4)]
    assert "2023" in text_of([lines])[0]


def test_lines_set_aside_are_in_the_raw_text_only() -> None:
    lines = [line("Inkom 2024-05-03", 0.6, 0.3), line("Mötet öppnas", 0.1, 0.3)]
    aside = Line(lines[0].words, is_aside=True)
    page = compose([RawPage(number=1, origin="ocr", lines=(lines[1], aside))])[0]
    assert page.text == "Mötet öppnas" and "Inkom" in page.raw


def test_empty_cells_keep_their_place() -> None:
    row = Line((Word("Åsa", 0.1, 0.3, 0.2, 0.31, column=0), Word("Ja", 0.8, 0.3, 0.82, 0.31, column=3)))
    assert text_of([[row]]) == ["Åsa\t\t\tJa"]
