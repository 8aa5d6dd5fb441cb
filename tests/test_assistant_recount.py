"""Computed sentences: their values are counted again from the archive before they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Citation, Computation, Sentence
from assistant.assistant import Assistant
from assistant.recount import recounter
from assistant.verify import verify
from corpus.archive import Archive
from corpus.records import Filter, Scope, Span
from ingest.link import link
from tests.archive_records import HashEmbedder, make

TEXTS = {
    "a.txt": ("Ljusnätverket", date(2022, 3, 8), "Nätverket beslutade att pröva lovskola."),
    "b.txt": ("Ljusnätverket", date(2024, 4, 18), "Nätverket beslutade att pröva fjärrundervisning."),
    "c.txt": ("Skymningsrådet", date(2023, 5, 2), "Rådet beslutade att pröva läsläger."),
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder(), create=True) as archive:
        with archive.writing() as writer:
            for name, (body, day, text) in TEXTS.items():
                writer.add(*make(name, [text], body=body, day=day))
            writer.replace_links(link(archive.parts(Scope()), archive.all_passages(Scope()), ()))
            writer.finish()
        yield archive


def _verified(archive: Archive, text: str, computation: Computation) -> tuple[list[str], list[str]]:
    quote = "Nätverket beslutade att pröva lovskola."
    citation = Citation(
        number=1, passage_id="", document_id="d", file="a.txt", page=1, label="Ljusnätverket 2022-03-08, s. 1",
        quote=quote, span=Span(page=1, start=0, end=len(quote)),
    )  # fmt: skip
    sentence = Sentence(text=text, kind="computed", citations=(1,), computation=computation)
    kept, withheld = verify([sentence], [citation], {("d", 1): quote}, recounter(archive, Scope()))
    return [one.text for one in kept], [one.reason for one in withheld]


def _meetings(*values: str) -> Computation:
    filter = Filter(bodies=("Ljusnätverket",))
    return Computation(rule="meetings_and_years", values=values, filter=filter, about=("Ljusnätverket",))


def test_a_count_that_comes_out_the_same_is_shown(archive: Archive) -> None:
    text = "Ljusnätverket: 2 möten, 2022–2024 [1]."
    assert _verified(archive, text, _meetings("2", "2022", "2024")) == ([text], [])


def test_a_count_that_comes_out_otherwise_is_withheld(archive: Archive) -> None:
    kept, reasons = _verified(archive, "Ljusnätverket: 3 möten, 2022–2024 [1].", _meetings("3", "2022", "2024"))
    assert kept == [] and reasons == ["räkningen gav ett annat resultat när den gjordes om"]


def test_a_sentence_that_tells_another_number_than_its_computation_is_withheld(archive: Archive) -> None:
    kept, reasons = _verified(archive, "Ljusnätverket: 3 möten, 2022–2024 [1].", _meetings("2", "2022", "2024"))
    assert kept == [] and reasons == ["räkningens resultat står inte i meningen"]


def test_a_sentence_with_a_further_number_is_withheld(archive: Archive) -> None:
    kept, reasons = _verified(archive, "Ljusnätverket: 2 möten av 9, 2022–2024 [1].", _meetings("2", "2022", "2024"))
    assert kept == [] and len(reasons) == 1


def test_an_unknown_rule_cannot_hold(archive: Archive) -> None:
    kept, reasons = _verified(archive, "Två möten [1].", Computation(rule="gissning", values=("2",)))
    assert kept == [] and reasons == ["räkningen gav ett annat resultat när den gjordes om"]


def test_the_collection_is_counted_and_shown(archive: Archive) -> None:
    answer = Assistant(archive).answer("Vilka nätverk finns?", today=date(2025, 1, 1))
    assert answer.status == "answered" and answer.withheld == ()
    assert "Ljusnätverket: 2 möten, 2022–2024" in answer.text and "Skymningsrådet: 1 möte, 2023" in answer.text
