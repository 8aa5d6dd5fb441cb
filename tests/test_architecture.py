"""The house: which room may import which, where each engine lives, and what a question must not load."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("corpus", "ingest", "assistant", "evals", "ui", "tests")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "ingest": {"ingest", "corpus"},
    "assistant": {"assistant", "corpus"},
    "evals": {"evals", "assistant", "ingest", "corpus"},
    "ui": {"ui", "evals", "assistant", "ingest", "corpus"},
}
# Each engine's one home. The peers in evals/, the maker of the samples and the tests are exempt.
HOMES = {
    "chromadb": {"corpus/vectors.py", "corpus/generations.py"},
    "tantivy": {"corpus/lexical.py"},
    "tesserocr": {"ingest/ocr.py"},
    "pytesseract": set(),
    "pypdfium2": {"ingest/pdf.py", "ingest/read.py"},
    "hunspell": {"corpus/swedish/hunspell.py"},
    "sentence_transformers": {"corpus/embedding.py"},
    "langchain": {"assistant/generate.py", "assistant/langchain_adapter.py"},
    "langchain_core": {"assistant/generate.py", "assistant/langchain_adapter.py"},
}


def _modules(room: str) -> list[Path]:
    return [p for p in sorted((ROOT / room).rglob("*.py")) if "corpus/samples/" not in p.as_posix()]


def _imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules(room)
        for name in _imports(path)
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in MAY_IMPORT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["corpus", "ingest", "assistant", "ui"])
def test_each_engine_is_imported_in_one_place(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules(room)
        for name in _imports(path)
        if path.relative_to(ROOT).as_posix() not in HOMES.get(name.split(".")[0], {path.relative_to(ROOT).as_posix()})
    ]
    assert wrong == []


@pytest.mark.parametrize("engine", ["chromadb", "pypdfium2"])
def test_an_engine_has_only_one_home(engine: str) -> None:
    homes = {
        path.relative_to(ROOT).as_posix()
        for room in ("corpus", "ingest", "assistant", "ui")
        for path in _modules(room)
        if any(name.split(".")[0] == engine for name in _imports(path))
    }
    assert len(homes) == 1


@pytest.mark.parametrize("room", ["corpus", "ingest", "assistant", "evals"])
def test_streamlit_stays_in_the_web_face(room: str) -> None:
    assert [p for p in _modules(room) if any(n.split(".")[0] == "streamlit" for n in _imports(p))] == []


def test_no_module_trusts_remote_code() -> None:
    wrong = [p for room in ROOMS for p in _modules(room) if "trust_remote_code=True" in p.read_text(encoding="utf-8")]
    assert [p for p in wrong if p.name != Path(__file__).name] == []


def test_every_module_opens_with_its_one_job() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for room in MAY_IMPORT
        for path in _modules(room)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_broad_excepts_stand_only_at_the_three_gates() -> None:
    """One file in a batch, the command line, the web face (and the child process that works jobs)."""
    gates = {"ingest/pipeline.py", "ui/cli.py", "ui/errors.py", "ui/jobs.py", "ui/app.py"}
    found = {
        path.relative_to(ROOT).as_posix()
        for room in MAY_IMPORT
        for path in _modules(room)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    }
    assert found <= gates
