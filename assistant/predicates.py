"""The verb that a question asks by, apart from helping ones, and the lemmas of a text."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

_HELPING = frozenset(
    "ha vara bli ska skola kunna få måste böra vilja komma finnas gå ta göra ske det den vi man behöva".split()
)
_FINITE = re.compile(
    r"är|var|har|hade|blir|blev|ska|skulle|kan|kunde|får|fick|måste|vill|ville|finns|fanns|går|gick|kom|kommer|sa|säger|gör|gjorde|tar|tog|"
    r"gäll(?:er|de)|\w+(?:ade|ades|rde|rdes|lde|kte|nde|ttes)"
)
_INFINITIVE = re.compile(r"[a-zåäö]{2,}[aå]$")
_VERB = re.compile(r"\w{3,}(?:a|as|er|ar|r|de|te|des|tes|at|t|it|its|ats|ts|s)$")


@lru_cache(maxsize=2048)
def lemmas_of(text: str) -> frozenset[str]:
    return frozenset(analysis.content_words(text))


def predicate(question: str) -> frozenset[str]:
    """The lemmas of the question's own verbs, apart from helping ones: *Har Tuna anställt någon?* gives *anställa*."""
    words = re.findall(r"\w+", question)
    if words and fold_letters(words[0]) in ("och", "men"):
        words = words[1:]
    first = [word for word in words[:1] if _is_verb(word) and not _is_helping(word)]
    rest = [word for word in words[2:] if word[0].islower() and _VERB.match(fold_letters(word)) and _is_verb(word)]
    return frozenset(lemma for word in (first or rest) for lemma in lemmas_of(word) if lemma not in _HELPING)


@lru_cache(maxsize=2048)
def _is_verb(word: str) -> bool:
    """Whether the word is a form of a verb: an infinitive, or a form with one for its lemma."""
    low = word.lower()
    return any(lemma.endswith(("a", "å")) and (lemma != low or _INFINITIVE.search(low)) for lemma in lemmas_of(low))


def _is_helping(word: str) -> bool:
    lemmas = lemmas_of(word.lower())
    return not lemmas or bool(lemmas & _HELPING)


def has_verb(text: str) -> bool:
    """Whether one of the words is surely a verb: a helping one, or in a form that nouns seldom have."""
    return any(_FINITE.fullmatch(word.lower()) for word in re.findall(r"\w+", text))
