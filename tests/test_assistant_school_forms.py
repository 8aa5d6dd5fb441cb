"""School forms: what is told of one answers nothing that is asked of another."""

from __future__ import annotations

import pytest

from assistant.school_forms import is_of_other_form, named

# [a question, what a passage says, whether it is of another form]
CASES = (
    ("Vilken gräns gäller i förskolan?", "Gräns för gymnasiet\nEleverna följer rådets gräns.", True),
    ("Hur många platser finns i förskolan i Alby?", "Vuxenutbildningsrådet\nAlby har tre platser.", True),
    ("Vad beslutades om AI på gymnasiet?", "Riktlinje om AI i grundskolan", True),
    ("Vilken gräns gäller i förskolan?", "Gränsen gäller både grundskola och förskola.", False),
    ("Vilken gräns gäller i förskolan?", "Gränsen är tio procent i alla kommuner.", False),
    ("Vilken gräns gäller?", "Gräns för gymnasiet", False),
    ("Skiljer sig gränsen mellan förskolan och gymnasiet?", "Gräns för grundskolan", False),
    ("Vad gäller i förskoleklass?", "Vad gäller i grundskolan", False),
)


@pytest.mark.parametrize(("question", "passage", "is_other"), CASES)
def test_what_is_told_of_one_form_answers_no_other(question: str, passage: str, is_other: bool) -> None:
    assert is_of_other_form(question, named(passage)) is is_other


def test_school_and_pupil_alone_name_no_form() -> None:
    assert named("Skolan och eleverna får nya lokaler vid skolstart.") == frozenset()
