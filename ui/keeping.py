"""Conversations kept at the reader's request: stored with their evidence as shown, opened again, deleted."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from assistant.keeping import kept_json
from corpus.archive import Archive
from corpus.records import Conversation as Kept
from corpus.records import SavedAnswer
from ui.conversation import Ask, Conversation, Guard

MAX_TITLE_CHARS = 80


def keep(archive: Archive, conversation: Conversation, now: datetime) -> None:
    """Store what is answered so far, until the settings' retention is out; an earlier copy is replaced."""
    done = [turn for turn in conversation.turns if turn.answer]
    if not done:
        return
    archive.save_conversation(
        Kept(
            conversation_id=conversation.conversation_id,
            title=done[0].question[:MAX_TITLE_CHARS],
            created=now,
            expires=now + timedelta(days=archive.settings.retention_days),
            turns=tuple(kept_json(number, turn.question, turn.answer or {}) for number, turn in enumerate(done, 1)),
        )
    )
    conversation.kept = len(done)


def reopen(archive: Archive, conversation_id: str, ask: Ask, guard: Guard) -> Conversation:
    """The kept conversation, to be read and continued. Raises NotInArchiveError where it is gone."""
    kept = archive.conversation(conversation_id)
    conversation = Conversation(ask, guard, conversation_id=kept.conversation_id)
    conversation.restore([(turn.question, _answer(turn)) for turn in kept.turns])
    conversation.kept = len(kept.turns)
    return conversation


def _answer(turn: SavedAnswer) -> dict[str, object]:
    """The stored answer; one whose document was removed is a sentence that says so."""
    try:
        answer = json.loads(turn.answer)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and "sentences" in answer:
        return answer
    return {
        "question": turn.question,
        "whole": turn.question,
        "limits": [],
        "status": "not_found",
        "text": turn.answer,
        "sentences": [{"text": turn.answer, "kind": "note", "citations": []}],
        "citations": [],
        "coverage": {},
    }
