"""The list of words: its form, its breadth, what may and may not stand for what, a network's own words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from corpus.swedish import mapped, thesaurus

WORDS = thesaurus.load()
FOLDER = Path(thesaurus.__file__).parent


def relations(word: str) -> dict[str, tuple[str, float]]:
    return {one.word: (one.relation, one.weight) for one in WORDS.expand(" ".join(thesaurus.sequence(word)))}


def test_every_group_has_the_right_form() -> None:
    for group in thesaurus.shipped_groups():
        assert group.relation in (*thesaurus.KINDS, *thesaurus.NEIGHBOURS)
        assert len(group.words) >= 2 and 0 < group.weight <= 1
        assert len(set(group.words)) == len(group.words), group
        assert all(word == word.strip() and word for word in group.words)
        assert (group.year is not None) == (group.relation == "earlier")


def test_every_list_beside_the_first_is_read_and_no_theme_stands_in_two() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("ordlista*.toml")]
    written = [theme for text in texts for theme in tomllib.loads(text)]
    assert sorted([*written, thesaurus.NEIGHBOURS_THEME]) == sorted(thesaurus.themes(thesaurus.shipped_groups()))
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


def test_the_tables_opened_from_disk_hold_what_the_groups_come_to() -> None:
    tables = thesaurus.Tables()
    for number, group in enumerate(thesaurus.shipped_groups()):
        tables.add(number, group)
    made = thesaurus.Shelf(tables.packed())
    keys = [*tables.expansions][::5] + ["ordsomintefinns"]
    assert len(keys) > 2000
    assert [made.entry(key) for key in keys] == [tables.entry(key) for key in keys]
    assert [thesaurus._shelf().entry(key) for key in keys] == [tables.entry(key) for key in keys]


def test_tables_are_kept_whole_and_a_folder_that_takes_none_costs_only_time(tmp_path: Path) -> None:
    group = thesaurus.Group(relation="same", words=("slant", "mynt"), weight=0.8, year=None, theme="")
    tables = thesaurus.Tables()
    tables.add(0, group)
    (tmp_path / "fil").write_text("", encoding="utf-8")
    assert thesaurus._kept(tmp_path / "fil" / "ordlista", tables.packed()).keys() == tables.packed().keys()
    for _ in range(2):  # the second process finds them there
        thesaurus._kept(tmp_path / "ordlista", tables.packed())
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == ["ordlista"]
    opened = thesaurus.Shelf(mapped.opened(tmp_path / "ordlista", ("key", "entry_at", "entries")))
    assert opened.entry("slant") == tables.entry("slant") and opened.entry("mynta") == thesaurus.NOTHING


@pytest.mark.parametrize(
    ("asked", "written", "relation"),
    [
        ("musiker", "spelman", "near"),
        ("musiker", "orkester", "beside"),
        ("pizza", "middag", "beside"),
        ("skadedjur", "sanering", "beside"),
    ],
)
def test_a_neighbouring_word_is_known_as_one(asked: str, written: str, relation: str) -> None:
    assert relations(asked)[written] == (relation, thesaurus.WEIGHTS[relation])


def test_neighbours_change_nothing_that_the_other_lists_say() -> None:
    tables = thesaurus.Tables()
    tables.add(7, thesaurus.Group(relation="related", words=("kö", "väntetid"), weight=0.3, year=None, theme=""))
    tables.add(8, thesaurus.Group(relation="near", words=("kö", "väntetid", "rad"), weight=0.5, year=None, theme=""))
    kept = {key: (tables.entry(key).expansions or {}) for key in ("kö", "väntetid")}
    assert [row[1:3] for row in kept["kö"].values()] == [[0.3, "related"], [0.5, "near"]]
    assert kept["väntetid"]["kö"][1:3] == [0.3, "related"]


def test_neighbours_speak_of_no_common_concept() -> None:
    groups = thesaurus.shipped_groups()
    alone = [key for key in thesaurus.sequence("musikant orkester dirigent") if key]
    assert all(groups[int(one)].relation not in thesaurus.NEIGHBOURS for one in WORDS.concepts(alone))
    only = next(g for g in groups if g.relation == "near" and not WORDS._entry(g.words[0]).concepts)
    assert WORDS.concepts(thesaurus.sequence(only.words[0])) == {}


def test_a_group_of_neighbours_can_be_hidden_to_see_its_worth() -> None:
    number = next(one.group for one in WORDS.expand("musiker") if one.word == "orkester")
    assert thesaurus.shipped_groups()[number].words[0] == "musiker"
    assert "orkester" not in {one.word for one in WORDS.without(frozenset({number})).expand("musiker")}
