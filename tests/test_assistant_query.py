"""A question's terms: what the list of neighbouring words adds to them, and what it never takes the place of."""

from __future__ import annotations

from assistant import query
from corpus.swedish import analysis, thesaurus

LISTED = [f"grannen{letter}{other}" for letter in "abcdef" for other in "klmnop"]


def _ways(text: str, words: thesaurus.Thesaurus) -> dict[str, float]:
    return dict(query.understand(text, words).matter[0][1])


def _listed(relation: str, count: int) -> list[query.Other]:
    weight = thesaurus.WEIGHTS[relation]
    return [query.Other(word, weight, relation in thesaurus.NEIGHBOURS) for word in LISTED[:count]]


def test_a_neighbouring_word_is_searched_for() -> None:
    ways = _ways("musiker", thesaurus.load())
    assert ways["spelman"] == thesaurus.WEIGHTS["near"]
    assert "spelman" not in _ways("musiker", thesaurus.load().without(frozenset(range(thesaurus.OWN_FROM))))


def test_neighbours_never_take_the_place_of_a_surer_word() -> None:
    sure, near = _listed("related", 36), _listed("near", 36)
    kept = query._heaviest([*near, *sure])
    assert kept[: query.MAX_EXPANSIONS] == sure[: query.MAX_EXPANSIONS]
    assert len(kept) == query.MAX_EXPANSIONS + query.MAX_NEIGHBOURS


def test_a_part_of_a_compound_brings_no_neighbours() -> None:
    words = thesaurus.load()
    near = {one.term for one in words.expand("musiker") if one.relation in thesaurus.NEIGHBOURS}
    assert near and not near & {one.term for one in query._of_parts(["musiker"], words)}


def test_a_capital_i_read_as_a_small_l_is_the_same_word() -> None:
    assert query.understand("AI-policyn").covered_by(analysis.terms("Rådet bekräftade Al-policyn.")) > 0.9
