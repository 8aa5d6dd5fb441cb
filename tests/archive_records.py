"""Tiny synthetic records for the archive's tests: documents of one part with passages of given words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from corpus.alignment import identity
from corpus.records import (
    Abbreviation,
    Anchor,
    Decision,
    Document,
    Fact,
    Page,
    Part,
    Participant,
    Passage,
    ReadDocument,
    Source,
    Span,
    Versions,
)

# Digits as letters, so that a made name is one word to every analysis.
LETTERS = str.maketrans("0123456789", "bcdfghjklm")
VERSIONS = Versions(reader="1", repair="1", records="1", passages="1")


class HashEmbedder:
    """Signed hashing of whole words to 64 dimensions: enough to tell test documents apart."""

    def __init__(self, name: str = "prov", dimensions: int = 64) -> None:
        self.identity, self.dimensions = name, dimensions

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        row = np.zeros(self.dimensions, dtype=np.float32)
        for word in text.lower().split():
            digest = hashlib.blake2b(f"{self.identity} {word.strip('.,')}".encode(), digest_size=4).digest()
            row[digest[0] % self.dimensions] += 1 if digest[1] % 2 else -1
        return row / max(float(np.linalg.norm(row)), 1e-9)


def make(
    name: str, texts: Sequence[str], *, body: str = "Nätverket", day: date | None = date(2024, 4, 18)
) -> tuple[Source, ReadDocument]:
    """A one-page document whose passages are `texts`; the id is the hash of name and texts."""
    whole = "\n".join(texts)
    one = hashlib.sha256(f"{name}\n{whole}".encode()).hexdigest()
    page = Page(
        number=1, label=None, text=whole, raw=whole, alignment=identity(len(whole)), origin="text", legibility=1.0,
        status="read",
    )  # fmt: skip
    anchor = Anchor(page=1, start=0, end=len(texts[0]), quote=texts[0])
    part = Part(
        part_id=f"{one[:16]}-0",
        document_id=one,
        ordinal=0,
        kind=Fact(value="protokoll", certainty="stated"),
        bodies=(Fact(value=body, certainty="stated"),),
        meeting_date=Fact(value=day, certainty="stated" if day else "unknown"),
        spans=(Span(page=1, start=0, end=len(whole)),),
        participants=(Participant(name="Karin Berg", seat="Lerum", presence="närvarande"),),
        decisions=(
            Decision(
                decision_id=f"{one[:8]}-d", text=texts[0], strength="beslut", outcome="bifall", item_number="§ 1",
                item_title="Stöd", anchor=anchor,
            ),
        ),
        abbreviations=(Abbreviation(short="IM", long="introduktionsprogram", anchor=anchor),),
    )  # fmt: skip
    passages, at = [], 0
    for i, text in enumerate(texts):
        passages.append(
            Passage(
                passage_id=f"{one[:20]}{i:04d}", document_id=one, part_id=part.part_id, text=text,
                heading=(body, f"§ {i + 1}"), body=body, date=day, kind="protokoll", item_number=f"§ {i + 1}",
                spans=(Span(page=1, start=at, end=at + len(text)),),
            )
        )  # fmt: skip
        at += len(text) + 1
    document = Document(
        document_id=one, names=(name,), media_type="text/plain", page_count=1, size_bytes=len(whole),
        added=datetime(2026, 1, 1), owner_body=body, versions=VERSIONS,
    )  # fmt: skip
    return Source(path=name, document_id=one), ReadDocument(
        document=document, pages=(page,), parts=(part,), passages=tuple(passages)
    )
