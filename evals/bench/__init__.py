"""Speed as ratios in one run: search at 50 000 passages, PDF text, OCR, each against its peer."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping
from typing import Any

from corpus.errors import MotesminneError


def measure(quick: bool = False, only: str | None = None) -> dict[str, Any]:
    """Every bench's figures, or those of `only`; what cannot run here says why instead of being left out."""
    from evals.bench import groups, hard, ocr, pdf, repair, search, swefaq

    benches: Mapping[str, Callable[..., dict[str, Any]]] = {
        "search": search.measure,
        "pdf": pdf.measure,
        "ocr": ocr.measure,
        "swefaq": swefaq.measure,
        "repair": repair.measure,
    }
    chosen = {name: bench for name, bench in benches.items() if only in (None, name)}
    if only == "groups":  # a minute on the samples' archive, and no speed: only when asked for
        chosen = {"groups": groups.measure}
    if only == "hard":  # two minutes of drawn pages, and no speed
        chosen = {"hard": hard.measure}
    return {"machine": machine(), **{name: _measured(bench, quick) for name, bench in chosen.items()}}


def _measured(bench: Callable[..., dict[str, Any]], quick: bool) -> dict[str, Any]:
    try:
        return bench(quick=quick)
    except MotesminneError as error:
        return {"skipped": str(error)}


def machine() -> dict[str, Any]:
    """What the figures were measured on; only ratios of one run compare across machines."""
    return {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()}
