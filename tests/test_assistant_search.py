"""Search over a real archive: what is found in other words, exact filters, newness, copies, slips, what is imported."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.search import Searcher, SearchOptions, dense_share, fuse
from corpus.archive import Archive
from corpus.records import Filter, Hit, Scope
from tests.archive_records import make

REK, VUX = "Rektorsnätverket", "Vuxnätverket"
FILLER = "Mötet avslutas och alla önskas en trevlig helg."
MINUTES = (
    ("avgift-22.txt", VUX, date(2022, 5, 5), "Nätverket beslutade att konferensavgiften är 500 kronor per deltagare."),
    ("avgift-24.txt", VUX, date(2024, 5, 2), "Nätverket beslutade att konferensavgiften är 650 kronor per deltagare."),
    ("buss.txt", REK, date(2024, 3, 7), "Elevresekortet ska även i fortsättningen gälla till klockan 22."),
    ("polis.txt", REK, date(2023, 3, 9), "Polisen vill ha en lista över studentflaken tre veckor före studenten."),
    ("nej.txt", REK, date(2023, 9, 7), "Gruppen avslår förslaget om en gemensam tjänst för utomhuspedagogik."),
    ("lunch.txt", VUX, date(2023, 2, 2), "Leila ordnar lunch till nästa träff."),
    ("skadad.txt", REK, date(2021, 2, 4), "Laxhjalpen pa skolorna betalas av foraldraforeningarna."),
    ("franvaro.txt", REK, date(2024, 9, 5), "Vid problematisk skolfrånvaro kontaktas vårdnadshavarna samma dag."),
    ("krankning.txt", REK, date(2022, 9, 8), "Antalet anmälningar om kränkande behandling var 14."),
    ("temperatur.txt", VUX, date(2023, 1, 12), "Temperaturen i korridorerna har sänkts till 19 grader."),
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(Path(tmp_path_factory.mktemp("arkiv")) / "a", create=True) as made:
        with made.writing() as writer:
            for name, body, day, text in MINUTES:
                writer.add(*make(name, [text, FILLER], body=body, day=day))
            draft = "Nätverket beslutade att konferensavgiften är 650 kronor per deltagare. Punkten är inte justerad."
            writer.add(*make("avgift-24-utkast.txt", [draft, FILLER], body=VUX, day=date(2024, 5, 2)))
            writer.finish()
        yield made


def first(archive: Archive, question: str, filter: Filter = Filter()) -> str:
    return Searcher(archive, Scope()).search(question, 5, filter).evidence[0].file


@pytest.mark.parametrize(
    ("question", "file"),
    [
        ("Hur sent får ungdomarna åka buss på sitt färdbevis?", "buss.txt"),
        ("Vad vill ordningsmakten veta om lastbilarna när treorna springer ut?", "polis.txt"),
        ("Blev det något av idén om lektioner ute i skogen?", "nej.txt"),
        ("Vem fixar maten?", "lunch.txt"),
        ("Vad gör skolan när hemmasittare inte dyker upp? Ringer man hem till mamma och pappa?", "franvaro.txt"),
        ("Hur kallt är det i gångarna?", "temperatur.txt"),
        ("Vem står för notan för hjälp med hemuppgifter?", "skadad.txt"),
    ],
)
def test_a_question_in_other_words_finds_its_passage(archive: Archive, question: str, file: str) -> None:
    assert first(archive, question) == file


@pytest.mark.parametrize(
    ("question", "file"),
    [
        ("hur lange galler elevresekortet", "buss.txt"),
        ("läxhjälpen på skolorna", "skadad.txt"),
        ("vad sags om problematisk skolfranvaro", "franvaro.txt"),
        ("konferensavgfiten 2022", "avgift-22.txt"),
        ("tempraturen i korridorerna", "temperatur.txt"),
    ],
)
def test_slips_and_lost_marks_cost_nothing(archive: Archive, question: str, file: str) -> None:
    assert first(archive, question) == file


def test_what_is_taken_as_misspelt_is_told(archive: Archive) -> None:
    found = Searcher(archive, Scope()).search("Vad kostar konferensavgfiten?", 5)
    assert found.corrected == (("konferensavgfiten", "konferensavgiften"),)


def test_a_filter_never_lets_another_through(archive: Archive) -> None:
    searcher = Searcher(archive, Scope())
    one_body = searcher.search("avgift temperatur lunch polis", 20, Filter(bodies=(REK,)))
    assert {e.passage.body for e in one_body.evidence} == {REK}
    period = searcher.search("avgift temperatur lunch polis", 20, Filter(date_from=date(2024, 1, 1)))
    assert period.evidence and all(e.passage.date and e.passage.date.year >= 2024 for e in period.evidence)
    assert searcher.search("avgift", 20, Filter(bodies=("Ingen",))).evidence == ()


def test_a_scope_hides_what_is_outside_it(archive: Archive) -> None:
    found = Searcher(archive, Scope(bodies=frozenset({REK}))).search("konferensavgiften", 20)
    assert VUX not in {e.passage.body for e in found.evidence}


def test_the_newest_comes_first_where_the_present_is_asked_for(archive: Archive) -> None:
    found = Searcher(archive, Scope()).search("Vilken konferensavgift gäller nu?", 5)
    assert found.evidence[0].passage.date == date(2024, 5, 2)
    older = Searcher(archive, Scope()).search("Vad var konferensavgiften 2022?", 5)
    assert older.evidence[0].passage.date == date(2022, 5, 5)


def test_a_draft_stands_behind_the_text_that_counts(archive: Archive) -> None:
    found = Searcher(archive, Scope()).search("konferensavgiften 650 kronor", 10)
    shown = [e.file for e in found.evidence if e.passage.text != FILLER]
    assert sum(name.startswith("avgift-24") for name in shown) == 1
    assert found.similar


def test_the_body_that_a_question_names_counts_without_demanding(archive: Archive) -> None:
    found = Searcher(archive, Scope()).search("Vad sade Rektorsnätverket om konferensavgiften?", 10)
    assert "avgift-24.txt" in {e.file for e in found.evidence} | {"avgift-24-utkast.txt"}


def test_a_figure_of_one_legal_term_never_ranks_as_the_other(archive: Archive) -> None:
    plain = Searcher(archive, Scope()).search("Hur många anmälningar om kränkande behandling?", 3).confidence
    other = Searcher(archive, Scope()).search("Hur många anmälningar om trakasserier?", 3).confidence
    assert plain > 0.9 > other


def test_each_leg_finds_alone(archive: Archive) -> None:
    for options in (SearchOptions(dense=False), SearchOptions(lexical=False)):
        assert Searcher(archive, Scope(), options).search("elevresekortet klockan 22", 3).evidence[0].file == "buss.txt"


def test_an_empty_question_finds_nothing(archive: Archive) -> None:
    assert Searcher(archive, Scope()).search("", 5).evidence == ()


def test_fusing_is_convex_and_a_leg_of_no_weight_changes_nothing() -> None:
    lexical = [Hit(passage_id="a", score=4.0), Hit(passage_id="b", score=1.0)]
    dense = [Hit(passage_id="b", score=0.9), Hit(passage_id="c", score=0.3)]
    assert [hit.passage_id for hit in fuse(lexical, dense, 0.0)][:2] == ["a", "b"]
    assert fuse(lexical, dense, 1.0)[0].passage_id == "b"
    assert dense_share("embedded-1024-x") == 0.0 < dense_share("intfloat/multilingual-e5-small-384-y")


def test_a_question_with_the_embedded_default_imports_none_of_the_heavy(archive: Archive) -> None:
    code = (
        "import json, sys\nfrom pathlib import Path\nfrom corpus.archive import Archive\n"
        "from corpus.records import Scope\nfrom assistant.search import Searcher\n"
        "a = Archive.open(Path(sys.argv[1]))\nfound = Searcher(a, Scope()).search('Vad kostar konferensen?', 3)\n"
        "assert found.evidence\nprint(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(archive.folder)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    heavy = {"torch", "sentence_transformers", "transformers", "simplemma", "wordfreq", "streamlit", "chromadb"}
    assert not loaded & heavy
    assert not {name for name in loaded if name.startswith("langchain")}
