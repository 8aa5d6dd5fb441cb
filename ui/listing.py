"""A register as a table: a page of rows, sorted by a heading, each row's own buttons; its place stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui import parts, texts

Row = Mapping[str, Any]
ROWS_PER_PAGE = 50
SORT, PAGE = "ordning", "blad"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what a cell shows, and what it is ordered by (else the row's value)."""

    key: str
    label: str
    cell: Callable[[Row], Any]
    align: str = ""
    head: bool = False
    opens: bool = False
    order: Callable[[Row], Any] | None = None
    width: str = ""

    def order_of(self, row: Row) -> Any:
        value = self.order(row) if self.order else row[self.key]
        return value.casefold() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table of rows that each have an `id`."""

    key: str
    caption: str
    columns: Sequence[Column]
    said: Callable[[int], str]
    actions: Sequence[tuple[str, str]] = ()
    sort: str = ""

    def show(self, rows: Sequence[Row], pressed: Callable[[Mapping[str, Any]], None], open_id: str = "") -> None:
        """Draw the page of rows that the address names; `pressed` is told what is not the table's own."""
        key, descending = self._sort()
        column = next((one for one in self.columns if one.key == key), None)
        ordered = sorted(rows, key=column.order_of, reverse=descending) if column else list(rows)
        pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
        page = min(max(1, _number(st.query_params.get(PAGE, "1"))), pages)
        first = (page - 1) * ROWS_PER_PAGE
        data = {
            "caption": self.caption,
            "columns": [_heading(one) for one in self.columns],
            "rows": [self._row(row) for row in ordered[first : first + ROWS_PER_PAGE]],
            "actions": [{"do": do, "label": label} for do, label in self.actions] or None,
            "sort": {"key": key, "descending": descending} if column else None,
            "page": page,
            "pages": pages,
            "open": open_id,
            "said": texts.rows_shown(first, min(first + ROWS_PER_PAGE, len(rows)), self.said(len(rows))),
            "texts": dict(texts.TABLE),
        }
        parts.table(f"table-{self.key}", data, lambda did: self._pressed(did, pressed))

    def _row(self, row: Row) -> dict[str, Any]:
        return {"id": row["id"], "name": row.get("name", ""), "cells": [one.cell(row) for one in self.columns]}

    def _sort(self) -> tuple[str, bool]:
        wanted = str(st.query_params.get(SORT, self.sort))
        return wanted.removeprefix("-"), wanted.startswith("-")

    def _pressed(self, did: Mapping[str, Any], pressed: Callable[[Mapping[str, Any]], None]) -> None:
        if did["do"] == "sort":
            key, descending = self._sort()
            flip = key == did["key"] and not descending
            st.query_params[SORT] = f"-{did['key']}" if flip else str(did["key"])
            st.query_params.pop(PAGE, None)
        elif did["do"] == "page":
            st.query_params[PAGE] = str(did["page"])
        else:
            pressed(did)


def _heading(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "align": column.align,
        "head": column.head,
        "opens": column.opens,
        "sorts": True,
        "width": column.width,
    }


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 1
