"""Chroma's generations: as good as exact search on questions before they answer, told at each build."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import generations
from corpus.archive import Archive
from corpus.records import Filter, Scope
from corpus.vectors import nearest
from tests.archive_records import make

MATTERS = "avgift buss mobil prov lov skjuts betyg praktik lokal budget närvaro kurs mat".split()


def test_a_generation_is_as_good_as_exact_search_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Archive.open(tmp_path / "a", create=True) as archive:
        with archive.writing() as writer:
            for n, matter in enumerate(MATTERS):
                texts = [f"Nätverket talade om {matter} och {other} vid möte {n}." for other in MATTERS]
                writer.add(*make(f"{matter}.txt", texts))
            writer.finish()
        with caplog.at_level(logging.INFO, logger="corpus.generations"):
            found = generations.build(archive._store)
        assert found is not None and found["good"]
        assert found["mean"] >= generations.MIN_MEAN_RECALL and found["worst"] >= generations.MIN_WORST_RECALL
        assert "recall@20" in caplog.text
        query = archive.embedder.embed_query("Vad sades om betyg och skjuts?")
        with archive._store.reading() as connection:
            vectors = np.asarray(archive._store.vectors(connection))
        _, scores = nearest(vectors, query, 20, [(0, len(vectors))])
        near = archive.search_dense(Scope(), query, 20)
        assert sum(hit.score >= float(scores[-1]) - 1e-3 for hit in near) >= 19


def test_the_generation_answers_until_it_fails_and_then_exact_search_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "a", create=True) as archive:
        with archive.writing() as writer:
            for matter in MATTERS:
                writer.add(*make(f"{matter}.txt", [f"Nätverket talade om {matter}.", f"Sedan avslutades {matter}."]))
            writer.finish()
        query = archive.embedder.embed_query("Vad sades om betyg?")
        exact = archive.search_dense(Scope(), query, 3)
        assert generations.build(archive._store)
        asked: list[str] = []
        ask = generations.search
        monkeypatch.setattr(generations, "search", lambda *given: asked.append("chroma") or ask(*given))
        assert archive.search_dense(Scope(), query, 3)[0].passage_id == exact[0].passage_id
        assert asked == ["chroma"]
        archive.search_dense(Scope(), query, 3, Filter(bodies=("Nätverket",)))
        assert asked == ["chroma"]  # a filter is exact
        monkeypatch.setattr(generations, "opened", _gone)
        assert [hit.passage_id for hit in archive.search_dense(Scope(), query, 3)] == [hit.passage_id for hit in exact]
        assert "does not answer" in caplog.text
        archive.rebuild()  # the slots are others now: the generation is gone with them
        assert archive.search_dense(Scope(), query, 3)[0].passage_id == exact[0].passage_id


def _gone(_: Path) -> Any:
    from chromadb.errors import NotFoundError

    raise NotFoundError("borta")


def test_small_archives_build_none(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", create=True) as archive:
        with archive.writing() as writer:
            writer.add(*make("ett.txt", ["Nätverket höjde avgiften."]))
            writer.finish()
        assert not list((tmp_path / "a" / "index").glob("chroma-*"))
