"""The web face's entry: the pages in the navigation, and the page that the address names."""

from __future__ import annotations

import streamlit as st

from ui import parts, texts

st.set_page_config(page_title=texts.APP, page_icon=str(parts.FRONTEND / "icon.svg"), layout="wide")
PAGES = (
    ("ask", texts.ASK, "fraga"),
    ("decisions", texts.DECISIONS, "beslut"),
    ("meetings", texts.MEETINGS, "moten"),
    ("timeline", texts.TIMELINE, "tidslinje"),
    ("briefing", texts.BRIEFING, "infor-motet"),
    ("documents", texts.DOCUMENTS, "dokument"),
    ("quality", texts.QUALITY, "svarskvalitet"),
)
st.navigation(
    [
        st.Page(f"pages/{file}.py", title=title, url_path=address, default=file == "ask")
        for file, title, address in PAGES
    ],
    position="top",
).run()
