"""A kept conversation shows the same answer with the same evidence later, and loses what is removed from the archive."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

from assistant.assistant import Assistant
from assistant.keeping import kept_turn
from assistant.wire import answer_json
from corpus.archive import Archive
from corpus.records import Conversation, Scope
from ingest.link import link
from tests.archive_records import HashEmbedder, make

TODAY = date(2025, 1, 10)
WORDS = "Nätverket beslutade att avgiften för vårkonferensen fastställs till 1 400 kronor per deltagare."


def test_an_answer_reopened_later_is_the_same_until_its_source_is_removed(tmp_path: Path) -> None:
    folder, now = tmp_path / "arkiv", datetime.now()
    with Archive.open(folder, embedder=HashEmbedder(), create=True) as archive:
        with archive.writing() as writer:
            writer.add(*make("ljus.txt", [WORDS], body="Ljusnätverket"))
            writer.replace_links(link(archive.parts(Scope()), archive.all_passages(Scope()), ()))
            writer.finish()
        answer = Assistant(archive).answer("Vad beslutades om avgiften för vårkonferensen?", today=TODAY)
        assert answer.status == "answered"
        turn = kept_turn(1, answer)
        archive.save_conversation(
            Conversation(
                conversation_id="s1", title="Avgiften", created=now, expires=now + timedelta(days=400), turns=(turn,)
            )
        )
    with Archive.open(folder, embedder=HashEmbedder()) as archive:
        kept = json.loads(archive.conversation("s1").turns[0].answer)
        shown = answer_json(answer)
        assert [kept[name] for name in ("text", "citations", "status")] == [
            shown[name] for name in ("text", "citations", "status")
        ]
        archive.remove(answer.citations[0].document_id)
        gone = archive.conversation("s1").turns[0]
        assert "1 400" not in gone.answer and "Källan är borttagen" in gone.answer and gone.document_ids == ()
