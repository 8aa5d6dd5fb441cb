"""Stämmer / Stämmer inte: stored at once, or with the reason and the right place that make it a question of the evals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import streamlit as st

from corpus.archive import Archive
from corpus.records import Feedback
from ui import frame, texts
from ui.safe import as_markdown, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the right answer stands, as far as the reader knows."""

    file: str | None = None
    page: int | None = None
    quote: str | None = None


def agree(answer: Mapping[str, Any]) -> None:
    """Store that the answer holds."""
    frame.archive().add_feedback(_feedback(answer, "stämmer"))


@st.dialog(texts.DISAGREE_TITLE)
def disagree(answer: Mapping[str, Any]) -> None:
    """Ask what is wrong and where the right answer stands, and store it."""
    st.markdown(as_markdown(one_line(answer["question"])))
    names = frame.remembered("names", _names)
    with st.form("disagree", border=False):
        reason = st.text_area(texts.REASON, max_chars=2000)
        file = st.selectbox(texts.RIGHT_FILE, [texts.UNKNOWN_FILE, *names])
        page = st.number_input(texts.RIGHT_PAGE, min_value=1, value=1, step=1)
        quote = st.text_area(texts.RIGHT_QUOTE, max_chars=2000)
        sent = st.form_submit_button(texts.SEND, type="primary")
    if sent:
        known = file != texts.UNKNOWN_FILE
        place = Place(
            file=names[file] if known else None, page=int(page) if known else None, quote=quote.strip() or None
        )
        frame.archive().add_feedback(_feedback(answer, "stämmer inte", reason.strip() or None, place))
        st.session_state["said"] = texts.THANKS
        st.rerun()


def _names(archive: Archive) -> dict[str, str]:
    """Names as they are shown, to names as they are stored."""
    stored = sorted(name for document in archive.documents(frame.SCOPE) for name in document.names[:1])
    return {one_line(name): name for name in stored}


def _feedback(
    answer: Mapping[str, Any],
    verdict: Literal["stämmer", "stämmer inte"],
    reason: str | None = None,
    place: Place | None = None,
) -> Feedback:
    return Feedback(
        question=answer["whole"],
        answer=answer["text"],
        verdict=verdict,
        reason=reason,
        right_file=place.file if place else None,
        right_page=place.page if place else None,
        right_quote=place.quote if place else None,
        created=datetime.now().astimezone(),
    )
