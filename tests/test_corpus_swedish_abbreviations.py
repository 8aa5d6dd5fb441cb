"""Short forms that a text explains, and letters that only look like it."""

from __future__ import annotations

import pytest

from corpus.swedish.abbreviations import find_abbreviations, has_initials


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Så förkortar vi: EB = Ekbacken, ST = Strandängen och VI =\nVitsippan.", {"EB": "Ekbacken", "ST": "Strandängen", "VI": "Vitsippan"}),
        ("LSR = vi läsrektorer i Sund. Sedan fika.", {"LSR": "läsrektorer i Sund"}),
        ("Siv Ek (specialpedagog, regionala barnhälsan = RBH), Bo Alm", {"RBH": "regionala barnhälsan"}),
        ("Namnet blir läsnätverket, LSN. Bo blir länken.", {"LSN": "läsnätverket"}),
        ("Kurs i TSKL (tecken som stöd i klassrummet) i mars", {"TSKL": "tecken som stöd i klassrummet"}),
        ("studiecirkel i LUKA (läs- och kunskapsutvecklande\narbetssätt) i januari", {"LUKA": "läs- och kunskapsutvecklande arbetssätt"}),
        ("Betyget E = godtagbart, A = utmärkt.", {}),
        ("Vi åkte till skolan, SOLA. Sedan hem.", {}),
        ("Ulla Berg, KV. Bo Alm, EB.", {}),
        ("Avgiften = 900 kronor.", {}),
    ],
)  # fmt: skip
def test_a_short_form_is_found_where_the_text_explains_it(text: str, found: dict[str, str]) -> None:
    assert {short: long for short, long, _, _ in find_abbreviations(text)} == found


@pytest.mark.parametrize(
    ("letters", "full", "is_so"),
    [
        ("LSN", "läsnätverket", True),
        ("LN", "läsnätverket", True),
        ("SLN", "läsnätverket", False),
        ("NL", "läsnätverket", False),
        ("S", "skolan", False),
    ],
)
def test_letters_are_a_name_s_when_every_part_gives_its_first(letters: str, full: str, is_so: bool) -> None:
    assert has_initials(letters, full) is is_so
