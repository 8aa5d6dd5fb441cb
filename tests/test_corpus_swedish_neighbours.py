"""The list of neighbouring words: its form, and that no line leads back to its own word."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.swedish import neighbours, thesaurus

LINES = [*neighbours.read(neighbours.text())]
MAX_NEAR, MAX_BESIDE, MAX_WORDS = 12, 10, 4
MOST_LINES = 12_000
# *Skidor*, *narkotika*, *anställda*: words that are hardly said in their dictionary form.
LEAST_LEMMAS = 0.9


def key(word: str) -> tuple[str, ...]:
    return tuple(thesaurus.sequence(word))


def test_no_word_has_two_lines_and_the_lines_stand_in_order() -> None:
    words = [one.word for one in LINES]
    assert words == sorted(words) and len(words) <= MOST_LINES
    assert [word for word, count in Counter(map(key, words)).items() if count > 1] == []


def test_every_word_is_written_small_and_bare() -> None:
    every = {word for one in LINES for word in (one.word, *one.near, *one.beside)}
    assert [word for word in every if word != " ".join(word.lower().split()) or not key(word)] == []
    assert [word for word in every if len(word.split()) > MAX_WORDS or set(word) & set('"();:/.')] == []


def test_most_words_stand_in_their_dictionary_form() -> None:
    single = [word for one in LINES for word in (one.word, *one.near, *one.beside) if word.isalpha()]
    assert sum(key(word) == (word,) for word in single) >= LEAST_LEMMAS * len(single)


def test_a_line_leads_somewhere_not_too_widely_and_never_twice_to_one_word() -> None:
    for one in LINES:
        assert len(one.near) + len(one.beside) > 0, one
        assert len(one.near) <= MAX_NEAR and len(one.beside) <= MAX_BESIDE, one
        keys = [key(word) for word in (*one.near, *one.beside)]
        assert len(set(keys)) == len(keys), one


def test_no_line_leads_to_a_phrase_that_holds_its_word_or_is_held_by_it() -> None:
    for one in LINES:
        own = set(key(one.word))
        others = [set(key(word)) for word in (*one.near, *one.beside)]
        assert not any(own <= other or other <= own for other in others), one


@pytest.mark.parametrize("line", ["ensam", "två\tspalter", "en\ttvå\ttre\tfyra"])
def test_a_line_without_three_columns_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="values to unpack"):
        [*neighbours.read(line)]
