"""Follow-ups made whole: which question each becomes, by tables of invented turns."""

from __future__ import annotations

import pytest

from assistant.answer import Turn
from assistant.followup import make_whole

# [the question before, the follow-up, the whole question]
SWAPPED = (
    ("Hur många elever hade Tuna enligt bilden från Läsdagen?", "och Vretaby?", "Hur många elever hade Vretaby enligt bilden från Läsdagen?"),
    ("Vad är hyran för Tunas bibliotek?", "Och i Vretaby?", "Vad är hyran för Vretabys bibliotek?"),
    ("Vad kostade en plats i Tuna 2024?", "Och i Vretaby?", "Vad kostade en plats i Vretaby 2024?"),
    ("Hur många deltog i lägret 2023?", "och 2024?", "Hur många deltog i lägret 2024?"),
    ("Vad kostar provbanken?", "och nästa år?", "Vad kostar provbanken nästa år?"),
    ("Vad kostade provbanken från augusti 2023?", "och efter höjningen?", "Vad kostade provbanken efter höjningen?"),
    ("Vem är ordförande i Rektorsrådet?", "och vice?", "Vem är vice ordförande i Rektorsrådet?"),
    ("Vad kostar provbanken?", "och lunchen?", "Vad kostar lunchen?"),
    ("Vilken gräns gäller för grundskolan?", "Och för gymnasiet?", "Vilken gräns gäller för gymnasiet?"),
    ("Var Karin Ek från Alby med den 2 mars 2023?", "och Karin Ek från Tuna?", "Var Karin Ek från Tuna med den 2 mars 2023?"),
    ("Vad är ersättningen vid prao?", "hur har den ändrats?", "Hur har ersättningen vid prao ändrats?"),
    ("När är nästa träff i Rektorsrådet?", "vilken plats och tid?", "När är nästa träff i Rektorsrådet?"),
    ("När är nästa möte i Rektorsrådet?", "var?", "När är nästa möte i Rektorsrådet?"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "text", "whole"), SWAPPED)
def test_one_thing_of_the_question_before_is_put_out_for_another(before: str, text: str, whole: str) -> None:
    assert make_whole(text, [Turn(question=before, answer="")]).text == whole


@pytest.mark.parametrize("text", ["Och frånvarande?", "Och sekreterare?"])
def test_a_word_of_the_attendance_list_takes_no_name_of_the_question_before(text: str) -> None:
    before = Turn(question="Vilka var med på Rektorsrådets möte den 9 februari 2023?", answer="")
    assert "Rektorsrådets" in make_whole(text, [before]).text


def test_what_came_of_a_matter_is_asked_without_the_time_of_the_question_before() -> None:
    before = Turn(question="Vad beslutades om provbanken hösten 2022?", answer="")
    whole = make_whole("och vad blev det sen?", [before])
    assert whole.context == "provbanken"
    assert whole.text.startswith("Vad hände sedan")


# [the question before, a follow-up with a time of its own, the matter that it takes over]
OWN_TIMES = (
    ("Vad bestämde rektorerna om lägret i september 2024?", "Och vad blev det i mars 2025?", "lägret"),
    ("Vad sades om provbanken på mötet i februari 2022?", "och vad är det som gäller nu?", "provbanken"),
    ("Vad beslutades om provbanken hösten 2022?", "och vad blev det sen, alltså våren 2023?", "provbanken"),
)


@pytest.mark.parametrize(("before", "text", "matter"), OWN_TIMES)
def test_a_time_of_its_own_puts_out_the_time_of_the_question_before(before: str, text: str, matter: str) -> None:
    whole = make_whole(text, [Turn(question=before, answer="")])
    assert whole.context == matter
    assert "hände sedan" not in whole.text


def test_the_same_asked_of_another_time_is_of_the_same_sort() -> None:
    before = "Vad bestämde rektorerna om lägret i september 2024?"
    assert make_whole("Och vad blev det i mars 2025?", [Turn(question=before, answer="")]).asks == before


def test_a_question_of_its_own_after_a_small_word_swaps_nothing() -> None:
    whole = make_whole(
        "Och från när gäller den?", [Turn(question="Hur mycket höjdes avgiften till poolen?", answer="")]
    )
    assert whole.text == "Från när gäller den – i frågan om avgiften till poolen?"


@pytest.mark.parametrize("text", ["Vad var den innan?", "Och innan dess?", "vad kostade den tidigare"])
def test_what_it_was_before_is_of_the_same_sort_as_the_question_before(text: str) -> None:
    whole = make_whole(text, [Turn(question="Vad kostar provbanken 2025?", answer="")])
    assert whole.asks == "Vad kostar provbanken 2025?"
    assert whole.context == "provbanken"


@pytest.mark.parametrize("text", ["Vad kostar skolskogen per elev och termin?", "Vilka deltog på mötet den 3 mars?"])
def test_a_question_that_stands_alone_is_left_as_it_is(text: str) -> None:
    assert make_whole(text, [Turn(question="Vad kostar provbanken?", answer="")]).text == text
