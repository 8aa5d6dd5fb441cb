"""What tells the answering sentence: values, rows with their columns, what is carried over, who speaks, the right time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Evidence, Moment, Question
from assistant.clauses import Clause, clauses
from assistant.matter import Group, Matter
from assistant.naming import Known
from assistant.sentences import pieces_of
from assistant.signs import of_sentence, wanted
from assistant.sureness import Model, is_refused, outlook, ranked, using
from assistant.values import asked_value, holds_value
from corpus.records import Filter, Passage, Span

CASES = tomllib.loads((Path(__file__).parent / "cases" / "values.toml").read_text(encoding="utf-8"))
EVEN = Model(choice={"own": 1.0}, answers={"bias": 0.0}, answer_at=0.5)


def passage(text: str, *, day: date | None = None, name: str = "a", heading: tuple[str, ...] = ()) -> Passage:
    return Passage(
        passage_id=name,
        document_id=name,
        part_id=name,
        text=text,
        spans=(Span(page=1, start=0, end=len(text)),),
        heading=heading,
        body=None,
        item_number=None,
        date=day,
        kind="anteckningar",
    )


def question(text: str, **more: object) -> Question:
    empty = {"topic": (), "filter": Filter(), "limits": (), "today": date(2025, 1, 1)}
    given = {"asked": text, "whole": text, "kind": "free", "matter": text, **empty, **more}
    return Question(**given)  # type: ignore[arg-type]


def found(asked: Question, *passages: Passage, words: tuple[str, ...]) -> list[Clause]:
    about = Matter(groups=tuple(Group(weight=1.0, ways=((word, 1.0),), noun=True) for word in words), own=len(words))
    evidence = [Evidence(passage=one, rank=n, score=1.0, file=one.document_id) for n, one in enumerate(passages, 1)]
    return clauses(evidence, about, wanted(asked, Known()))


@pytest.mark.parametrize(
    ("value", "under", "text", "expected"),
    [
        (one["value"], one.get("under", ""), text, expected)
        for one in CASES["holds"]
        for expected, texts in ((True, one["yes"]), (False, one["no"]))
        for text in texts
    ],
)
def test_a_sentence_holds_a_value_of_its_sort_and_a_row_the_unit_of_its_table(
    value: str, under: str, text: str, expected: bool
) -> None:
    assert holds_value(value, text, under) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "value"), CASES["asked"].items())
def test_the_sort_of_value_that_is_asked_for(text: str, value: str) -> None:
    assert (asked_value(text) or "") == value


def test_a_table_with_years_as_columns_is_told_with_them_and_knows_its_unit() -> None:
    pieces = pieces_of(passage("Priset anges i kronor.\nKommun\t2023\t2024\nAlby\t1 200\t1 250\nÖby\t990\t1 010"))
    assert [one.shown for one in pieces][2:] == [
        "kommun: Alby, 2023: 1 200, 2024: 1 250",
        "kommun: Öby, 2023: 990, 2024: 1 010",
    ]
    assert all("kronor" in one.under for one in pieces[1:])


def test_a_table_whose_first_row_is_data_is_only_parted() -> None:
    pieces = pieces_of(passage("Alby\t14 elever\t3\nÖby\t9 elever\t2"))
    assert pieces[1].shown == "Öby – 9 elever – 2"


def test_an_amount_ends_its_sentence() -> None:
    pieces = pieces_of(
        passage("Den blir 480 kr. Biblioteket betalar hälften. Vi köper 12 st. Resten väntar, t.ex. lådorna.")
    )
    assert [one.text for one in pieces] == [
        "Den blir 480 kr.", "Biblioteket betalar hälften.", "Vi köper 12 st.", "Resten väntar, t.ex. lådorna.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (("Fler lag vill segla i år än förra året, exempelvis", "Sjöbodarna.", "Vi ordnar båtar till alla som vill vara med."), [2]),
        (("Underlaget till hamnfrågan kommer att delas med", "Hamnrådet inför nästa möte.", "Alla får läsa det innan vi träffas på nytt."), [2]),
        (("Vi söker pengar till båtar hos kommunerna och", "Region Sjökust.", "Svaret kommer till våren när nämnden har haft sitt möte."), [2]),
        (("Skeppare i år", "Alva Sjögren tar hand om båtarna och om alla seglen i vår hamn.", "Hon har gjort det länge."), [1, 2]),
    ],
)  # fmt: skip
def test_a_line_that_leads_on_or_was_full_ends_no_sentence(lines: tuple[str, ...], ends: list[int]) -> None:
    told = [" ".join(one.text.split()) for one in pieces_of(passage("\n".join(lines)))]
    places = [0, *ends, len(lines)]
    assert told == [" ".join(lines[a:b]) for a, b in zip(places, places[1:], strict=False)]


def features(clauses: list[Clause], begin: str) -> Mapping[str, float]:
    return next(one.features for one in clauses if one.text.startswith(begin))


def test_a_sentence_that_points_back_carries_the_matter_of_the_one_before() -> None:
    told = found(
        question("vad kostar badet"), passage("Badet har ny taxa. Den är 700 kr. Eva tackade."), words=("bad",)
    )
    assert features(told, "Den är")["carried"] == 1.0
    assert features(told, "Badet")["carried"] == features(told, "Eva")["carried"] == 0.0


def test_what_is_told_to_be_open_answers_who_and_when() -> None:
    told = found(
        question("vem föreläser", value="person"),
        passage("Vem som föreläser är inte klart. Lokalen är stor."),
        words=("föreläsa",),
    )
    assert not features(told, "Vem som")["no_value"]
    assert features(told, "Lokalen")["no_value"]


@pytest.mark.parametrize(
    ("text", "missing"), [("Facket tyckte att det går fort.", 0.0), ("En dialog med facket inleds i maj.", 0.0),
                          ("Det blir i november som en dialog med facket inleds.", 1.0)]
)  # fmt: skip
def test_who_is_asked_to_have_said_something_stands_first(text: str, missing: float) -> None:
    wants = wanted(question("Vad sa facket om bytet?"), Known())
    assert of_sentence(wants, text, None)["speaker_missing"] == missing


@pytest.mark.parametrize("text", ["Vad sa ni om bytet?", "Vad sa nätverket om bytet?", "När sa facket ja?"])
def test_no_speaker_is_asked_for_where_a_body_or_nobody_is_named(text: str) -> None:
    assert not wanted(question(text), Known()).speaker


def test_a_sentence_of_another_time_stands_behind_all_of_the_right_one() -> None:
    moment = Moment(label="2024", start=date(2024, 1, 1), end=date(2024, 12, 31))
    asked = question("vad kostade badet 2024", moment=moment)
    told = found(
        asked,
        passage("Badet kostade 500 kr 2022.", day=date(2022, 5, 1), name="a"),
        passage("Där är taxan 700 kr.", day=date(2024, 5, 1), name="b"),
        words=("bad",),
    )
    with using(EVEN):
        assert [one.text for one in ranked(told, asked, {})] == ["Där är taxan 700 kr.", "Badet kostade 500 kr 2022."]


def test_a_follow_up_for_now_leaves_the_time_that_it_took_over() -> None:
    moment = Moment(label="hösten 2023", start=date(2023, 8, 1), end=date(2023, 12, 31))
    asked = question("Vad kostar det nu – i frågan om badet hösten 2023", moment=moment)
    told = found(
        asked,
        passage("Badet kostar 700 kr.", day=date(2024, 5, 1), name="a"),
        passage("Badet kostade 400 kr.", day=date(2022, 5, 1), name="b"),
        words=("bad",),
    )
    assert features(told, "Badet kostar")["wrong_time"] == 0.0
    assert features(told, "Badet kostade")["wrong_time"] == 1.0


def test_two_sentences_that_say_the_same_do_not_make_the_answer_less_sure() -> None:
    asked = question("vad kostar badet", value="money")
    told = found(
        asked,
        passage("Badet kostar 700 kr.", name="a"),
        passage("Badet kostar 700 kr per timme.", name="b"),
        words=("bad",),
    )
    with using(EVEN):
        seen = outlook(ranked(told, asked, {}))
    assert seen["mass"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "missing"),
    [("Alla gör LIA (lärande i arbete) i vår.", 0.0), ("Lärande i arbete (LIA) är tolv veckor.", 0.0), ("LIA betyder lärande i arbete.", 0.0),
     ("lärande i arbete = LIA", 0.0), ("Tolv elever gör LIA i vår.", 1.0)],
)  # fmt: skip
def test_a_sentence_explains_a_word_or_only_uses_it(text: str, missing: float) -> None:
    wants = wanted(question("vad betyder lia", kind="definition"), Known())
    assert of_sentence(wants, text, None)["unexplained"] == missing


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("Vem leder kören?", "Eva Ek undrade om kören.", 1.0),
        ("Vem leder kören?", "Eva Ek leder kören.", 0.0),
        ("Vem undrade om kören?", "Eva Ek undrade om kören.", 0.0),
    ],
)
def test_who_only_says_something_is_not_who_does_it(asked: str, text: str, expected: float) -> None:
    assert of_sentence(wanted(question(asked, value="person"), Known()), text, None)["only_speaks"] == expected


@pytest.mark.parametrize(("text", "value", "wrong"), [
    ("Hur mycket kostade lägret sommaren 2024?", "money", 1.0),  # what was planned in April is no outcome
    ("Vad blev avgiften för lägret sommaren 2024?", "money", 0.0),  # fees are set before
    ("Vad kostar lägret sommaren 2024?", "money", 0.0),
])  # fmt: skip
def test_an_outcome_is_not_told_before_its_time_whatever_the_heading_says(text: str, value: str, wrong: float) -> None:
    moment = Moment(label="sommaren 2024", start=date(2024, 6, 1), end=date(2024, 8, 31))
    planned = passage("Lägret kostade 900 kronor.", day=date(2024, 4, 17), heading=("Lägret sommaren 2024",))
    told = found(question(text, moment=moment, value=value), planned, words=("läger",))
    assert features(told, "Lägret")["wrong_time"] == wrong


def test_the_second_year_of_a_school_year_is_not_its_autumn() -> None:
    moment = Moment(label="höstterminen 2025", start=date(2025, 7, 1), end=date(2025, 12, 31))
    times = passage("Höstterminen börjar den 20 augusti.", day=date(2024, 2, 7), heading=("Läsårstider 2024/2025",))
    told = found(question("När börjar höstterminen 2025?", moment=moment, value="day"), times, words=("börja",))
    assert features(told, "Höstterminen")["wrong_time"] == 1.0


def test_what_is_left_when_the_matter_is_told_of_another_school_form_answers_nothing() -> None:
    asked = question("Vilken gräns gäller i förskolan?")
    other = passage("Gränsen är tio procent.", heading=("Gräns för gymnasiet",), name="a")
    left = passage("Lokalen är stor och ljus.", name="b")
    told = found(asked, other, left, words=("gräns",))
    assert features(told, "Gränsen")["other_form"] == 1.0
    with using(replace(EVEN, answer_at=0.0)):
        assert is_refused(ranked(told, asked, {}))
        assert not is_refused(ranked(found(question("Vilken gräns gäller?"), other, left, words=("gräns",)), asked, {}))


@pytest.mark.parametrize(("text", "missing"), [
    ("Badet hade 412 gäster.", 0.0), ("Två tredjedelar av gästerna badar.", 0.0), ("Gästerna har minskat med en fjärdedel.", 1.0),
    ("Badet kostar 1 190 kronor per gäst.", 1.0), ("Badet öppnar kl. 9.30.", 1.0), ("Tolv gäster betalar 20 kr.", 0.0),
])  # fmt: skip
def test_how_many_is_not_told_by_a_change_an_amount_of_money_or_a_clock(text: str, missing: float) -> None:
    told = found(question("Hur många gäster hade badet?", value="count"), passage(text), words=("bad",))
    assert features(told, text[:8])["no_value"] == missing


@pytest.mark.parametrize(("asked", "kind", "echo"), [
    ("Vad gäller för badhusets öppettider?", "applies_now", 1.0), ("Badhusets öppettider", "keyword", 0.0), ("Är det badhuset eller hallen?", "free", 0.0),
    ("Vad gäller för badhuset?", "applies_now", 0.0),
])  # fmt: skip
def test_a_title_that_holds_nothing_but_the_words_of_the_question_answers_nothing(
    asked: str, kind: str, echo: float
) -> None:
    told = found(
        question(asked, kind=kind), passage("Badhusets öppettider\nEva tackade alla som kom."), words=("badhus",)
    )
    assert features(told, "Badhusets")["echo"] == echo


APRIL = Moment(label="i april 2024", start=date(2024, 4, 1), end=date(2024, 4, 30))
AUTUMN = Moment(label="hösten 2025", start=date(2025, 7, 1), end=date(2025, 12, 31))
YEAR = Moment(label="2024", start=date(2024, 1, 1), end=date(2024, 12, 31))


@pytest.mark.parametrize(
    ("moment", "day", "text", "wrong"),
    [
        (APRIL, date(2024, 5, 22), "I april badade 212 gäster.", 0.0),  # named without its year, soon after
        (APRIL, date(2023, 1, 22), "I april badade 212 gäster.", 1.0),
        (AUTUMN, date(2025, 5, 22), "Till hösten badar 212 gäster.", 0.0),
        (AUTUMN, date(2025, 2, 12), "Under hösten var gästerna 212.", 1.0),  # the last autumn
        (APRIL, date(2024, 5, 22), "I maj badade 212 gäster.", 1.0),
        (YEAR, date(2025, 2, 6), "Det badade 212 gäster.", 0.5),  # looked back on soon after
        (YEAR, date(2025, 2, 6), "Den 22 januari badade 212 gäster.", 1.0),
        (YEAR, date(2025, 2, 6), "Taket är 212 gäster.", 1.0),
        (YEAR, date(2025, 11, 6), "Det badade 212 gäster.", 1.0),
        (YEAR, None, "Det badade 212 gäster.", 0.5),
        (YEAR, date(2024, 5, 6), "Det badade 212 gäster.", 0.0),
        (YEAR, date(2024, 5, 6), "År 2024 badade 300 gäster, 2023 bara 212.", 0.0),
    ],
)
def test_how_something_went_is_told_soon_after_it_and_of_its_own_year(
    moment: Moment, day: date | None, text: str, wrong: float
) -> None:
    verb = "badade" if "badade" in text else "badar"
    asked = question(f"Hur många gäster {verb} då?", kind="how_much", moment=moment, value="count")
    told = found(asked, passage(text, day=day), words=("bad",))
    assert features(told, text[:6])["wrong_time"] == wrong


def test_a_price_is_set_before_its_year() -> None:
    asked = question("Vad kostade badet 2024?", kind="how_much", moment=YEAR, value="money")
    list_of_prices = passage("Badet kostar 900 kronor.", day=date(2023, 9, 1), heading=("§ 2 Priser 2024",))
    assert features(found(asked, list_of_prices, words=("bad",)), "Badet")["wrong_time"] == 0.0


@pytest.mark.parametrize(
    ("asked", "kind", "text", "expected"),
    [
        ("Vad är avgiften nu?", "how_much", "Alby föreslår 2 300 kronor.", 1.0),
        ("Vad kostade bryggan?", "how_much", "En brygga skulle kosta 2 300 kronor.", 1.0),
        ("Vad kostade bryggan?", "how_much", "Bryggan blev dyrare, 2 600 kronor.", 0.0),
        ("Vad skulle bryggan kosta?", "how_much", "En brygga skulle kosta 2 300 kronor.", 0.0),
        ("Vad är avgiften nu?", "how_much", "Alby föreslog 2 300 kronor och rådet beslutade så.", 0.0),
        ("Vad sades om avgiften?", "said", "Alby föreslår 2 300 kronor.", 0.0),
    ],
)
def test_what_somebody_only_wanted_is_not_what_came_of_it(asked: str, kind: str, text: str, expected: float) -> None:
    assert of_sentence(wanted(question(asked, kind=kind), Known()), text, None)["only_wished"] == expected
