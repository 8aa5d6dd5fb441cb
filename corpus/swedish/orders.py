"""Text that gives orders to a program instead of telling of a meeting: found, so that it is never followed or quoted.

Text in documents is data. What speaks to an assistant is marked when a document is read in; it is left out of the
evidence, whether a model or the composer makes the answer, and bears no sentence when answers are verified.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.records import Span
from corpus.swedish.needles import Needled
from corpus.swedish.wording import fold_letters

_FILE = Path(__file__).with_name("orders.toml")
# Raise when the same table would mark other stretches.
FORM = "1"
# A word that names a program and an order belong together within this stretch; at 300 minutes on AI in schools, where
# somebody ordered something two sentences later, were taken for orders.
REACH_CHARS = 140
# What makes an order harmless (a survey, a form) stands in the same sentence; further off it would be a way to hide one.
CLOSE_CHARS = 50
# In a block no longer than this all that follows the order is taken: a forged decision comes after it. In a longer one
# a few sentences, since a page without blank lines is one block.
WHOLE_BLOCK_SENTENCES = 6
FOLLOWING_SENTENCES = 3
# Letters of other alphabets that look like ours.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝνοαικρτυχАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıⅼ",
    "aeopcyxijsdhlqwvoaikptuxABEKMHOPCTYXIJSABEZHIKMNOPTYXagil",
)
_STRANGE = re.compile(r"[^\x09\x0a\x0d\x20-\x7e\xa0-\xff–—‘’“”„…•·€−▪○]")
_AI = re.compile(r"\bai\b")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-_*|]){3,}[^\W\d_](?!\w)")
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:§§? ?\d+|\d{1,2}[.)]? +[A-ZÅÄÖ]|Punkt \d))")
_HEADING = re.compile(r"\s*(?:§§? ?\d|\d{1,2}[.)]?\s+[A-ZÅÄÖ]|Punkt \d)")
_SENTENCE = re.compile(r"(?<=[.!?])[ \t\n]+|\n(?=[ \t]*[-•–*▪])")


def spans(pages: Sequence[str]) -> tuple[Span, ...]:
    """The stretches of a document's pages (from 1) that give orders to a program."""
    if not any(_may_hold(page) for page in pages):
        return ()
    joined, starts = _joined(pages)
    return tuple(
        Span(page=number, start=max(start, begin) - begin, end=min(end, begin + len(page)) - begin)
        for start, end in found(joined)
        for number, (begin, page) in enumerate(zip(starts, pages, strict=True), 1)
        if start < begin + len(page) and begin < end
    )


def gives_orders(text: str) -> bool:
    """Whether any of the text does."""
    return _may_hold(text) and _is_order(text)


def found(text: str) -> list[tuple[int, int]]:
    """Start and end of each such stretch; what a broken-off order goes on into, past a heading, is one too."""
    stretches: list[tuple[int, int]] = []
    unfinished: tuple[int, int] | None = None
    for start, end in _pieces(text, _BLOCK, 0, len(text)):
        sentences = _without_heading(text, _pieces(text, _SENTENCE, start, end))
        if not sentences:
            continue
        hits = _hits(text, start, end, sentences)
        if unfinished and (goes_on := _goes_on(text, unfinished, sentences[0], stretches)):
            hits = sorted({0, *hits})
            stretches += [] if goes_on == "taken" else [unfinished]
        if hits:
            first, last = _reach(hits, text, sentences)
            stretches.append((sentences[first][0], sentences[last][1]))
        unfinished = None if re.search(r"[.!?»\"”)\]}>]\s*$", text[slice(*sentences[-1])]) else sentences[-1]
    return sorted(set(stretches))


def _goes_on(
    text: str, unfinished: tuple[int, int], after: tuple[int, int], stretches: Sequence[tuple[int, int]]
) -> str:
    """Whether a sentence broken off was taken for an order already, or is one with what follows; else empty."""
    if stretches and stretches[-1][1] == unfinished[1]:
        return "taken"
    return "joined" if gives_orders(f"{text[slice(*unfinished)]} {text[slice(*after)]}") else ""


def _without_heading(text: str, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences after the agenda item's heading; a block that is a heading has none."""
    if not sentences or not _HEADING.match(text, sentences[0][0]):
        return sentences
    start, end = sentences[0][0], sentences[-1][1]
    line_end = text.find("\n", start + len(text[start:end]) - len(text[start:end].lstrip()), end)
    return [] if line_end < 0 else [(max(a, line_end + 1), b) for a, b in sentences if b > line_end + 1]


def _hits(text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]) -> list[int]:
    if not sentences or not _may_hold(text[start:end]) or not _is_order(text[start:end]):
        return []
    alone = [n for n, (a, b) in enumerate(sentences) if _is_order(text[a:b])]
    pairs = [n for n in range(len(sentences) - 1) if _is_order(text[sentences[n][0] : sentences[n + 1][1]])]
    return alone or pairs or list(range(len(sentences)))


def _reach(hits: Sequence[int], text: str, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the beginning of the line that the order stands in; what a short item said before it stays."""
    first, last = hits[0], len(sentences) - 1
    if len(sentences) > WHOLE_BLOCK_SENTENCES:
        return first, min(hits[-1] + FOLLOWING_SENTENCES, last)
    while first and "\n" not in text[sentences[first - 1][1] : sentences[first][0]]:
        first -= 1
    return first, last


def _pieces(text: str, border: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    cuts = [match.span() for match in border.finditer(text, start, end)]
    edges = [start, *(place for cut in cuts for place in cut), end]
    spans = zip(edges[::2], edges[1::2], strict=True)
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _joined(pages: Sequence[str]) -> tuple[str, list[int]]:
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    return "\n".join(pages), starts


@lru_cache(maxsize=4_096)
def _may_hold(text: str) -> bool:
    plain = _plain(text)
    return any(trigger in plain for trigger in _triggers()) or _AI.search(plain) is not None


@lru_cache(maxsize=4_096)
def _is_order(text: str) -> bool:
    plain = _plain(text)
    if any(pattern.search(plain) for pattern in _patterns("alone")):
        return True
    return any(_are_near(plain, *pair) for pair in _PAIRS)


# What names a program or the answering of a question, the order that goes with it, and what makes both harmless.
_PAIRS = (
    ("addressed", "ordered", None),
    ("addressed_weak", "ordered_weak", None),
    ("answering", "ordered_answer", "ordered_answer_unless"),
    ("you", "you_do", "you_unless"),
    ("english", "english_matter", "english_unless"),
)


def _are_near(plain: str, named: str, ordered: str, unless: str | None) -> bool:
    """Whether both stand within reach of each other; what makes them harmless must stand between them or close by."""
    places = [match.start() for pattern in _patterns(named) for match in pattern.finditer(plain)]
    if not places:
        return False
    orders = [match.start() for pattern in _patterns(ordered) for match in pattern.finditer(plain)]
    near = [sorted((order, place)) for order in orders for place in places if abs(order - place) <= REACH_CHARS]
    if unless is None:
        return bool(near)
    return any(
        not any(pattern.search(plain, max(0, first - CLOSE_CHARS), last + CLOSE_CHARS) for pattern in _patterns(unless))
        for first, last in near
    )


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    """Lower case without marks; unseen characters, look-alikes, full width and s p a c e d letters undone."""
    if _STRANGE.search(text):
        normal = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
        text = "".join(char for char in normal if unicodedata.category(char) not in ("Cf", "Mn", "Co", "Cn"))
    text = _SPACED.sub(lambda match: re.sub(r"[ .\-_*|]", "", match.group()), text)
    # A line that goes on in lower case was broken by the margin.
    text = re.sub(r"[ \t\u00a0]*\n[ \t\u00a0]*(?=[a-zåäö])", " ", re.sub(r"[ \t\u00a0]+", " ", text))
    return fold_letters(text)


@lru_cache(maxsize=1)
def version() -> str:
    """Changes when a document's stretches may be others."""
    return f"{FORM}:{hashlib.sha256(_FILE.read_bytes()).hexdigest()[:12]}"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _triggers() -> tuple[str, ...]:
    return tuple(_table()["triggers"])


@lru_cache(maxsize=32)
def _patterns(name: str) -> tuple[Needled, ...]:
    return tuple(Needled(pattern, re.MULTILINE) for pattern in _table()[name]["patterns"])
