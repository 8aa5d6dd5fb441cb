"""The page's own parts: JavaScript and CSS beside this file, mounted with data that is only ever set as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v2

from ui import errors

FRONTEND = Path(__file__).parent / "frontend"
Pressed = Callable[[Mapping[str, Any]], None]


def _part(name: str, html: str) -> Any:
    css = FRONTEND / f"{name}.css"
    return v2.component(
        f"motesminne_{name}",
        html=html,
        css=css.read_text(encoding="utf-8") if css.exists() else None,
        js=(FRONTEND / f"{name}.js").read_text(encoding="utf-8"),
    )


_ANSWER = _part("answer", '<div class="turn"></div>')
_TABLE = _part("table", '<div class="box"></div>')
_SHELL = _part("shell", "<span></span>")


def answer(key: str, data: Mapping[str, Any], pressed: Pressed) -> None:
    """One turn of a conversation; `pressed` is given what the reader pressed."""
    _mount(_ANSWER, key, data, pressed)


def table(key: str, data: Mapping[str, Any], pressed: Pressed) -> None:
    """A page of rows; `pressed` is given what the reader pressed: a row, a heading, a page, an action."""
    _mount(_TABLE, key, data, pressed)


def shell(data: Mapping[str, Any]) -> None:
    """The page's language and title, and Swedish in the place of Streamlit's own English words."""
    _SHELL(key="shell", data=data)


def _mount(part: Any, key: str, data: Mapping[str, Any], pressed: Pressed) -> None:
    def tell() -> None:
        did = st.session_state[key].get("did")
        if did:
            errors.held(pressed)(did)

    part(key=key, data=data, on_did_change=tell)
