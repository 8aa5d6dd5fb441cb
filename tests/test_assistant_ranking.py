"""The learnt order: what a question asks for lifts the passage that holds it, over a real archive; ties never move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import features, grouping, query, ranking
from assistant.features import Found, is_within, newness
from assistant.question import Asked, Known, understand
from assistant.search import Searcher
from corpus import outline
from corpus.archive import Archive
from corpus.records import Filter, Passage, Span
from ingest.pipeline import ingest

MINUTES = """Minnesanteckningar Biblioteksnätverket
12 mars 2024 kl. 13-15, Ljungby stadshus

Närvarande
Disa Holmgren, Ljungby (ordförande)
Pelle Strand, Markby
Amina Warsame, Tolvby
Kjell Öberg, Rönnby

1. Läslust
Nätverket pratade länge om biblioteksnätverkets läslust, närvarande elever och hur många som deltog i lässtunderna.

2. Talböcker
Nätverket beslutade att talboksavtalet förlängs till sommaren 2026. Priset är 48 000 kronor per år.
Talboksavtalet har förhandlats av Pelle Strand.

3. Att göra
Pelle Strand skickar talboksavtalet till alla senast den 2 april.

4. Nästa möte
Nästa möte hålls den 14 maj kl. 13 i Markby.
"""
CALL = """Kallelse Biblioteksnätverket
Tid: 12 mars 2024 kl. 13
Dagordning
1. Läslust
2. Talböcker, förlängning av talboksavtalet
3. Nästa möte
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = Path(tmp_path_factory.mktemp("papper"))
    (folder / "anteckningar.txt").write_text(MINUTES, encoding="utf-8")
    (folder / "kallelse.txt").write_text(CALL, encoding="utf-8")
    with Archive.open(folder / "arkiv", create=True) as made:
        ingest([folder / "anteckningar.txt", folder / "kallelse.txt"], made, settings=made.settings)
        yield made


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Vilka var närvarande den 12 mars 2024?", "Disa Holmgren"),
        ("När är nästa möte?", "14 maj"),
        ("Vilka uppgifter delades ut i mars 2024?", "senast den 2 april"),
        ("Vad kostar talboksavtalet?", "48 000"),
        ("Vad stod om talböckerna i kallelsen?", "förlängning av"),
    ],
)
def test_the_passage_of_the_kind_asked_for_comes_first(archive: Archive, question: str, words: str) -> None:
    assert words in Searcher(archive).search(question, 5).evidence[0].passage.text


def test_who_was_there_when_a_thing_was_decided_stands_by_what_was_decided(archive: Archive) -> None:
    found = Searcher(archive).search("Vilka deltog när talboksavtalet förlängdes?", 5).evidence
    assert any("Disa Holmgren" in one.passage.text for one in found[:2])


@pytest.mark.parametrize(
    ("question", "text", "defines"),
    [
        ("Vad är SKB?", "SKB är en blankett för bokutlån.", 1.0),
        ("Vad betyder SKB?", "Ny blankett (SKB) tas fram.", 1.0),
        ("Vad är SKB?", "Alla ska fylla i SKB före maj.", 0.0),
        ("Vad beslutades om SKB?", "SKB är en blankett för bokutlån.", 0.0),
    ],
)
def test_a_passage_that_says_what_a_thing_is_defines_it(question: str, text: str, defines: float) -> None:
    asked = understand(Asked(text=question, today=date(2024, 5, 1)), Known())
    found = [_found(replace(PASSAGE, text=text))]
    assert features.columns(found, query.understand(question), asked)["defines"].tolist() == [defines]


@pytest.mark.parametrize(
    ("question", "name", "counts"),
    [
        ("Vad sa rektorerna om avgiften?", "new_then", True),
        ("Vad blev den senaste avgiften?", "new_then", False),
        ("Vad kostar det?", "new_then", False),
        ("Hur har avgiften utvecklats?", "new_course", True),
        ("Vad kostar det?", "new_course", False),
    ],
)
def test_the_newest_counts_less_where_the_past_is_asked_for(question: str, name: str, counts: bool) -> None:
    asked = understand(Asked(text=question, today=date(2024, 5, 1)), Known())
    found = [_found(PASSAGE), _found(replace(PASSAGE, date=date(2023, 4, 1)))]
    assert bool(features.columns(found, query.understand(question), asked)[name].any()) == counts


def test_a_question_of_a_meeting_alone_misses_nothing_in_its_passages() -> None:
    question = "Sammanfatta Norra rådets möte 17 april 2024"
    asked = understand(Asked(text=question, today=date(2024, 5, 1)), Known(bodies=("Norra rådet",)))
    columns = features.columns([_found(PASSAGE)], query.understand(question), asked)
    assert asked.filter.bodies == ("Norra rådet",)
    assert columns["missing"].tolist() == [0.0]


def test_an_archive_made_in_another_order_gives_the_same_order(archive: Archive, tmp_path: Path) -> None:
    folder = archive.folder.parent
    with Archive.open(tmp_path / "annat", create=True) as other:
        ingest([folder / "kallelse.txt"], other, settings=other.settings)
        ingest([folder / "anteckningar.txt"], other, settings=other.settings)
        for question in ("talboksavtalet", "Vilka var med?", "nästa möte biblioteksnätverket läslust"):
            first, second = (Searcher(one).search(question, 20).evidence for one in (archive, other))
            assert [e.passage.passage_id for e in first] == [e.passage.passage_id for e in second]


PASSAGE = Passage(
    passage_id="b", document_id="d", part_id="p", text="Avgiften är 650 kronor.", heading=(), body="Norra rådet",
    date=date(2024, 4, 17), kind="protokoll", item_number=None, spans=(Span(page=1, start=0, end=1),),
)  # fmt: skip


def _found(passage: Passage, score: float = 1.0) -> Found:
    return Found(passage, score, outline.read(outline.draw(passage).kept))


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Vad är avgiften?", ["minutes"]),
        ("Vad är avgiften enligt utkastet?", ["draft"]),
        ("Skiljer sig utkastet från det justerade protokollet?", ["draft", "minutes"]),
    ],
)
def test_a_draft_stands_for_its_minutes_only_where_it_is_asked_for(question: str, shown: list[str]) -> None:
    text = "Nätverket beslutade att avgiften för konferensen är 650 kronor per deltagare från hösten."
    draft = replace(PASSAGE, passage_id="draft", document_id="e", kind="utkast", text=text)
    minutes = replace(PASSAGE, passage_id="minutes", kind="justerat protokoll", text=text)
    groups = grouping.group([(draft, 1.0), (minutes, 0.9)], features.papers_named(question))
    assert [passage.passage_id for passage, _, _ in groups] == shown


def test_equals_are_told_apart_by_their_ids_alone() -> None:
    text = "Vad är avgiften?"
    found = [_found(PASSAGE), _found(replace(PASSAGE, passage_id="a", part_id="q"))]
    columns = features.columns(
        found, query.understand(text), understand(Asked(text=text, today=date(2024, 5, 1)), Known())
    )
    assert all(column.shape == (2,) for column in columns.values())
    even = {name: column[:1].repeat(2) for name, column in columns.items()}
    utility = ranking.utilities(even, ranking.weights())
    assert utility[0] == utility[1]


def test_every_learnt_weight_belongs_to_a_feature() -> None:
    text = "Vad är avgiften?"
    asked = understand(Asked(text=text, today=date(2024, 5, 1)), Known())
    columns = features.columns([_found(PASSAGE)], query.understand(text), asked)
    assert set(ranking.weights()) == set(columns)


def test_an_empty_question_keeps_the_order_it_was_given() -> None:
    found = [_found(PASSAGE, 2.0), _found(replace(PASSAGE, passage_id="a"), 1.0)]
    asked = understand(Asked(text="", today=date(2024, 5, 1)), Known())
    assert [p.passage_id for p, _ in ranking.order(found, query.understand(""), asked)] == ["b", "a"]


@pytest.mark.parametrize(
    ("meant", "within"),
    [
        (Filter(), False),
        (Filter(bodies=("Norra rådet",)), True),
        (Filter(bodies=("Södra rådet",), date_from=date(2024, 1, 1)), False),
        (Filter(date_from=date(2024, 4, 17), date_to=date(2024, 4, 17)), True),
        (Filter(date_to=date(2024, 4, 16)), False),
    ],
)
def test_a_passage_is_within_what_is_meant(meant: Filter, within: bool) -> None:
    assert is_within(PASSAGE, meant) is within


def test_newness_runs_from_the_oldest_to_the_newest_day() -> None:
    days = [date(2022, 1, 1), None, date(2024, 1, 1), date(2023, 1, 1)]
    assert newness(days).tolist() == [0.0, 0.0, 1.0, 0.5]
