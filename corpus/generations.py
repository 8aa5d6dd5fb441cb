"""Chroma generations: ids and vectors in a new folder, built and probed in a child process, current by a pointer."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from corpus import ledger
from corpus.ledger import passages
from corpus.records import Hit
from corpus.store import Store
from corpus.vectors import joined, nearest

log = logging.getLogger(__name__)
# Below this, exact search over the mapped file is as fast as Chroma and always right (10 000 x 512: under 2 ms).
BUILD_FROM_PASSAGES = 20_000
# A generation is built anew when this share of it is newer or gone: the tail is searched exactly until then.
STALE_SHARE = 0.25
BATCH = 200  # Chroma's own advice is 50-250; throughput is flat from 150
EF_STEPS = (100, 200, 400, 800, 1600)
MIN_MEAN_RECALL, MIN_WORST_RECALL = 0.99, 0.95
PROBES = 50
QUESTION_WORDS = 7  # the median length of the tune questions
BUILD_TIMEOUT_S = 3_600
POINTER = "generation"


def build_if_due(store: Store) -> None:
    """Build a generation where the archive is large and the current one is old; a failed probe changes nothing."""
    with store.reading() as connection:
        held = connection.execute(select(func.count()).select_from(passages)).scalar() or 0
        slots = int(ledger.value(connection, "next_slot") or 0)
        pointer = json.loads(ledger.value(connection, POINTER) or "{}")
    if held < BUILD_FROM_PASSAGES or slots - pointer.get("slots", 0) < STALE_SHARE * held and pointer:
        return
    build(store)


def build(store: Store) -> dict[str, Any] | None:
    """Build and probe in a child; the pointer moves only when recall is good. Gives what was measured."""
    with store.reading() as connection:
        slots = int(ledger.value(connection, "next_slot") or 0)
        rows = connection.execute(select(passages.c.slot, passages.c.passage_id).order_by(passages.c.slot)).all()
        vectors = store.vectors(connection)
        number = int(json.loads(ledger.value(connection, POINTER) or "{}").get("number", 0)) + 1
    name = f"chroma-{number}"
    folder = store.index / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    places = [row.slot for row in rows]
    np.save(folder / "vektorer.npy", np.ascontiguousarray(vectors[places]))
    np.save(folder / "fragor.npy", _questions(store, [row.passage_id for row in rows]))
    (folder / "id.json").write_text(json.dumps([row.passage_id for row in rows]), encoding="utf-8")
    probe = _in_child(folder)
    for left in ("vektorer.npy", "id.json", "fragor.npy"):
        (folder / left).unlink(missing_ok=True)
    if probe is None:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    log.info("generation %s: recall@20 mean %.3f, worst %.3f, ef %d", name, probe["mean"], probe["worst"], probe["ef"])
    good = probe["mean"] >= MIN_MEAN_RECALL and probe["worst"] >= MIN_WORST_RECALL
    with store.writing() as connection:
        made_of = {"embedder": store.embedder.identity, "build": ledger.value(connection, "build")}
        pointer = {"folder": name, "slots": slots, "number": number, "good": good, **made_of, **probe}
        ledger.set_value(connection, POINTER, json.dumps(pointer))
        ledger.bump_revision(connection)
    for old in store.index.glob("chroma-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return pointer


def _questions(store: Store, ids: list[str]) -> np.ndarray:
    """Vectors of questions as people ask them of these passages: some words of one, in the question's own form."""
    generator = np.random.default_rng(1)
    asked = []
    with store.reading() as connection:
        for n in generator.choice(len(ids), size=min(PROBES, len(ids)), replace=False):
            text = connection.execute(select(passages.c.text).where(passages.c.passage_id == ids[int(n)])).scalar()
            words = str(text or "").split()
            start = int(generator.integers(0, max(len(words) - QUESTION_WORDS, 1)))
            asked.append(f"Vad sägs om {' '.join(words[start : start + QUESTION_WORDS])}?")
    return np.stack([store.embedder.embed_query(text) for text in asked])


def _in_child(folder: Path) -> dict[str, Any] | None:
    """What the child measured; None when it died or took too long (Chroma can end a process by a segfault)."""
    command = [sys.executable, "-m", "corpus.generations", str(folder)]
    root = Path(__file__).resolve().parent.parent
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=BUILD_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        log.warning("generation %s: out of time", folder.name)
        return None
    if done.returncode:
        log.warning("generation %s: the child ended with %d", folder.name, done.returncode)
        return None
    return dict(json.loads((folder / "prov.json").read_text(encoding="utf-8")))


def current(store: Store, connection: Connection) -> dict[str, Any] | None:
    """The pointer of the generation that may answer: good when probed, of this embedder and of these slots."""
    pointer = json.loads(ledger.value(connection, POINTER) or "{}")
    made_of = (store.embedder.identity, ledger.value(connection, "build"))
    fits = pointer.get("good") and (pointer.get("embedder"), pointer.get("build")) == made_of
    return pointer if fits and (store.index / pointer["folder"]).is_dir() else None


def search(store: Store, pointer: dict[str, Any], vectors: np.ndarray, query: np.ndarray, limit: int) -> list[Hit]:
    """Chroma's nearest of the generation with the exact nearest of what came after it. Removed ids may be among
    them: the caller asks the ledger."""
    found = _asked(store.index / pointer["folder"], query, limit)
    pairs = zip(found["ids"][0], found["distances"][0], strict=True)
    hits = [Hit(passage_id=one, score=1 - float(distance)) for one, distance in pairs]
    tail = [(pointer["slots"], len(vectors) - pointer["slots"])]
    slots, scores = nearest(vectors, query, limit, joined(tail))
    with store.reading() as connection:
        query_ids = select(passages.c.slot, passages.c.passage_id).where(passages.c.slot.in_(slots.tolist()))
        ids = {row.slot: row.passage_id for row in connection.execute(query_ids)}
    newer = [Hit(passage_id=ids[s], score=float(x)) for s, x in zip(slots.tolist(), scores, strict=True) if s in ids]
    return sorted([*hits, *newer], key=lambda hit: -hit.score)[:limit]


def _asked(folder: Path, query: np.ndarray, limit: int) -> Any:
    from chromadb.errors import ChromaError

    try:
        return opened(folder).query(query_embeddings=[query.tolist()], n_results=limit, include=["distances"])
    except ChromaError as error:
        raise RuntimeError("Chroma does not answer") from error


@lru_cache(maxsize=1)
def opened(folder: Path) -> Any:
    """The collection of a generation, opened once in this process."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return client.get_collection("avsnitt", embedding_function=None)


def _build(folder: Path) -> None:
    import chromadb
    from chromadb.config import Settings

    vectors = np.load(folder / "vektorer.npy", mmap_mode="r")
    ids = json.loads((folder / "id.json").read_text(encoding="utf-8"))
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    shape: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": EF_STEPS[0]}}
    collection = client.create_collection("avsnitt", configuration=shape, embedding_function=None)
    for start in range(0, len(ids), BATCH):
        collection.add(ids=ids[start : start + BATCH], embeddings=vectors[start : start + BATCH])
    if collection.count() != len(ids):
        raise RuntimeError("the generation does not hold what was put in")
    (folder / "prov.json").write_text(
        json.dumps(_probe(collection, ids, vectors, np.load(folder / "fragor.npy"))), encoding="utf-8"
    )


def _probe(collection: Any, ids: list[str], vectors: np.ndarray, questions: np.ndarray) -> dict[str, Any]:
    """Recall@20 against exact search at the lowest ef_search that is good enough.

    Asked are questions, and mixtures of two passages, as a question shares some words with several.
    """
    pick = np.random.default_rng(1).choice(len(ids), size=(min(PROBES, len(ids)), 2))
    asked = [*questions, *(vectors[a] + vectors[b] for a, b in pick)]
    measured: dict[str, Any] = {}
    for ef in EF_STEPS:
        collection.modify(configuration={"hnsw": {"ef_search": ef}})
        recalls = [_recall(collection, ids, vectors, question) for question in asked]
        measured = {"ef": ef, "mean": float(np.mean(recalls)), "worst": float(min(recalls))}
        if measured["mean"] >= MIN_MEAN_RECALL and measured["worst"] >= MIN_WORST_RECALL:
            break
    return measured


def _recall(collection: Any, ids: list[str], vectors: np.ndarray, query: np.ndarray) -> float:
    limit = min(20, len(ids))
    found = collection.query(query_embeddings=[query.tolist()], n_results=limit, include=["distances"])["ids"][0]
    slots, scores = nearest(vectors, query, limit, [(0, len(ids))])
    # Equal scores at the edge may be taken in any order: as good as the last exact one counts as found.
    place = {one: i for i, one in enumerate(ids)}
    floor = float(scores[-1]) - 1e-5
    return sum(float(vectors[place[one]] @ query) >= floor for one in found) / limit


if __name__ == "__main__":
    _build(Path(sys.argv[1]))
