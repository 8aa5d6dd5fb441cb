"""Floors: red when a figure falls, pinned with digests, lowered only with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from evals.gate import broken, load_floors, pin

DIGESTS = {"frågor": "f00", "dokument": "d00"}
BETTER = {"rätt": True, "fel": False}


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    pin({"rätt": 0.9, "fel": 0.02}, DIGESTS, BETTER, None, path)
    return path


@pytest.mark.parametrize(
    ("measured", "names"),
    [
        ({"rätt": 0.9, "fel": 0.02}, []),
        ({"rätt": 0.95, "fel": 0.0}, []),
        ({"rätt": 0.89, "fel": 0.02}, ["rätt"]),
        ({"rätt": 0.9, "fel": 0.03}, ["fel"]),
        ({"rätt": 0.9}, ["fel"]),
    ],
)
def test_a_figure_under_its_floor_is_told(floors: Path, measured: dict[str, float], names: list[str]) -> None:
    assert [one.name for one in broken(measured, DIGESTS, load_floors(floors))] == names


def test_other_data_breaks_the_floors(floors: Path) -> None:
    found = broken({"rätt": 0.9, "fel": 0.02}, DIGESTS | {"frågor": "f01"}, load_floors(floors))
    assert [one.name for one in found] == ["digest för frågor"]


def test_lowering_needs_a_reason_and_keeps_it(floors: Path) -> None:
    with pytest.raises(BadInputError, match="Ett golv skulle sänkas"):
        pin({"rätt": 0.8, "fel": 0.02}, DIGESTS, BETTER, None, floors)
    assert load_floors(floors)["floors"]["rätt"]["value"] == 0.9
    pin({"rätt": 0.8, "fel": 0.02}, DIGESTS, BETTER, "frågorna blev svårare", floors)
    content = json.loads(floors.read_text(encoding="utf-8"))
    assert content["floors"]["rätt"]["value"] == 0.8
    assert [(entry["what"], entry["reason"]) for entry in content["lowered"]] == [(["rätt"], "frågorna blev svårare")]


def test_raising_a_floor_needs_none(floors: Path) -> None:
    pin({"rätt": 0.97, "fel": 0.01}, DIGESTS, BETTER, None, floors)
    assert load_floors(floors)["lowered"] == []
