"""The registers and the timeline on a made network: complete, in time order, each row with its place and stage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import registers
from assistant.timeline import stage_of
from corpus.archive import Archive
from corpus.records import Filter, Scope
from tests.network_archive import make_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_archive(tmp_path_factory.mktemp("register")) as made:
        yield made


def timeline(archive: Archive, topic: str, filter: Filter = Filter()) -> list[registers.Row]:
    return registers.timeline_rows(archive, Scope(), filter, topic)


def test_a_timeline_tells_each_item_in_time_order_with_its_stage(archive: Archive) -> None:
    rows = timeline(archive, "lovverksamhet")
    assert [(row["date"], row["item"], row["stage"]) for row in rows] == [
        ("2022-03-10", "§ 2", "utreds"),
        ("2022-09-08", "§ 8", "bordlagt"),
    ]


def test_a_timeline_follows_a_decision_to_what_changed_it(archive: Archive) -> None:
    rows = timeline(archive, "kursdagens avgift")
    assert [(row["date"], row["stage"]) for row in rows] == [("2022-03-10", "beslut"), ("2023-05-04", "beslut")]
    assert rows[1]["quote"].endswith("350 kronor.")


def test_every_row_of_a_timeline_quotes_its_page_word_for_word(archive: Archive) -> None:
    rows = timeline(archive, "lovverksamhet") + timeline(archive, "simkunnighet")
    assert len(rows) >= 3
    for row in rows:
        text = archive.page(Scope(), row["document_id"], row["page"]).text
        assert " ".join(text[row["span"]["start"] : row["span"]["end"]].split()) == row["quote"]


def test_silence_after_the_last_mention_counts_the_bodys_meetings(archive: Archive) -> None:
    last = timeline(archive, "lovverksamhet")[-1]["silent_after"]
    assert (last["meetings"], last["from"], last["to"], last["last"]) == (2, "2023-05-04", "2023-09-07", True)


def test_a_misspelt_topic_gives_the_same_rows(archive: Archive) -> None:
    assert timeline(archive, "lovverksamet") == timeline(archive, "lovverksamhet")


def test_a_filter_narrows_the_timeline(archive: Archive) -> None:
    assert timeline(archive, "lovverksamhet", Filter(bodies=("SYV-gruppen",))) == []


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("En arbetsgrupp tillsätts.", "utreds"),
        ("Ärendet bordläggs.", "bordlagt"),
        ("Lovskolan hade 61 deltagare.", "uppföljning"),
        ("Förvaltningen föreslår två orter.", "förslag"),
        ("Alby lyfter frågan.", "togs upp"),
        ("Solen skiner på skolgården.", "nämns"),
    ],
)
def test_the_stage_of_a_sentence_is_what_it_says_was_done(sentence: str, stage: str) -> None:
    assert stage_of(sentence) == stage


def test_a_decision_shows_what_later_changed_it_and_that_the_clause_says_so(archive: Archive) -> None:
    first = registers.decisions_rows(archive, Scope())[0]
    assert [(one["date"], one["relation"], one["link"]) for one in first["changed_by"]] == [
        ("2023-05-04", "ändrat", "stated")
    ]


def test_an_action_reported_done_tells_where(archive: Archive) -> None:
    done = {row["what"]: row["done"] for row in registers.actions_rows(archive, Scope())}
    listed = done["Åsa Ek tar fram en lista över lokaler till maj."]
    assert (listed["date"], listed["quote"]) == ("2022-09-08", "Åsa Ek har tagit fram listan över lokaler.")
    assert done["Per Öst bokar en simlärare."] is None
