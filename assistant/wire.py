"""Answers and search results as the JSON that others rely on; fields may be added, never renamed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer, Citation, Evidence


def answer_json(answer: Answer) -> dict[str, Any]:
    """The object that `motesminne ask --json` prints."""
    question = answer.question
    return {
        "question": question.asked,
        "whole": question.whole,
        "kind": question.kind,
        "limits": [{"what": limit.what, "label": limit.label, "value": limit.value} for limit in question.limits],
        "corrected": [{"typed": typed, "used": used} for typed, used in question.corrected],
        "today": question.today.isoformat(),
        "status": answer.status,
        "mode": answer.mode,
        "model": answer.model,
        "text": answer.text,
        "sentences": [
            {"text": sentence.text, "kind": sentence.kind, "citations": list(sentence.citations)}
            for sentence in answer.sentences
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "near": [_citation(citation) for citation in answer.near],
        "coverage": _coverage(answer),
        "withheld": [{"text": held.text, "reason": held.reason} for held in answer.withheld],
        "suggestions": list(answer.suggestions),
        "seconds": round(answer.seconds, 4),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "file": citation.file,
        "page": citation.page,
        "label": citation.label,
        "quote": citation.quote,
        "passage_id": citation.passage_id,
        "document_id": citation.document_id,
        "span": {"page": citation.span.page, "start": citation.span.start, "end": citation.span.end},
    }


def _coverage(answer: Answer) -> dict[str, Any]:
    coverage = answer.coverage
    return {
        "meetings": coverage.meetings,
        "documents": coverage.documents,
        "from": coverage.earliest.isoformat() if coverage.earliest else None,
        "to": coverage.latest.isoformat() if coverage.latest else None,
        "unreadable_pages": coverage.unreadable_pages,
        "bodies": list(coverage.bodies),
    }


def search_json(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The list that `motesminne search --json` prints."""
    return [
        {
            "rank": rank,
            "score": round(one.score, 6),
            "file": one.file,
            "page": one.passage.page,
            "heading": " › ".join(one.passage.heading),
            "text": one.passage.text,
            "passage_id": one.passage.passage_id,
            "body": one.passage.body,
            "date": one.passage.date.isoformat() if one.passage.date else None,
        }
        for rank, one in enumerate(evidence, 1)
    ]
