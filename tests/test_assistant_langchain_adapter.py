"""Others' chains: LangChain's own standard tests over a real archive, and the whole chain by every way of calling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import RunnableLambda
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.langchain_adapter import AnswerChain, ArchiveRetriever, asked_of
from corpus.archive import Archive
from corpus.errors import BadInputError
from corpus.records import Filter
from tests.archive_records import make

MINUTES = (
    ("avgift.txt", "Vuxnätverket", date(2023, 5, 4), "Nätverket beslutade att avgiften höjs till 650 kronor."),
    ("buss.txt", "Rektorsnätverket", date(2024, 3, 7), "Rektorsnätverket beslutade att busskorten gäller till klockan 22."),
    ("mobil.txt", "Rektorsnätverket", date(2024, 9, 5), "Mobiltelefonerna samlas in vid skoldagens början i årskurs 7."),
    ("prov.txt", "Vuxnätverket", date(2024, 11, 1), "De nationella proven skrivs digitalt från hösten 2026."),
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(Path(tmp_path_factory.mktemp("arkiv")) / "a", create=True) as made:
        with made.writing() as writer:
            for name, body, day, text in MINUTES:
                writer.add(*make(name, [text, "Mötet avslutas och ordföranden tackar alla."], body=body, day=day))
            writer.finish()
        yield made


@pytest.mark.anyio
class TestStandard(RetrieversIntegrationTests):
    """LangChain's standard tests of retrievers, its asynchronous one run by anyio's plug-in."""

    @pytest.fixture
    def anyio_backend(self) -> str:
        return "asyncio"

    @pytest.fixture(autouse=True)
    def _archive(self, archive: Archive) -> None:
        type(self).held = archive  # type: ignore[attr-defined]

    @property
    def retriever_constructor(self) -> type[ArchiveRetriever]:
        return ArchiveRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"archive": self.held, "k": 2}  # type: ignore[attr-defined]

    @property
    def retriever_query_example(self) -> str:
        return "Vad beslutade nätverket om avgiften och mobiltelefonerna?"


def test_a_document_tells_where_it_stands(archive: Archive) -> None:
    found = ArchiveRetriever(archive=archive, k=1).invoke("Vad kostar det?")
    assert found[0].page_content == MINUTES[0][3]
    told = {name: found[0].metadata[name] for name in ("file", "page", "heading", "date", "body")}
    assert told == {
        "file": "avgift.txt",
        "page": 1,
        "heading": "Vuxnätverket › § 1",
        "date": "2023-05-04",
        "body": "Vuxnätverket",
    }


def test_a_filter_limits_exactly(archive: Archive) -> None:
    retriever = ArchiveRetriever(archive=archive, k=10, filter=Filter(bodies=("Rektorsnätverket",)))
    files = {document.metadata["file"] for document in retriever.invoke("beslut om avgiften")}
    assert files == {"buss.txt", "mobil.txt"}


def test_the_retriever_takes_its_place_in_a_chain(archive: Archive) -> None:
    chain = (
        ArchiveRetriever(archive=archive, k=1) | RunnableLambda(lambda found: found[0].page_content) | StrOutputParser()
    )
    assert chain.batch(["Får mobilerna vara med?", "Hur dyrt är det?"]) == [MINUTES[2][3], MINUTES[0][3]]


def test_the_chain_answers_with_its_sources(archive: Archive) -> None:
    made = AnswerChain(archive).invoke("Vad beslutades om avgiften?")
    assert made["status"] == "answered"
    assert "650 kronor" in made["answer"]
    assert [one.metadata["file"] for one in made["context"]] == ["avgift.txt"]
    assert made["context"][0].page_content in MINUTES[0][3]


def test_the_streamed_chunks_add_up_to_the_answer(archive: Archive) -> None:
    chain = AnswerChain(archive)
    question = {"input": "Vad beslutades om avgiften?"}
    whole, chunks = chain.invoke(question), list(chain.stream(question))
    added = chunks[0]
    for chunk in chunks[1:]:
        added = added + chunk
    assert [added[name] for name in ("input", "answer", "status", "context")] == [
        whole[name] for name in ("input", "answer", "status", "context")
    ]
    assert len(chunks) >= 3


def test_a_batch_answers_each_in_order_and_refuses_what_is_not_there(archive: Archive) -> None:
    made = AnswerChain(archive).batch(["Vad beslutades om avgiften?", "Vad kostar en kamel i Mongoliet?"])
    assert [one["status"] for one in made] == ["answered", "not_found"]


def test_the_chain_takes_its_place_in_a_chain(archive: Archive) -> None:
    chain = AnswerChain(archive) | RunnableLambda(lambda made: made["status"])
    assert chain.invoke("Vad beslutades om avgiften?") == "answered"


def test_history_comes_as_messages_or_as_pairs() -> None:
    messages = [HumanMessage("Vad kostar det?"), AIMessage("650 kronor."), HumanMessage("Från när?")]
    _, turns = asked_of({"input": "Och för vuxna?", "chat_history": messages})
    assert [(turn.question, turn.answer) for turn in turns] == [("Vad kostar det?", "650 kronor."), ("Från när?", "")]
    assert asked_of({"question": "x", "history": [{"question": "a", "answer": "b"}]})[1][0].answer == "b"
    assert asked_of({"question": "x", "history": [("a", "b")]})[1][0].question == "a"


def test_an_input_without_a_question_is_refused_with_advice() -> None:
    with pytest.raises(BadInputError, match="Frågan saknas"):
        asked_of({"fråga": "Vad kostar det?"})
