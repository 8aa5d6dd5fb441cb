"""Letters that neither of Tesseract's models has (ü, ć, č, ø): told by how the two differ where one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.swedish import names
from ingest.words import Spelt


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter by what `swe` and `eng` make of it; `is_named`: some own letter looks so too, a listed name must result."""

    letter: str
    first: re.Pattern[str]
    second: re.Pattern[str]
    is_named: bool = False


def _sign(letter: str, first: str, second: str, is_named: bool = False) -> Sign:
    return Sign(letter, re.compile(first), re.compile(second), is_named)


# Counted on 44 drawn pages in six fonts: `eng` never gave u, ii or ti for the 20 000 ä, å and ö on them, but i for one ä
# in a hundred, and é or 6 for every fifth ö.
SIGNS = (
    _sign("ü", "[uioöå]?[äåö]", "i[il]|ti|[iu]?u|iu"),
    _sign("ü", "u", "ii|ti"),
    _sign("ü", "[uioöå]?[äåö]|u", "i|6|o|é", is_named=True),
    _sign("ć", "c?[éå€]|åé", "[cC]?[cC¢]e?"),
    _sign("č", "cC|C|t", "é|cé|éc"),
    _sign("č", "cC|C|ö|t", "c|é", is_named=True),
    _sign("ø", "[oeg]|o[eg]|eo", "[g@]"),
    _sign("ø", "[oegö@]|o[eg]|eo", "[oeag@é6]", is_named=True),
    _sign("Ø", "[OBSÖ@]", "@"),
)
# No Swedish name ends so; Serbian, Croatian and Bosnian ones do, and *c* with its mark is read as *é*.
_ENDING = re.compile(r"(?<=[bdjklmnrtvz]i)(?:c?é|åé)$|(?<=vi)[å€]$")
_WORD_END = re.compile(r"[^\w@€¢-]")


def with_foreign(first: Spelt, second: str) -> Spelt:
    """The first look's reading with the letters that it differs so from the second in, in capitalised words."""
    text, made = "".join(char for char, _ in first), list(first)
    for tag, begin, end, start, stop in reversed(SequenceMatcher(None, text, second, autojunk=False).get_opcodes()):
        letter = _letter(text, begin, end, second[start:stop]) if tag == "replace" else None
        if letter:
            made[begin:end] = [(letter, first[begin][1])]
    return made


def _letter(text: str, begin: int, end: int, seen: str) -> str | None:
    start = max((found.end() for found in _WORD_END.finditer(text, 0, begin)), default=0)
    stop = _WORD_END.search(text, end)
    head, tail = text[start:begin], text[end : stop.start() if stop else len(text)]
    if not (head or text[begin])[0].isupper() and text[begin] != "@":
        return None
    for sign in SIGNS:
        if sign.first.fullmatch(text[begin:end]) and sign.second.fullmatch(seen):
            made = _ENDING.sub("ć", head + sign.letter + tail)
            if not sign.is_named or any(names.kinds(part) for part in made.split("-") if sign.letter in part):
                return sign.letter
    return None


def with_ending(word: str) -> str:
    """A capitalised word whose last letter both looks gave as é, with the ć that it was."""
    bare = word.rstrip(".,;:)")
    return _ENDING.sub("ć", bare) + word[len(bare) :] if bare[:1].isupper() and len(bare) > len("Viré") else word
