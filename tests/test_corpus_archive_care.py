"""Care of the archive: removal leaves no byte, a copy comes back whole, torn files are mended, kills cost nothing."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus import generations, ledger
from corpus.archive import Archive
from corpus.errors import ArchivePlaceError, DiskFullError
from corpus.ledger import disk_full, is_disk_full
from corpus.place import check_place, mount_kind
from corpus.records import Conversation, QueryTerm, SavedAnswer, Scope
from corpus.swedish.analysis import analyse
from tests.archive_records import LETTERS, HashEmbedder, make
from tests.conftest import ROOT

ALL = Scope()


def filled(folder: Path, count: int = 3) -> Archive:
    archive = Archive.open(folder, embedder=HashEmbedder(), create=True)
    with archive.writing() as writer:
        for i in range(count):
            file = folder.parent / f"{i}.txt"
            file.write_text(f"fil{i}", encoding="utf-8")
            source, read = make(f"{i}.txt", [f"Zebraord{i}abc beslutades om stöd.", f"Avsnitt nummer{i} om frånvaro."])
            writer.store_original(file)
            writer.add(source, read)
    return archive


def holds(folder: Path, needle: bytes) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if needle.lower() in path.read_bytes().lower()]


def test_removed_text_is_gone_from_every_file(tmp_path: Path) -> None:
    archive = filled(tmp_path / "arkiv")
    document = archive.find_document(ALL, "1.txt")
    assert holds(archive.folder, b"zebraord1abc")
    vector = archive.embedder.embed_query("x").dtype
    assert vector == np.float32
    archive.remove(document.document_id)
    archive.close()
    assert holds(tmp_path / "arkiv", b"zebraord1abc") == []
    assert holds(tmp_path / "arkiv", document.document_id.encode()) == []
    assert holds(tmp_path / "arkiv", b"zebraord2abc")
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder()) as again:
        hits = again.search_dense(ALL, again.embedder.embed_query("Avsnitt nummer2 om frånvaro."), 2)
        assert "nummer2" in again.passages(ALL, [hits[0].passage_id])[0].text


def test_a_saved_answer_tells_that_its_source_was_removed(tmp_path: Path) -> None:
    from datetime import datetime, timedelta

    archive = filled(tmp_path / "arkiv")
    document = archive.find_document(ALL, "1.txt")
    answer = (
        '{"text": "Zebraord1abc [1]", "sentences": [{"text": "Zebraord1abc [1]", "kind": "claim", "citations": [1]}, '
        '{"text": "Annat [2]", "kind": "claim", "citations": [2]}], "citations": [{"number": 1, "file": "1.txt", '
        '"quote": "Zebraord1abc"}, {"number": 2, "file": "2.txt", "quote": "Annat"}]}'
    )
    turn = SavedAnswer(turn=0, question="Vad?", answer=answer, document_ids=(document.document_id,))
    now = datetime.now()
    archive.save_conversation(
        Conversation(conversation_id="c", title="t", created=now, expires=now + timedelta(days=9), turns=(turn,))
    )
    archive.remove(document.document_id)
    kept = archive.conversation("c").turns[0].answer
    assert "Källan är borttagen" in kept and "Zebraord1abc" not in kept and "Annat [2]" in kept


def test_a_copy_comes_back_with_all_that_was_in(tmp_path: Path) -> None:
    archive = filled(tmp_path / "arkiv")
    archive.backup(tmp_path / "kopia.zip")
    Archive.restore(tmp_path / "kopia.zip", tmp_path / "ny", HashEmbedder())
    with Archive.open(tmp_path / "ny", embedder=HashEmbedder()) as again:
        assert again.documents(ALL) == archive.documents(ALL)
        assert list(again.all_passages(ALL)) == list(archive.all_passages(ALL))
    with pytest.raises(ArchivePlaceError, match="inte tom"):
        Archive.restore(tmp_path / "kopia.zip", tmp_path / "ny", HashEmbedder())


def test_a_torn_vector_file_is_told_answered_round_and_mended(tmp_path: Path) -> None:
    archive = filled(tmp_path / "arkiv")
    file = next((tmp_path / "arkiv" / "index").glob("*.f32"))
    file.write_bytes(file.read_bytes()[:100])
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder()) as again:
        assert any("Vektorfilen" in problem.what for problem in again.check())
        assert len(again.search_dense(ALL, again.embedder.embed_query("stöd"), 9)) == 6
        again.rebuild()
        assert not any("Vektorfilen" in problem.what for problem in again.check())
    archive.close()


def test_a_generation_finds_what_exact_search_finds(tmp_path: Path) -> None:
    archive = filled(tmp_path / "arkiv", 30)
    pointer = generations.build(archive._store)
    assert pointer is not None and pointer["mean"] >= 0.99
    with archive._store.reading() as connection:
        rows = archive._store.vectors(connection)
    query = archive.embedder.embed_query("Avsnitt nummer7 om frånvaro.")
    found = generations.search(archive._store, pointer, rows, query, 5)
    assert found[0].passage_id == archive.search_dense(ALL, query, 5)[0].passage_id
    archive.close()


@pytest.mark.parametrize(
    ("kind", "mounts"), [("nfs4", "dev / ext4\nx /data nfs4"), ("ext4", "x /data nfs4\nd / ext4\nd /data/l ext4")]
)
def test_the_innermost_mount_decides(kind: str, mounts: str) -> None:
    assert mount_kind(Path("/data/l/arkiv"), mounts) == kind


def test_a_synchronised_folder_is_refused_with_advice(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Kommunen" / "arkiv"
    with pytest.raises(ArchivePlaceError, match="synkroniserad mapp"):
        check_place(folder)


def test_a_full_disk_is_told_and_what_was_in_stays(tmp_path: Path) -> None:
    archive = filled(tmp_path / "arkiv", 1)
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom corpus.archive import Archive\n"
        "from corpus.errors import DiskFullError\nfrom tests.archive_records import HashEmbedder, make\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "archive = Archive.open(Path(sys.argv[1]), embedder=HashEmbedder())\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n    with archive.writing() as writer:\n"
        "        for i in range(2000):\n            writer.add(*make(f'{i}.x', [f'ord{i} ' * 300]))\n"
        "except DiskFullError:\n    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(archive.folder)], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 7, done.stderr.decode()[-600:]
    assert archive.find_document(ALL, "0.txt").names == ("0.txt",)
    archive.close()


def test_the_disk_full_error_says_what_to_do() -> None:
    assert is_disk_full(OSError(28, "No space left"))
    with pytest.raises(DiskFullError, match="Frigör plats"):
        raise disk_full("x")


KILLED = (
    "import sys\nfrom pathlib import Path\nfrom corpus.archive import Archive\n"
    "from tests.archive_records import LETTERS, HashEmbedder, make\n"
    "archive = Archive.open(Path(sys.argv[1]), embedder=HashEmbedder(), create=True)\n"
    "with archive.writing() as writer:\n"
    "    for i in range(10_000):\n"
    "        name = f'{sys.argv[2]}x{i}'.translate(LETTERS)\n"
    "        writer.add(*make(name, [f'Unikt{name} beslutades.', f'Andra avsnittet {name}.']))\n"
    "        print(name, flush=True)\n"
)


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing_acknowledged(tmp_path: Path) -> None:
    chance, acknowledged = random.Random(7), []
    for run in range(25):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path / "arkiv"), f"r{run}"], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.random())
        child.send_signal(signal.SIGKILL)
        acknowledged += [f"r{run}x0".translate(LETTERS), *child.stdout.read().decode().split()]
        child.wait()
        child.stdout.close()
    with Archive.open(tmp_path / "arkiv", embedder=HashEmbedder()) as archive:
        assert [p for p in archive.check() if p.what != "Originalet saknas"] == []
        names = {name for document in archive.documents(ALL) for name in document.names}
        assert set(acknowledged) <= names
        assert all(len(archive.passages_of(ALL, d.document_id)) == 2 for d in archive.documents(ALL))
        for name in acknowledged:
            vector = archive.embedder.embed_query(f"Nätverket\n§ 1\nUnikt{name} beslutades.")
            found = archive.passages(ALL, [hit.passage_id for hit in archive.search_dense(ALL, vector, 20)])
            assert any(name in passage.text for passage in found)
            terms = [QueryTerm(text=t, field="body", weight=1.0) for t in analyse(f"Unikt{name}").terms]
            hits = archive.search_lexical(ALL, terms, 3)
            assert hits and name in archive.passages(ALL, [hits[0].passage_id])[0].text


def test_an_index_of_an_older_version_is_made_anew_when_opened(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    archive = filled(folder, 3)
    with archive._store.writing() as connection:
        before = ledger.value(connection, "lexical_folder") or "ord-1"
        ledger.set_value(connection, "lexical_version", "0:gammal")
    archive.close()
    shutil.rmtree(folder / "index" / before)
    with Archive.open(folder, embedder=HashEmbedder()) as again:
        terms = [QueryTerm(text=t, field="body", weight=1.0) for t in analyse("nummer1").terms]
        assert again.search_lexical(ALL, terms, 3)
        assert again.check() == [p for p in again.check() if p.what == "Originalet saknas"]
