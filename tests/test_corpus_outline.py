"""A passage's outline: its sentences apart, the values they hold, what the records found there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus import outline
from corpus.records import Abbreviation, Action, Anchor, Fact, Part, Participant, Passage, Span

TEXT = "Närvarande\nAnna Ek, Norrby\nBo Ask, Söderby\nSYV betyder studie- och yrkesvägledare. Avgiften höjs till 650 kronor."
PASSAGE = Passage(
    passage_id="p", document_id="d", part_id="d-0", text=TEXT, heading=("3 Avgifter",), body="Rektorsnätverket",
    date=date(2024, 4, 17), kind="protokoll", item_number="3", spans=(Span(page=2, start=100, end=100 + len(TEXT)),),
)  # fmt: skip


def _anchor(words: str, page: int = 2) -> Anchor:
    start = 100 + TEXT.index(words)
    return Anchor(page=page, start=start, end=start + len(words), quote=words)


PART = Part(
    part_id="d-0", document_id="d", ordinal=0, kind=Fact(value="protokoll"), bodies=(), meeting_date=Fact(),
    spans=PASSAGE.spans,
    participants=(
        Participant(name="Anna Ek", anchor=_anchor("Anna Ek")),
        Participant(name="Bo Ask", anchor=_anchor("Bo Ask")),
        Participant(name="Någon Annan", anchor=_anchor("Bo Ask", page=1)),
    ),
    actions=(
        Action(action_id="a", who=(), what="", by=Fact(), by_text=None, item_number=None,
               anchor=Anchor(page=2, start=0, end=99, quote="")),
    ),
    abbreviations=(Abbreviation(short="SYV", long="studie- och yrkesvägledare", anchor=_anchor("SYV betyder")),),
)  # fmt: skip


def test_marks_count_what_the_records_found_in_the_passage_and_nothing_beside_it() -> None:
    drawn = outline.read(outline.draw(PASSAGE, PART).kept)
    assert drawn.marks == {outline.ATTENDANCE: 2, f"{outline.SHORT_FORM}=syv": 1}


def test_each_sentence_stands_apart_with_its_values() -> None:
    sentences = outline.read(outline.draw(PASSAGE).kept).sentences
    fee = next(one.split() for one in sentences if "avgift" in one.split())
    assert {"650", "=krona"} <= set(fee) and "syv" not in fee


def test_the_outline_is_made_of_the_terms_that_are_indexed() -> None:
    drawn = outline.draw(PASSAGE)
    kept = {term for line in outline.read(drawn.kept).sentences for term in line.split()}
    assert set(drawn.body.terms) <= kept
    assert outline.read(drawn.kept).heading.split() == list(drawn.heading.terms)


def test_an_empty_passage_has_one_empty_sentence() -> None:
    assert outline.read(outline.draw(replace(PASSAGE, text="", heading=())).kept).sentences == ("",)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Avgiften är 1 200 kr per plats.", "=krona"),
        ("Resan är avgiftsfri.", "=krona"),
        ("Andelen är 12,5 %.", "=procent"),
        ("Åtta skolor har svarat.", None),
        ("Nu har åtta skolor svarat.", "=tal"),
        ("Mötet börjar kl. 9.", "=klockslag"),
        ("Vi ses den 3 maj.", "=datum"),
        ("Försöket pågår i två år.", "=längd"),
        ("Gruppen träffas varje månad.", "=ofta"),
        ("Lena Björk-Hall hälsade välkomna.", "=namn"),
        ("Mötet hålls på Teams.", "=plats"),
        ("Det berodde på sjukdom.", "=skäl"),
        ("Fem röstade för förslaget.", "=röst"),
        ("§ 14 Skolskjuts", None),
    ],
)
def test_signs_tell_what_values_a_text_holds(text: str, sign: str | None) -> None:
    found = outline.signs(text)
    assert sign in found if sign else not {"=tal", "=krona"} & set(found)
