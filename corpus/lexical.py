"""The lexical index: Tantivy over terms that we analysed ourselves; derived from the ledger and disposable."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import tantivy

from corpus import outline
from corpus.records import Hit, Part, Passage, QueryTerm
from corpus.swedish import analysis

VERSION = f"5:{analysis.VERSION}"

# Words between the words of a phrase term. Function words are not indexed, so "stöd till elever" has none.
PHRASE_SLOP = 2
# What the other ways of saying a thing add beside the best one: at 1 a passage that strings synonyms together beats
# the one that says all of the question once; at 0 the word and its synonym together are worth no more than one.
TIE_BREAKER = 0.1
# What it is worth that a thing is said at all, however often and in however long a passage, against BM25's score, which
# grows with the archive as the logarithm does.
COVERAGE = 0.6
FIRST_AUTUMN_MONTH = 8  # Swedish terms: August to December, January to June
# From so many passages on, terms that weigh less than this and stand in more than this share of them are left out:
# reading their long lists took two thirds of a question's time at 50 000 passages. The second pair is for the parts and
# roots of words: without it 9 ms are spent in the index and not 5; on the labelled questions, limited so as if their
# archives were large, it moves recall@5 by .0004.
LARGE_FROM_PASSAGES = 5_000
MAX_SHARES = ((0.3, 0.03), (0.6, 0.2))
WRITER_HEAP_BYTES = 50_000_000
# Scores this near are equal: sums of floats differ in their last places with the order in which segments were written.
SCORE_DIGITS = 4
# What a sum of weights may be off by, in the index's single precision.
SUM_ERROR = 1e-4
# So many more are asked for than wanted, so that equals on the border are told apart by their ids alone.
SPARE = 10
_ID, _BELONGS, _BODY, _HEADING, _SHADOW, _CONTEXT = "id", "belongs", "body", "heading", "shadow", "context"
_OUTLINE = "outline"


class LexicalIndex:
    """One Tantivy folder; made where it does not exist. One writer at a time, readers see the last commit."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._writer: Any = None
        self._has_new = False

    def add(self, passages: Sequence[Passage], parts: Mapping[str, Part] | None = None) -> None:
        """Analyse and add; a passage already there is replaced. `parts` by id tell what the records found in them.

        Visible after `commit`.
        """
        writer = self._writing()
        for passage in passages:
            writer.delete_documents_by_term(_ID, passage.passage_id)
            writer.add_document(_document(passage, (parts or {}).get(passage.part_id)))

    def remove(self, ids: Iterable[str]) -> None:
        """Take out passages by their id, or all of a part or document by its id. Visible after `commit`."""
        writer = self._writing()
        for one in ids:
            writer.delete_documents_by_term(_BELONGS, one)

    def commit(self, more: bool = False) -> None:
        """Make what was added and removed durable and visible; the writer's lock is given back.

        With `more` to come it is kept, so that each document does not wait for the merging of earlier ones.
        """
        if self._writer is not None:
            self._writer.commit()
            self._has_new = False
        if not more:
            self.close()
        self._index.reload()

    def search(
        self, terms: Sequence[QueryTerm], limit: int, allowed: Collection[str] | None = None, every: bool = False
    ) -> list[Hit]:
        """The best passages by BM25, each term with its weight; a term with a space in it is a near phrase.

        `allowed` limits exactly: part ids (quick, as filters speak of parts), document ids or passage ids. With `every`
        also the allowed that hold none of the terms, last.
        """
        wanted = self._alternatives(self._telling([term for term in terms if term.weight > 0]))
        if not wanted or limit < 1 or (allowed is not None and not allowed):
            return []
        query = self._limited(_any(wanted), allowed, every)
        searcher = self._index.searcher()
        found = searcher.search(query, limit + SPARE, count=False).hits
        hits = [_hit(searcher.doc(address), score) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]

    def holding(
        self, terms: Sequence[QueryTerm], share: float, limit: int, allowed: Collection[str] | None = None
    ) -> list[str]:
        """Ids of the passages that say groups weighing at least `share` of all, those that say most first.

        A group weighs what its heaviest term does, however often it is said. A term of the body may stand in the
        heading, and the words of one with spaces anywhere in both.
        """
        groups: dict[int | None, list[QueryTerm]] = {}
        for term in terms:
            groups.setdefault(term.group, []).append(term)
        if not groups or limit < 1 or (allowed is not None and not allowed):
            return []
        said = [_best([self._said(term) for term in group], 0.0) for group in groups.values()]
        floor = share * sum(max(term.weight for term in group) for group in groups.values()) - SUM_ERROR
        searcher = self._index.searcher()
        found = searcher.search(self._limited(_any(said), allowed), limit, count=False).hits
        enough = takewhile(lambda hit: hit[0] >= floor, found)
        return [str(searcher.doc(address).get_first(_ID)) for _, address in enough]

    def count(self) -> int:
        """How many passages the last commit holds."""
        return int(self._index.searcher().num_docs)

    def passage_ids(self) -> set[str]:
        """All ids, read one by one: for `check`, not for questions."""
        searcher = self._index.searcher()
        if not searcher.num_docs:
            return set()
        found = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
        return {str(searcher.doc(address).get_first(_ID)) for _, address in found}

    def reload(self) -> None:
        """See what another process has committed."""
        self._index.reload()

    def close(self) -> None:
        """Give the lock back; what was not committed is dropped."""
        if self._writer is None:
            return
        if self._has_new:
            self._writer.rollback()
        self._writer.wait_merging_threads()
        self._writer, self._has_new = None, False

    def _writing(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(WRITER_HEAP_BYTES, 1)
        self._has_new = True
        return self._writer

    def _limited(self, query: Any, allowed: Collection[str] | None, every: bool = False) -> Any:
        if allowed is None:
            return query
        limits = tantivy.Query.const_score_query(
            tantivy.Query.term_set_query(self._schema, _BELONGS, list(allowed)), 0.0
        )
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should if every else tantivy.Occur.Must, query), (tantivy.Occur.Must, limits)]
        )

    def _said(self, term: QueryTerm) -> Any:
        """Whether the passage says the term: its weight or nothing."""
        fields = (_BODY, _HEADING) if term.field == _BODY else (term.field,)
        words = [_any([self._word(field, word) for field in fields]) for word in term.text.split()]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, word) for word in words])
        return tantivy.Query.const_score_query(query, term.weight)

    def _word(self, field: str, word: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, word, index_option="freq")

    def _telling(self, terms: Sequence[QueryTerm]) -> Sequence[QueryTerm]:
        """Without terms that stand nowhere, and in large archives without the weak ones that stand in so many passages
        that they tell nothing apart."""
        searcher = self._index.searcher()
        count = searcher.num_docs
        held = ((term, searcher.doc_freq(term.field, term.text)) for term in terms)
        return [
            term
            for term, in_so_many in held
            if " " in term.text or in_so_many and (count < LARGE_FROM_PASSAGES or _tells(term, in_so_many / count))
        ]

    def _alternatives(self, terms: Sequence[QueryTerm]) -> list[Any]:
        """One query for each group and field, one for each group that is said at all, one for each term alone."""
        fields: dict[tuple[object, str], list[Any]] = {}
        said: dict[int, list[Any]] = {}
        worth = COVERAGE * math.log(1 + self.count())
        for number, term in enumerate(terms):
            wanted = self._term(term)
            boosted = tantivy.Query.boost_query(wanted, term.weight)
            key = ("alone", number) if term.group is None else ("group", term.group)
            fields.setdefault((key, term.field), []).append(boosted)
            if term.group is not None:
                said.setdefault(term.group, []).append(tantivy.Query.const_score_query(wanted, worth * term.weight))
        best = [_best(one, TIE_BREAKER) for one in fields.values()]
        return best + [_best(one, 0.0) for one in said.values()]

    def _term(self, term: QueryTerm) -> Any:
        words: list[str | tuple[int, str]] = list(term.text.split())
        if len(words) < 2:
            return self._word(term.field, term.text)
        return tantivy.Query.phrase_query(self._schema, term.field, words, slop=PHRASE_SLOP)


def _tells(term: QueryTerm, share: float) -> bool:
    """Whether a term that stands in this share of a large archive's passages is worth reading."""
    return all(term.weight >= weight or share <= most for weight, most in MAX_SHARES)


def _any(queries: Sequence[Any]) -> Any:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in queries])


def _best(queries: Sequence[Any], tie_breaker: float) -> Any:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.disjunction_max_query(list(queries), tie_breaker=tie_breaker)


def _hit(document: Any, score: float) -> Hit:
    return Hit(
        passage_id=str(document.get_first(_ID)),
        score=round(score, SCORE_DIGITS),
        outline=bytes(document.get_first(_OUTLINE)).decode(),
    )


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_BELONGS, stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_BODY, stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(_HEADING, stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(_CONTEXT, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(_SHADOW, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field(_OUTLINE, stored=True, indexed=False)
    return builder.build()


def _document(passage: Passage, part: Part | None) -> Any:
    drawn = outline.draw(passage, part)
    text, titles = drawn.body, drawn.heading
    document = tantivy.Document()
    document.add_text(_ID, passage.passage_id)
    for owner in (passage.passage_id, passage.part_id, passage.document_id):
        document.add_text(_BELONGS, owner)
    document.add_text(_BODY, " ".join(text.terms))
    document.add_text(_HEADING, " ".join(titles.terms))
    document.add_text(_CONTEXT, " ".join((*analysis.analyse(_context(passage)).terms, *drawn.signs)))
    document.add_text(_SHADOW, " ".join((*text.grams, *text.wholes, *titles.grams, *titles.wholes)))
    document.add_bytes(_OUTLINE, drawn.kept.encode())
    return document


def _context(passage: Passage) -> str:
    """Whose and which meeting's it is, in the words people ask in: *17 april 2024*, *april*, *våren*, *kallelsen*."""
    words = [passage.body or "", passage.kind or ""]
    if passage.date is not None:
        words += [_said(passage.date), passage.date.isoformat(), _season(passage.date)]
    return " \n".join(words)


def _said(day: date) -> str:
    month = next(name for name, number in analysis.MONTHS.items() if number == day.month)
    return f"{day.day} {month} {day.year}, {month}"


def _season(day: date) -> str:
    return "höst hösttermin" if day.month >= FIRST_AUTUMN_MONTH else "vår vårtermin"
