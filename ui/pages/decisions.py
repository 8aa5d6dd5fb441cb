"""Beslut: the register of decisions as a table, each with its strength, outcome and what later changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant import registers
from corpus.records import Filter
from ui import frame, source_view, tables, texts
from ui.filters import chosen_filter, search_box
from ui.listing import Column, Listing
from ui.safe import one_line
from ui.source_view import Place
from ui.word import as_docx

WEAK = ("förslag", "information", "rekommendation")
STRENGTHS = ("beslut", "rekommendation", "överenskommelse", "ställningstagande", "förslag", "information")
OUTCOMES = ("bifall", "avslag", "bordlagt", "återremiss", "inget beslut")


def show() -> None:
    """The page."""
    st.title(texts.DECISIONS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="tools"):
        wanted = search_box(texts.SEARCH_DECISIONS)
        limits = chosen_filter(with_kind=False)
        strengths = st.multiselect(
            texts.STRENGTH, STRENGTHS, key="styrka", bind="query-params", placeholder=texts.ALL_STRENGTHS, width=230,
            label_visibility="collapsed",
        )  # fmt: skip
        outcomes = st.multiselect(
            texts.OUTCOME, OUTCOMES, key="utfall", bind="query-params", placeholder=texts.ALL_OUTCOMES, width=230,
            label_visibility="collapsed",
        )  # fmt: skip
    rows = [
        row
        for row in decisions(limits)
        if (not strengths or row["strength"] in strengths)
        and (not outcomes or row["outcome"] in outcomes)
        and wanted.lower() in row["said"]
    ]
    with source_view.beside():
        if not rows:
            st.info(texts.NOTHING)
            return
        LISTING.show(rows, lambda did: _pressed(rows, did), _open_id(rows))
    _downloads(rows)


def decisions(limits: Filter) -> list[dict[str, Any]]:
    """Every decision, newest first, with what the table needs."""
    return frame.remembered(
        ("decisions", limits),
        lambda held: [
            {**row, "id": row["decision_id"], "name": one_line(row["text"])[:60], "said": _said(row)}
            for row in reversed(registers.decisions_rows(held, frame.SCOPE, limits))
        ],
    )


def _said(row: Mapping[str, Any]) -> str:
    return " ".join(str(row[key] or "") for key in ("text", "item", "item_title", "body")).lower()


def _text(row: Mapping[str, Any]) -> Any:
    item = " ".join(one_line(row[key]) for key in ("item", "item_title") if row[key])
    more = [texts.VOTES.format(one_line(row["votes"]))] if row["votes"] else []
    more += [texts.RESERVATION.format(one_line(one)) for one in row["reservations"]]
    return [one_line(row["text"]), *({"text": one, "tone": "sub"} for one in (item, *more) if one)]


def _strength(row: Mapping[str, Any]) -> Any:
    tones = [{"text": row["strength"], "tone": "weak" if row["strength"] in WEAK else "badge"}]
    if row["outcome"] and row["outcome"] != "bifall":
        tones.append({"text": row["outcome"], "tone": "bad"})
    elif row["outcome"]:
        tones.append({"text": row["outcome"], "tone": "badge"})
    return tones


def _later(row: Mapping[str, Any]) -> Any:
    if not row["changed_by"]:
        return {"text": texts.NOTHING_LATER, "tone": "sub"}
    told = []
    for one in row["changed_by"]:
        told += [texts.changed(one), {"text": one_line(one["text"]), "tone": "sub"}]
    return told


LISTING = Listing(
    key="decisions",
    caption=texts.DECISIONS,
    columns=(
        Column(
            "date",
            texts.DATE,
            lambda row: row["date"] or texts.UNDATED,
            align="nowrap",
            order=lambda r: r["date"] or "",
        ),
        Column("body", texts.BODY, lambda row: one_line(row["body"] or "")),
        Column("text", texts.DECISION, _text, head=True, opens=True, width="42%"),
        Column("strength", texts.STRENGTH, _strength),
        Column("later", texts.STILL, _later, opens=True, order=lambda row: len(row["changed_by"])),
    ),
    said=texts.decisions,
)


def _pressed(rows: Sequence[Mapping[str, Any]], did: Mapping[str, Any]) -> None:
    row = next((one for one in rows if one["id"] == did["id"]), None)
    if row is None:
        return
    own = Place.of(row)
    later = [Place.of(one) for one in row["changed_by"]]
    opens_later = did["key"] == "later" and later
    source_view.open_place(later[0] if opens_later else own, (own, *later))


def _open_id(rows: Sequence[Mapping[str, Any]]) -> str:
    place = source_view.wanted()
    return next((row["id"] for row in rows if place and Place.of(row).address == place.address), "")


def _downloads(rows: Sequence[Mapping[str, Any]]) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.download_button(texts.CSV, lambda: tables.as_csv("decisions", rows).encode(), "beslut.csv", "text/csv")
        st.download_button(texts.WORD, lambda: as_docx("decisions", texts.DECISIONS, rows), "beslut.docx")


with frame.page(texts.DECISIONS):
    show()
