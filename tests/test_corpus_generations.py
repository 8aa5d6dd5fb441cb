"""Chroma's generations: as good as exact search on questions before they answer, told at each build."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from corpus import generations
from corpus.archive import Archive
from corpus.records import Scope
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
        near = generations.search(archive._store, found, vectors, query, 20)
        exact = archive.search_dense(Scope(), query, 20)
        floor = exact[-1].score - 1e-3
        assert sum(hit.score >= floor for hit in near) >= 19


def test_small_archives_build_none(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", create=True) as archive:
        with archive.writing() as writer:
            writer.add(*make("ett.txt", ["Nätverket höjde avgiften."]))
            writer.finish()
        assert not list((tmp_path / "a" / "index").glob("chroma-*"))
