"""Inför mötet: per item of an agenda the earlier decisions, open tasks and postponed matters, with sources, as Word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant import briefing
from ui import finding_view, frame, source_view, texts
from ui.agenda_text import text_of
from ui.markup import heading, note
from ui.safe import as_markdown, one_line

AGENDA = "dagordning"


def show() -> None:
    """The page: the form, and the briefing where the address names an agenda."""
    wanted = str(st.query_params.get(AGENDA, ""))
    agenda = frame.drafts().get(wanted) if wanted else None
    st.title(texts.BRIEFING)
    if not frame.coverage().documents:
        st.info(f"**{texts.EMPTY_TITLE}.** {texts.EMPTY}")
        return
    if agenda is None:
        st.html(note(texts.BRIEFING_GONE if wanted else texts.BRIEFING_LEAD))
        _form()
        return
    st.button(texts.NEW_AGENDA, key="back", on_click=frame.go, type="tertiary", icon=":material/arrow_back:")
    made = frame.remembered(("brief", wanted), lambda held: briefing.brief(held, frame.SCOPE, agenda))
    with source_view.beside():
        _brief(made)


def _form() -> None:
    with st.form("agenda"):
        text = st.text_area(texts.AGENDA, height=260, max_chars=50_000, placeholder=texts.AGENDA_EXAMPLE)
        file = st.file_uploader(texts.AGENDA_FILE)
        sent = st.form_submit_button(texts.MAKE_BRIEF, type="primary")
    if not sent:
        return
    with st.spinner(texts.READING):
        whole = "\n".join([text, text_of(file.name, file.getvalue()) if file else ""]).strip()
    if not whole:
        st.info(texts.NO_AGENDA)
        return
    st.query_params[AGENDA] = frame.drafts().put(whole)
    st.rerun()


def _brief(made: Mapping[str, Any]) -> None:
    about = ", ".join(one_line(one) for one in (made["body"], made["date"]) if one)
    st.html(note(f"{about}. {briefing.searched(made['coverage'])}" if about else briefing.searched(made["coverage"])))
    st.download_button(
        texts.WORD, lambda: briefing.briefing_docx(dict(made)), "infor-motet.docx", key="word", type="primary"
    )
    if not made["items"]:
        st.info(texts.NO_ITEMS)
    for number, item in enumerate(made["items"]):
        st.html(heading(one_line(f"{item['number'] or ''} {item['title']}")))
        if not item["is_formal"]:
            _item(f"item-{number}", item)
    waiting = made["not_on_agenda"]
    if any(waiting.values()):
        st.html(heading(texts.NOT_ON_AGENDA))
        finding_view.show("wait-postponed", texts.POSTPONED, waiting["postponed"], finding_view.mention)
        finding_view.show("wait-actions", texts.OPEN_TASKS, waiting["actions"], finding_view.action)


def _item(key: str, item: Mapping[str, Any]) -> None:
    told = {row["decision_id"] for row in item["decisions"]} | {row["key"] for row in item["postponed"]}
    rest = [row for row in item["mentions"] if row["decision_id"] is None or row["decision_id"] not in told]
    if not (item["decisions"] or item["postponed"] or item["actions"] or rest):
        st.caption(as_markdown(texts.NOTHING_EARLIER))
        return
    finding_view.show(f"{key}-decisions", texts.EARLIER_DECISIONS, item["decisions"], finding_view.mention)
    finding_view.show(f"{key}-postponed", texts.POSTPONED, item["postponed"], finding_view.mention)
    finding_view.show(f"{key}-actions", texts.OPEN_TASKS, item["actions"], finding_view.action)
    finding_view.show(f"{key}-mentions", texts.ALSO_SAID, rest, finding_view.mention)


with frame.page(texts.BRIEFING):
    show()
