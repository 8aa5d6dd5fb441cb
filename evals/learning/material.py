"""What may be learnt from: the samples' tune and fresh questions, and the networks of `evals/networks`, each an archive of its own.

The networks were written by other hands, in house styles of their own. A choice that holds on a network it never saw is
about the language; one that holds only on the samples is about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.archive import Archive
from corpus.settings import Settings
from evals.questions import EvalQuestion, load
from evals.truth import DOCUMENTS
from ingest.pipeline import ingest

NETWORKS = Path(__file__).resolve().parent.parent / "networks"
ARCHIVES = Path(".cache") / "lärande"
SAMPLES = "exempel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An archive with questions whose answers are known; `name` is SAMPLES or the network's folder."""

    name: str
    archive: Archive
    questions: tuple[EvalQuestion, ...]


@contextmanager
def labelled(tick: Callable[[str], None] = lambda _: None) -> Iterator[tuple[Labelled, ...]]:
    """All that may be learnt from, read and kept in `.cache`; brought up to date with the code that reads."""
    with ExitStack() as held:
        yield tuple(_opened(held, name, documents, questions, tick) for name, documents, questions in _sets())


def _sets() -> list[tuple[str, Path, tuple[str, ...]]]:
    networks = sorted(path.parent for path in NETWORKS.glob("*/questions.jsonl"))
    return [
        (SAMPLES, DOCUMENTS, ("tune", "fresh")),
        *((one.name, one / "documents", (str(one / "questions.jsonl"),)) for one in networks),
    ]


def _opened(
    held: ExitStack, name: str, documents: Path, questions: tuple[str, ...], tick: Callable[[str], None]
) -> Labelled:
    ARCHIVES.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    archive = held.enter_context(Archive.open(ARCHIVES / name, create=True, settings=settings))
    ingest([documents], archive, settings=settings, progress=lambda _: tick(name))
    return Labelled(name=name, archive=archive, questions=tuple(one for name in questions for one in load(name)))
