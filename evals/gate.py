"""Floors under the scores, pinned with digests of documents and questions; lowering one needs a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import BadInputError

FLOORS = Path(__file__).parent / "floors.json"


@dataclass(frozen=True, slots=True)
class Broken:
    """A floor that was not reached, or that no longer belongs to what was measured."""

    name: str
    floor: float
    value: float | None

    def __str__(self) -> str:
        got = "mättes inte" if self.value is None else f"blev {self.value:.4g}"
        return f"{self.name}: golvet är {self.floor:.4g}, {got}"


def load_floors(path: Path = FLOORS) -> dict[str, Any]:
    """The floors file: digests, `floors` (name: {"value", "higher_is_better"}) and the history of lowerings."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {"floors": {}, "lowered": []}


def broken(measured: Mapping[str, float], digests: Mapping[str, str], floors: Mapping[str, Any]) -> list[Broken]:
    """The floors that `measured` does not reach. A digest that differs breaks its floors: they speak of other data."""
    pinned = floors.get("digests", {})
    stale = [Broken(f"digest för {name}", 0.0, None) for name in pinned if pinned[name] != digests.get(name)]
    return stale + [
        Broken(name, floor["value"], measured.get(name))
        for name, floor in floors["floors"].items()
        if not _holds(measured.get(name), floor)
    ]


def _holds(value: float | None, floor: Mapping[str, Any]) -> bool:
    if value is None:
        return False
    return bool(value >= floor["value"] if floor["higher_is_better"] else value <= floor["value"])


def pin(
    measured: Mapping[str, float],
    digests: Mapping[str, str],
    better: Mapping[str, bool],
    reason: str | None,
    path: Path = FLOORS,
) -> None:
    """Write today's figures as floors. Lowering one without a reason raises BadInputError and writes nothing."""
    old = load_floors(path)
    lowered = [name for name, floor in old["floors"].items() if name in measured and not _holds(measured[name], floor)]
    if (lowered or old.get("digests", digests) != digests) and not reason:
        raise BadInputError("Ett golv skulle sänkas", ", ".join(lowered) or "digester", 'Ange --lower "skäl".')
    history = list(old["lowered"])
    if reason:
        history.append({"when": date.today().isoformat(), "what": lowered, "reason": reason})
    floors = {
        name: {"value": measured[name], "higher_is_better": better[name]} for name in sorted(better) if name in measured
    }
    content = {"digests": dict(digests), "floors": floors, "lowered": history}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
