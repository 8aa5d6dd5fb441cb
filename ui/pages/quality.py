"""Svarskvalitet: the newest eval report with its pictures, how well documents were read, and people's marks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from corpus.archive import Archive
from corpus.errors import BadInputError
from evals import report
from evals.feedback import as_jsonl, as_questions
from evals.run import REPORTS
from ui import frame, texts
from ui.charts import VERDICT_COLOURS, verdict_bars
from ui.listing import Column, Listing
from ui.markup import data_table, heading, note
from ui.safe import as_markdown, one_line
from ui.texts import VERDICTS

NEWEST = REPORTS / "senaste.json"
SHOWN_CASES = 20


def show() -> None:
    """The page."""
    st.title(texts.QUALITY)
    _report()
    _reading()
    _marks()


def _kinds(answers: Mapping[str, Any]) -> dict[str, Mapping[str, int]]:
    """Our own verdicts by kind of question, under the kinds' Swedish names."""
    ours = next(iter(answers["systems"].values()))["by_kind"]
    return {texts.QUESTION_KINDS.get(kind, kind): counts for kind, counts in ours.items()}


def _report() -> None:
    found = read_report(NEWEST)
    if found is None:
        st.info(texts.NO_REPORT)
        return
    st.caption(as_markdown(texts.report_of(found["made"][:10], str(found.get("set", "")))))
    answers = found.get("answers")
    if answers:
        st.markdown(f"**{as_markdown(answers['first_line'])}**")
        st.altair_chart(verdict_bars(texts.BY_SYSTEM, _systems(answers), frame.theme()))
        st.altair_chart(verdict_bars(texts.BY_KIND, _kinds(answers), frame.theme()))
    for title, heads, rows in report.table(found):
        with st.expander(as_markdown(title)):
            st.html(data_table(title, heads, rows))
    if answers:
        _worst(answers["cases"])


def read_report(path: Path) -> dict[str, Any] | None:
    """The report, or None where none is made. Raises BadInputError where it cannot be read."""
    if not path.is_file():
        return None
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise BadInputError("Rapporten går inte att läsa", str(path), "Gör en ny med motesminne eval all.") from error


def _systems(answers: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {key: round(system[key]["mean"] * system[key]["count"]) for key in VERDICT_COLOURS}
        for name, system in answers["systems"].items()
    }


def _worst(cases: Sequence[Mapping[str, Any]]) -> None:
    """Questions answered wrong or not at all: what to read first."""
    worst = [one for one in cases if one["verdict"] != "right"]
    worst.sort(key=lambda one: (one["verdict"] != "wrong", one["kind"]))
    if not worst:
        return
    with st.expander(texts.unanswered(len(worst))):
        rows = [[VERDICTS[one["verdict"]], one_line(one["question"]), one_line(one["answer"])] for one in worst]
        st.html(data_table(texts.WORST, texts.WORST_HEADS, rows[:SHOWN_CASES]))


def _reading() -> None:
    st.html(heading(texts.READING_QUALITY))
    rows = frame.remembered("read", _read)
    weak = [row for row in rows if row["partly"] or row["unreadable"]]
    st.html(note(texts.read_well(len(rows) - len(weak), len(rows))))
    if weak:
        WEAK.show(weak, _open)


def _read(held: Archive) -> list[dict[str, Any]]:
    states = held.page_states(frame.SCOPE)
    return [
        {"id": one.document_id, "name": one_line(one.names[0].rpartition("/")[2]), **_counts(states[one.document_id])}
        for one in held.documents(frame.SCOPE)
        if one.names and one.document_id in states
    ]


def _counts(state: Mapping[str, int]) -> dict[str, int]:
    return {key: state.get(key, 0) for key in texts.READING_STATE}


WEAK = Listing(
    key="weak",
    caption=texts.READING_QUALITY,
    columns=(
        Column("name", texts.FILE, lambda row: row["name"], head=True, opens=True),
        *(
            Column(key, f"{texts.PAGES}: {label}", lambda row, key=key: str(row[key]), "right")  # type: ignore[misc]
            for key, label in texts.READING_STATE.items()
        ),
    ),
    said=texts.documents,
    sort="-unreadable",
)


def _open(did: Mapping[str, Any]) -> None:
    st.session_state["goes_to"] = str(did["id"])


def _marks() -> None:
    st.html(heading(texts.MARKS))
    given = frame.archive().feedback()
    st.html(note(texts.marks(sum(one.verdict == "stämmer" for one in given), len(given))))
    if not given:
        return
    rows = [[one.created.date().isoformat(), one.verdict, one.question, one.reason or ""] for one in reversed(given)]
    with st.expander(texts.ALL_MARKS):
        st.html(data_table(texts.MARKS, texts.MARK_HEADS, rows))
    questions = as_questions(given)
    if questions:
        st.download_button(texts.AS_QUESTIONS, as_jsonl(given).encode(), "omdomen.jsonl", "application/jsonl")
        st.html(note(texts.questions_made(len(questions))))


with frame.page(texts.QUALITY):
    if goes_to := st.session_state.pop("goes_to", None):
        st.switch_page("pages/documents.py", query_params={"dokument": goes_to[:20]})
    show()
