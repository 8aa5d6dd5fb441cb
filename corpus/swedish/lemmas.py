"""A word's dictionary form: simplemma's data where it is right, the noun where it takes a noun for a verb's form."""

from __future__ import annotations

from functools import lru_cache

from corpus.swedish import lexicon

VERSION = "1"
CACHED_WORDS = 60_000
# Forms that simplemma's data misreads and no rule below catches, of words that stand in most minutes.
FORMS = {
    form: lemma
    for lemma, forms in {
        "dator": "dator datorn",
        "kurs": "kurs kursen kurser kurserna",
        "lov": "lov lovet loven lovens lovets",
        "matte": "matte",
        "modern": "modern modernt moderna",
        "skjuts": "skjuts skjutsen skjutsar skjutsarna",
        "studie": "studie studien studier studierna",
        "vuxen": "vuxen vuxna vuxnas",
        "mål": "mål målet målen",
        "led": "led ledet",
        "fråga": "fråga frågan frågor frågorna",
        "ämne": "ämne ämnet ämnen ämnena",
        "råd": "råd rådet råden rådets",
        "val": "val valet valen",
        "gräns": "gräns gränsen gränser gränserna",
    }.items()
    for form in forms.split()
}
# Forms that a noun has and its verb in -a has not: *besluten*, *loven*, *starten*.
NOUN_ENDINGS = ("", "en", "et", "ens", "ets", "arna", "erna", "arnas", "ernas")


@lru_cache(maxsize=CACHED_WORDS)
def lemma(word: str) -> str:
    """The dictionary form of `word` (lower case); the word itself where none is known."""
    if word in FORMS:
        return FORMS[word]
    found = lexicon.lemma(word)
    if found == word:
        return word
    stem = found[:-1]
    is_nouns = found.endswith("a") and word.startswith(stem) and word[len(stem) :] in NOUN_ENDINGS
    if is_nouns and lexicon.is_stem(stem):
        return stem
    return word if lexicon.is_stem(word) and _is_noun(word, found) else found


def _is_noun(word: str, verb: str) -> bool:
    """A noun of its own made of a verb (*boende, uppdrag*), or one that lost a letter of its stem (*gräns*)."""
    if word.endswith(("ande", "ende")) or word == f"{verb}g":
        return True
    return verb == word[:-1] and not lexicon.is_stem(verb)
