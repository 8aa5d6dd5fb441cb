"""Tidslinje: a matter over time as a picture and as rows; and whether a draft has been up before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant import registers
from assistant.briefing import has_been_discussed
from ui import finding_view, frame, source_view, texts
from ui.briefing_text import discussed_lines
from ui.charts import over_time
from ui.filters import chosen_filter
from ui.listing import Column, Listing
from ui.markup import heading, note
from ui.safe import as_markdown, one_line

# One meeting without a matter is no silence: few matters are up every time.
MIN_SILENT = 2
TOPIC, DRAFT = "amne", "utkast"


def show() -> None:
    """The page."""
    st.title(texts.TIMELINE)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="tools"):
        topic = st.text_input(
            texts.TOPIC, key=TOPIC, bind="query-params", placeholder=texts.TOPIC_EXAMPLE, width=320, max_chars=200
        )
        limits = chosen_filter(with_kind=False)
    with source_view.beside():
        if not topic.strip():
            st.html(note(texts.TIMELINE_LEAD))
            _discussed()
            return
        rows = _rows(topic.strip(), limits)
        if not rows:
            st.info(texts.never(topic.strip()))
            return
        picture = over_time(rows, frame.theme())
        if picture is not None:
            st.altair_chart(picture)
        LISTING.show(rows, lambda did: _pressed(rows, did))


def _discussed() -> None:
    """Har vi haft uppe det här förut? A pasted draft, and where its matter has been up."""
    name = str(st.query_params.get(DRAFT, ""))
    draft = frame.drafts().get(name) or ""
    st.html(heading(texts.DISCUSSED))
    with st.form("draft"):
        text = st.text_area(texts.DRAFT, draft, height=140, max_chars=20_000)
        sent = st.form_submit_button(texts.LOOK_UP, type="primary")
    if sent and text.strip():
        st.query_params[DRAFT] = frame.drafts().put(text.strip())
        st.rerun()
    if not draft:
        return
    found = frame.remembered(("draft", name), lambda held: has_been_discussed(held, frame.SCOPE, draft))
    lines = discussed_lines(found)
    st.markdown(f"**{as_markdown(lines[0])}**")
    outcome = [found["last_outcome"]] if found["last_outcome"] else []
    finding_view.show("last", texts.LAST_OUTCOME, outcome, finding_view.mention)
    finding_view.show("loose", texts.LOOSE_ENDS, found["loose_ends"], finding_view.loose_end)
    finding_view.show("mentions", texts.MENTIONS, found["mentions"], finding_view.mention)
    st.html(note(lines[-1]))


def _rows(topic: str, limits: Any) -> list[dict[str, Any]]:
    return frame.remembered(
        ("timeline", topic, limits),
        lambda held: [
            {**row, "id": str(number), "name": one_line(row["quote"])[:60]}
            for number, row in enumerate(registers.timeline_rows(held, frame.SCOPE, limits, topic))
        ],
    )


LISTING = Listing(
    key="timeline",
    caption=texts.TIMELINE,
    columns=(
        Column("date", texts.DATE, lambda row: row["date"] or texts.UNDATED, "nowrap", order=lambda r: r["date"] or ""),
        Column("stage", texts.STAGE, lambda row: {"text": row["stage"], "tone": "badge"}),
        Column("quote", texts.QUOTE, lambda row: [one_line(row["quote"]), {"text": one_line(_where(row)), "tone": "sub"}], head=True, opens=True, width="60%"),
    ),
    said=texts.mentions,
)  # fmt: skip


def _where(row: Mapping[str, Any]) -> str:
    where = ", ".join(str(one) for one in (row["body"], row["item"], f"s. {row['page']}") if one)
    silent = int(row.get("silent_after") or 0)
    return f"{where}. {texts.silent(silent)}." if silent >= MIN_SILENT else where


def _pressed(rows: Sequence[Mapping[str, Any]], did: Mapping[str, Any]) -> None:
    places = [source_view.place_of_row(row) for row in rows]
    row = next((row for row in rows if row["id"] == did["id"]), None)
    if row is not None:
        source_view.open_place(source_view.place_of_row(row), places)


with frame.page(texts.TIMELINE):
    show()
