"""Decided *att*-clauses told as sentences."""

from __future__ import annotations

import pytest

from assistant.main_clause import main_clause

CASES = (
    ("att avgiften för idrottsdagen är 45 kronor per elev", "avgiften för idrottsdagen är 45 kronor per elev"),
    ("att alla skolor ska delta i mätningen", "alla skolor ska delta i mätningen"),
    ("att rektorerna ansvarar för anmälan", "rektorerna ansvarar för anmälan"),
    ("Att hela skoldagen ska vara fri från mobiler", "hela skoldagen ska vara fri från mobiler"),
    ("att samtliga enheter omfattas", "samtliga enheter omfattas"),
    ("att kommunerna betalar efter antal elever", "kommunerna betalar efter antal elever"),
    ("att mötesdagarna flyttas till torsdagar", "mötesdagarna flyttas till torsdagar"),
    ("att vara värd går laget runt", "beslutet är att vara värd går laget runt"),
    ("att förlänga avtalet med sex månader", "beslutet är att förlänga avtalet med sex månader"),
    ("att inrätta en arbetsgrupp för läsning", "beslutet är att inrätta en arbetsgrupp för läsning"),
    ("att ge kansliet i uppdrag att räkna på frågan", "beslutet är att ge kansliet i uppdrag att räkna på frågan"),
    ("att godkänna bokslutet", "beslutet är att godkänna bokslutet"),
    ("att lägga rapporten till handlingarna", "beslutet är att lägga rapporten till handlingarna"),
    ("att avgiften inte höjs under 2026", "beslutet är att avgiften inte höjs under 2026"),
    ("att uppdra åt Berit Lind att ta fram en mall", "beslutet är att uppdra åt Berit Lind att ta fram en mall"),
    ("Rådet beslutar att höja avgiften", "Rådet beslutar att höja avgiften"),
    ("Attityderna mättes i våras", "Attityderna mättes i våras"),
)


@pytest.mark.parametrize(("clause", "sentence"), CASES)
def test_an_att_clause_becomes_a_sentence(clause: str, sentence: str) -> None:
    assert main_clause(clause) == sentence
