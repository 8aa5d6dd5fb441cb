"""Rows of a briefing as lines that open their source: heading, then each line with its reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.briefing import action_text, source_of
from ui import parts, source_view, texts
from ui.safe import one_line

Row = Mapping[str, Any]


def show(
    key: str, heading: str, rows: Sequence[Row], said: Callable[[Row], str], source: Callable[[Row], str] | None = None
) -> None:
    """One group of findings, each with its source below; nothing where there are none."""
    named = source or (lambda row: source_of(dict(row)))
    if not rows:
        return
    open_place = source_view.wanted()
    places = [source_view.place_of_row(row) for row in rows]
    data = {
        "caption": heading,
        "columns": [{"key": "said", "label": heading, "head": True, "opens": True, "sorts": False}],
        "rows": [
            {
                "id": str(number),
                "cells": [[one_line(said(row)), {"text": one_line(named(row)), "tone": "sub"}]],
            }
            for number, row in enumerate(rows)
        ],
        "actions": None,
        "sort": None,
        "page": 1,
        "pages": 1,
        "open": next((str(n) for n, place in enumerate(places) if place == open_place), ""),
        "said": "",
        "texts": dict(texts.TABLE),
    }
    parts.table(key, data, lambda did: source_view.open_place(places[int(did["id"])], places))


def mention(row: Row) -> str:
    """`Beslut: «Avgiften höjs …» Ser ut att ha ändrats 2025-02-06`."""
    kind = str(row.get("kind") or row.get("stage") or "")
    later = "".join(f" {texts.changed(one)}." for one in row.get("changed_by") or ())
    return f"{kind.capitalize()}: «{' '.join(str(row['quote']).split())}»{later}"


def action(row: Row) -> str:
    return str(action_text(dict(row)))


def loose_end(row: Row) -> str:
    return action(row) if row["kind"] == "åtagande" else mention(row)
