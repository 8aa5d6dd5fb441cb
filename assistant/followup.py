"""A follow-up made whole from the question before it: *Och när börjar det gälla?*, *Samma fråga för vuxnätverket*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Turn
from assistant.focus import focus_words
from corpus.swedish.wording import fold_letters

# What leans on the question before: an opening conjunction, a pronoun that points, *samma fråga*.
_OPENS = re.compile(r"^\s*(och|men|samma fråga|samma sak|dito|hur är det med|vad gäller då)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(det|den|de|dem|dom|dess|deras|denna|detta|dessa|där|då|dit|han|hon|hans|hennes|honom|henne|samma|innan|dessförinnan"
    r"|därefter|beslutet|frågan|förslaget|förslagen|ärendet)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^\s*(?:och|men|samma fråga|dito)?\s*,?\s*(?:för|om|i|på|"
    r"hos|med|från|till)\s+(?P<new>.+?)\s*(?:då)?\s*\??\s*$",
    re.IGNORECASE,
)
# A short word in its definite form (*priset, avgiften, tiden*) means that of the matter before.
_BARE_DEFINITE = re.compile(r"^(?=.{4,9}$)\w+(?:en|et|na|ren)$")
# A question with more words of its own than this stands on its own feet unless it opens with och or men.
MAX_OWN_WORDS = 2


@dataclass(frozen=True, slots=True)
class Whole:
    """A question that stands alone, what of it is the follow-up's own, and the matter taken from before."""

    text: str
    own: str
    context: str


def make_whole(text: str, history: Sequence[Turn]) -> Whole:
    """The follow-up with the matter of the questions before it; other questions as they are."""
    if not history or not _leans(text):
        return Whole(text, text, "")
    before = make_whole(history[-1].question, history[:-1])
    ellipsis = _ELLIPSIS.match(text)
    if ellipsis:
        return _ellipsis(text, ellipsis["new"], before.text)
    matter = matter_of(before.text)
    if not matter:
        return Whole(text, text, "")
    opened = re.sub(r"^\s*(och|men)\s+", "", text.strip().rstrip("?. "), flags=re.IGNORECASE)
    whole = f"{opened[:1].upper()}{opened[1:]} – i frågan om {matter}?"
    return Whole(whole, opened, matter)


def _ellipsis(text: str, new: str, before: str) -> Whole:
    """*Och för gymnasiet?*: the question before with its own last *för …* or *i …* put out for the new one."""
    link = re.search(r"\b(för|om|i|på|hos|med|från|till)\s+" + re.escape(new), text, re.IGNORECASE)
    word = link[1].lower() if link else "för"
    stem = before.rstrip("?. ")
    found = list(
        re.finditer(rf"\b{word}\s+[\wåäöÅÄÖ-]+(?=$|\s+(?:för|om|i|på|från|till|den|det)\b)", stem, re.IGNORECASE)
    )
    changed = f"{stem[: found[-1].start()]}{word} {new}{stem[found[-1].end() :]}?" if found else f"{stem} {word} {new}?"
    return Whole(changed, changed, "")


def _leans(text: str) -> bool:
    own = focus_words(text)
    if _OPENS.search(text) or _ELLIPSIS.match(text):
        return True
    if len(own) <= MAX_OWN_WORDS and own and _BARE_DEFINITE.match(own[0]):
        return True
    short = len(own) <= MAX_OWN_WORDS and len(text.split()) <= 9
    return short and (bool(_POINTS.search(text)) or len(own) <= 1)


def matter_of(question: str) -> str:
    """The words of a question that say what it is about: from its first word of matter on."""
    after = re.search(
        r"\b(?:om|kring|angående|gällande|beträffande)\s+(?!det\b)(.{3,}?)\s*\??\s*$", question, re.IGNORECASE
    )
    if after and focus_words(after[1]):
        return after[1].strip(" ?.")
    words = focus_words(question)
    if not words:
        return ""
    folded = fold_letters(question)
    starts = [folded.find(fold_letters(word)) for word in words]
    start = min((at for at in starts if at >= 0), default=0)
    return question[start:].strip(" ?.")
