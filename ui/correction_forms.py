"""Forms by which a person corrects what was read: the header, attendance, a decision, a word; each is kept and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import get_args

import streamlit as st

from corpus.records import Document, Kind, Outcome, Part, Presence, Strength
from ui import errors, frame, texts
from ui.correcting import Wish, correct_all, follow_up, make_correction
from ui.safe import as_markdown, one_line

WHO = "webbsidan"


def show(document: Document, parts: Sequence[Part]) -> None:
    """The forms of one document."""
    source = document.names[0]
    if not parts:
        return
    part = parts[0]
    if len(parts) > 1:
        part = st.selectbox(texts.PART, parts, format_func=_part_name, key="part")
    shown: dict[str, Callable[[str, Part], None]] = {texts.HEADER_TAB: _header}
    if part.participants:
        shown[texts.ATTENDANCE] = _attendance
    if part.decisions:
        shown[texts.DECISIONS] = _decision
    shown[texts.WORD_TAB] = _word
    for tab, form in zip(st.tabs(list(shown)), shown.values(), strict=True):
        with tab:
            form(source, part)


def _part_name(part: Part) -> str:
    return one_line(part.title or f"{part.body or texts.NO_BODY} {part.meeting_date.value or texts.UNDATED}")


def _header(source: str, part: Part) -> None:
    kinds = [texts.UNKNOWN, *get_args(Kind)]
    with st.form(f"header-{part.part_id}", border=False):
        day = st.text_input(texts.DATE_FORM, str(part.meeting_date.value or ""), max_chars=10, placeholder="2024-03-18")
        body = st.text_input(texts.BODY, part.body or "", max_chars=200, help=texts.BODY_HELP)
        kind = st.selectbox(texts.KIND, kinds, index=kinds.index(part.kind.value) if part.kind.value in kinds else 0)
        sent = st.form_submit_button(texts.SAVE, type="primary")
    if sent:
        wanted = {
            "date": (str(part.meeting_date.value or ""), day.strip()),
            "body": (part.body or "", body.strip()),
            "kind": (part.kind.value or "", "" if kind == texts.UNKNOWN else str(kind)),
        }
        _save([_wish(source, part, path, new) for path, (old, new) in wanted.items() if new and new != old])


def _attendance(source: str, part: Part) -> None:
    with st.form(f"attendance-{part.part_id}", border=False):
        named = st.selectbox(texts.PERSON, part.participants, format_func=lambda one: one_line(one.name))
        presence = st.selectbox(texts.ATTENDANCE, get_args(Presence))
        sent = st.form_submit_button(texts.SAVE, type="primary")
    if sent and named:
        _save([_wish(source, part, "participant.presence", str(presence), named.name)])


def _decision(source: str, part: Part) -> None:
    with st.form(f"decision-{part.part_id}", border=False):
        decision = st.selectbox(texts.DECISION, part.decisions, format_func=lambda one: one_line(one.text)[:120])
        strength = st.selectbox(texts.STRENGTH, [texts.AS_READ, *get_args(Strength)])
        outcome = st.selectbox(texts.OUTCOME, [texts.AS_READ, *get_args(Outcome)])
        sent = st.form_submit_button(texts.SAVE, type="primary")
    if sent and decision:
        wanted = {"decision.strength": strength, "decision.outcome": outcome}
        _save(
            [_wish(source, part, path, new, decision.text) for path, new in wanted.items() if new != texts.AS_READ]
        )  # fmt: skip


def _word(source: str, part: Part) -> None:
    with st.form(f"word-{part.part_id}", border=False, clear_on_submit=True):
        quote = st.text_input(texts.WRONG_WORD, max_chars=100)
        value = st.text_input(texts.RIGHT_WORD, max_chars=100)
        sent = st.form_submit_button(texts.SAVE, type="primary")
    if sent and quote.strip() and value.strip():
        _save([_wish(source, part, "word", value.strip(), quote.strip())])


def _wish(source: str, part: Part, path: str, value: str, quote: str = "") -> Wish:
    return Wish(file=source, path=path, value=value, quote=quote, part=part.ordinal, who=WHO)


def _save(wishes: Sequence[Wish]) -> None:
    if not wishes:
        return
    archive = frame.archive()
    with errors.shown(), st.spinner(texts.SAVING):
        now = datetime.now().astimezone()
        correct_all(archive, archive.settings, [make_correction(archive, one, now) for one in wishes])
        st.session_state["said"] = texts.SAVED
        st.rerun()


def made(document: Document) -> None:
    """The corrections of one document, each with a way to undo it; one that lost its place is told."""
    held = [one for one in frame.archive().corrections(frame.SCOPE) if one.source in document.names]
    for one in held:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(as_markdown(texts.correction(one)))
            st.button(
                texts.UNDO, key=f"undo-{one.correction_id}", on_click=errors.held(_undo), args=(one.correction_id,),
                help=as_markdown(f"{texts.UNDO}: {texts.correction(one)}"),
            )  # fmt: skip


def _undo(correction_id: int) -> None:
    archive = frame.archive()
    undone = [one for one in archive.corrections(frame.SCOPE) if one.correction_id == correction_id]
    archive.remove_correction(correction_id)
    follow_up(archive, archive.settings, [one.source for one in undone if one.path == "word"])
    st.session_state["said"] = texts.UNDONE
