"""The lexical index: what one thing said in several ways is worth, phrases, limits, what is taken out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.lexical import LARGE_FROM_PASSAGES, LexicalIndex
from corpus.records import Passage, QueryTerm, Span

BASE = Passage(
    passage_id="", document_id="d", part_id="p", text="", heading=(), body="Rektorsnätverket", date=date(2024, 4, 17),
    kind="protokoll", item_number=None, spans=(Span(page=1, start=0, end=1),),
)  # fmt: skip
TEXTS = {
    "syn": "Avgift, taxa, pris och kostnad nämndes.",
    "hel": "Nätverket höjde avgiften för skolskjutsen i maj.",
    "annan": "Skolskjutsen körs av ett nytt bolag sedan i höstas.",
    "fras": "Stöd till elever ges i mindre grupp.",
    "isär": "Elever trivs. Senare i mötet, efter lunch och två andra punkter, togs ekonomiskt stöd upp.",
    "kronor": "Priset är 650 kronor.",
}


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    made = LexicalIndex(tmp_path / "ord")
    made.add([replace(BASE, passage_id=name, part_id=f"p-{name}", text=text) for name, text in TEXTS.items()])
    made.commit()
    return made


def ids(index: LexicalIndex, *terms: QueryTerm, allowed: list[str] | None = None) -> list[str]:
    return [hit.passage_id for hit in index.search(terms, 10, allowed)]


def body(text: str, weight: float = 1.0, group: int | None = None) -> QueryTerm:
    return QueryTerm(text=text, field="body", weight=weight, group=group)


def test_strung_synonyms_do_not_beat_the_passage_that_says_all(index: LexicalIndex) -> None:
    ways = [body(word, 0.8, 0) for word in ("avgift", "taxa", "pris", "kostnad")]
    assert ids(index, *ways, body("skolskjuts", 1.0, 1))[0] == "hel"


def test_words_beside_each_other_win_over_words_apart(index: LexicalIndex) -> None:
    found = ids(index, body("stöd"), body("elev"), body("stöd elev", 0.5))
    assert found.index("fras") < found.index("isär")


def _holding(index: LexicalIndex, share: float, *terms: QueryTerm, allowed: list[str] | None = None) -> set[str]:
    return set(index.holding(terms, share, 10, allowed))


@pytest.mark.parametrize(
    ("share", "found"), [(0.3, {"syn", "hel", "annan"}), (0.6, {"hel", "annan"}), (1.0, {"hel"}), (1.1, set())]
)
def test_passages_are_told_by_how_much_of_a_matter_they_say(index: LexicalIndex, share: float, found: set[str]) -> None:
    fee = [body("avgift", 0.4, 0), body("taxa", 0.4, 0), body("pris kostnad", 0.1, 0)]
    assert _holding(index, share, *fee, body("skolskjuts", 0.6, 1)) == found


def test_a_term_of_the_body_may_stand_in_the_heading_and_its_words_apart(tmp_path: Path) -> None:
    made = LexicalIndex(tmp_path / "ord")
    made.add([replace(BASE, passage_id="a", heading=("Skolskjuts",), text="Avgiften höjs.")])
    made.commit()
    title = QueryTerm(text="avgift", field="heading", weight=1.0)
    assert _holding(made, 1.0, body("skolskjuts avgift")) == {"a"}
    assert _holding(made, 1.0, body("skolskjuts taxa")) == set() == _holding(made, 1.0, title)
    assert (
        _holding(made, 1.0, body("avgift"), allowed=["p"])
        == {"a"}
        != _holding(made, 1.0, body("avgift"), allowed=["q"])
    )


@pytest.mark.parametrize("word", ["rektorsnätverk", "april", "2024", "2024-04-17", "vårtermin", "protokoll"])
def test_a_passage_is_found_by_whose_and_which_meeting_it_is(index: LexicalIndex, word: str) -> None:
    assert len(ids(index, QueryTerm(text=word, field="context", weight=1.0))) == len(TEXTS)


def test_a_passage_tells_what_values_it_holds(index: LexicalIndex) -> None:
    assert ids(index, QueryTerm(text="=krona", field="context", weight=1.0)) == ["kronor"]


def test_limits_are_exact(index: LexicalIndex) -> None:
    assert ids(index, body("skolskjuts"), allowed=["p-annan"]) == ["annan"]
    assert ids(index, body("skolskjuts"), allowed=[]) == []


def test_what_is_taken_out_or_replaced_is_gone(index: LexicalIndex) -> None:
    index.remove(["hel"])
    index.add([replace(BASE, passage_id="annan", part_id="p-annan", text="Bolaget kör bussen.")])
    index.commit()
    assert ids(index, body("skolskjuts")) == []
    assert index.count() == len(TEXTS) - 1


def test_nothing_asked_finds_nothing(index: LexicalIndex) -> None:
    assert ids(index) == [] and ids(index, body("skolskjuts", 0.0)) == []


def test_a_writer_that_more_is_to_come_to_shows_each_commit_and_drops_what_was_not_committed(tmp_path: Path) -> None:
    made = LexicalIndex(tmp_path / "ord")
    made.add([replace(BASE, passage_id="a", text="Avgiften höjs.")])
    made.commit(more=True)
    assert _holding(made, 1.0, body("avgift")) == {"a"}
    made.add([replace(BASE, passage_id="b", text="Avgiften sänks.")])
    made.close()
    again = LexicalIndex(tmp_path / "ord")
    again.add([replace(BASE, passage_id="c", text="Avgiften utreds.")])
    again.commit()
    assert _holding(again, 1.0, body("avgift")) == {"a", "c"}


def test_in_a_large_archive_a_light_word_of_most_passages_is_not_read(tmp_path: Path) -> None:
    made = LexicalIndex(tmp_path / "stort")
    made.add(
        [
            replace(BASE, passage_id=f"{n}", text="Skolan har en buss." if n % 3 else "Skolan har en kör.")
            for n in range(LARGE_FROM_PASSAGES)
        ]
        + [replace(BASE, passage_id="sällsynt", text="Biblioteket stänger.")]
    )
    made.commit()
    told = {
        (word, weight): len(ids(made, body(word, weight))) for word in ("buss", "bibliotek") for weight in (0.5, 1.0)
    }
    assert told == {("buss", 0.5): 0, ("buss", 1.0): 10, ("bibliotek", 0.5): 1, ("bibliotek", 1.0): 1}
