"""One document: what is known of it, how each page was read, what was repaired, and a person's corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from corpus.archive import Archive
from corpus.records import Document, Filter, Page, Part
from ui import correction_forms, frame, source_view, texts
from ui.listing import Column, Listing
from ui.markup import data_table, facts, heading
from ui.safe import as_markdown, one_line
from ui.source_view import Place

DOCUMENT = "dokument"
MAX_REPAIRS = 200


def show(wanted: str) -> None:
    """The document whose id begins with `wanted`."""
    archive = frame.archive()
    document = archive.find_document(frame.SCOPE, wanted)
    key = document.document_id
    parts = frame.remembered(("parts", key), lambda held: held.parts(frame.SCOPE, Filter(documents=(key,))))
    pages = frame.remembered(("pages", key), lambda held: held.pages(frame.SCOPE, key))
    st.button(texts.ALL_DOCUMENTS, key="back", on_click=_back, type="tertiary", icon=":material/arrow_back:")
    st.title(_plain(archive.file_name(frame.SCOPE, key)))
    st.html(facts(_about(document, parts)))
    for flag in dict.fromkeys(flag for part in parts for flag in part.flags):
        st.info(_plain(flag))
    _pages(document, pages)
    _repairs(pages)
    st.html(heading(texts.CORRECT))
    correction_forms.made(document)
    with st.expander(texts.CORRECT_LEAD):
        correction_forms.show(document, parts)
    _original(archive, document)


def _plain(text: str) -> str:
    return as_markdown(one_line(text))


def _back() -> None:
    st.query_params.pop(DOCUMENT, None)
    source_view.close()


def _about(document: Document, parts: Sequence[Part]) -> list[tuple[str, str]]:
    told = [(texts.PLACE_IN_FOLDER, name) for name in document.names if "/" in name]
    for part in parts:
        origin = texts.BY_PERSON if part.meeting_date.origin == "person" else ""
        day = texts.day_of(part.meeting_date)
        told += [(texts.BODY, part.body or texts.UNKNOWN), (texts.DATE, f"{day}{origin}")]
        told += [(texts.KIND, part.kind.value or texts.UNKNOWN)]
    return [(label, one_line(value)) for label, value in [*told, (texts.ADDED, document.added.date().isoformat())]]


PAGES = Listing(
    key="pages",
    caption=texts.PAGES,
    columns=(
        Column("number", texts.PAGE, lambda row: texts.page_name(row["number"]), head=True, opens=True),
        Column("origin", texts.READ_FROM, lambda row: texts.ORIGIN[row["origin"]]),
        Column("state", texts.READING_LABEL, lambda row: row["said"]),
        Column("repairs", texts.REPAIRED, lambda row: str(row["repairs"]), "right"),
        Column("unsure", texts.UNSURE, lambda row: str(row["unsure"]), "right"),
    ),
    said=texts.pages,
)


def _pages(document: Document, pages: Sequence[Page]) -> None:
    rows = [
        {
            "id": str(page.number),
            "number": page.number,
            "origin": page.origin,
            "state": page.status,
            "said": texts.READING_STATE[page.status] + (f": {one_line(page.reason)}" if page.reason else ""),
            "repairs": sum(not one.unsure for one in page.repairs),
            "unsure": sum(one.unsure for one in page.repairs),
        }
        for page in pages
    ]
    st.html(heading(texts.PAGES))
    PAGES.show(rows, lambda did: _open(document, did))


def _open(document: Document, did: Mapping[str, Any]) -> None:
    source_view.open_place(Place(document_id=document.document_id, page=int(did["id"])))


def _repairs(pages: Sequence[Page]) -> None:
    """What was repaired, and names and words that the reader was unsure of."""
    rows = [
        [str(page.number), one_line(one.before), one_line(one.after), texts.UNSURE_ONE if one.unsure else ""]
        for page in pages
        for one in sorted(page.repairs, key=lambda one: not one.unsure)
    ]
    if rows:
        with st.expander(f"{texts.REPAIRS} ({len(rows)})"):
            st.html(data_table(texts.REPAIRS, texts.REPAIR_HEADS, rows[:MAX_REPAIRS]))


def _original(archive: Archive, document: Document) -> None:
    name = one_line(archive.file_name(frame.SCOPE, document.document_id))
    path = archive.original(frame.SCOPE, document.document_id)
    st.download_button(texts.ORIGINAL, lambda: path.read_bytes(), name, "application/octet-stream")
