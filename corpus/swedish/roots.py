"""What a noun and its verb have in common: *höja, höjning* by one root, for questions that turn a phrase round."""

from __future__ import annotations

import re
from functools import lru_cache

VERSION = "3"
MIN_ROOT_CHARS = 3
CACHED_WORDS = 60_000
# Endings that make one word of another within a family. Agents (-are) and what changes the matter (-lös, -bar) are not
# here: a teacher is not teaching.
ENDINGS = tuple(
    sorted(
        """
        ationer ation eringar ering erade erad erat era eras ningar ning ingar ing nandet nande nad andet ande ende
        else elser ade at ad igt ig lighet ighet het iskt isk ligt lig a
        """.split(),
        key=lambda ending: (-len(ending), ending),
    )
)
# What ends a noun, and the verb it is made from with another stem: avta and avtagande, avslå and avslag. Only behind
# something: *slag* alone is a word of its own.
_STRONG = (
    ("tagande", "ta"), ("tagning", "ta"), ("tagen", "ta"), ("gående", "gå"), ("ställande", "ställa"), ("drag", "dra"),
    ("slag", "slå"), ("gång", "gå"), ("komst", "komma"), ("skrift", "skriva"), ("brott", "bryta"), ("bud", "bjuda"),
    ("skov", "skjuta"), ("bygge", "bygga"), ("duktion", "ducera"), ("sumtion", "sumera"), ("finition", "finiera"),
    ("struktion", "struera"), ("vision", "videra"), ("kussion", "kutera"),
)  # fmt: skip
# Nouns in -an: *ansökan, anmälan, samverkan*, and no *plan*.
_ACTS = ("ökan", "älan", "udan", "skan", "ekan", "ågan", "örjan", "rkan", "äntan", "ävan", "ndran", "tran")
_VOWEL = re.compile("[aeiouyåäö]")


@lru_cache(maxsize=CACHED_WORDS)
def root(lemma: str) -> str:
    """The common part of `lemma`'s family, at least three letters with a vowel; a doubled last letter is one."""
    for written, stem in _STRONG:
        if lemma.endswith(written) and len(lemma) > len(written):
            lemma = lemma[: -len(written)] + stem
    if lemma.endswith(_ACTS):
        return _single(lemma[:-2])
    for ending in ENDINGS:
        rest = lemma[: -len(ending)]
        if lemma.endswith(ending) and len(rest) >= MIN_ROOT_CHARS and _VOWEL.search(rest):
            return _single(rest)
    return _single(lemma)


def _single(root: str) -> str:
    doubled = len(root) > MIN_ROOT_CHARS and root[-1] == root[-2] and not _VOWEL.match(root[-1])
    return root[:-1] if doubled else root
