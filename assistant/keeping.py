"""Answers as they are kept in a conversation: as shown, with their evidence, and every document they hold words of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assistant.answer import Answer
from assistant.wire import answer_json
from corpus.records import SavedAnswer


def kept_turn(turn: int, answer: Answer) -> SavedAnswer:
    """One turn to keep."""
    return kept_json(turn, answer.question.asked, answer_json(answer))


def kept_json(turn: int, question: str, answer: Mapping[str, Any]) -> SavedAnswer:
    """The same of an answer as JSON. What was withheld is kept by its reason alone: its words may be any document's."""
    withheld = [{"text": "", "reason": held["reason"]} for held in answer.get("withheld", ())]
    cited = (*answer.get("citations", ()), *answer.get("near", ()))
    return SavedAnswer(
        turn=turn,
        question=question,
        answer=json.dumps({**answer, "withheld": withheld}, ensure_ascii=False),
        document_ids=tuple(sorted({one["document_id"] for one in cited})),
    )
