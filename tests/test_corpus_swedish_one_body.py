"""Which names of an archive are one body, and which stay apart."""

from __future__ import annotations

import pytest

from corpus.swedish.one_body import one_name


@pytest.mark.parametrize(
    ("names", "explained", "full"),
    [
        ({"Utvecklingsforum": ["a"], "Förskolans utvecklingsforum": ["b"]}, [], {"Utvecklingsforum": "Förskolans utvecklingsforum"}),
        (
            {"Utvecklingsforum": [], "Förskolans utvecklingsforum": [], "Gymnasiets utvecklingsforum": []},
            [],
            {},
        ),
        ({"Rektorsnätverket": ["a"], "Gymnasierektorsnätverket": ["a"]}, [], {}),
        ({"Styrgruppen": ["a"], "Styrgruppen för läslust": ["a", "b"]}, [], {"Styrgruppen": "Styrgruppen för läslust"}),
        ({"Styrgruppen": ["c"], "Styrgruppen för läslust": ["a"]}, [], {}),
        ({"Komvux-gruppen": ["a"], "Planeringsgruppen komvux": ["a"]}, [], {"Komvux-gruppen": "Planeringsgruppen komvux"}),
        ({"Komvux-gruppen": ["a"], "Planeringsrådet komvux": ["a"]}, [], {}),
        ({"LSN": ["a"], "Läsnätverket": ["a"], "Skolrådet": ["a"]}, [], {"LSN": "Läsnätverket"}),
        ({"LSN": ["a"], "Läsnätverket": ["b"]}, [], {}),
        ({"LSN": ["a"]}, [("LSN", "läsnätverket")], {"LSN": "Läsnätverket"}),
        ({"BR": ["a"], "Biblioteksrådet": ["b"]}, [("BR", "vi biblioteksrådare i Sund")], {}),
        ({"BR": ["a"], "Byrådet": ["b"]}, [("BR", "biblioteksrådet")], {"BR": "Biblioteksrådet"}),
        ({"FR": ["a"], "Fritidsledarna": ["b"], "Fritidsrektorerna": ["a"]}, [], {"FR": "Fritidsrektorerna"}),
        ({"FR": ["a"], "Fritidsrektorerna": ["b"]}, [("FR", "fritidsrektorer i Sund")], {"FR": "Fritidsrektorerna"}),
        ({"Läsnätverket": ["a"], "Skolrådet": ["a"]}, [], {}),
        ({"Språkhälsonätverket": ["a"], "Nätverket för språkhälsa": ["a"]}, [], {"Språkhälsonätverket": "Nätverket för språkhälsa"}),
        ({"Fritidsgårdsgruppen": ["a"], "Gruppen för fritidsgård": ["b"]}, [], {"Fritidsgårdsgruppen": "Gruppen för fritidsgård"}),
        ({"Skolnätverket": ["a"], "Nätverket för skolbibliotek": ["a"]}, [], {}),
        ({"Nätverket LSN": ["a"]}, [("LSN", "nätverket för läs- och skrivstöd")], {"Nätverket LSN": "Nätverket för läs- och skrivstöd"}),
    ],
)  # fmt: skip
def test_a_short_name_is_the_full_name_that_can_only_be_meant(
    names: dict[str, list[str]], explained: list[tuple[str, str]], full: dict[str, str]
) -> None:
    assert one_name(names, explained) == full
