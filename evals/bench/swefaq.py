"""Search on SuperLim-2 SweFAQ dev against plain words and bare 4-grams in the same run, whole and with å ä ö lost."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant import ranking
from assistant.features import Found
from assistant.query import QueryOptions, understand
from assistant.question import Asked, Known
from assistant.question import understand as question_of
from assistant.search import FETCHED, POOL
from corpus import outline
from corpus.embedding import load_embedder
from corpus.errors import BadInputError
from corpus.lexical import LexicalIndex
from corpus.records import Passage, QueryTerm, Span
from corpus.swedish import analysis, thesaurus
from ingest.repair import repair_text

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "benchmarks" / "swefaq"
DEPTH = 10
ALL = QueryOptions()

Case = tuple[str, int]
Ranker = Callable[[str], list[int]]


def measure(quick: bool = False, folder: Path = FOLDER) -> dict[str, Any]:
    """nDCG@10 and recall@10 of each system, in points: on the answers as they are, with å ä ö destroyed and repaired as
    at reading, and destroyed without repair."""
    questions, answers = read(folder)
    questions = questions[:20] if quick else questions
    damaged = [strip_marks(answer) for answer in answers]
    repaired = [repair_text(answer)[0] for answer in damaged]
    return {
        "questions": len(questions),
        "documents": len(answers),
        "whole": _figures(questions, answers),
        "marks_destroyed": _figures(questions, repaired),
        "marks_destroyed_unrepaired": _figures(questions, damaged),
    }


def read(folder: Path) -> tuple[list[Case], list[str]]:
    """The questions with the index of their answer, and the pool of distinct answers."""
    path = folder / "dev.jsonl"
    if not path.is_file():
        raise BadInputError("SweFAQ finns inte här", str(path), "Lägg SuperLim 2:s dev-del där.")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pool = {answer: None for row in rows for answer in row["candidate_answers"]}
    places = {answer: number for number, answer in enumerate(pool)}
    return [(row["question"], places[row["candidate_answers"][row["label"]]]) for row in rows], list(pool)


def strip_marks(text: str) -> str:
    """å ä ö lost, as in a page read in the wrong language."""
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def _figures(questions: Sequence[Case], answers: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        passages = [_passage(number, answer) for number, answer in enumerate(answers)]
        index = LexicalIndex(Path(folder))
        index.add(passages)
        index.commit()
        return {name: _score(ranker, questions) for name, ranker in _systems(index, passages).items()}


def _systems(index: LexicalIndex, passages: Sequence[Passage]) -> dict[str, Ranker]:
    words = thesaurus.load()
    embedder = load_embedder("embedded")
    vectors = embedder.embed_passages([passage.text for passage in passages])

    def ordered(text: str, options: QueryOptions = ALL, use: thesaurus.Thesaurus | None = words) -> list[int]:
        asked = understand(text, use, {}, options)
        hits = index.search(asked.terms, FETCHED)
        found = [Found(passages[int(h.passage_id)], h.score, outline.read(h.outline or "")) for h in hits]
        question = question_of(Asked(text=text, today=date.today()), Known())
        return [int(passage.passage_id) for passage, _ in ranking.order(found, asked, question)]

    def dense(text: str) -> list[int]:
        scores = vectors @ embedder.embed_query(text)
        return [int(place) for place in (-scores).argsort()]

    def bare(terms: Sequence[QueryTerm]) -> list[int]:
        return [int(hit.passage_id) for hit in index.search(terms, POOL)]

    return {
        "hela systemet": ordered,
        "utan lärd ordning": lambda text: bare(understand(text, words, {}, ALL).terms),
        "bara vektorben": dense,
        "utan ordlista": lambda text: ordered(text, use=None),
        "utan sammansättningar": lambda text: ordered(text, QueryOptions(compounds=False)),
        "utan 4-gram": lambda text: ordered(text, QueryOptions(grams=False)),
        "bara 4-gram": lambda text: bare(_grams(text)),
        "bara ord (lemma)": lambda text: bare(_lemmas(text)),
    }


def _grams(text: str) -> list[QueryTerm]:
    found = [gram for _, token in analysis.tokens(text) for gram in analysis.grams(token)]
    return [QueryTerm(text=gram, field="shadow", weight=1.0) for gram in found]


def _lemmas(text: str) -> list[QueryTerm]:
    return [QueryTerm(text=lemma, field="body", weight=1.0) for lemma in analysis.analyse(text).lemmas]


def _score(ranker: Ranker, questions: Sequence[Case]) -> dict[str, float]:
    gains, found = [], []
    for question, right in questions:
        top = ranker(question)[:DEPTH]
        place = top.index(right) if right in top else None
        gains.append(0.0 if place is None else 1 / math.log2(place + 2))
        found.append(place is not None)
    count = max(len(questions), 1)
    return {"ndcg@10": round(100 * sum(gains) / count, 1), "recall@10": round(100 * sum(found) / count, 1)}


def _passage(number: int, text: str) -> Passage:
    return Passage(
        passage_id=str(number),
        document_id=f"d{number}",
        part_id=f"p{number}",
        text=text,
        heading=(),
        body=None,
        date=None,
        kind=None,
        item_number=None,
        spans=(Span(page=1, start=0, end=len(text)),),
    )
