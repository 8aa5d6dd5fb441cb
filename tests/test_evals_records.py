"""Scores of meeting records against values computed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from corpus.records import (
    Action,
    AgendaItem,
    Anchor,
    Decision,
    DecisionLink,
    Fact,
    NextMeeting,
    Part,
    Participant,
    Span,
)
from evals.records import score_documents, score_links

CLAUSE = "att avgiften fastställs till 900 kronor per deltagare"
OTHER = "Frågan om lokaler bordlades till nästa möte."


def _anchor(quote: str) -> Anchor:
    return Anchor(page=1, start=0, end=len(quote), quote=quote)


def _decision(quote: str, key: str = "a", **over: Any) -> Decision:
    values: dict[str, Any] = {
        "decision_id": key, "text": quote, "strength": "beslut", "outcome": "bifall", "item_number": "§ 2",
        "item_title": "Avgift", "anchor": _anchor(quote),
    }  # fmt: skip
    return Decision(**{**values, **over})


def _part(**over: Any) -> Part:
    values: dict[str, Any] = {
        "part_id": "p", "document_id": "d", "ordinal": 0, "kind": Fact(value="protokoll", certainty="stated"),
        "bodies": (Fact(value="Norra rådet", certainty="stated"),),
        "meeting_date": Fact(value=date(2024, 3, 1), certainty="stated"), "spans": (),
        "items": (AgendaItem(number="§ 2", title="Avgift", spans=(Span(page=1, start=0, end=9),)),),
        "participants": (Participant(name="Bo Alm", seat="Ö", presence="närvarande"),),
        "decisions": (_decision(CLAUSE),),
        "actions": (Action(action_id="x", who=("Bo Alm",), what="bokar lokal", by=Fact(), by_text=None, item_number=None, anchor=_anchor("bokar lokal")),),
        "next_meetings": (NextMeeting(date=Fact(value=date(2024, 5, 2), certainty="inferred"), time="09.00"),),
    }  # fmt: skip
    return Part(**{**values, **over})


def _truth(**over: Any) -> dict[str, Any]:
    part = {
        "kind": "protokoll", "bodies": ["Norra rådet"], "date": "2024-03-01", "written": None, "adjusted": None,
        "time": None, "place": None, "chair": None, "secretary": None, "adjusters": [], "abbreviations": [],
        "participants": [{"name": "Bo Alm", "seat": "Ö", "role": None, "presence": "närvarande"}],
        "items": [{"number": "§ 2", "title": "Avgift", "page": 1}],
        "decisions": [{"text": CLAUSE, "strength": "beslut", "outcome": "bifall", "item": "§ 2", "page": 1}],
        "actions": [{"who": ["Bo Alm"], "what": "bokar lokal", "by": None, "page": 1}],
        "next_meeting": {"date": "2024-05-02", "time": "09.00", "place": None},
    }  # fmt: skip
    return {"a.pdf": {"file": "a.pdf", "form": "text_pdf", "parts": [{**part, **over}], "links": []}}


def _score(part: Part, **over: Any) -> dict[str, Any]:
    return score_documents(_truth(**over), {"a.pdf": [part]})


def test_a_part_that_is_as_its_truth_has_full_scores_and_no_misses() -> None:
    found = _score(_part())
    assert found["misses"] == []
    assert {found[f"{name}_f1"] for name in ("items", "attendance", "decisions", "actions")} == {1.0}
    assert (found["date_right"], found["next_meeting"], found["strength_outcome"]) == (1, 1.0, 1.0)


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        (Fact(value=date(2024, 3, 1), certainty="inferred"), "right"),
        (Fact(value=date(2024, 3, 2), certainty="stated"), "wrong_certain"),
        (Fact(value=date(2024, 3, 2), certainty="inferred"), "uncertain"),
        (Fact(), "uncertain"),
    ],
)
def test_a_date_is_right_uncertain_or_wrong_and_certain(fact: Fact[date], kind: str) -> None:
    assert _score(_part(meeting_date=fact))[f"date_{kind}"] == 1


def test_a_certain_date_where_none_stands_is_wrong_and_certain() -> None:
    assert _score(_part(), date=None)["date_wrong_certain"] == 1


def test_a_decision_too_many_lowers_precision_and_is_told() -> None:
    found = _score(_part(decisions=(_decision(CLAUSE), _decision(OTHER, "b"))))
    assert found["decisions_f1"] == pytest.approx(2 / 3)
    assert [(m["field"], m["found"]) for m in found["misses"]] == [("decisions: för mycket", OTHER)]


def test_a_found_decision_with_the_wrong_outcome_is_found_but_not_right() -> None:
    found = _score(_part(decisions=(_decision(CLAUSE, outcome="avslag"),)))
    assert (found["decisions_f1"], found["strength_outcome"]) == (1.0, 0.0)


def test_a_wrong_seat_is_a_person_missed_and_one_too_many() -> None:
    wrong = Participant(name="Bo Alm", seat="Å", presence="närvarande")
    assert _score(_part(participants=(wrong,)))["attendance_f1"] == 0.0


def test_an_action_of_someone_else_is_not_found() -> None:
    other = Action(action_id="x", who=("Bo Ek",), what="bokar lokal", by=Fact(), by_text=None, item_number=None, anchor=_anchor("bokar"))  # fmt: skip
    assert _score(_part(actions=(other,)))["actions_f1"] == 0.0


def test_a_part_that_was_not_read_counts_as_missed() -> None:
    found = score_documents(_truth(), {"a.pdf": []})
    assert (found["decisions_f1"], found["parts"], found["kind"]) == (0.0, 0.0, 0.0)


def test_another_bodys_next_meeting_is_not_this_bodys() -> None:
    other = NextMeeting(date=Fact(value=date(2024, 4, 4)), body="AU")
    own = NextMeeting(date=Fact(value=date(2024, 5, 2)), time="09.00")
    assert _score(_part(next_meetings=(other, own)))["next_meeting"] == 1.0


def _linked(basis: str, *, true: bool) -> dict[str, Any]:
    truths = _truth()
    if true:
        truths["a.pdf"]["links"] = [
            {"earlier": {"file": "a.pdf", "quote": CLAUSE}, "later": {"file": "a.pdf", "quote": OTHER}, "relation": "ändrat", "basis": "stated"}
        ]  # fmt: skip
    part = _part(decisions=(_decision(CLAUSE), _decision(OTHER, "b")))
    link = DecisionLink(earlier_id="a", later_id="b", relation="ändrat", basis=basis)  # type: ignore[arg-type]
    return score_links(truths, {"a.pdf": [part]}, [link])


def test_a_stated_link_that_is_not_true_is_wrong_and_a_suggested_one_only_lowers_precision() -> None:
    assert (
        _linked("stated", true=False)["links_wrong_stated"],
        _linked("suggested", true=False)["links_wrong_stated"],
    ) == (1, 0)
    assert _linked("suggested", true=False)["links_precision"] == 0.0


def test_a_true_link_that_is_found_is_recalled() -> None:
    found = _linked("stated", true=True)
    assert (found["links_recall"], found["links_wrong_stated"], found["links_relation"]) == (1.0, 0, 1.0)
