"""The list of words: its form, its breadth, what may and may not stand for what, a network's own words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from corpus.swedish import thesaurus

WORDS = thesaurus.load()
FOLDER = Path(thesaurus.__file__).parent


def relations(word: str) -> dict[str, tuple[str, float]]:
    return {one.word: (one.relation, one.weight) for one in WORDS.expand(" ".join(thesaurus.sequence(word)))}


def test_every_group_has_the_right_form() -> None:
    for group in thesaurus.shipped_groups():
        assert group.relation in thesaurus.KINDS
        assert len(group.words) >= 2 and 0 < group.weight <= 1
        assert len(set(group.words)) == len(group.words), group
        assert all(word == word.strip() and word for word in group.words)
        assert (group.year is not None) == (group.relation == "earlier")


def test_every_list_beside_the_first_is_read_and_no_theme_stands_in_two() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("ordlista*.toml")]
    written = [theme for text in texts for theme in tomllib.loads(text)]
    assert sorted(written) == sorted(thesaurus.themes(thesaurus.shipped_groups()))
    assert set(tomllib.loads((FOLDER / "ordlista.toml").read_text("utf-8"))) >= {thesaurus.shipped_groups()[0].theme}


def test_one_theme_in_two_lists_is_refused() -> None:
    with pytest.raises(ValueError, match="temat finns i två ordlistor: mat"):
        thesaurus._joined([{"mat": {}, "resor": {}}, {"mat": {}}])


def test_the_list_is_broad() -> None:
    counts = thesaurus.themes(thesaurus.shipped_groups())
    assert sum(counts.values()) >= 1500
    assert min(counts.values()) >= 20


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("skolk", "ogiltig frånvaro"),
        ("särskola", "anpassad skola"),
        ("klubba", "fastställa"),
        ("SPSM", "Specialpedagogiska skolmyndigheten"),
        ("SYV", "studie- och yrkesvägledare"),
        ("APL", "arbetsplatsförlagt lärande"),
        ("VFU", "verksamhetsförlagd utbildning"),
        ("IKE", "interkommunal ersättning"),
        ("EHT", "elevhälsoteam"),
        ("SIRIS", "statistikdatabas"),
        ("AI", "artificiell intelligens"),
        ("hemmasittare", "problematisk skolfrånvaro"),
        ("säga nej", "avslag"),
        ("skjuta upp", "bordlägga"),
        ("hoppa av", "studieavbrott"),
        ("förälder", "vårdnadshavare"),
        ("plugga", "studera"),
        ("fika", "förtäring"),
        ("dyrare", "kostnadsökning"),
        ("vikarie", "timvikarie"),
        ("pengar", "anslag"),
        ("individuella programmet", "introduktionsprogram"),
        ("skjuta upp", "bordlägga"),
        ("lägga på is", "vila"),
        ("få nobben", "avslå"),
        ("ta kort", "fotografera"),
        ("ligga nere", "driftstopp"),
        ("stå för notan", "bekosta"),
        ("backa ur", "avboka"),
        ("soptunna", "matavfall"),
        ("sätta sig emot", "avstyrka"),
        ("på prov", "pilot"),
        ("tjorva", "störning"),
        ("prislapp", "belopp"),
        ("prilla", "vitt snus"),
        ("internat", "elevhem"),
        ("tonåring", "ungdom"),
        ("ta i bruk", "inviga"),
        ("självmord", "suicidprevention"),
        ("göra reklam", "marknadsföring"),
    ],
)
def test_what_people_ask_for_leads_to_what_minutes_write(asked: str, written: str) -> None:
    assert written in relations(asked)


@pytest.mark.parametrize("one", ["mobbning", "kränkande behandling", "trakasserier", "diskriminering"])
@pytest.mark.parametrize("other", ["mobbning", "kränkande behandling", "trakasserier", "diskriminering"])
def test_what_differs_in_law_is_related_and_never_the_same(one: str, other: str) -> None:
    found = relations(one).get(other)
    assert one == other or found == ("related", thesaurus.WEIGHTS["related"])


def test_an_earlier_name_tells_its_year() -> None:
    years = {group.words: group.year for group in thesaurus.shipped_groups() if group.relation == "earlier"}
    assert years["anpassad skola", "särskola"] == 2023
    assert years["introduktionsprogram", "individuella programmet"] == 2011


def test_the_narrower_word_is_worth_more_than_the_wider() -> None:
    assert relations("frånvaro")["sjukfrånvaro"][1] > relations("sjukfrånvaro")["frånvaro"][1]


def test_a_spoken_word_leads_to_what_is_written_and_its_written_words_not_to_each_other() -> None:
    own = thesaurus.load('[vi]\nasked = [["plutta", "nybyggd", "paviljongen"]]')
    assert [(one.word, one.weight) for one in own.expand("plutta")] == [("nybyggd", 0.8), ("paviljongen", 0.8)]
    back = {one.word: one.weight for one in own.expand("nybyggd")}
    assert back["plutta"] < 0.5 and "paviljongen" not in back


def test_a_network_adds_words_of_its_own() -> None:
    own = thesaurus.load('[vi]\nsame = [["torsdagsgruppen", "lokalgruppen"]]')
    assert [one.word for one in own.expand("torsdagsgrupp")] == ["lokalgruppen"]
    assert own.digest == WORDS.digest


@pytest.mark.parametrize(
    "wrong",
    [
        "same = [[",
        'same = [["ensam"]]',
        'liknande = [["a", "b"]]',
        '[vi]\nsame = [{ words = ["a", "b"], weight = 2 }]',
        '[vi]\nearlier = [["ny", "gammal"]]',
        '[vi]\nsame = [{ words = ["a", "b"], year = 2020 }]',
    ],
)
def test_an_own_list_of_the_wrong_form_is_told_with_advice(wrong: str) -> None:
    with pytest.raises(BadInputError, match="Ordlistan går inte att läsa"):
        thesaurus.load(wrong)


def test_a_phrase_is_found_in_running_text() -> None:
    lemmas = thesaurus.sequence("Ärendet om problematisk skolfrånvaro bordlades")
    assert ("problematisk", "skolfrånvaro") in [match.key for match in WORDS.matches(lemmas)]


def test_a_phrase_does_not_lead_to_a_word_that_it_holds() -> None:
    own = thesaurus.load('[vi]\nsame = [["lånecentral", "bemannad lånecentral", "utlåningsdisk"]]')
    led = {one.word for one in own.expand("bemanna lånecentral")}
    assert led == {"utlåningsdisk"}
