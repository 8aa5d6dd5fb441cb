"""Mötesminne in other people's LangChain: search as a `BaseRetriever`, the whole way to an answer as a `Runnable`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.utils import AddableDict
from pydantic import ConfigDict, PrivateAttr

from assistant.answer import Answer, Citation, Evidence, Turn
from assistant.assistant import Assistant
from assistant.search import Searcher, SearchOptions
from assistant.wire import answer_json
from corpus.archive import Archive
from corpus.errors import BadInputError
from corpus.records import Filter, Scope

Input = str | Mapping[str, Any]


class ArchiveRetriever(BaseRetriever):
    """Passages of an archive as documents, best first; their metadata carry file, page, heading, date and ids.

    `k` is how many; `filter` limits exactly. Both may be given with a single call too: `invoke(query, k=5)`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    archive: Archive
    k: int = 10
    scope: Scope = Scope()
    filter: Filter = Filter()
    options: SearchOptions = SearchOptions()
    _searcher: Searcher = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        self._searcher = Searcher(self.archive, self.scope, self.options)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        filter: Filter | None = None,
    ) -> list[Document]:
        limit = self.k if k is None else k
        found = self._searcher.search(query, limit, self.filter if filter is None else filter)
        return [evidence_document(one) for one in found.evidence]


class AnswerChain(Runnable[Input, dict[str, Any]]):
    """The retrieval chain: a question in; `input`, `context`, `answer` and what vouches for it out.

    The input is the question, or a mapping with `input` and, for follow-ups, `chat_history` (LangChain messages or
    question and answer pairs). `answer` is worded by the model that the archive's settings name, and composed from
    quotes where they name none. `status` is `answered`, `partial` or `not_found`; `response` is the whole JSON of `motesminne ask`.
    `stream` gives the answer sentence by sentence, each after its checks, then the rest.
    """

    def __init__(self, archive: Archive, scope: Scope = Scope(), own_body: str | None = None) -> None:
        self._archive, self._scope = archive, scope
        self._assistant = Assistant(archive, None, scope, own_body)

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> dict[str, Any]:
        return self._call_with_config(self._answer, input, config)

    def stream(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any | None) -> Iterator[AddableDict]:
        yield from self._transform_stream_with_config(iter([input]), self._sentences, config)  # type: ignore[misc]

    def _answer(self, input: Input) -> dict[str, Any]:
        question, history = asked_of(input)
        answer = self._assistant.answer(question, history)
        return {"input": question, "answer": answer.text, **self._grounds(answer)}

    def _sentences(self, inputs: Iterator[Input]) -> Iterator[AddableDict]:
        """Chunks that add up to what `invoke` gives."""
        for input in inputs:
            question, history = asked_of(input)
            yield AddableDict(input=question)
            begun = False
            for piece in self._assistant.stream(question, history):
                if isinstance(piece, Answer):
                    yield AddableDict(self._grounds(piece))
                else:
                    yield AddableDict(answer=f"\n{piece.text}" if begun else piece.text)
                    begun = True

    def _grounds(self, answer: Answer) -> dict[str, Any]:
        cited = answer.citations or answer.near
        held = {one.passage_id: one for one in self._archive.passages(self._scope, [c.passage_id for c in cited])}
        return {
            "context": [_cited_document(citation, held.get(citation.passage_id)) for citation in cited],
            "status": answer.status,
            "response": answer_json(answer),
        }


def evidence_document(evidence: Evidence) -> Document:
    """A found passage as LangChain's document."""
    passage = evidence.passage
    metadata = _metadata(passage) | {"file": evidence.file, "page": passage.page, "score": evidence.score}
    return Document(id=passage.passage_id, page_content=passage.text, metadata=metadata)


def _cited_document(citation: Citation, passage: Any) -> Document:
    known = _metadata(passage) if passage is not None else {"passage_id": citation.passage_id}
    metadata = known | {
        "file": citation.file,
        "page": citation.page,
        "label": citation.label,
        "number": citation.number,
    }
    return Document(id=citation.passage_id, page_content=citation.quote, metadata=metadata)


def _metadata(passage: Any) -> dict[str, Any]:
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "heading": " › ".join(passage.heading),
        "body": passage.body,
        "date": passage.date.isoformat() if passage.date else None,
        "kind": passage.kind,
    }


def asked_of(input: Input) -> tuple[str, tuple[Turn, ...]]:
    """Question and history of a chain's input. Raises BadInputError when no question is in it."""
    if isinstance(input, str):
        return input, ()
    question = input.get("input") or input.get("question")
    if not isinstance(question, str):
        raise BadInputError("Frågan saknas", "kedjans indata", 'Ge en text, eller {"input": "frågan"}.')
    return question, _turns(input.get("chat_history") or input.get("history") or ())


def _turns(history: Sequence[Any]) -> tuple[Turn, ...]:
    """Pairs as they are; LangChain's messages two by two, each human one with the answer after it."""
    turns: list[Turn] = []
    for one in history:
        if isinstance(one, BaseMessage):
            text = str(one.content)
            if one.type == "human":
                turns.append(Turn(question=text, answer=""))
            elif turns:
                turns[-1] = Turn(question=turns[-1].question, answer=text)
        elif isinstance(one, Mapping):
            turns.append(Turn(question=str(one["question"]), answer=str(one.get("answer", ""))))
        else:
            turns.append(Turn(question=str(one[0]), answer=str(one[1])))
    return tuple(turns)
