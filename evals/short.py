"""The short form of the evals: the text documents of the samples and the questions that they answer, in seconds."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.archive import Archive
from corpus.settings import Settings
from evals.answers import figures
from evals.questions import EvalQuestion, PageTexts, load
from evals.scores import right_page, verdict
from evals.systems import Ours
from evals.truth import DOCUMENTS, load_truth
from ingest.pipeline import ingest

FLOORS = Path(__file__).parent / "floors_short.json"
# Forms that are read without OCR or repair: the whole short form takes seconds.
TEXT_FORMS = ("text_pdf", "docx", "pptx", "md", "txt")
BETTER = {"rätt": True, "fel": False, "obesvarbara avböjda": True, "rätt sida": True, "citat utanför sidan": False}


def short_archive(folder: Path) -> Archive:
    """An archive in `folder` of the samples' text documents."""
    files = folder / "filer"
    for truth in load_truth().values():
        if truth["form"] in TEXT_FORMS:
            source = DOCUMENTS / truth["folder"] / truth["file"]
            (files / truth["folder"]).mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, files / truth["folder"])
    archive = Archive.open(folder / "arkiv", create=True)
    ingest([files], archive, settings=Settings())
    return archive


def short_questions() -> list[EvalQuestion]:
    """The hold questions whose every source is a text document, and those that nothing answers."""
    held = {file for file, truth in load_truth().items() if truth["form"] in TEXT_FORMS}
    return [q for q in load("hold") if all(source.file in held for source in q.sources)]


def short_figures(
    answers: Sequence[Mapping[str, Any]], questions: Sequence[EvalQuestion], pages: PageTexts
) -> dict[str, float]:
    """The figures of BETTER; shares 0-1."""
    found = figures(answers, questions, [verdict(a, q) for a, q in zip(answers, questions, strict=True)], pages)
    hits = [hit for a, q in zip(answers, questions, strict=True) if (hit := right_page(a, q)) is not None]
    return {
        "rätt": found["right"]["mean"],
        "fel": found["wrong"]["mean"],
        "obesvarbara avböjda": found["unanswerable_refused"]["mean"],
        "rätt sida": sum(hits) / len(hits) if hits else 0.0,
        "citat utanför sidan": float(found["quotes_off_page"]),
    }


def short_answers(archive: Archive, questions: Sequence[EvalQuestion]) -> list[Mapping[str, Any]]:
    """Our answers to the questions, in the JSON of `motesminne ask`."""
    system = Ours(archive)
    return [system.answer(question) for question in questions]
