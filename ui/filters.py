"""The filters that several pages share: network, period, kind of document."""

from __future__ import annotations

from datetime import date

import streamlit as st

from corpus.records import Filter
from ui import frame, texts


def chosen_filter(with_kind: bool = True) -> Filter:
    """Choices side by side; their values stand in the address."""
    held = frame.coverage()
    bodies = _choice("natverk", texts.BODY, texts.ALL_BODIES, frame.bodies())
    span = (held.earliest, held.latest)
    years = [str(year) for year in range(span[1].year, span[0].year - 1, -1)] if span[0] and span[1] else []
    year = _choice("ar", texts.PERIOD, texts.ALL_YEARS, years)
    kind = with_kind and _choice("typ", texts.KIND, texts.ALL_KINDS, kinds())
    return Filter(
        bodies=(bodies,) if bodies else (),
        kinds=(kind,) if kind else (),
        date_from=date(int(year), 1, 1) if year else None,
        date_to=date(int(year), 12, 31) if year else None,
    )


def search_box(label: str) -> str:
    """Words that the rows shown must hold."""
    return st.text_input(
        label, key="sok", bind="query-params", placeholder=label, label_visibility="collapsed", width=230
    )


def kinds() -> list[str]:
    """The kinds of document in the archive."""
    return frame.remembered(
        "kinds", lambda held: sorted({part.kind.value for part in held.parts(frame.SCOPE) if part.kind.value})
    )


def _choice(name: str, label: str, everything: str, options: list[str]) -> str | None:
    chosen = st.selectbox(
        label, [everything, *options], key=name, label_visibility="collapsed", bind="query-params", width=170
    )
    return None if chosen in (None, everything) else str(chosen)
