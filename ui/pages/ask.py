"""Fråga: a conversation with the archive, each sentence cited, the source beside the answer."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from assistant.answer import Turn
from corpus.errors import NotInArchiveError
from corpus.records import Filter
from ui import answer_view, errors, examples_view, feedback_view, frame, keeping, parts, source_view, texts
from ui.conversation import Asked, Conversation
from ui.filters import chosen_filter
from ui.safe import as_markdown, one_line
from ui.source_view import Place

CONVERSATION, QUESTION, WAITING = "samtal", "fraga", "waiting"
TICK_S = 0.1


def show() -> None:
    """The page."""
    conversation = _current()
    st.chat_input(texts.PLACEHOLDER, key="question", max_chars=2000, on_submit=_typed)
    with source_view.beside(), st.container(key="talk"):
        limits = _tools(conversation)
        while waiting := st.session_state.get(WAITING):
            conversation = _ask(conversation, waiting.pop(0), limits)
        if not conversation and st.query_params.get(QUESTION):
            conversation = _ask(None, str(st.query_params[QUESTION]), limits)
        if conversation is None:
            _welcome(limits)
        else:
            _turns(conversation)
    if conversation and conversation.is_busy:
        time.sleep(TICK_S)
        st.rerun()
    elif conversation and 0 < conversation.kept < len(conversation.turns):
        keeping.keep(frame.archive(), conversation, datetime.now().astimezone())


def _typed() -> None:
    """Note the question before anything is drawn: a run that the next question cuts off must not lose it."""
    st.session_state.setdefault(WAITING, []).append(str(st.session_state["question"]))


def _current() -> Conversation | None:
    """The conversation that the address names: under way in this process, or kept in the archive."""
    wanted = str(st.query_params.get(CONVERSATION, ""))
    if not wanted:
        return None
    archive = frame.archive()
    every = frame.conversations(str(archive.folder))
    held = every.get(wanted)
    if held is None:
        try:
            held = keeping.reopen(archive, wanted, _answers, errors.caught)
            every.put(held)
        except NotInArchiveError:
            st.info(f"{texts.GONE}. {texts.GONE_DO}")
    return held


def _ask(conversation: Conversation | None, question: str, limits: Filter) -> Conversation:
    if conversation is None:
        conversation = Conversation(_answers, errors.caught)
        frame.conversations(str(frame.archive().folder)).put(conversation)
        st.query_params.pop(QUESTION, None)
        st.query_params[CONVERSATION] = conversation.conversation_id
    conversation.ask(question.strip(), limits)
    return conversation


def _answers(question: str, history: Sequence[Turn], limits: Filter, without: Sequence[str]) -> Any:
    return frame.assistant().stream(question, history, filter=limits, without=without)


def _tools(conversation: Conversation | None) -> Filter:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="tools"):
        limits = chosen_filter()
        _own_body()
        _kept()
        if conversation and not conversation.is_busy:
            if not conversation.kept:
                st.button(texts.KEEP, key="keep", on_click=errors.held(_keep), args=(conversation,))
            st.button(texts.NEW, key="new", on_click=frame.go)
    return limits


def _own_body() -> None:
    own = frame.own_body()
    with st.popover(texts.own_body(own)):
        bodies = [texts.NO_OWN_BODY, *frame.bodies()]
        at = bodies.index(own) if own in bodies else 0
        chosen = st.selectbox(texts.OWN_BODY, bodies, index=at, key="own_body", help=texts.OWN_BODY_HELP)
        new = "" if chosen == texts.NO_OWN_BODY else str(chosen)
        if new != (own or ""):
            frame.archive().set_value(frame.OWN_BODY, new)
            st.rerun()


def _keep(conversation: Conversation) -> None:
    keeping.keep(frame.archive(), conversation, datetime.now().astimezone())
    st.session_state["said"] = texts.KEPT


def _kept() -> None:
    """The kept conversations: open one, delete one."""
    kept = frame.archive().conversations()
    if not kept:
        return
    # Another conversation is another list: it closes when one has been chosen.
    with st.popover(f"{texts.KEPT_LIST} ({len(kept)})", key=f"kept-{st.query_params.get(CONVERSATION, '')}"):
        for one in kept:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                name = one_line(one.title)
                st.button(
                    as_markdown(name), key=f"open-{one.conversation_id}", on_click=errors.held(_open), args=(one.conversation_id,),
                    type="tertiary",
                )  # fmt: skip
                st.button(
                    texts.DELETE, key=f"delete-{one.conversation_id}", on_click=errors.held(_delete), args=(one.conversation_id,),
                    help=as_markdown(f"{texts.DELETE}: {name}"),
                )  # fmt: skip


def _open(conversation_id: str) -> None:
    frame.go(**{CONVERSATION: conversation_id})


def _delete(conversation_id: str) -> None:
    frame.archive().delete_conversation(conversation_id)
    held = frame.conversations(str(frame.archive().folder)).get(conversation_id)
    if held:
        held.kept = 0


def _welcome(limits: Filter) -> None:
    held = frame.coverage()
    st.title(texts.APP)
    st.markdown(texts.LEAD)
    if not held.documents:
        st.info(f"**{texts.EMPTY_TITLE}.** {texts.EMPTY}")
        return
    st.markdown(as_markdown(texts.holds(held)))
    examples_view.show(lambda question: _begin(question, limits))


def _begin(question: str, limits: Filter) -> None:
    _ask(None, question, limits)


def _turns(conversation: Conversation) -> None:
    place = source_view.wanted()
    turns = conversation.turns
    for turn in turns:
        sources = [Place.of(one) for one in answer_view.shown_sources(turn.answer)] if turn.answer else []
        addresses = [one.address for one in sources]
        number = addresses.index(place.address) + 1 if place and place.address in addresses else None
        parts.answer(
            f"turn-{conversation.conversation_id}-{turn.number}",
            answer_view.turn_data(turn, number, turn is turns[-1]),
            partial(_pressed, conversation, turn, sources),
        )


def _pressed(conversation: Conversation, turn: Asked, sources: Sequence[Place], did: Mapping[str, Any]) -> None:
    """What the reader pressed in an answer."""
    match did["do"]:
        case "source" if 1 <= int(did["source"]) <= len(sources):
            source_view.open_place(sources[int(did["source"]) - 1], sources)
        case "widen":
            conversation.widen(turn.number, str(did["value"]))
        case "ask":
            conversation.ask(str(did["question"]), turn.filter)
        case "verdict" if turn.answer:
            if did["verdict"] == texts.AGREE.lower():
                feedback_view.agree(turn.answer)
                st.session_state["said"] = texts.THANKS
            else:
                st.session_state["disagrees"] = turn.answer
            conversation.mark(turn.number, str(did["verdict"]))


with frame.page(texts.ASK):
    show()
    if disagrees := st.session_state.pop("disagrees", None):
        feedback_view.disagree(disagrees)
