"""Hybrid search: a question's terms expanded, two legs asked, their scores fused, evidence handed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import grouping, query, ranking, typos
from assistant.answer import Evidence, Question
from assistant.features import Found, papers_named
from assistant.knowledge import known
from assistant.question import Asked, understand
from corpus import embedding, outline
from corpus.archive import Archive
from corpus.records import Filter, Hit, Passage, Scope
from corpus.swedish import thesaurus

# How many passages each leg gives to the fusion. 100 held every right passage that 1000 held on the tune questions.
POOL = 100
# How many of them are read and put in order.
FETCHED = 50
# How many passages of the bodies and the period that a question names are put in order beside them.
NAMED = 30
# The dense leg's share of the fused score, per embedder by a piece of its identity. The embedded default's leg adds
# nothing to the lexical one, which holds all its features with better weights (tune: recall@5 .86 with 0 and with .1;
# SweFAQ 78.4 and 78.1), so it is not asked.
DENSE_SHARE: tuple[tuple[str, float], ...] = (("embedded", 0.0),)
DENSE_SHARE_MODEL = 0.6
RERANK_POOL = 50
# With `recent_first`, passages this near to the best score count as about the matter and are ordered by date.
RECENT_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """What takes part; each can be switched off so that its worth can be measured. `rerank` needs a model set.

    `hidden_groups` are numbers of thesaurus groups that are left out.
    """

    lexical: bool = True
    dense: bool = True
    thesaurus: bool = True
    compounds: bool = True
    grams: bool = True
    rerank: bool = True
    hidden_groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What was found, best first. `corrected` holds (typed, used) for each word taken as misspelt.

    `confidence` 0-1 is how much of the question's matter stands in the best evidence. `similar` gives the ids of near
    copies (an earlier draft of the same text) by the id of the passage that stands for them.
    """

    evidence: tuple[Evidence, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0
    similar: Mapping[str, tuple[str, ...]] | None = None


class Searcher:
    """Search over one archive within a scope; cheap to make, keeps nothing between questions but what is cached."""

    def __init__(self, archive: Archive, scope: Scope = Scope(), options: SearchOptions = SearchOptions()) -> None:
        self._archive, self._scope, self._options = archive, scope, options
        self._reranker = embedding.load_reranker(archive.settings.reranker) if options.rerank else None

    def search(
        self,
        text: str,
        limit: int = 20,
        filter: Filter = Filter(),
        recent_first: bool = False,
        question: Question | None = None,
    ) -> SearchResult:
        """The passages that may answer, at most `limit`; the filter is exact and never widened.

        `question` is the text as it was understood; None understands it as asked today. What it names (a body, a
        period, a kind of paper) counts in the order without demanding.
        """
        with self._archive.snapshot():
            corrected = typos.correct(text, self._archive, self._scope)
            asked, question = self.asked(corrected.text), question or self._understood(corrected.text, None)
            found = self.found(asked, question, filter, max(FETCHED, limit))
            outlines = {one.passage.passage_id: one.outline for one in found}
            ranked = ranking.order(found, asked, question)
            groups = grouping.group(self._reranked(corrected.text, ranked), papers_named(question.whole))
            kept = [(passage, score) for passage, score, _ in groups][: max(limit, 0)]
            if recent_first:
                kept = _recent_first(kept)
            return SearchResult(
                evidence=self._evidence(kept),
                corrected=corrected.changes,
                confidence=max(
                    (asked.covered_by(outlines[passage.passage_id].terms) for passage, _ in kept[:5]), default=0.0
                ),
                similar={passage.passage_id: others for passage, _, others in groups if others},
            )

    def asked(self, text: str) -> query.Query:
        """The weighted terms of a question without slips."""
        options = query.QueryOptions(compounds=self._options.compounds, grams=self._options.grams)
        return query.understand(text, self._words(), self._short_forms(), options)

    def understood(self, text: str, today: date | None = None) -> Question:
        """What is asked, slips mended: kind, limits, value; for the order of the passages."""
        return self._understood(typos.correct(text, self._archive, self._scope).text, today)

    def _understood(self, spelled: str, today: date | None) -> Question:
        return understand(Asked(text=spelled, today=today or date.today()), known(self._archive, self._scope))

    def found(self, asked: query.Query, question: Question, filter: Filter, wanted: int) -> list[Found]:
        """The first `wanted` passages before they are put in order, and those of the meetings that the question names."""
        fused = self._fused(asked, question.whole, filter, wanted)[:wanted]
        if filter.is_empty and not question.filter.is_empty and self._options.lexical:
            seen = {hit.passage_id for hit in fused}
            fused += [hit for hit in self._of_named(asked, question.filter) if hit.passage_id not in seen]
        passages = self._passages(fused)
        if question.kind == "attendance" and filter.is_empty and fused and self._options.lexical:
            told = self._of_told(asked, passages.get(fused[0].passage_id))
            fused += [hit for hit in told if hit.passage_id not in passages]
            passages |= self._passages(told)
        return [_found(passages[hit.passage_id], hit) for hit in fused if hit.passage_id in passages]

    def _of_named(self, asked: query.Query, named: Filter) -> Sequence[Hit]:
        """Passages of the bodies and the period named; of a single meeting also those that share no word."""
        is_one = named.date_from is not None and named.date_from == named.date_to
        return self._archive.search_lexical(self._scope, asked.terms, NAMED, named, every=is_one)

    def _of_told(self, asked: query.Query, told: Passage | None) -> Sequence[Hit]:
        """Passages of the meeting that the best one is of: who was there when the fee was decided stands elsewhere in it."""
        if told is None or told.body is None or told.date is None:
            return []
        return self._of_named(asked, Filter(bodies=(told.body,), date_from=told.date, date_to=told.date))

    def _passages(self, hits: Sequence[Hit]) -> dict[str, Passage]:
        return {one.passage_id: one for one in self._archive.passages(self._scope, [hit.passage_id for hit in hits])}

    def _words(self) -> thesaurus.Thesaurus | None:
        if not self._options.thesaurus:
            return None
        words = thesaurus.load(self._archive.own_thesaurus(self._scope))
        return words.without(self._options.hidden_groups) if self._options.hidden_groups else words

    def _short_forms(self) -> Mapping[str, tuple[str, ...]]:
        return query.short_forms(self._archive, self._scope) if self._options.thesaurus else {}

    def _fused(self, asked: query.Query, text: str, filter: Filter, wanted: int) -> list[Hit]:
        lexical: Sequence[Hit] = ()
        dense: Sequence[Hit] = ()
        share = dense_share(self._archive.embedder.identity) if self._options.lexical else 1.0
        pool = max(POOL, wanted) if 0 < share < 1 else wanted
        if self._options.lexical:
            lexical = self._archive.search_lexical(self._scope, asked.terms, pool, filter)
        if self._options.dense and share > 0:
            vector = self._archive.embedder.embed_query(text)
            dense = self._archive.search_dense(self._scope, vector, pool, filter)
        if not lexical or not dense:
            return list(lexical or dense)
        return fuse(lexical, dense, share)

    def _reranked(self, text: str, ranked: list[tuple[Passage, float]]) -> list[tuple[Passage, float]]:
        if self._reranker is None:
            return ranked
        head, tail = ranked[:RERANK_POOL], ranked[RERANK_POOL:]
        scores = self._reranker.score(text, [embedding.passage_text(passage) for passage, _ in head])
        order = sorted(zip(head, scores, strict=True), key=lambda pair: -pair[1])
        floor = min(scores, default=0.0)
        return [(one[0], score) for one, score in order] + [(p, floor - 1 + s) for p, s in tail]

    def _evidence(self, kept: Sequence[tuple[Passage, float]]) -> tuple[Evidence, ...]:
        names = self._archive.file_names(self._scope, {passage.document_id for passage, _ in kept})
        return tuple(
            Evidence(passage=passage, file=names[passage.document_id], score=score, rank=rank)
            for rank, (passage, score) in enumerate(kept, start=1)
            if passage.document_id in names
        )


def _found(passage: Passage, hit: Hit) -> Found:
    kept = outline.draw(passage).kept if hit.outline is None else hit.outline
    return Found(passage, hit.score, outline.read(kept))


def dense_share(identity: str) -> float:
    """The weight of the dense leg for an embedder; an unknown model gets the share that models share."""
    return next((share for piece, share in DENSE_SHARE if piece in identity), DENSE_SHARE_MODEL)


def fuse(lexical: Sequence[Hit], dense: Sequence[Hit], share: float) -> list[Hit]:
    """Convex combination on scores divided by each leg's best (Bruch et al. 2023, arXiv 2210.11934).

    A passage that a leg did not give has 0 there in the lexical leg, and the leg's lowest score in the dense one,
    whose scores never start at 0.
    """
    first, second = _scaled(lexical), _scaled(dense)
    floor = min(second.values(), default=0.0)
    fused = {one: (1 - share) * first.get(one, 0.0) + share * second.get(one, floor) for one in {**first, **second}}
    outlines = {hit.passage_id: hit.outline for hit in lexical}
    return [
        Hit(passage_id=one, score=score, outline=outlines.get(one))
        for one, score in sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _scaled(hits: Sequence[Hit]) -> dict[str, float]:
    top = max((hit.score for hit in hits), default=0.0)
    return {hit.passage_id: hit.score / top if top > 0 else 0.0 for hit in hits}


def _recent_first(kept: list[tuple[Passage, float]]) -> list[tuple[Passage, float]]:
    if not kept:
        return kept
    bar = RECENT_SHARE * max(score for _, score in kept)
    near = [one for one in kept if one[1] >= bar]
    near.sort(key=lambda one: one[0].date or date.min, reverse=True)
    return near + [one for one in kept if one[1] < bar]
