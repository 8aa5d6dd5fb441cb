"""What every page stands on: the archive, what is remembered per revision, the page's frame and its error gate."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from assistant.assistant import Assistant
from corpus.archive import Archive
from corpus.errors import ArchiveLockedError
from corpus.records import Coverage, Scope
from corpus.settings import Settings, load_settings
from ingest.pipeline import ingest
from ui import errors, parts, texts
from ui.conversation import Conversations
from ui.drafts import Drafts
from ui.safe import as_markdown

T = TypeVar("T")
SCOPE = Scope()
OWN_BODY = "mitt_natverk"
# What names a place in the address; the filters stand there too, bound to their widgets.
PLACES = ("samtal", "fraga", "kalla", "mote", "dokument", "dagordning", "utkast", "ordning", "blad")
MAX_REMEMBERED = 300


@st.cache_resource(show_spinner=False)
def _opened(folder: str, _settings: Settings) -> Archive:
    opened = Archive.open(Path(folder), create=True, settings=_settings)
    # A newer version of the program may bring other tables: the index is made anew before anyone asks.
    relink(opened)
    return opened


def relink(archive: Archive) -> None:
    """Make what needs several documents anew where something was removed or corrected; a reader-in at work does it itself."""
    with suppress(ArchiveLockedError):
        ingest([], archive, settings=archive.settings)


def archive() -> Archive:
    """The archive of the settings, opened once per process."""
    settings = load_settings()
    return _opened(str(settings.archive.resolve()), settings)


@st.cache_resource(show_spinner=False, max_entries=8)
def _assistant(folder: str, own_body: str | None) -> Assistant:
    return Assistant(archive(), scope=SCOPE, own_body=own_body)


def assistant() -> Assistant:
    """The assistant for whom *vi* means the chosen network."""
    return _assistant(str(archive().folder), own_body())


def own_body() -> str | None:
    return archive().value(OWN_BODY) or None


@st.cache_resource(show_spinner=False)
def conversations(folder: str) -> Conversations:
    return Conversations()


@st.cache_resource(show_spinner=False)
def drafts() -> Drafts:
    return Drafts()


@st.cache_resource(show_spinner=False, max_entries=MAX_REMEMBERED)
def _made(folder: str, revision: int, key: Hashable, _make: Callable[[], Any]) -> Any:
    return _make()


def remembered(key: Hashable, make: Callable[[Archive], T]) -> T:
    """What `make` gives of the archive as it stands, made once per revision; treated as read-only."""
    held = archive()
    made: T = _made(str(held.folder), held.revision(), key, lambda: make(held))
    return made


def coverage() -> Coverage:
    """All that is in the archive."""
    return remembered("coverage", lambda held: held.coverage(SCOPE))


def bodies() -> list[str]:
    return remembered("bodies", lambda held: held.bodies(SCOPE))


def theme() -> str:
    """`light` or `dark`, as the browser has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def go(**place: str) -> None:
    """Name another place of the same page in the address; the filters stay as they are."""
    for name in PLACES:
        st.query_params.pop(name, None)
    st.query_params.update(place)


@contextmanager
def page(title: str) -> Iterator[None]:
    """A page's frame: its style, its language, and the gate that turns every failure into a Swedish sentence."""
    st.html(f"<style>{_style()}</style>")
    parts.shell(
        {
            "title": f"{title} – {texts.APP}",
            "words": dict(texts.FRAMEWORK),
            "limit_pattern": texts.LIMIT_PATTERN,
            "limit_text": texts.LIMIT_TEXT,
            "source": str(st.query_params.get("kalla", "")),
        }
    )
    if failure := st.session_state.pop(errors.FAILURE, None):
        st.error(as_markdown(failure))
    with errors.shown():
        yield
        if said := st.session_state.pop("said", None):
            st.toast(as_markdown(said))


@st.cache_resource(show_spinner=False)
def _style() -> str:
    return (parts.FRONTEND / "page.css").read_text(encoding="utf-8")
