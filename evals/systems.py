"""The systems that stand in the same run: ours, and peers that nobody can call straw men."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.wire import answer_json
from corpus.archive import Archive
from corpus.embedding import Embedder
from corpus.records import Scope
from evals.questions import EvalQuestion, PageTexts
from evals.scores import contains, facts_found

CHUNK_CHARS, OVERLAP_CHARS = 1000, 200  # the recipe of LangChain's own tutorials


class System(Protocol):
    """What is measured: a name, an answer in the JSON of `motesminne ask`, a ranked list of passages."""

    name: str

    def answer(self, question: EvalQuestion) -> Mapping[str, Any]: ...

    def search(self, question: EvalQuestion, limit: int) -> list[tuple[str, int, str]]: ...


class Ours:
    """Mötesminne over an archive, in the mode its settings give."""

    def __init__(self, archive: Archive, name: str = "Mötesminne", assistant: Assistant | None = None) -> None:
        self.name, self._archive = name, archive
        self._assistant = assistant or Assistant(archive)

    def answer(self, question: EvalQuestion) -> Mapping[str, Any]:
        history = [Turn(question=turn["question"], answer=turn.get("answer", "")) for turn in question.history]
        return answer_json(self._assistant.answer(question.question, history, today=question.today))

    def search(self, question: EvalQuestion, limit: int) -> list[tuple[str, int, str]]:
        from assistant.search import Searcher

        searcher, text = Searcher(self._archive, Scope()), question.whole or question.question
        result = searcher.search(text, limit, question=searcher.understood(text, question.today))
        return [(e.file, e.passage.page, e.passage.text) for e in result.evidence]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a page as the plain recipe cuts it."""

    file: str
    page: int
    text: str


class PlainRecipe:
    """PyPDFLoader, RecursiveCharacterTextSplitter 1000/200, Chroma, the first passage as answer; it never refuses.

    Text files are read as text; a scan gives the recipe nothing, as it does its users.
    """

    def __init__(self, folder: Path, embedder: Embedder, store: Path, name: str = "LangChain-receptet") -> None:
        from langchain_chroma import Chroma

        self.name = name
        self._chunks = plain_chunks(folder)
        self._store = Chroma(
            collection_name="recept",
            embedding_function=_as_embeddings(embedder),
            persist_directory=str(store),
            collection_metadata={"hnsw:space": "cosine"},
        )
        self._store.add_texts(
            [chunk.text for chunk in self._chunks], [{"n": number} for number in range(len(self._chunks))]
        )

    def search(self, question: EvalQuestion, limit: int) -> list[tuple[str, int, str]]:
        found = self._store.similarity_search(question.question, k=limit)
        chunks = [self._chunks[int(document.metadata["n"])] for document in found]
        return [(chunk.file, chunk.page, chunk.text) for chunk in chunks]

    def answer(self, question: EvalQuestion) -> Mapping[str, Any]:
        return _first_passage(self.search(question, 1), question.question)


class Bm25:
    """BM25 (k1 1.2, b 0.75) over the same chunks as plain words, refusing under a score learnt on tune."""

    def __init__(self, chunks: Sequence[Chunk], name: str = "BM25 med tröskel") -> None:
        self.name, self._chunks, self.threshold = name, list(chunks), 0.0
        self._counts = [Counter(_words(chunk.text)) for chunk in chunks]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean_length = sum(self._lengths) / max(len(self._lengths), 1)
        self._documents = Counter(word for counts in self._counts for word in counts)

    def ranked(self, text: str) -> list[tuple[float, int]]:
        """(score, chunk) for every chunk with a score, best first."""
        terms = [(word, self._idf(word)) for word in set(_words(text)) if word in self._documents]
        scored = [(sum(idf * self._tf(word, n) for word, idf in terms), n) for n in range(len(self._chunks))]
        return sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))

    def _idf(self, word: str) -> float:
        seen = self._documents[word]
        return math.log(1 + (len(self._chunks) - seen + 0.5) / (seen + 0.5))

    def _tf(self, word: str, number: int) -> float:
        count = self._counts[number][word]
        return count * 2.2 / (count + 1.2 * (0.25 + 0.75 * self._lengths[number] / self._mean_length))

    def search(self, question: EvalQuestion, limit: int) -> list[tuple[str, int, str]]:
        chunks = [self._chunks[n] for _, n in self.ranked(question.question)[:limit]]
        return [(chunk.file, chunk.page, chunk.text) for chunk in chunks]

    def answer(self, question: EvalQuestion) -> Mapping[str, Any]:
        best = self.ranked(question.question)[:1]
        if not best or best[0][0] < self.threshold:
            return _refusal()
        return _first_passage(self.search(question, 1), question.question)

    def learn_threshold(self, tune: Sequence[EvalQuestion]) -> None:
        """Choose the threshold with most right answers on `tune` (ties: the lower)."""
        tops = [(self.ranked(question.question)[:1], question) for question in tune]
        worth = [(top[0][0] if top else 0.0, self._is_right(top, q), q.answerable == "no") for top, q in tops]
        candidates = sorted({0.0, *(score for score, _, _ in worth)})
        self.threshold = max(
            candidates, key=lambda t: (sum(right if score >= t else no for score, right, no in worth), -t)
        )

    def _is_right(self, top: list[tuple[float, int]], question: EvalQuestion) -> bool:
        return question.answerable == "yes" and bool(top) and facts_found(self._chunks[top[0][1]].text, question) == 1


def plain_chunks(folder: Path) -> list[Chunk]:
    """The folder's files as LangChain's recipe reads and cuts them."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS)
    pages = [page for path in sorted(folder.rglob("*")) if path.is_file() for page in _plain_pages(path, folder)]
    return [Chunk(file, page, text) for file, page, whole in pages for text in splitter.split_text(whole)]


def _plain_pages(path: Path, folder: Path) -> list[tuple[str, int, str]]:
    file = path.name  # as the labels and the archive name it
    readers: dict[str, Callable[[Path], list[str]]] = {".pdf": _pdf_pages, ".docx": _docx_text}
    plain = path.suffix.lower() in (".txt", ".md", ".html")
    reader = readers.get(path.suffix.lower()) or (_text if plain else None)
    return [(file, number, text) for number, text in enumerate(reader(path), 1)] if reader else []


def _pdf_pages(path: Path) -> list[str]:
    from langchain_community.document_loaders import PyPDFLoader

    return [document.page_content for document in PyPDFLoader(str(path)).load()]


def _docx_text(path: Path) -> list[str]:
    import docx

    return ["\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)]


def _text(path: Path) -> list[str]:
    return [path.read_text(encoding="utf-8", errors="replace")]


def _as_embeddings(embedder: Embedder) -> Any:
    from langchain_core.embeddings import Embeddings

    class Wrapped(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in vector] for vector in embedder.embed_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in embedder.embed_query(text)]

    return Wrapped()


def _first_passage(found: list[tuple[str, int, str]], question: str) -> dict[str, Any]:
    if not found:
        return _refusal()
    file, page, text = found[0]
    return {
        "question": question,
        "status": "answered",
        "sentences": [{"text": text, "kind": "claim", "citations": [1]}],
        "citations": [{"number": 1, "file": file, "page": page, "quote": text}],
    }


def _refusal() -> dict[str, Any]:
    return {"status": "not_found", "sentences": [], "citations": []}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def timed(system: System, question: EvalQuestion) -> dict[str, Any]:
    """The system's answer with the seconds it took."""
    begun = time.perf_counter()
    answer = dict(system.answer(question))
    answer["seconds"] = time.perf_counter() - begun
    return answer


def quotes_off_page(answer: Mapping[str, Any], pages: PageTexts) -> int:
    """How many of the answer's quotes do not stand on the page they name (as read, whole tokens)."""
    return sum(
        not contains(pages.get((citation["file"], citation["page"]), ""), citation["quote"].strip(" .«»"))
        for citation in answer["citations"]
    )
