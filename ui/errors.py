"""The web face's gate: whatever goes wrong is told as one Swedish sentence with what to do, and never as a trace."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import streamlit as st

from corpus.errors import MotesminneError
from ui import texts
from ui.safe import as_markdown, one_line

FAILURE = "failure"
logger = logging.getLogger(__name__)


@contextmanager
def shown() -> Iterator[None]:
    """What fails inside is shown where it happened; the rest of the page stands."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the web face's gate
        st.error(as_markdown(told(error)))


def held(callback: Callable[..., None]) -> Callable[..., None]:
    """A callback whose failure is told on the page that runs after it: it runs before any page's gate."""

    @wraps(callback)
    def run(*values: object) -> None:
        failure = caught(lambda: callback(*values))
        if failure:
            st.session_state[FAILURE] = failure

    return run


def caught(work: Callable[[], None]) -> str | None:
    """Run `work` off the page; gives the sentence of what went wrong, or None."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - the web face's gate
        return told(error)
    return None


def told(error: Exception) -> str:
    """The error as a sentence: what happened, where, what to do."""
    if isinstance(error, MotesminneError):
        return one_line(str(error))
    logger.error("unexpected %s", _place(error), exc_info=logger.isEnabledFor(logging.DEBUG))
    return f"{texts.UNEXPECTED} ({_place(error)}). {texts.TRY_AGAIN}"


def _place(error: Exception) -> str:
    """The kind of error and the line of ours it came from: enough to report it, no text of a document."""
    trace, place = error.__traceback__, ""
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if any(room in name for room in ("/corpus/", "/ingest/", "/assistant/", "/evals/", "/ui/")):
            place = f"{os.path.basename(name)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} {place}".strip()
