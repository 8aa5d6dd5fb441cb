"""How a turn of a conversation is shown: the data of its part, and the text that is copied with its references."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from ui import texts
from ui.conversation import Asked
from ui.safe import clean, one_line

_MARK = re.compile(r"\[(\d{1,3})\]")
MAX_QUOTE_CHARS = 320


def turn_data(turn: Asked, open_source: int | None, is_last: bool) -> dict[str, Any]:
    """What the answer part shows of one turn."""
    answer = turn.answer
    busy = turn.status in ("waiting", "running")
    data: dict[str, Any] = {
        "turn": turn.number,
        "question": one_line(turn.question),
        "understood": "",
        "chips": [],
        "sentences": [_sentence(s.text, s.kind, s.citations) for s in turn.sentences],
        "sources": [],
        "coverage": "",
        "withheld": [],
        "suggestions": [],
        "verdicts": [],
        "verdict": turn.verdict,
        "open": open_source,
        "busy": busy,
        "error": turn.error or "",
        "texts": {**texts.ANSWER, "busy": texts.WAITING if turn.status == "waiting" else texts.READING},
    }
    return data | _answered(answer, is_last) if answer else data


def _answered(answer: Mapping[str, Any], is_last: bool) -> dict[str, Any]:
    found = answer["status"] != "not_found"
    held = answer.get("withheld") or []
    return {
        "understood": _understood(answer),
        "chips": [{"label": limit["label"], "value": limit["value"]} for limit in answer["limits"]],
        "sentences": [_sentence(s["text"], s["kind"], s["citations"]) for s in answer["sentences"]],
        "sources": [_source(one) for one in shown_sources(answer)],
        "coverage": texts.searched(answer["coverage"]) if found else "",
        "withheld": [f"{one_line(one['text'])} ({one_line(one['reason'])})" for one in held],
        "suggestions": [one_line(one) for one in answer.get("suggestions") or []] if is_last else [],
        "verdicts": [{"label": one, "value": one.lower()} for one in (texts.AGREE, texts.DISAGREE)],
        "copy": copied(answer),
        "link": link(answer),
        "texts": {
            **texts.ANSWER,
            "sources": texts.ANSWER["sources" if answer["citations"] else "near"],
            "withheld": texts.withheld(len(held)),
        },
    }


def shown_sources(answer: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    """The citations, or of an answer that was not found the nearest passages."""
    sources: Sequence[dict[str, Any]] = answer["citations"] or answer.get("near") or []
    return sources


def _understood(answer: Mapping[str, Any]) -> str:
    told = [texts.UNDERSTOOD.format(one_line(answer["whole"]))] if answer["whole"] != answer["question"] else []
    told += [texts.SPELLED.format(**one) for one in answer.get("corrected") or []]
    return " ".join(told)


def _sentence(text: str, kind: str, citations: Sequence[int]) -> dict[str, Any]:
    pieces: list[dict[str, Any]] = []
    at = 0
    for mark in _MARK.finditer(text):
        if int(mark[1]) in citations:
            pieces += [{"text": clean(text[at : mark.start()])}, {"source": int(mark[1])}]
            at = mark.end()
    pieces.append({"text": clean(text[at:])})
    return {"kind": kind, "pieces": [piece for piece in pieces if piece.get("text") != ""]}


def _source(citation: Mapping[str, Any]) -> dict[str, Any]:
    quote = one_line(citation["quote"])
    short = quote if len(quote) <= MAX_QUOTE_CHARS else f"{quote[:MAX_QUOTE_CHARS].rsplit(' ', 1)[0]} …"
    return {"number": citation["number"], "label": one_line(citation["label"]), "quote": short}


def copied(answer: Mapping[str, Any]) -> str:
    """The answer as text whose references stand alone in a mail."""
    lines = [one_line(answer["question"]), "", *(clean(s["text"]) for s in answer["sentences"])]
    if answer["citations"]:
        lines += ["", texts.ANSWER["sources"]]
        lines += [
            f"[{one['number']}] {one_line(one['label'])} ({one_line(one['file'])}): «{one_line(one['quote'])}»"
            for one in answer["citations"]
        ]
    return "\n".join([*lines, "", texts.searched(answer["coverage"])])


def link(answer: Mapping[str, Any]) -> str:
    """An address that asks the same question again, also next year."""
    return "/?" + urlencode({"fraga": answer["whole"]})
