"""Dokument: what is in and how well it was read; upload, removal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant import registers
from corpus.archive import Archive
from corpus.records import Job, Part
from ui import document_view, errors, frame, jobs, source_view, texts, wordlist
from ui.listing import Column, Listing
from ui.markup import data_table
from ui.safe import as_html, as_markdown, one_line

REFRESH_S = 1.0
SHOWN_JOBS = 30


def show() -> None:
    """The page: one document where the address names it, else all that is in."""
    wanted = str(st.query_params.get(document_view.DOCUMENT, ""))
    if wanted:
        with source_view.beside(), errors.shown():
            document_view.show(wanted)
        return
    st.title(texts.DOCUMENTS)
    _upload()
    _queue()
    rows = frame.remembered("documents", _rows)
    if not rows:
        st.info(texts.NO_DOCUMENTS)
        return
    LISTING.show(rows, _pressed)
    _wordlist()


def _upload() -> None:
    with st.form("upload", clear_on_submit=True, border=True):
        files = st.file_uploader(texts.UPLOAD, accept_multiple_files=True, help=None)
        st.caption(as_markdown(texts.UPLOAD_HELP))
        sent = st.form_submit_button(texts.UPLOAD_DO, type="primary")
    if sent and files:
        archive = frame.archive()
        for file in files:
            with errors.shown():
                jobs.add(archive, file.name, file.getvalue())
        jobs.start_worker(archive.settings)


def _queue() -> None:
    """The uploads of this archive and how far they have come, anew each second while any is under way."""
    held = frame.archive().jobs()
    active = any(job.status in ("queued", "running") for job in held)
    st.fragment(_queue_now, run_every=REFRESH_S if active else None)(active)


def _queue_now(was_active: bool) -> None:
    held = frame.archive().jobs()
    if not held:
        return
    active = any(job.status in ("queued", "running") for job in held)
    with st.expander(f"{texts.QUEUE} ({len(held)})", expanded=active or any(j.status == "failed" for j in held)):
        for job in reversed(held[-SHOWN_JOBS:]):
            st.html(_job_html(job))
    if was_active and not active:
        st.rerun()


def _job_html(job: Job) -> str:

    progress = texts.page_of(job.pages_done, job.pages_total) if job.status == "running" and job.pages_total else ""
    state = " · ".join(piece for piece in (texts.JOB_STATE[job.status], progress, one_line(job.reason or "")) if piece)
    return f'<p class="mm-job mm-{job.status}"><strong>{as_html(one_line(job.name))}</strong><br>{as_html(state)}</p>'


def _rows(archive: Archive) -> list[dict[str, Any]]:
    states = archive.page_states(frame.SCOPE)
    first: dict[str, Part] = {}
    for each in archive.parts(frame.SCOPE):
        first.setdefault(each.document_id, each)
    rows = []
    for document in archive.documents(frame.SCOPE):
        part = first.get(document.document_id)
        rows.append(
            {
                "id": document.document_id,
                "name": one_line(document.names[0]) if document.names else document.document_id[:12],
                "body": (part.body if part else None) or "",
                "date": part.meeting_date.value.isoformat() if part and part.meeting_date.value else "",
                "kind": (part.kind.value if part else None) or "",
                "pages": document.page_count,
                "state": states.get(document.document_id, {}),
            }
        )
    return rows


def _name(row: Mapping[str, Any]) -> Any:
    folder, _, name = str(row["name"]).rpartition("/")
    return [name, {"text": folder, "tone": "sub"}] if folder else name


def _state(row: Mapping[str, Any]) -> Any:
    unread, partly = row["state"].get("unreadable", 0), row["state"].get("partly", 0)
    if not unread and not partly:
        return texts.READING_STATE["read"]
    return {"text": texts.reading(unread, partly), "tone": "bad" if unread else "badge"}


LISTING = Listing(
    key="documents",
    caption=texts.DOCUMENTS,
    columns=(
        Column("name", texts.FILE, _name, head=True, opens=True),
        Column("body", texts.BODY, lambda row: row["body"]),
        Column("date", texts.DATE, lambda row: row["date"], align="nowrap"),
        Column("kind", texts.KIND, lambda row: row["kind"]),
        Column("pages", texts.PAGES, lambda row: str(row["pages"]), align="right"),
        Column("state", texts.READING_LABEL, _state, order=lambda row: texts.reading_order(row["state"])),
    ),
    said=texts.documents,
    actions=(("remove", texts.REMOVE),),
)


def _pressed(did: Mapping[str, Any]) -> None:
    if did["do"] == "remove":
        st.session_state["removing"] = did["id"]
    else:
        frame.go(**{document_view.DOCUMENT: str(did["id"])[:20]})


def _wordlist() -> None:
    """Words of the network's own that mean the same, and the short forms that its documents explain."""
    archive = frame.archive()
    with st.expander(texts.WORDLIST):
        with st.form("wordlist", border=False):
            st.markdown(texts.WORDLIST_LEAD)
            lines = st.text_area(texts.WORDLIST, wordlist.as_lines(archive.own_thesaurus(frame.SCOPE)), height=160)
            sent = st.form_submit_button(texts.SAVE)
        if sent:
            archive.set_own_thesaurus(wordlist.as_toml(lines))
            st.session_state["said"] = texts.SAVED
            st.rerun()
        rows = frame.remembered("glossary", lambda held: registers.glossary_rows(held, frame.SCOPE))
        if rows:
            cells = [[row["short"], row["long"], row["body"] or "", f"{row['file']}, s. {row['page']}"] for row in rows]
            st.html(data_table(texts.GLOSSARY, texts.GLOSSARY_HEADS, [[one_line(c) for c in row] for row in cells]))


@st.dialog(texts.REMOVE_ASK)
def _confirm(document_id: str) -> None:
    archive = frame.archive()
    with errors.shown():
        name = one_line(archive.file_name(frame.SCOPE, document_id))
        st.markdown(as_markdown(texts.REMOVE_TELL.format(name)))
        with st.container(horizontal=True):
            if st.button(texts.REMOVE, type="primary"):
                with st.spinner(texts.REMOVING):
                    archive.remove(document_id)
                    frame.relink(archive)
                st.session_state["said"] = texts.REMOVED.format(name)
                st.rerun()
            if st.button(texts.CANCEL):
                st.rerun()


with frame.page(texts.DOCUMENTS):
    show()
    if removing := st.session_state.pop("removing", None):
        _confirm(removing)
