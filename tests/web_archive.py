"""What the web face's tests stand on: an archive read from a few documents, and the pages run as the app runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.archive import Archive
from corpus.settings import Settings
from ingest.pipeline import ingest
from tests.conftest import ROOT

SAMPLES = ROOT / "corpus/samples/documents"
PAGES = sorted(path for path in (ROOT / "ui/pages").glob("*.py") if path.name != "__init__.py")
# Every way in for a script: a tag, an attribute, a Markdown link and image, a direction override, a formula.
PAYLOAD = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://example.com/y.png) \u202egnp.exe =1+1"
NOTES = f"""Minnesanteckningar Läsnätverket

Datum: den 12 mars 2024
Plats: Granfors
Närvarande: Karin Berg, Alby; Lars Ek, Öby
Frånvarande: Per Lund, Sundet

1. Läslyftet
Nätverket beslutade att läslyftet får 40 000 kronor under 2024.
Karin Berg bokar lokal till den 2 maj 2024.

2. {PAYLOAD}
Gruppen tog upp {PAYLOAD} och gick vidare.

Nästa möte är den 14 maj 2024 kl. 13.00 i Sundet.
"""
DOCUMENTS = (
    "Skolchefsgruppen/2025/Protokoll skolchefsgruppen 2025-02-06.pdf",
    "Skolchefsgruppen/2024/UTKAST protokoll 2024-04-17.docx",
)


def fill(folder: Path, work: Path) -> None:
    """Read two samples and one note full of payloads into the archive at `folder`."""
    note = work / "Läsnätverket <img src=x onerror=alert(2)> 12 mars 2024.txt"
    note.write_text(NOTES, encoding="utf-8")
    settings = Settings(archive=folder, workers=1)
    with Archive.open(folder, create=True, settings=settings) as archive:
        report = ingest([*(SAMPLES / name for name in DOCUMENTS), note], archive, settings=settings)
    assert [file.status for file in report.files] == ["added"] * 3


@pytest.fixture(scope="session")
def web_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arkiv")
    fill(folder, tmp_path_factory.mktemp("filer"))
    return folder


@pytest.fixture
def in_archive(web_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The settings name the filled archive."""
    monkeypatch.setenv("MOTESMINNE_ARCHIVE", str(web_archive))
    yield web_archive


@pytest.fixture
def in_empty_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MOTESMINNE_ARCHIVE", str(tmp_path / "tomt"))
    yield tmp_path / "tomt"


def open_page(name: str, **parameters: str) -> AppTest:
    """The page run alone, with these parameters in its address."""
    test = AppTest.from_file(str(ROOT / f"ui/pages/{name}.py"), default_timeout=30)
    for key, value in parameters.items():
        test.query_params[key] = value
    return test.run()


def has_no_trace(test: AppTest) -> bool:
    """No exception reached the page."""
    return not test.exception


os.environ.setdefault("OMP_THREAD_LIMIT", "1")
