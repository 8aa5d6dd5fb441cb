"""Reading scans: pages a minute and WER against OCRmyPDF and plain Tesseract in the same run; two workers against one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2

from corpus.settings import Settings
from evals.reading import page_score, totals
from evals.truth import DOCUMENTS, TRUTH, load_truth
from ingest.read import read_file

JOBS = 2
MIN_DPI = 200
# Plain Tesseract with its default threads takes 20 s and more a page on two cores: a few pages tell.
PLAIN_PAGES, QUICK_PAGES = 4, 4
Reader = Callable[[Path], list[str]]


def measure(quick: bool = False) -> dict[str, Any]:
    """Pages a minute, WER and ratios of each reader on the samples' scans; one that is missing says so."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truths = write_scans(folder / "skannat.pdf", QUICK_PAGES if quick else None)
        few = write_scans(folder / "några.pdf", PLAIN_PAGES)
        ours = _timed(_ours(JOBS), folder / "skannat.pdf", truths)
        one = _timed(_ours(1), folder / "skannat.pdf", truths)
        return {
            "pages": len(truths),
            "ours": ours,
            "one_worker": one,
            "times_two_workers": round(ours["pages_per_min"] / one["pages_per_min"], 2),
            "ocrmypdf": _against(ours, _ocrmypdf, "ocrmypdf", folder / "skannat.pdf", truths),
            "tesseract": _against(ours, _tesseract, "tesseract", folder / "några.pdf", few),
        }


def write_scans(target: Path, limit: int | None) -> list[str]:
    """The samples' scanned pages of MIN_DPI and more in one PDF; gives each page's true text."""
    writer = pypdf.PdfWriter()
    truths: list[str] = []
    for file, truth in load_truth(TRUTH).items():
        if truth.get("form") != "scan_pdf" or int(truth.get("dpi") or 0) < MIN_DPI:
            continue
        pages = pypdf.PdfReader(DOCUMENTS / str(truth["folder"]) / file).pages
        for page, true in zip(pages, truth["pages"], strict=True):
            if not true.get("unreadable") and (limit is None or len(truths) < limit):
                writer.add_page(page)
                truths.append(str(true["text"]))
    writer.write(target)
    return truths


def _ours(workers: int) -> Reader:
    def read(path: Path) -> list[str]:
        return [page.text for page in read_file(path, replace(Settings(), workers=workers)).pages]

    return read


def _ocrmypdf(path: Path) -> list[str]:
    text = path.with_suffix(".txt")
    command = ["ocrmypdf", "--jobs", str(JOBS), "-l", "swe", "--force-ocr", "--output-type", "pdf", "--optimize", "0"]
    subprocess.run(
        [*command, "--sidecar", str(text), str(path), str(path.with_suffix(".ut.pdf"))],
        check=True,
        capture_output=True,
        env=_without_limit(),
    )
    return text.read_text(encoding="utf-8").split("\f")


def _tesseract(path: Path) -> list[str]:
    """As the usual recipe calls it: a program a page, with the threads it takes by default."""
    texts = []
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        image = path.with_name(f"{number}.png")
        page.render(scale=300 / 72).to_pil().save(image, dpi=(300, 300))
        done = subprocess.run(
            ["tesseract", str(image), "-", "-l", "swe"], check=True, capture_output=True, env=_without_limit()
        )
        texts.append(done.stdout.decode("utf-8"))
    return texts


def _without_limit() -> dict[str, str]:
    """The peers' surroundings: they decide themselves how many threads they take."""
    return {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}


def _against(ours: dict[str, float], reader: Reader, program: str, path: Path, truths: Sequence[str]) -> dict[str, Any]:
    if not shutil.which(program):
        return {"skipped": f"{program} finns inte här. Kör: sudo apt-get install {program}"}
    theirs = _timed(reader, path, truths)
    return {**theirs, "times_pages_per_min": round(ours["pages_per_min"] / theirs["pages_per_min"], 2)}


def _timed(reader: Reader, path: Path, truths: Sequence[str]) -> dict[str, float]:
    begun = time.perf_counter()
    texts = reader(path)
    seconds = time.perf_counter() - begun
    scores = [
        page_score(true, text, file=path.name, page=number, form="scan_pdf", dpi=MIN_DPI)
        for number, (true, text) in enumerate(zip(truths, texts, strict=False), 1)
    ]
    found = totals(scores)
    return {
        "pages_per_min": round(60 * len(truths) / seconds, 1),
        "wer": round(found["wer"], 2),
        "figures": round(found["siffror och datum"], 2),
    }
