"""Text of a 10 000-page PDF: ours against LangChain's PyPDFLoader, pages a second and peak memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2

PAGES, QUICK_PAGES, WHOLE_PAGES, LONG_PAGES = 10_000, 500, 500, 2_000
WRITTEN, LINES = 100, 45
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LINE = "Beslut {n}: elevhälsan får i uppdrag att redovisa arbetet med närvaro vid nästa möte på gruppen. "
OURS = "from ingest.read import stream_texts\nn = sum(1 for _ in stream_texts(Path(sys.argv[1])))"
# The whole way: words with boxes, layout, child processes with limits.
WHOLE = (
    "from ingest.read import read_file\nfrom corpus.settings import Settings\n"
    "n = len(read_file(Path(sys.argv[1]), Settings()).pages)"
)
THEIRS = (
    "from langchain_community.document_loaders import PyPDFLoader\n"
    "n = sum(1 for _ in PyPDFLoader(sys.argv[1]).lazy_load())"
)
# The peak is of this process and of its largest child, so that work done in child processes counts. VmHWM, because
# what getrusage says of a process starts at the size of the one that started it.
FRAME = (
    "import re, resource, sys, time\nfrom pathlib import Path\n{imports}\n"
    "if __name__ == '__main__':\n    start = time.perf_counter()\n"
    "    n = run()\n    took = time.perf_counter() - start\n"
    "    own = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
    "    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if {children} else 0\n"
    "    print(n, took, (own + child) / 1024)\n"
)


def measure(quick: bool = False) -> dict[str, Any]:
    """Pages a second and MB for both, and the ratios; `quick` takes 500 pages."""
    count = QUICK_PAGES if quick else PAGES
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stor.pdf"
        write_pdf(file, count)
        ours, theirs = _run(OURS, file, folder), _run(THEIRS, file, folder)
        write_pdf(file, WHOLE_PAGES)
        whole, short = _run(WHOLE, file, folder, children=True), _run(WHOLE, file, folder)
        write_pdf(file, LONG_PAGES)
        long = _run(WHOLE, file, folder)
    return {
        "pages": count,
        "ours": ours,
        "pypdfloader": theirs,
        "ours_with_boxes": whole,
        "parent_mb": {WHOLE_PAGES: short["mb"], LONG_PAGES: long["mb"]},
        "times_pages_per_s": round(ours["pages_per_s"] / theirs["pages_per_s"], 2),
        "share_of_memory": round(ours["mb"] / theirs["mb"], 2),
    }


def _run(body: str, file: Path, folder: str, *, children: bool = False) -> dict[str, float]:
    lines = body.split("\n")
    code = "\n".join(lines[:-1]) + "\ndef run():\n    " + lines[-1] + "\n    return n"
    script = Path(folder) / "kor.py"
    script.write_text(FRAME.format(imports=code, children=children), encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script), str(file)], capture_output=True, text=True, check=True, cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    pages, seconds, peak = (float(value) for value in done.stdout.split())
    return {"pages": pages, "pages_per_s": round(pages / seconds, 1), "mb": round(peak, 1)}


def write_pdf(file: Path, count: int) -> None:
    """Pages as a word processor writes them: an embedded TrueType font, justified lines; WRITTEN pages over and over."""
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_font("Brödtext", fname=FONT)
    pdf.set_font("Brödtext", size=9)
    for number in range(WRITTEN):
        pdf.add_page()
        pdf.multi_cell(0, 5.5, "".join(LINE.format(n=number * LINES + i) for i in range(LINES)), align="J")
    written = pypdfium2.PdfDocument(bytes(pdf.output()))
    whole = pypdfium2.PdfDocument.new()
    for _ in range(count // WRITTEN):
        whole.import_pages(written)
    whole.save(file)
