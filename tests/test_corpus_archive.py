"""The archive with a real ledger, real Tantivy and exact search: what went in is found, filtered, and the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import (
    ArchiveLockedError,
    BadInputError,
    EmbedderChangedError,
    NotInArchiveError,
)
from corpus.records import (
    Conversation,
    Correction,
    Fact,
    Feedback,
    Filter,
    Links,
    Meeting,
    QueryTerm,
    SavedAnswer,
    Scope,
)
from tests.archive_records import VERSIONS, HashEmbedder, make

ALL = Scope()
STOD = ["Nätverket beslutade att införa stöd till elever.", "Skolmaten kostar mer än tidigare."]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder(), create=True) as opened:
        yield opened


def add(archive: Archive, name: str, texts: list[str], **values: object) -> str:
    source, read = make(name, texts, **values)  # type: ignore[arg-type]
    with archive.writing() as writer:
        writer.add(source, read)
    return source.document_id


def words(archive: Archive, text: str, filter: Filter = Filter(), scope: Scope = ALL) -> list[str]:
    terms = [QueryTerm(text=text, field="body", weight=1.0)]
    return [hit.passage_id for hit in archive.search_lexical(scope, terms, 10, filter)]


def dense(archive: Archive, text: str, filter: Filter = Filter(), scope: Scope = ALL) -> list[str]:
    return [hit.passage_id for hit in archive.search_dense(scope, archive.embedder.embed_query(text), 10, filter)]


def test_what_was_read_comes_back_equal(archive: Archive) -> None:
    source, read = make("a.txt", STOD)
    with archive.writing() as writer:
        assert writer.add(source, read) == "added"
        assert writer.is_current(source.document_id, VERSIONS)
        assert writer.links_dirty()
    assert archive.parts(ALL) == list(read.parts)
    assert archive.pages(ALL, source.document_id) == list(read.pages)
    assert archive.passages_of(ALL, source.document_id) == list(read.passages)
    assert list(archive.all_passages(ALL)) == list(read.passages)
    assert archive.document(ALL, source.document_id) == read.document
    assert archive.find_document(ALL, "a.txt") == read.document
    assert archive.page_texts(ALL, source.document_id) == ["\n".join(STOD)]


def test_both_searches_find_the_passage(archive: Archive) -> None:
    one = add(archive, "a.txt", STOD)
    add(archive, "b.txt", ["Rektorerna talade om frånvaro."])
    assert words(archive, "skolmat")[0] == f"{one[:20]}0001"
    assert dense(archive, "Skolmaten kostar mer än tidigare.")[0] == f"{one[:20]}0001"


def test_reading_the_same_again_changes_nothing(archive: Archive) -> None:
    source, read = make("a.txt", STOD)
    with archive.writing() as writer:
        writer.add(source, read)
        revision = archive.revision()
        assert writer.add(source, read) == "unchanged"
    assert archive.revision() == revision


def test_new_bytes_at_a_path_replace_the_old(archive: Archive) -> None:
    add(archive, "a.txt", STOD)
    source, read = make("a.txt", ["Nätverket valde ny ordförande."])
    with archive.writing() as writer:
        assert writer.add(source, read) == "replaced"
    assert [d.document_id for d in archive.documents(ALL)] == [source.document_id]
    assert words(archive, "skolmat") == []
    assert len(dense(archive, "Skolmaten")) == 1


def test_the_same_bytes_in_two_places_are_one_document_with_two_names(archive: Archive) -> None:
    source, read = make("a.txt", STOD)
    with archive.writing() as writer:
        writer.add(source, read)
        writer.add_source(replace(source, path="mapp/b.txt"))
    assert [d.names for d in archive.documents(ALL)] == [("a.txt", "mapp/b.txt")]


def test_within_a_snapshot_all_reads_are_of_one_moment(archive: Archive) -> None:
    add(archive, "a.txt", ["Skolskjutsen körs av ett nytt bolag."])
    with Archive.open(archive.folder, embedder=HashEmbedder()) as other, archive.snapshot():
        before = archive.revision()
        add(other, "b.txt", ["Matsalen byggs om."])
        assert len(archive.documents(ALL)) == 1 and archive.revision() == before
        with archive.snapshot():
            assert len(archive.documents(ALL)) == 1
        with ThreadPoolExecutor(1) as pool:
            assert len(pool.submit(archive.documents, ALL).result()) == 2
    assert len(archive.documents(ALL)) == 2 and archive.revision() > before


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(bodies=("vuxnätverket",)), True),
        (Filter(bodies=("Nätverket",)), False),
        (Filter(kinds=("protokoll",)), True),
        (Filter(kinds=("utkast",)), False),
        (Filter(date_from=date(2024, 4, 18), date_to=date(2024, 4, 18)), True),
        (Filter(date_from=date(2024, 4, 19)), False),
        (Filter(date_to=date(2024, 4, 17)), False),
        (Filter(bodies=("Nätverket", "Vuxnätverket"), date_from=date(2024, 4, 1)), True),
        (Filter(documents=("okänt",)), False),
        (Filter(seats=("Lerum",)), True),
        (Filter(seats=("Ale",)), False),
        (Filter(people=("Berg",)), True),
        (Filter(people=("Bergman",)), False),
    ],
)
def test_filters_are_exact_in_both_searches_and_the_registers(archive: Archive, wanted: Filter, found: bool) -> None:
    add(archive, "a.txt", STOD, body="Vuxnätverket")
    assert bool(words(archive, "skolmat", wanted)) is found
    assert bool(dense(archive, "Skolmaten", wanted)) is found
    assert bool(archive.parts(ALL, wanted)) is found


def test_the_parts_of_some_documents_come_newest_first_and_within_the_rest_of_the_filter(archive: Archive) -> None:
    old = add(archive, "a.txt", ["Matsalen byggs om."], day=date(2023, 1, 5))
    new = add(archive, "b.txt", ["Matsalen är klar."], day=date(2024, 1, 5))
    add(archive, "c.txt", ["Matsalen invigs."], day=date(2025, 1, 5))
    both = Filter(documents=(old, new))
    assert [part.document_id for part in archive.parts(ALL, both)] == [new, old]
    assert [part.document_id for part in archive.parts(ALL, replace(both, date_to=date(2023, 12, 31)))] == [old]


def test_an_unknown_date_never_passes_a_period(archive: Archive) -> None:
    add(archive, "a.txt", STOD, day=None)
    assert words(archive, "skolmat", Filter(date_from=date(1900, 1, 1))) == []
    assert dense(archive, "Skolmaten", Filter(date_to=date(2999, 1, 1))) == []


def test_a_scope_hides_other_bodies_everywhere(archive: Archive) -> None:
    hidden = add(archive, "a.txt", STOD, body="Vuxnätverket")
    scope = Scope(bodies=frozenset({"Nätverket"}))
    assert words(archive, "skolmat", scope=scope) == dense(archive, "Skolmaten", scope=scope) == []
    assert archive.documents(scope) == archive.parts(scope) == archive.bodies(scope) == []
    assert archive.passages(scope, [f"{hidden[:20]}0000"]) == list(archive.all_passages(scope)) == []
    assert not archive.vocabulary(scope)
    assert archive.coverage(scope).documents == 0
    for read in (archive.document, archive.pages, archive.page_texts, archive.file_name, archive.passages_of):
        with pytest.raises(NotInArchiveError, match="finns inte"):
            read(scope, hidden)


def test_the_vocabulary_follows_what_is_in(archive: Archive) -> None:
    one = add(archive, "a.txt", STOD)
    assert archive.vocabulary(ALL)["skolmaten"] == 1
    archive.remove(one)
    assert dict(archive.vocabulary(ALL)) == {}


def test_coverage_counts_what_stands(archive: Archive) -> None:
    one = add(archive, "a.txt", STOD)
    part = archive.parts(ALL)[0]
    meeting = Meeting(
        meeting_id="m", bodies=("Nätverket",), date=Fact(value=date(2024, 4, 18)), part_ids=(part.part_id,)
    )
    with archive.writing() as writer:
        writer.replace_links(Links(meetings=(meeting,)))
        assert not writer.links_dirty()
    assert archive.meetings(ALL, Filter(documents=(one,))) == [meeting]
    assert archive.coverage(ALL).meetings == 1
    assert archive.coverage(ALL).earliest == date(2024, 4, 18)


def test_a_second_reader_in_is_refused_without_waiting(archive: Archive) -> None:
    with archive.writing():
        start = time.monotonic()
        with pytest.raises(ArchiveLockedError, match="läses redan in"), archive.writing():
            pass
        assert time.monotonic() - start < 10
    with archive.writing():
        pass


def correction(path: str, value: str, quote: str = "") -> Correction:
    return Correction(
        source="a.txt", part=0, page=1, quote=quote, context="", path=path, value=value, who="Eva",
        when=datetime(2026, 1, 1),
    )  # fmt: skip


def test_a_corrected_date_rules_the_filters_and_outlives_a_new_reading(archive: Archive) -> None:
    source, read = make("a.txt", STOD)
    with archive.writing() as writer:
        writer.add(source, read)
    number = archive.correct(correction("date", "2023-02-01"))
    again = replace(read, document=replace(read.document, versions=replace(VERSIONS, reader="2")))
    with archive.writing() as writer:
        assert writer.add(source, again) == "replaced"
    assert archive.parts(ALL)[0].meeting_date.value == date(2023, 2, 1)
    assert words(archive, "skolmat", Filter(date_to=date(2023, 12, 31)))
    assert archive.passages_of(ALL, source.document_id)[0].date == date(2023, 2, 1)
    archive.remove_correction(number)
    assert archive.parts(ALL)[0].meeting_date.value == date(2024, 4, 18)


def test_a_correction_whose_quote_is_gone_is_told(archive: Archive) -> None:
    add(archive, "a.txt", STOD)
    archive.correct(correction("decision.strength", "förslag", STOD[0]))
    assert archive.parts(ALL)[0].decisions[0].strength == "förslag"
    add(archive, "a.txt", ["Nätverket valde ny ordförande."])
    assert [c.lost for c in archive.corrections(ALL)] == [True]


def test_a_correction_of_an_unknown_field_is_refused(archive: Archive) -> None:
    add(archive, "a.txt", STOD)
    with pytest.raises(BadInputError, match="Okänt fält|går inte att rätta"):
        archive.correct(correction("skostorlek", "43"))


def test_another_embedder_is_told_and_rebuilt_never_mixed(archive: Archive, tmp_path: Path) -> None:
    add(archive, "a.txt", STOD)
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder("annan", 32)) as other:
        with pytest.raises(EmbedderChangedError, match="annan inbäddningsmodell"):
            dense(other, "Skolmaten")
        assert other.has_other_embedder()
        other.rebuild()
        assert len(dense(other, "Skolmaten kostar mer")) == 2
        assert other.check() == archive_problems(other)


def archive_problems(archive: Archive) -> list[object]:
    """The tests' documents have no original file; nothing else may be wrong."""
    return [p for p in archive.check() if p.what == "Originalet saknas"]


def test_conversations_are_kept_until_they_expire(archive: Archive, tmp_path: Path) -> None:
    now = datetime.now()
    turn = SavedAnswer(turn=0, question="Vad?", answer="{}", document_ids=())
    old = Conversation(conversation_id="o", title="gammal", created=now, expires=now - timedelta(days=1), turns=(turn,))
    new = replace(old, conversation_id="n", title="ny", expires=now + timedelta(days=1))
    archive.save_conversation(old)
    archive.save_conversation(new)
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder()) as again:
        assert [c.title for c in again.conversations()] == ["ny"]
        assert again.conversation("n") == new
        again.delete_conversation("n")
        with pytest.raises(NotInArchiveError, match="Samtalet finns inte"):
            again.conversation("n")


def test_feedback_and_values_come_back(archive: Archive) -> None:
    given = Feedback(
        question="q", answer="a", verdict="stämmer inte", reason=None, right_file="a.txt", right_page=1,
        right_quote=None, created=datetime(2026, 1, 1),
    )  # fmt: skip
    number = archive.add_feedback(given)
    assert archive.feedback() == [replace(given, feedback_id=number)]
    assert archive.value("mitt nätverk") is None
    archive.set_value("mitt nätverk", "Vux")
    assert archive.value("mitt nätverk") == "Vux"


def test_jobs_are_taken_in_order_and_again_when_their_worker_died(archive: Archive, tmp_path: Path) -> None:
    first = archive.add_job("a.pdf", tmp_path / "a.pdf")
    second = archive.add_job("b.pdf", tmp_path / "b.pdf")
    taken = archive.take_job()
    assert taken is not None and taken[0].job_id == first and taken[1] == tmp_path / "a.pdf"
    archive.job_progress(first, 2, 5)
    archive.end_job(first, "done")
    assert [(j.status, j.pages_done) for j in archive.jobs()] == [("done", 2), ("queued", 0)]
    archive.take_job()
    with archive._store.writing() as connection:  # the worker is gone: a process id that cannot be
        connection.exec_driver_sql("UPDATE jobs SET worker = '99999999' WHERE job_id = ?", (second,))
    again = archive.take_job()
    assert again is not None and again[0].job_id == second


def test_the_glossary_gives_short_forms_with_their_part(archive: Archive) -> None:
    add(archive, "a.txt", STOD)
    short, part = archive.glossary(ALL)[0]
    assert (short.long, part.body) == ("introduktionsprogram", "Nätverket")


def test_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotInArchiveError, match="inget arkiv"):
        Archive.open(tmp_path)
