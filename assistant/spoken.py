"""A question as it is typed and spoken (*va sa dom*, *nar ses vi*, *Hej, jag undrar …*) to written Swedish."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.swedish import lexicon, names
from corpus.swedish.lexicon import without_marks

# A word this rare (per million) may be a slip: the word lists hold slips too (*måga* 0.02, *vilke* 0.06), and words
# that are seldom written (*motes* 0, *kallelsens* 0.1); above it *vika*, *nära* and *lager* would be mended.
MAX_SLIP_RATE = 0.3
# One slip in four letters, two in nine (*frånvarnde* is one, *gymnaiserektroerna* two); with two in seven *betyget* is *betyder*.
SLIPS = ((9, 2), (4, 1))
# A bare spelling is the word with marks when that is so much more common (*nar*, *nasta*; not *far*, *var*, *hall*).
MARKS_RATIO = 20.0
MAX_LEADS = 4
# The word whose meaning is asked for is the asker's own: nobody asks what *idag* means, but *isdag*.
_MEANING_OF = re.compile(
    r"\b(?:menas med|betyder|innebär|innebar|avses med|står)\s+(?:ett |en |ordet |begreppet |förkortningen )?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"&|[^\W\d_]+(?:['’][^\W\d_]+)?")
# A clause of a lead-in that was a question with its verb first: *om Öby var med* is *var Öby med*.
_WHETHER = re.compile(
    r"^om (?P<who>\S+(?: \S+){0,4}?) (?P<verb>är|var|ska|skall|kan|har|hade|blir|blev|får|fick|finns|fanns|gäller|deltog|"
    r"kommer|måste|beslutades|bestämdes|antogs)\b(?P<rest>.*)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """The question in written Swedish: spoken forms, slips in the words questions are made of, greetings and lead-ins."""
    flat = " ".join(text.replace("’", "'").split())
    flat = _WORD.sub(lambda match: _word(match, flat), flat)
    for pattern, put in _phrases():
        flat = pattern.sub(put, flat)
    flat = " ".join(flat.split())
    return _capital(_without_leads(flat), text)


def _without_leads(text: str) -> str:
    for _ in range(MAX_LEADS):
        cut = next((text[match.end() :] for lead in _leads() if (match := lead.match(text))), None)
        if cut is None or len(cut.split()) < 2:
            break
        text = _WHETHER.sub(lambda m: f"{m['verb']} {m['who']}{m['rest']}", cut.strip())
    return text


def _word(match: re.Match[str], text: str) -> str:
    typed = match.group()
    spoken = _spoken().get(typed if len(typed) < 3 else typed.lower())
    if spoken is not None and not (typed[0].isupper() and match.start()) and not _is_inside(match, text):
        return spoken
    if typed[0].isupper() and (match.start() or names.is_name(typed)) and not text.isupper():
        return typed
    return typed if _MEANING_OF.search(text[: match.start()]) else _framed(typed, text.isascii()) or typed


def _is_inside(match: re.Match[str], text: str) -> bool:
    """Part of a label or a date (*6:e*, *F-6*, *e-tjänst*): never a word of its own."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return before in tuple(":-/.") and before != "" or after in tuple(":-/") and after != "" or before.isdigit()


@lru_cache(maxsize=8_192)
def _framed(typed: str, bare: bool) -> str | None:
    """The word of questions that was meant: with its marks where the text has none, or without its slip."""
    word = typed.lower()
    marked = _marked().get(word)
    if marked and marked != word:
        common = lexicon.frequency(marked)
        return marked if bare and common > MARKS_RATIO * lexicon.frequency(word) else None
    if marked or len(word) < 4 or lexicon.frequency(word) > MAX_SLIP_RATE or lexicon.is_stem(word):
        return None
    slips = next(slips for chars, slips in SLIPS if len(word) >= chars)
    best = process.extractOne(
        without_marks(word), _marked().keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips
    )
    return _marked()[best[0]] if best and (len(best[0]) > 3 or len(word) == 4) and _is_like(word, best[0]) else None


def _is_like(typed: str, meant: str) -> bool:
    """A slip keeps the first letter or swaps the first two; an ending that inflects is no slip (*nätverks*)."""
    bare = without_marks(typed)
    return (bare[0] == meant[0] or bare[:2] == meant[1::-1]) and bare not in (meant + "s", meant + "t")


def _capital(text: str, asked: str) -> str:
    return text[:1].upper() + text[1:] if asked.strip()[:1].isupper() else text


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("assistant").joinpath("spoken.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _spoken() -> Mapping[str, str]:
    pairs = (pair.split("=") for pair in _table()["words"]["pairs"].split())
    return {typed: meant.replace("_", " ") for typed, meant in pairs}


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(one["find"], re.IGNORECASE), one["put"]) for one in _table()["phrase"])


@lru_cache(maxsize=1)
def _leads() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one["find"], re.IGNORECASE) for one in _table()["lead"])


@lru_cache(maxsize=1)
def _marked() -> Mapping[str, str]:
    """The words of questions by their bare spelling."""
    return {without_marks(word): word for word in reversed(_table()["frame"]["words"].split())}
