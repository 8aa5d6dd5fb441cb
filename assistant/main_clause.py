"""A decided *att*-clause as a sentence of its own: *att avgiften är 990 kronor* is told as *Avgiften är 990 kronor*."""

from __future__ import annotations

import re

from corpus.swedish import analysis
from corpus.swedish.hunspell import is_word

_CLAUSE = re.compile(r"(?i:att)\s+(?P<first>\S+)")
# These stand before the verb after *att* and behind it in a main clause: the words cannot be taken as they stand.
_MOVES = re.compile(
    r"\b(?:inte|ej|aldrig|endast|bara|även|också|redan|fortfarande|alltid|därmed|därför|istället|åter|ånyo)\b"
)
_SHORT_INFINITIVES = frozenset(
    "få ge gå se bli stå ta ha dra slå må dö tro ske vara göra uppdra återuppta anta".split()
)
_PERSONS = frozenset("jag du han hon den det vi ni de man".split())


def main_clause(text: str) -> str:
    """The clause without its *att* where its words are in the order of a sentence, else led in by *Beslutet är*.

    Text that is no *att*-clause is given back as it is.
    """
    clause = _CLAUSE.match(text)
    if clause is None:
        return text
    rest = text[clause.start("first") :]
    return f"beslutet är att {rest}" if _is_infinitive(clause["first"]) or _MOVES.search(rest) else rest


def _is_infinitive(word: str) -> bool:
    """Whether the word is a verb's first form: ends in *a* and has a present in *-er* or *-ar*, as no noun in *-na* has."""
    word = word.lower().strip(",.:;")
    if word in _SHORT_INFINITIVES:
        return True
    if not word.endswith("a") or word in _PERSONS or analysis.analyse_word(word).lemma != word:
        return False
    stem = word[:-1]
    supine = stem.removesuffix("n") if stem.endswith("nn") else stem
    return is_word(f"{word}r") or is_word(f"{stem}er") and is_word(f"{supine}t")
