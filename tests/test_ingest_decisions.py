"""What a clause decides, and what it only tells of."""

from __future__ import annotations

import pytest

from ingest.clauses import Clause, sentence_bounds
from ingest.decisions import Setting, judge, understandable
from tests.minutes_cases import load

CLAUSES = [(case["body"], *pair) for case in load("clauses") for pair in case["clauses"]]


@pytest.mark.parametrize(("body", "text", "told"), CLAUSES, ids=[f"{body}: {text}" for body, text, _ in CLAUSES])
def test_a_clause_decides_what_its_own_verb_says(body: str, text: str, told: str) -> None:
    found = judge(text, Clause(0, len(text)), Setting((body,)))
    assert ("-" if found is None else f"{found[0]}/{found[1] or '-'}") == told


def test_a_row_is_judged_by_the_sentence_that_leads_it() -> None:
    row = Clause(0, 20, lead="Nätverket rekommenderar kommunerna")
    assert judge("att vänta till hösten", row, Setting(("Nätverket",))) == ("rekommendation", None)


@pytest.mark.parametrize(
    ("lead", "row", "text"),
    [
        ("Rådet beslutar", "att avgiften höjs, samt", "Rådet beslutar att avgiften höjs"),
        ("Rådet beslutar att", "att avgiften höjs", "Rådet beslutar att avgiften höjs"),
        ("Rådet beslutar att", "höja avgiften.", "Rådet beslutar att höja avgiften."),
        ("Rådet beslutar följande:", "avgiften höjs", "Rådet beslutar följande: avgiften höjs"),
        ("", "Avgiften höjs.", "Avgiften höjs."),
    ],
)
def test_a_rows_text_can_be_understood_alone(lead: str, row: str, text: str) -> None:
    assert understandable(row, lead) == text


def test_short_forms_end_no_sentence() -> None:
    text = "Mötet är kl. 9 den 3 sept. 2024 hos t.ex. Öby. Alla kommer."
    assert [text[a:b] for a, b in sentence_bounds(text, 0, len(text))] == [text[:-13], "Alla kommer."]
