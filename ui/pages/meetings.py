"""Möten: every meeting by body and year; one meeting with its header, people, matters, decisions, tasks and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant import registers
from assistant.changes import changes, meeting_before
from corpus.archive import Archive
from ui import finding_view, frame, source_view, texts
from ui.filters import chosen_filter, search_box
from ui.listing import Column, Listing
from ui.markup import bullets, facts, heading
from ui.safe import one_line
from ui.source_view import Place

MEETING = "mote"


def show() -> None:
    """The page: one meeting where the address names it, else the list."""
    wanted = str(st.query_params.get(MEETING, ""))
    parts = [row for row in frame.remembered("meetings", _rows) if row["meeting_id"] == wanted]
    if parts:
        with source_view.beside():
            _meeting(parts)
        return
    st.title(texts.MEETINGS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="tools"):
        said = search_box(texts.SEARCH_MEETINGS)
        limits = chosen_filter(with_kind=False)
    rows = [
        row
        for row in frame.remembered(("meeting list", limits), lambda held: _listed(registers.meetings_rows(held, frame.SCOPE, limits)))
        if said.lower() in row["said"]
    ]  # fmt: skip
    if rows:
        LISTING.show(rows, _pressed)
    else:
        st.info(texts.NOTHING)
    _gaps()


def _rows(held: Archive) -> list[dict[str, Any]]:
    """One row per part, the part that counts most first within a meeting."""
    return registers.meetings_rows(held, frame.SCOPE)


def _listed(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row per meeting, newest first."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(
            row["meeting_id"],
            {
                **row,
                "id": row["meeting_id"],
                "name": one_line(row["body"] or ""),
                "when": texts.fact_day(row["date"]),
                "sorts": row["date"]["value"] or row["date"]["from"] or "",
                "said": " ".join([row["body"] or "", row["title"] or "", *(i["title"] for i in row["items"])]).lower(),
            },
        )
    return sorted(found.values(), key=lambda one: one["sorts"], reverse=True)


def _present(row: Mapping[str, Any]) -> str:
    return str(sum(one["present"] is not False for one in row["participants"]) or "")


LISTING = Listing(
    key="meetings",
    caption=texts.MEETINGS,
    columns=(
        Column("sorts", texts.DATE, lambda row: row["when"], align="nowrap"),
        Column("body", texts.BODY, lambda row: one_line(row["body"] or texts.NO_BODY), head=True, opens=True),
        Column("kind", texts.KIND, lambda row: row["kind"] or "", order=lambda row: row["kind"] or ""),
        Column("items", texts.ITEMS, lambda row: str(len(row["items"]) or ""), "right", order=lambda r: len(r["items"])),
        Column("people", texts.PRESENT, _present, "right", order=lambda row: len(row["participants"])),
        Column("documents", texts.DOCUMENTS, lambda row: str(len(row["documents"])), "right", order=lambda r: len(r["documents"])),
    ),
    said=texts.meetings,
    sort="-sorts",
)  # fmt: skip


def _pressed(did: Mapping[str, Any]) -> None:
    frame.go(**{MEETING: str(did["id"])})


def _gaps() -> None:
    """What the archive lacks: meetings announced without notes, attachments and numbers referred to."""
    gaps = frame.remembered("gaps", lambda held: registers.gaps_rows(held, frame.SCOPE))
    if gaps:
        with st.expander(f"{texts.GAPS} ({len(gaps)})"):
            finding_view.show("gaps", texts.GAPS, gaps, texts.gap, texts.file_page)


def _meeting(parts: Sequence[Mapping[str, Any]]) -> None:
    st.button(texts.ALL_MEETINGS, key="back", on_click=frame.go, type="tertiary", icon=":material/arrow_back:")
    row = parts[0]
    st.title(one_line(f"{row['body'] or texts.NO_BODY}, {texts.fact_day(row['date'])}"))
    st.html(facts(_header(row)))
    for flag in row["flags"]:
        st.caption(one_line(flag))
    _people(row)
    _matters(row)
    _decisions_and_tasks(parts)
    _differences(row)
    _documents(parts)


def _header(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    following = row["next_meeting"] or {}
    when = " ".join(str(following[key]) for key in ("date", "time", "place") if following.get(key))
    told = [(label, row[key]) for key, label in texts.HEADER.items()]
    told += [(texts.ADJUSTERS, ", ".join(str(one) for one in row["adjusters"])), (texts.NEXT_MEETING, when)]
    return [(label, one_line(value)) for label, value in told if value]


def _people(row: Mapping[str, Any]) -> None:
    if not row["participants"]:
        return
    told = []
    for presence, label in texts.PRESENCE.items():
        named = [one for one in row["participants"] if (one["presence"] or "närvarande") == presence]
        if named:
            told.append((label, one_line(", ".join(texts.person(one) for one in named))))
    st.html(heading(texts.ATTENDANCE))
    st.html(facts(told))


def _matters(row: Mapping[str, Any]) -> None:
    if row["items"]:
        st.html(heading(texts.ITEMS))
        st.html(bullets([one_line(f"{item['number'] or ''} {item['title']}") for item in row["items"]], plain=True))


def _decisions_and_tasks(parts: Sequence[Mapping[str, Any]]) -> None:
    from corpus.records import Filter

    limits = Filter(documents=tuple(dict.fromkeys(part["document_id"] for part in parts)))
    ids = {part["meeting_id"] for part in parts}
    decided = frame.remembered(("decided", limits), lambda held: registers.decisions_rows(held, frame.SCOPE, limits))
    tasks = frame.remembered(("tasks", limits), lambda held: registers.actions_rows(held, frame.SCOPE, limits))
    rows = [row | {"quote": row["text"]} for row in decided if row["meeting_id"] in ids]
    finding_view.show("decided", texts.DECISIONS, rows, _decided)
    finding_view.show("tasks", texts.TASKS, tasks, texts.task)


def _decided(row: Mapping[str, Any]) -> str:
    told = ", ".join(str(row[key]) for key in ("strength", "outcome") if row[key])
    return f"{row['text']} ({told})"


def _differences(row: Mapping[str, Any]) -> None:
    rows = frame.remembered("meetings", _rows)
    before = meeting_before(rows, row)
    if before is None:
        return
    found = changes(before, row)
    told = [(texts.CHANGES[key], ", ".join(one_line(one) for one in found[key])) for key in texts.CHANGES if found[key]]
    if told:
        with st.expander(texts.since(texts.fact_day(before["date"]))):
            st.html(facts(told))


def _documents(parts: Sequence[Mapping[str, Any]]) -> None:
    st.html(heading(texts.DOCUMENTS))
    seen: set[str] = set()
    for part in parts:
        if part["document_id"] not in seen:
            seen.add(part["document_id"])
            place = Place(document_id=part["document_id"], page=int(part["date"]["page"] or 1))
            label = f"{part['file']} ({part['kind']})" if part["kind"] else part["file"]
            source_view.button(f"document-{len(seen)}", one_line(label), place, ())


with frame.page(texts.MEETINGS):
    show()
