"""`Assistant`: a question becomes evidence, a composed or generated answer, and a verified one; the one way through."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant import compose, evidence, typos
from assistant.answer import Answer, Question, Sentence, Turn
from assistant.clauses import Clause
from assistant.knowledge import known
from assistant.material import Composed, Material
from assistant.not_found import nearest, not_found_text
from assistant.question import Asked, understand
from assistant.recount import recounter
from assistant.search import Searcher, SearchResult
from assistant.spoken import plain
from assistant.verify import REASONS, PageText, verify
from corpus.archive import Archive
from corpus.records import Filter, Scope
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.generate import Model

EVIDENCE = 16
MAX_ROUNDS = 3


class Assistant:
    """Answers over one archive within a scope; `own_body` is what *vi* means."""

    def __init__(
        self,
        archive: Archive,
        settings: Settings | None = None,
        scope: Scope = Scope(),
        own_body: str | None = None,
    ) -> None:
        self._archive, self._scope, self._own_body = archive, scope, own_body
        self._settings = settings or archive.settings
        self._searcher = Searcher(archive, scope)
        self._stop = threading.Event()

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        today: date | None = None,
        filter: Filter = Filter(),
        without: Sequence[str] = (),
    ) -> Answer:
        """The whole answer; not found is an answer too."""
        whole = [*self.stream(question, history, today=today, filter=filter, without=without)][-1]
        assert isinstance(whole, Answer)
        return whole

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        today: date | None = None,
        filter: Filter = Filter(),
        without: Sequence[str] = (),
    ) -> Iterator[Sentence | Answer]:
        """Each sentence when it has passed the checks; the answer comes last. `stop` or closing it ends a model's work."""
        begun = time.perf_counter()
        self._stop.clear()
        asked = Asked(text=question, history=history, today=today or date.today(), filter=filter, without=without)
        with self._archive.snapshot():
            understood = self._understood(asked)
            composed, material = self._composed(understood, self._search(understood))
        for one in self._worded(composed, material):
            yield replace(one, seconds=time.perf_counter() - begun) if isinstance(one, Answer) else one

    def stop(self) -> None:
        """End the answer that is being worded, from any thread; what has been shown stays."""
        self._stop.set()

    def _model(self) -> Model | None:
        if self._settings.model in ("", "none"):
            return None
        from assistant.generate import load_model

        model = load_model(self._settings)
        if model is not None:
            model.stop = self._stop
        return model

    def _worded(self, composed: Answer, material: Material) -> Iterator[Sentence | Answer]:
        """The composed answer, or a model's words for it where one is set and the question is not for the registers."""
        shown: list[Sentence] = []
        for one in self._words(composed, material):
            if isinstance(one, Answer):
                yield from (sentence for sentence in one.sentences if sentence not in shown)
            else:
                shown.append(one)
            yield one

    def _words(self, composed: Answer, material: Material) -> Iterator[Sentence | Answer]:
        model = self._model()
        if model is None:
            yield composed
            return
        from assistant import worded

        documents = {one.passage.document_id for one in material.evidence}
        given = worded.Material(
            composed=composed,
            asked=material.asked(),
            evidence=material.evidence,
            parts={one: material.part(one) for one in {one.passage.part_id for one in material.evidence}},
            pages=self._pages(documents),
        )
        if worded.should_word(given):
            yield from worded.word(model, given)
        else:
            yield composed

    def understand(self, question: str, history: Sequence[Turn] = (), *, today: date | None = None) -> Question:
        """The question as it is understood, without an answer."""
        return self._understood(Asked(text=question, history=history, today=today or date.today()))

    def candidates(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> tuple[Question, list[Clause]]:
        """The understood question with the sentences that may answer it, the surest first; for learning weights."""
        understood = self.understand(question, history, today=today)
        return understood, self._material(understood, self._search(understood), {}).ranked()

    def _understood(self, asked: Asked) -> Question:
        corrected = typos.correct(plain(asked.text), self._archive, self._scope, asked.text)
        there = replace(known(self._archive, self._scope), own_body=self._own_body)
        understood = understand(replace(asked, text=corrected.text), there)
        return replace(understood, asked=asked.text, corrected=corrected.changes)

    def _composed(self, question: Question, found: SearchResult) -> tuple[Answer, Material]:
        """Composed and verified. A record that turns out to stand among orders to a program is left out, and composed anew."""
        documents = [one.passage.document_id for one in found.evidence]
        for _ in range(MAX_ROUNDS):
            out = evidence.taken(self._archive, self._scope, documents)
            material = self._material(question, found, out)
            composed = compose.compose(material)
            answer = self._verified(question, composed, material)
            cited = {one.document_id for one in composed.references.citations} if composed.references else set()
            if not any(held.reason == REASONS["order"] for held in answer.withheld) or cited <= set(documents):
                break
            documents += sorted(cited)
        return answer, material

    def _search(self, question: Question) -> SearchResult:
        recent = question.kind == "applies_now"
        text = " ".join((question.matter, question.context)).strip() or question.whole
        found = self._searcher.search(text, EVIDENCE, question.filter, recent, question)
        model = self._model() if self._settings.model_rewrites else None
        if model is None or not model.may_be_used:
            return found
        others = [
            self._searcher.search(text, EVIDENCE, question.filter, recent, question)
            for text in model.rewrites(question.whole)
        ]
        return replace(found, evidence=evidence.merged([found.evidence, *(one.evidence for one in others)])[:EVIDENCE])

    def _material(self, question: Question, found: SearchResult, out: evidence.Taken) -> Material:
        return Material(
            archive=self._archive,
            scope=self._scope,
            question=question,
            evidence=evidence.clean_evidence(self._archive, self._scope, found.evidence, out),
            known=known(self._archive, self._scope),
            out=out,
        )

    def _verified(self, question: Question, composed: Composed, material: Material) -> Answer:
        citations = composed.references.citations if composed.references else ()
        recompute = recounter(self._archive, self._scope)
        pages = self._marked({one.document_id for one in citations})
        around = evidence.surroundings(self._archive, self._scope, citations)
        kept, withheld = verify(composed.sentences, citations, pages, recompute, around)
        coverage = self._archive.coverage(self._scope, question.filter)
        if not kept:
            return Answer(
                question=question,
                status="not_found",
                mode="extractive",
                sentences=(Sentence(text=not_found_text(coverage, material.unheard()), kind="note"),),
                citations=(),
                coverage=coverage,
                withheld=tuple(withheld),
                near=nearest(material),
            )
        return Answer(
            question=question,
            status=composed.status if composed.status != "not_found" else "answered",
            mode="extractive",
            sentences=tuple(kept),
            citations=citations,
            coverage=coverage,
            withheld=tuple(withheld),
        )

    def _pages(self, documents: Iterable[str]) -> dict[tuple[str, int], str]:
        return {
            (document, number): text
            for document in documents
            for number, text in enumerate(self._archive.page_texts(self._scope, document), 1)
        }

    def _marked(self, documents: Collection[str]) -> dict[tuple[str, int], PageText]:
        """The pages with the stretches on them that give orders to a program."""
        out = evidence.taken(self._archive, self._scope, documents)
        return {
            (document, number): PageText(
                text=text, orders=tuple(span for span in out.get(document, ()) if span.page == number)
            )
            for (document, number), text in self._pages(documents).items()
        }
