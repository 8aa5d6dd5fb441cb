"""Whether each name of a sentence stands in its source: people, places, bodies, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import checks
from corpus.swedish import analysis, bodies, compounds, lexicon, wording

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d+|[^\w\s]|[\n\t]")
_OPENS = frozenset('.!?:«"”–•*([/\n\t')
# Between the parts of one name.
_PARTICLES = frozenset(("af", "von", "de", "van", "der", "el", "al", "bin"))
# Words written with a capital for courtesy or as a title; they name nobody.
_TITLES = frozenset(
    "rektor rektorn ordförande ordföranden sekreterare sekreteraren samordnare utbildningschef skolchef förvaltningschef"
    " sid kl nr åk vt ht ca ja nej".split()
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words with capitals that stand together; `is_first` when a sentence opens with them."""

    words: tuple[str, ...]
    is_first: bool


def unsupported(text: str, source: str) -> str | None:
    """The first name in `text` that does not stand in `source`, or that the source joins with another; None if all do."""
    held = _held(source)
    pairs = list(_pairs(source))
    for run in _runs(text):
        missing = next((word for word in _names(run) if not _stands(word, held)), None)
        if missing:
            return missing
    return next((f"{a} {b}" for a, b in _pairs(text) if _is_mixed(a, b, pairs)), None)


def _names(run: _Run) -> Iterator[str]:
    for place, word in enumerate(run.words):
        lowered = word.lower()
        if (
            lowered in _TITLES
            or lowered in checks.reporting_words()
            or (place == 0 and run.is_first and is_ordinary(word))
        ):
            continue
        yield word


def is_ordinary(word: str) -> bool:
    """Whether a word with a capital may be an ordinary word that opens a sentence."""
    lowered = word.lower()
    if (len(word) > 1 and word.isupper()) or wording.fold_letters(lowered).startswith(checks.authorities()):
        return False
    if lowered in analysis.STOP_WORDS or lexicon.is_stem(lowered):
        return True
    lemma = lexicon.lemma(lowered)
    if lemma != lowered and lexicon.is_stem(lemma):
        return True
    return not bodies.find_bodies(word) and len(compounds.pieces(lowered)) > 1


def _runs(text: str) -> Iterator[_Run]:
    """Words with capitals in a row. After an opening mark the first may be an ordinary word."""
    words: list[str] = []
    is_first = opens = True
    for token in (match.group() for match in _TOKEN.finditer(text)):
        if token[0].isupper():
            if not words:
                is_first = opens
            words.append(token)
        elif not (words and token.lower() in _PARTICLES):
            if words:
                yield _Run(tuple(words), is_first)
            words = []
        opens = token in _OPENS
    if words:
        yield _Run(tuple(words), is_first)


def _held(source: str) -> frozenset[str]:
    """The source's words as names are compared: folded, with their lemmas, parts and genitives' stems."""
    found: set[str] = set()
    for match in re.finditer(r"[^\W_][\w’'-]*", source):
        word = match.group()
        for piece in (word, *re.split(r"[-’']", word)):
            if piece:
                found |= {_plain(piece), _plain(analysis.analyse_word(piece.lower()).lemma)}
                found.add(_plain(piece).removesuffix("s"))
    return frozenset(found)


def _plain(word: str) -> str:
    """Without marks; of short forms in capitals also without the letters that scans mix up (*AI* read as *Al*)."""
    folded = analysis.fold(word)
    return re.sub(r"[l1|]", "i", folded) if len(word) <= 4 and word[:1].isupper() else folded


def _stands(word: str, held: frozenset[str]) -> bool:
    forms = {_plain(word), _plain(word).removesuffix("s"), _plain(analysis.analyse_word(word.lower()).lemma)}
    if forms & held or any(bodies.same_body(word, other) for other in held if len(other) > 5):
        return True
    pieces = [piece for piece in re.split(r"[-’':]", word) if piece]
    return len(pieces) > 1 and all(_stands(piece, held) for piece in pieces if piece[0].isupper())


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Two words with capitals after each other, a comma, a bracket, *från* or *i* between: *Karin Berg*, *Berg, Alby*."""
    before: str | None = None
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isupper():
            if before:
                yield _pair_form(before), _pair_form(token)
            before = token
        elif token.lower() not in (",", "(", "från", "i", *_PARTICLES):
            before = None


def _pair_form(word: str) -> str:
    return analysis.fold(word).removesuffix("s")


def _is_mixed(first: str, second: str, pairs: list[tuple[str, str]]) -> bool:
    """Whether the source always joins both words with others: *Karin Ek* of *Karin Berg* and *Lars Ek*."""
    if (first, second) in pairs or (second, first) in pairs:
        return False
    after, before = {b for a, b in pairs if a == first}, {a for a, b in pairs if b == second}
    return bool(after and before)
