"""`motesminne eval`: what is measured on which archive, printed, written as JSON and HTML, and held to the floors."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.records import Scope
from corpus.settings import Settings
from evals import gate, report
from evals.answers import score_systems
from evals.questions import FOLDER, EvalQuestion, PageTexts, load
from evals.sheet import digest
from evals.systems import Bm25, Ours, PlainRecipe, System, plain_chunks
from evals.truth import DOCUMENTS, TRUTH, load_truth
from ingest.pipeline import ingest

REPORTS = Path("rapporter")
SAMPLE_ARCHIVE = Path(".cache") / "eval-arkiv"
PARTS = ("search", "answers", "reading", "records", "speed")
Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure: parts of PARTS, a question set, and the archive with the folder its files came from.

    `documents` is None for an archive of the user's own whose folder is not named: then no peer is run.
    """

    parts: tuple[str, ...]
    questions: str = "hold"
    archive: Path | None = None
    documents: Path | None = None
    compare: Path | None = None
    settings: Settings = Settings()
    peers: bool = True


def run(plan: Plan, tick: Tick = lambda _: None) -> dict[str, Any]:
    """Measure what `plan` asks for; the report as one JSON object. Writes nothing."""
    documents = plan.documents or (DOCUMENTS if plan.archive is None else None)
    with _open(plan, tick) as archive:
        result = _header(plan, documents)
        questions = load(plan.questions) if {"search", "answers"} & set(plan.parts) else ()
        with tempfile.TemporaryDirectory() as store:
            peers = _peers(documents, archive, Path(store)) if plan.peers and documents and questions else []
            measures: Mapping[str, Callable[[], dict[str, Any]]] = {
                "search": lambda: _search(archive, questions, peers, tick),
                "answers": lambda: _answers(archive, questions, peers, plan.settings, tick),
                "reading": lambda: _reading(archive),
                "records": lambda: _records(archive),
                "speed": _speed,
            }
            for part in plan.parts:
                tick(part)
                result[part] = measures[part]()
    return result


def _open(plan: Plan, tick: Tick) -> Archive:
    """The archive asked for, or one of the samples that is kept between runs and brought up to date."""
    if plan.archive:
        return Archive.open(plan.archive, settings=plan.settings)
    SAMPLE_ARCHIVE.parent.mkdir(exist_ok=True)
    archive = Archive.open(SAMPLE_ARCHIVE, create=True, settings=plan.settings)
    ingest([DOCUMENTS], archive, settings=plan.settings, progress=lambda _: tick("läser exemplen"))
    return archive


def _header(plan: Plan, documents: Path | None) -> dict[str, Any]:
    packages = ("chromadb", "langchain-core", "tantivy", "tesserocr", "simplemma", "wordfreq")
    return {
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "set": plan.questions,
        "versions": {name: version(name) for name in ("motesminne", *packages)},
        "digests": digests(plan.questions, documents),
        "settings": {"embedder": plan.settings.embedder, "model": plan.settings.model},
    }


def digests(questions: str, documents: Path | None = DOCUMENTS) -> dict[str, str]:
    """What was measured, so that figures of other data are never compared: short digests of files and questions."""
    path = FOLDER / f"{questions}.jsonl" if questions in ("tune", "hold") else Path(questions)
    found = {"frågor": digest([path])} if path.is_file() else {}
    if documents and documents.is_dir():
        found["dokument"] = digest([p for p in documents.rglob("*") if p.is_file()])
    return found


def _peers(documents: Path, archive: Archive, store: Path) -> list[System]:
    recipe = PlainRecipe(documents, archive.embedder, store)
    bm25 = Bm25(plain_chunks(documents))
    bm25.learn_threshold(load("tune"))
    return [recipe, bm25]


def _search(archive: Archive, questions: Sequence[EvalQuestion], peers: Sequence[System], tick: Tick) -> dict[str, Any]:
    from evals.search import score_search

    return score_search(archive, questions, peers, tick)


def _answers(
    archive: Archive, questions: Sequence[EvalQuestion], peers: Sequence[System], settings: Settings, tick: Tick
) -> dict[str, Any]:
    systems: list[System] = [Ours(archive)]
    if settings.model != "none":
        systems.append(Ours(archive, f"Mötesminne med {settings.model}", Assistant(archive, settings)))
    return score_systems([*systems, *peers], questions, read_pages(archive), tick)


def read_pages(archive: Archive) -> PageTexts:
    """The text of each page as the archive holds it, by file name and page."""
    return {
        (name, number): text
        for document in archive.documents(Scope())
        for number, text in enumerate(archive.page_texts(Scope(), document.document_id), 1)
        for name in {*document.names, archive.file_name(Scope(), document.document_id)}
    }


def _reading(archive: Archive) -> dict[str, Any]:
    from evals.reading import form_of, groups, page_score, repair_counts, totals

    scores = []
    for file, truth in load_truth(TRUTH).items():
        form, dpi = form_of(truth)
        pages = archive.pages(Scope(), archive.find_document(Scope(), file).document_id)
        read = {page.number: page for page in pages}
        for true in truth["pages"]:
            page = read.get(true["page"])
            text, raw = (page.text, page.raw) if page else ("", "")
            counts = repair_counts(true["text"], raw, text) if true.get("damaged") and form == "txt_eng_ocr" else {}
            scores.append(page_score(true["text"], text, file=file, page=true["page"], form=form, dpi=dpi, **counts))
    found = groups(scores)
    worst = sorted(scores, key=lambda s: -s.word_errors / max(s.words, 1))[:10]
    return {
        "groups": {name: totals(group) for name, group in found.items() if group},
        "worst": [{"file": s.file, "page": s.page, "wer": 100 * s.word_errors / max(s.words, 1)} for s in worst],
    }


def _records(archive: Archive) -> dict[str, Any]:
    from evals.records import score_records

    return dict(score_records(archive, TRUTH))


def _speed() -> dict[str, Any]:
    from evals.bench import measure

    return measure()


def write(result: Mapping[str, Any], folder: Path = REPORTS) -> tuple[Path, Path]:
    """Write the report as JSON and HTML, and as `senaste.*` for the web face; returns the two dated paths."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = str(result["made"])[:16].replace(":", "").replace("T", "-")
    texts = {".json": json.dumps(result, ensure_ascii=False, indent=1), ".html": report.html(result)}
    for suffix, text in texts.items():
        for name in (f"eval-{stamp}", "senaste"):
            (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return folder / f"eval-{stamp}.json", folder / f"eval-{stamp}.html"


def compared(result: Mapping[str, Any], old: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """The figures that both reports hold, as (name, then, now)."""
    then, now = measured(old), measured(result)
    return [(name, then[name], now[name]) for name in now if name in then]


# Name of the figure, where it stands in the report, and whether more is better.
FLOOR_PATHS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("svar: rätt", ("answers", "systems", "Mötesminne", "right", "mean"), True),
    ("svar: fel", ("answers", "systems", "Mötesminne", "wrong", "mean"), False),
    ("svar: obesvarbara avböjda", ("answers", "systems", "Mötesminne", "unanswerable_refused", "mean"), True),
    ("svar: besvarbara avböjda", ("answers", "systems", "Mötesminne", "wrongly_refused", "mean"), False),
    ("svar: rätt sida", ("answers", "systems", "Mötesminne", "cited_page", "mean"), True),
    ("svar: citat utanför sidan", ("answers", "systems", "Mötesminne", "quotes_off_page"), False),
    ("sökning: recall@5", ("search", "systems", "hela systemet", "recall@5", "mean"), True),
    ("sökning: MRR", ("search", "systems", "hela systemet", "mrr", "mean"), True),
    ("läsning: WER skannade", ("reading", "groups", "skannade, minst 200 dpi", "wer"), False),
    ("läsning: siffror skannade", ("reading", "groups", "skannade, minst 200 dpi", "siffror och datum"), True),
    ("läsning: WER rättade", ("reading", "groups", "lästa på fel språk, rättade", "wer"), False),
    ("läsning: återställda ord", ("reading", "groups", "lästa på fel språk, rättade", "återställda"), True),
    ("poster: datum fel och säkra", ("records", "date_wrong_certain"), False),
    ("poster: beslut F1", ("records", "decisions_f1"), True),
    ("poster: punkter F1", ("records", "items_f1"), True),
    ("poster: närvaro F1", ("records", "attendance_f1"), True),
)


def measured(result: Mapping[str, Any]) -> dict[str, float]:
    """The figures that floors are put under, of the parts this report holds."""
    found = {name: _at(result, path) for name, path, _ in FLOOR_PATHS}
    return {name: value for name, value in found.items() if value is not None}


def _at(result: Mapping[str, Any], path: Sequence[str]) -> float | None:
    value: Any = result
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return float(value)


def broken_floors(result: Mapping[str, Any]) -> list[gate.Broken]:
    """The floors this report breaks, of the parts that it measured."""
    floors = gate.load_floors()
    parts = {path[0] for name, path, _ in FLOOR_PATHS if path[0] in result}
    names = {name for name, path, _ in FLOOR_PATHS if path[0] in parts}
    relevant = {name: floor for name, floor in floors["floors"].items() if name in names}
    return gate.broken(measured(result), result["digests"], {**floors, "floors": relevant})


def pin_floors(result: Mapping[str, Any], reason: str | None) -> None:
    """Write this report's figures as floors; see `gate.pin`."""
    gate.pin(measured(result), result["digests"], {name: better for name, _, better in FLOOR_PATHS}, reason)
