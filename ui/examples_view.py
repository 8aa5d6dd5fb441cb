"""Questions to begin with, tried against the archive beside the page and shown as they pass."""

from __future__ import annotations

import threading
from collections.abc import Callable

import streamlit as st

from assistant.examples import examples
from ui import errors, frame, texts
from ui.safe import as_markdown

REFRESH_S = 0.7


class Tried:
    """The questions that passed so far for one revision of the archive."""

    def __init__(self) -> None:
        self.passed: tuple[str, ...] = ()
        self.done = False

    def start(self) -> None:
        threading.Thread(target=lambda: errors.caught(self._work), name="examples", daemon=True).start()

    def _work(self) -> None:
        try:
            for question in examples(frame.assistant(), frame.archive(), frame.SCOPE):
                self.passed = (*self.passed, question)
        finally:
            self.done = True


@st.cache_resource(show_spinner=False, max_entries=4)
def _tried(folder: str, revision: int) -> Tried:
    made = Tried()
    made.start()
    return made


def show(ask: Callable[[str], None]) -> None:
    """The questions as buttons; more come while they are tried."""
    archive = frame.archive()
    tried = _tried(str(archive.folder), archive.revision())
    st.fragment(_now, run_every=None if tried.done else REFRESH_S)(tried, ask)


def _now(tried: Tried, ask: Callable[[str], None]) -> None:
    if not tried.passed:
        return
    st.markdown(f"## {texts.EXAMPLES}")
    for number, question in enumerate(tried.passed):
        # A press inside a fragment runs the fragment alone; the answer needs the whole page.
        if st.button(as_markdown(question), key=f"example-{number}", width="stretch"):
            ask(question)
            st.rerun()
