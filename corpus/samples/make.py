"""Renders sample documents and their truth from the written sources: `python -m corpus.samples.make [part of a name]`.

With `--folder F` those of F/sources instead, into F/documents and F/truth.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from corpus.samples import office, scan
from corpus.samples.pdf_layout import lay_out
from corpus.samples.source import Document, load
from corpus.samples.printed import Printed, block_text, truth

HERE = Path(__file__).resolve().parent
# Sources that are no documents: links between decisions, and what stands in table cells, which the markup cannot mark.
BESIDE = ("links.toml", "rows.toml")


def english_ocr(images: list[Image.Image]) -> str:
    """What Tesseract reads with the English model, pages parted by form feeds."""
    pages = []
    for image in images:
        with tempfile.NamedTemporaryFile(suffix=".png") as held:
            image.save(held.name, dpi=(200, 200))
            done = subprocess.run(
                ["tesseract", held.name, "-", "-l", "eng"],
                capture_output=True,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        pages.append(done.stdout.decode("utf-8").strip("\n\f"))
    return "\n\f".join(pages) + "\n"


def _scanned(document: Document) -> tuple[bytes, list[Printed]]:
    pdf, pages = lay_out(document)
    settings = document.data.get("scan", {})
    dpi, form = int(document.data["dpi"]), document.form
    images = scan.scans(pdf, dpi, settings, document.file)
    if form == "txt_eng_ocr":
        return english_ocr(images).encode(), pages
    if form == "image":
        held = io.BytesIO()
        images[0].save(held, "PNG" if document.file.endswith("png") else "JPEG", quality=70, dpi=(dpi, dpi))
        return held.getvalue(), pages
    pictures = scan.image_pdf(images, settings.get("quality", 45))
    if form == "mixed_pdf":
        return scan.mixed_pdf(pdf, pictures, settings["pages"]), pages
    return pictures, pages


def _plain(document: Document) -> tuple[bytes, list[Printed]]:
    page = Printed(pieces=[(block, block_text(block)) for block in document.blocks])
    lines = []
    for block, text in page.pieces:
        gap = "\n" if block.kind not in ("line", "bullet") else ""
        mark = "- " if block.kind == "bullet" else ""
        if document.form == "md":
            mark = {"title": "# ", "item": "## ", "sub": "### "}.get(block.kind, mark)
        lines.append(f"{gap}{mark}{text}")
    return ("\n".join(lines).strip() + "\n").encode(), [page]


def render(document: Document) -> tuple[bytes, list[Printed]]:
    """The document's bytes and what is printed on each of its pages."""
    if document.form == "docx":
        return office.word(document)
    if document.form == "pptx":
        return office.slides(document)
    if document.form in ("txt", "md"):
        return _plain(document)
    return lay_out(document) if document.form == "text_pdf" else _scanned(document)


def link(truths: list[dict[str, Any]], links: list[dict[str, str]]) -> None:
    """Put every link with its quotes into the truth of the later document."""
    named = {
        decision["id"]: (made, decision["text"])
        for made in truths
        for part in made["parts"]
        for decision in part["decisions"]
        if "id" in decision
    }
    for row in links:
        if row["earlier"] not in named or row["later"] not in named:
            continue
        (earlier, before), (later, after) = named[row["earlier"]], named[row["later"]]
        later["links"].append(
            {
                "earlier": {"file": earlier["file"], "quote": before},
                "later": {"file": later["file"], "quote": after},
                "relation": row["relation"],
                "basis": row["basis"],
            }
        )


def add_rows(truths: list[dict[str, Any]], rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Put the decisions and actions of table cells into the truth of the first part of their documents."""
    made = {one["file"]: one for one in truths}
    for row in rows.get("decision", ()):
        document = made[row["file"]]
        document["parts"][0]["decisions"].append({**_marked(row), "page": _page_of(row, document)})
    for row in rows.get("action", ()):
        document = made[row["file"]]
        document["parts"][0]["actions"].append({"by": None, **_marked(row), "page": _page_of(row, document)})


def _page_of(row: Mapping[str, Any], document: Mapping[str, Any]) -> int:
    """The first page that holds the row's words; 1 where none does (a row may be told in other words)."""
    return next((page["page"] for page in document["pages"] if row["text"] in page["text"]), 1)


def _marked(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "file"}


def main(folder: Path = HERE, wanted: str = "") -> None:
    """All documents of `folder` (or those whose source name holds `wanted`), then all truth files."""
    truths = []
    for path in sorted((folder / "sources").glob("*.toml")):
        if path.name in BESIDE:
            continue
        document = load(path)
        goal = folder / "documents" / document.folder / document.file
        data, pages = render(document) if wanted in path.name else (b"", lay_pages(document))
        if data:
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_bytes(data)
        truths.append(truth(document, pages))
        sys.stderr.write(f"{document.file}: {len(pages)} sidor, {len(data) // 1024} kB\n")
    add_rows(truths, _beside(folder, "rows.toml"))
    link(truths, _beside(folder, "links.toml").get("link", []))
    (folder / "truth").mkdir(exist_ok=True)
    for made in truths:
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        (folder / "truth" / f"{made['file']}.json").write_text(text, encoding="utf-8")


def _beside(folder: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    path = folder / "sources" / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def lay_pages(document: Document) -> list[Printed]:
    """What is printed on each page, without the slow making of scans."""
    if document.form in ("docx", "pptx", "txt", "md"):
        return render(document)[1]
    return lay_out(document)[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("wanted", nargs="?", default="")
    options = parser.parse_args()
    main(options.folder, options.wanted)
