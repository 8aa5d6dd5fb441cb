"""People's marks as questions with known answers: a thumb down with the right words becomes a line of a question set."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from assistant.question import kind_of
from corpus.records import Feedback


def as_questions(given: Iterable[Feedback]) -> list[dict[str, Any]]:
    """One object per thumb down that names its right words; `must_contain` is to be cut down to the fact by a person."""
    return [
        {
            "id": f"omdome-{one.feedback_id}",
            "kind": kind_of(one.question),
            "question": one.question,
            "answerable": "yes",
            "must_contain": [[one.right_quote]],
            "sources": [{"file": one.right_file, "page": one.right_page, "quote": one.right_quote}],
            "today": one.created.date().isoformat(),
        }
        for one in given
        if one.verdict == "stämmer inte" and one.right_file and one.right_page and one.right_quote
    ]


def as_jsonl(given: Iterable[Feedback]) -> str:
    """The questions as `motesminne eval --set FILE` reads them."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in as_questions(given))
