"""Near copies of one text among the hits (a draft and its adjusted minutes) put behind the one that counts."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

from corpus.records import Passage
from corpus.swedish import analysis

# Share of common word triples above which two passages are one text: a draft and its adjusted minutes share over .9,
# the same standing item in two years' minutes under .6.
SAME_TEXT = 0.8
# Shorter texts (a heading, "Inget att rapportera") repeat by nature and are never put together.
MIN_WORDS = 8
STANDING = {"justerat protokoll": 3, "protokoll": 2, "anteckningar": 2, "utkast": 1, "förslag": 1}

Ranked = tuple[Passage, float]


def group(ranked: Sequence[Ranked], named: Set[str] = frozenset()) -> list[tuple[Passage, float, tuple[str, ...]]]:
    """The hits in order, near copies as ids behind one of them: the one of highest standing takes the best place.

    `named` are the kinds of paper that the question names: one of them stands before the others, and several stand apart.
    """
    doubled = _doubled(ranked) if len(named) < 2 else set()
    groups: list[tuple[set[str], list[Ranked]]] = []
    for passage, score in ranked:
        triples = _triples(passage.text) if _meeting(passage) in doubled else set()
        home = next((g for g in groups if triples and _is_same(g[1][0][0], passage) and _alike(g[0], triples)), None)
        if home is None:
            groups.append((triples, [(passage, score)]))
        else:
            home[1].append((passage, score))
    return [_led(members, named) for _, members in groups]


def _doubled(ranked: Sequence[Ranked]) -> set[tuple[str | None, date | None]]:
    """The meetings of which several documents are among the hits: only there can copies be."""
    documents: dict[tuple[str | None, date | None], set[str]] = {}
    for passage, _ in ranked:
        documents.setdefault(_meeting(passage), set()).add(passage.document_id)
    return {meeting for meeting, held in documents.items() if len(held) > 1}


def _meeting(passage: Passage) -> tuple[str | None, date | None]:
    return passage.body, passage.date


def _led(members: Sequence[Ranked], named: Set[str]) -> tuple[Passage, float, tuple[str, ...]]:
    leader = max(members, key=lambda one: (one[0].kind in named, STANDING.get(one[0].kind or "", 0)))[0]
    others = tuple(one.passage_id for one, _ in members if one.passage_id != leader.passage_id)
    return leader, members[0][1], others


def _is_same(one: Passage, other: Passage) -> bool:
    """Copies are of one meeting: the same words said again at another meeting are another source."""
    return one.document_id != other.document_id and _meeting(one) == _meeting(other)


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= SAME_TEXT * min(len(one), len(other)) if one and other else False


def _triples(text: str) -> set[str]:
    words = [analysis.fold(token) for _, token in analysis.tokens(text)]
    return {" ".join(words[i : i + 3]) for i in range(len(words) - 2)} if len(words) >= MIN_WORDS else set()
