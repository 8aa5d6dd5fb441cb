"""The truth about the sample documents, as JSON beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
DOCUMENTS, TRUTH = SAMPLES / "documents", SAMPLES / "truth"

Truth = Mapping[str, Any]


def load_truth(folder: Path = TRUTH) -> dict[str, Truth]:
    """Truth by file name, as the archive shows it (relative to the documents' folder)."""
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.json"))]
    return {truth["file"]: truth for truth in truths}


def true_pages(truths: Mapping[str, Truth]) -> dict[tuple[str, int], str]:
    """The true text of each (file, page)."""
    return {(file, page["page"]): page["text"] for file, truth in truths.items() for page in truth["pages"]}
