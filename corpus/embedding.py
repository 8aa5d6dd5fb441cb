"""Text to vectors: the `Embedder` protocol, the embedded default that needs no model, and sentence-transformers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailableError
from corpus.records import Passage
from corpus.swedish import analysis, lexicon, thesaurus

Vectors = NDArray[np.float32]

DIMENSIONS = 1024
# Weights of the features beside the lemma's 1: learnt on the tune questions (docs/search.md).
PART_WEIGHT = 0.6
CONCEPT_WEIGHT = 1.0
GRAM_WEIGHT = 0.5
BATCH = 32


class Embedder(Protocol):
    """Makes vectors of one length. `identity` changes whenever the same text would give another vector."""

    @property
    def identity(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised float32 row per text."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """One L2-normalised float32 vector."""
        ...


class Reranker(Protocol):
    """Scores passages against a question; higher is better."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]: ...


def passage_text(passage: Passage) -> str:
    """What is embedded of a passage: its heading path, then its text."""
    return "\n".join((*passage.heading, passage.text))


def load_embedder(name: str) -> Embedder:
    """ "embedded", or a sentence-transformers model by hub name or folder.

    Raises ModelUnavailableError with the one command or step that would help.
    """
    return EmbeddedEmbedder() if name == "embedded" else SentenceEmbedder(name)


def load_reranker(name: str) -> Reranker | None:
    """A cross-encoder by hub name or folder; None for "none"."""
    return None if name in ("", "none") else CrossEncoderReranker(name)


class EmbeddedEmbedder:
    """Signed feature hashing of lemmas, compound parts, folded 4-grams and thesaurus concepts; no state, no model.

    Hashing: Weinberger et al. 2009 (arXiv 0902.2206). Static weights come from general word frequencies, so that a
    vector never depends on what else is in the archive.
    """

    def __init__(self) -> None:
        self._concepts = thesaurus.load()
        self.dimensions = DIMENSIONS
        tables = "|".join((analysis.VERSION, self._concepts.digest, str((PART_WEIGHT, CONCEPT_WEIGHT, GRAM_WEIGHT))))
        self.identity = f"embedded-{DIMENSIONS}-{hashlib.sha256(tables.encode()).hexdigest()[:12]}"
        self._features = lru_cache(maxsize=analysis.CACHED_WORDS)(_word_features)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.stack([self._embed(text, question=False) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        return self._embed(text, question=True)

    def _embed(self, text: str, *, question: bool) -> Vectors:
        pairs = list(analysis.tokens(text))
        words = [token for _, token in analysis.content_tokens(text)] if question else _matter_words(pairs)
        slots: list[NDArray[np.int64]] = []
        values: list[NDArray[np.float64]] = []
        for word, count in Counter(words).items():
            slot, value = self._features(word)
            slots.append(slot)
            values.append(value * np.sqrt(count))
        for concept, weight in self._concepts.concepts(thesaurus.in_sequence(pairs), idf).items():
            index, sign = _slot(f"c:{concept}")
            slots.append(np.array([index]))
            values.append(np.array([sign * CONCEPT_WEIGHT * weight]))
        if not slots:
            return np.zeros(DIMENSIONS, dtype=np.float32)
        summed = np.bincount(np.concatenate(slots), weights=np.concatenate(values), minlength=DIMENSIONS)
        return _normalised(summed.astype(np.float32))


def _matter_words(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [token for _, token in pairs if token not in analysis.STOP_WORDS]


def _word_features(word: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    terms = analysis.analyse_word(word)
    weights = {f"l:{analysis.fold(terms.lemma)}": idf(terms.lemma)}
    for part in terms.parts:
        feature = f"l:{analysis.fold(part)}"
        weights[feature] = weights.get(feature, 0.0) + PART_WEIGHT * idf(part)
    for gram in terms.grams:
        weights[f"g:{gram}"] = GRAM_WEIGHT * idf(terms.lemma)
    placed = [(*_slot(feature), weight) for feature, weight in weights.items()]
    return np.array([slot for slot, _, _ in placed]), np.array([sign * weight for _, sign, weight in placed])


def idf(lemma: str) -> float:
    """A static weight 0.1-1 from general frequency: 1 for the rarest, near 0.1 for the commonest words."""
    zipf = np.log10(max(lexicon.frequency(lemma), 1e-3)) + 3
    return float(np.clip((7.0 - zipf) / 5.0, 0.1, 1.0))


def _slot(feature: str) -> tuple[int, float]:
    number = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "little")
    return (number >> 1) % DIMENSIONS, 1.0 if number & 1 else -1.0


def _normalised(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


# How models want questions and passages marked, by a piece of their name. From the models' own cards.
PROMPTS: tuple[tuple[str, str, str], ...] = (
    ("e5-mistral", "Instruct: Given a question, retrieve passages that answer it\nQuery: ", ""),
    ("multilingual-e5-large-instruct", "Instruct: Given a question, retrieve passages that answer it\nQuery: ", ""),
    ("e5", "query: ", "passage: "),
    ("arctic-embed", "query: ", ""),
    ("qwen3-embedding", "Instruct: Given a question, retrieve passages that answer it\nQuery:", ""),
    ("f2llm", "Instruct: Given a question, retrieve passages that can help answer the question.\nQuery: ", ""),
)


class SentenceEmbedder:
    """A sentence-transformers model from hub or folder with its prompts, batched and normalised."""

    def __init__(self, name: str) -> None:
        self._model: Any = _load_model(name, "SentenceTransformer")
        self._query_prompt, self._passage_prompt = _prompts(name, self._model)
        self.dimensions = int(self._model.get_sentence_embedding_dimension())
        marks = hashlib.sha256(f"{self._query_prompt}|{self._passage_prompt}".encode()).hexdigest()[:8]
        self.identity = f"{Path(name).name if Path(name).is_dir() else name}-{self.dimensions}-{marks}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._passage_prompt + text for text in texts])

    def embed_query(self, text: str) -> Vectors:
        row: Vectors = self._encode([self._query_prompt + text])[0]
        return row

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        rows = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(rows, dtype=np.float32)


class CrossEncoderReranker:
    """A cross-encoder that reads question and passage together."""

    def __init__(self, name: str) -> None:
        self._model: Any = _load_model(name, "CrossEncoder")

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        return [float(x) for x in self._model.predict([(question, text) for text in texts], show_progress_bar=False)]


def _prompts(name: str, model: Any) -> tuple[str, str]:
    own = {key: value for key, value in (getattr(model, "prompts", None) or {}).items() if value}
    if own.get("query"):
        return own["query"], own.get("passage") or own.get("document") or ""
    lowered = name.lower()
    return next(((query, passage) for part, query, passage in PROMPTS if part in lowered), ("", ""))


def _load_model(name: str, kind: str) -> Any:
    try:
        import sentence_transformers
    except ImportError as error:
        raise ModelUnavailableError(
            "Språkmodeller kräver tillägget models", name, 'Installera det med: pip install "motesminne[models]"'
        ) from error
    make: Callable[..., Any] = getattr(sentence_transformers, kind)
    try:
        return make(name, device="cpu")
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelUnavailableError(
            "Modellen går inte att läsa",
            name,
            "Kontrollera namnet och nätet, eller hämta modellen till en mapp och ange mappen.",
        ) from error
