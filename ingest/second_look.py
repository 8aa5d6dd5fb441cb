"""Figures, signs and doubtful words read again, with the data that can spell what the Swedish cannot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ingest.foreign import with_ending, with_foreign
from ingest.image import Grey
from ingest.ocr import has_language
from ingest.pieces import ENLARGED, Piece, read_pieces
from ingest.slashes import with_dates
from ingest.tidy import bulleted, tidied
from ingest.words import Line, Spelt, Word, merged

# Tesseract's `swe` has no such characters and reads § as 8, 3 or $, % as 20, 26 or 96, @ as Q: 3 % became "3 26".
# `eng` has them. Its letters are not used: it has no å, ä and ö.
EXTRA = "§%@*#°"
SECOND = "eng"
# Under this a word is read again; right words of legible pages lie above 0.85. Names with å, ä, ö or é after their first
# letter are read again under the second: *Öztürk* came out as a sure *Öztärk*, never above 0.92.
UNSURE, UNSURE_NAME = 0.80, 0.925
# A figure or a lone word under this is looked at twice more.
BLURRED = 0.62
# What two looks agree on to the letter, whatever each was sure of.
AGREED = 0.75
_PLAIN = re.compile(r"(?:[^\W\d_]{2,}(?:-[^\W\d_]{2,})*|[iIåÅ])[-.,;:!?]?")
_MARKED = re.compile(r"[åäöé]")
_FIGURES = re.compile(r"[\d/.,:–—-]*")


@dataclass(frozen=True, slots=True)
class Look:
    """A run of words to be read again: which line, which of its words, and where."""

    line: int
    first: int
    last: int
    piece: Piece


def reread(grey: Grey, lines: Sequence[Line], dpi: int) -> list[Line]:
    """The lines with figures and signs as a second look gives them, bullets as bullets, dashes as one sign."""
    made = [bulleted(grey, line) for line in lines]
    if has_language(SECOND):
        looks = [_look(grey, made, (at, *span), dpi) for at, line in enumerate(made) for span in _doubtful(line)]
        spelt = _agreed(grey, [look.piece for look in looks], [_words_of(made, look) for look in looks], dpi)
        for look, (base, is_sure) in reversed(list(zip(looks, spelt, strict=True))):
            words = made[look.line].words
            new = _rebuilt(base, words[look.first : look.last], AGREED if is_sure else 0.0)
            made[look.line] = replace(made[look.line], words=(*words[: look.first], *new, *words[look.last :]))
    return [tidied(line, grey.shape[0] / grey.shape[1]) for line in made]


def _words_of(lines: Sequence[Line], look: Look) -> tuple[Word, ...]:
    return lines[look.line].words[look.first : look.last]


def _doubtful(line: Line) -> Iterator[tuple[int, int]]:
    """Runs of words that are not plain words, each with a neighbour on both sides; none of a line set aside."""
    if line.is_aside:
        return
    doubt = [_is_doubtful(word) for word in line.words]
    near = [any(doubt[max(0, n - 1) : n + 2]) for n in range(len(doubt))]
    # A lone letter (*i § 14*) gives `eng` too little to tell the space after it by: the word before comes along.
    near = [
        one or (n + 1 < len(near) and near[n + 1] and len(line.words[n + 1].text) == 1) for n, one in enumerate(near)
    ]
    start = None
    for n, wanted in enumerate([*near, False]):
        if wanted and start is None:
            start = n
        elif not wanted and start is not None:
            yield start, n
            start = None


def _is_doubtful(word: Word) -> bool:
    if word.confidence < UNSURE or not _PLAIN.fullmatch(word.text):
        return True
    return word.confidence < UNSURE_NAME and word.text[0].isupper() and bool(_MARKED.search(word.text, 1))


def _look(grey: Grey, lines: Sequence[Line], place: tuple[int, int, int], dpi: int) -> Look:
    at, first, last = place
    height, width = grey.shape
    words, room = lines[at].words[first:last], max(2, dpi // 50)
    tall = lines[at].words if not lines[at].is_row else words
    piece = Piece(
        max(int(min(w.left for w in words) * width) - room, 0),
        max(int(min(w.top for w in tall) * height) - room, 0),
        min(int(max(w.right for w in words) * width) + room, width),
        min(int(max(w.bottom for w in tall) * height) + room, height),
    )
    return Look(at, first, last, piece)


def _agreed(grey: Grey, pieces: list[Piece], firsts: list[tuple[Word, ...]], dpi: int) -> list[tuple[Spelt, bool]]:
    """What two looks agree on; where they differ in a figure two more at a larger size decide.

    Without a majority the first look stands. Each with whether two looks gave it to the letter.
    """
    seconds = [_text(lines) for lines in read_pieces(grey, pieces, dpi, SECOND)]
    bases = [
        _with_seams(_with_signs(_spelt(words), second), second) for words, second in zip(firsts, seconds, strict=True)
    ]
    rivals = [_with_figures(base, second) for base, second in zip(bases, seconds, strict=True)]
    torn = [
        at
        for at, (base, rival) in enumerate(zip(bases, rivals, strict=True))
        if base != rival or _is_blurred(firsts[at])
    ]
    larger = [read_pieces(grey, [pieces[at] for at in torn], dpi, name, ENLARGED) for name in ("swe", SECOND)]
    given = [[second] for second in seconds]
    for n, at in enumerate(torn):
        given[at] += [_text(looks[n]) for looks in larger]
        more = [_with_figures(bases[at], text) for text in given[at][1:]]
        votes = Counter(map(tuple, (bases[at], rivals[at], *more)))
        bases[at] = list(votes.most_common(1)[0][0])
    return [_decided(*each) for each in zip(bases, firsts, given, strict=True)]


def _is_blurred(words: Sequence[Word]) -> bool:
    """Whether a figure, or a word that stands alone, is hardly more than a guess."""
    return any(word.confidence < BLURRED and (len(words) == 1 or any(map(str.isdigit, word.text))) for word in words)


def _decided(base: Spelt, words: Sequence[Word], others: Sequence[str]) -> tuple[Spelt, bool]:
    dated = with_dates(base, words, others)
    is_sure = dated != base or any(_bare(_letters_of(dated)) == _bare(other) for other in others)
    return with_foreign(dated, others[0]), is_sure


def _bare(text: str) -> str:
    return text.rstrip(".,:;")


def _letters_of(spelt: Spelt) -> str:
    return "".join(char for char, _ in spelt)


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _spelt(words: Sequence[Word]) -> Spelt:
    made: Spelt = []
    for number, word in enumerate(words):
        made += [(" ", number)] * bool(made) + [(char, number) for char in word.text]
    return made


def _with_signs(first: Spelt, second: str) -> Spelt:
    """The first reading with the signs that only the second can spell."""
    return _replaced(
        first, second, lambda old, new: bool(set(new) & set(EXTRA)) and not _has_letters(new) and "•" not in old
    )


def _with_seams(first: Spelt, second: str) -> Spelt:
    """The first reading without the spaces beside a slash or an @ that the second does not see."""
    text = _letters_of(first)
    lost = {
        begin
        for tag, begin, end, _, _ in SequenceMatcher(None, text, second, autojunk=False).get_opcodes()
        if tag == "delete" and text[begin:end] == " " and {"/", "@"} & {text[begin - 1], text[end]}
    }
    return [one for at, one in enumerate(first) if at not in lost]


def _with_figures(first: Spelt, second: str) -> Spelt:
    """The first reading with the second's digits, and what stands between digits, where the two differ so."""
    return _replaced(first, second, lambda old, new: _are_figures(old, new) and not set(old + new) <= set("–—-"))


def _are_figures(old: str, new: str) -> bool:
    return bool(_FIGURES.fullmatch(old) and _FIGURES.fullmatch(new))


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _replaced(first: Spelt, second: str, wanted: Callable[[str, str], bool]) -> Spelt:
    text, made = "".join(char for char, _ in first), []
    for tag, begin, end, start, stop in SequenceMatcher(None, text, second, autojunk=False).get_opcodes():
        old, new = text[begin:end], second[start:stop]
        if tag == "equal" or not wanted(old, new):
            made += first[begin:end]
        else:
            number = first[min(begin, len(first) - 1)][1]
            made += [(char, number) for char in new]
    return made


def _rebuilt(spelt: Spelt, words: Sequence[Word], least: float) -> list[Word]:
    """Words with the boxes of those they were spelt from, each of at least that confidence."""
    made, at = [], 0
    for text in _letters_of(spelt).split(" "):
        numbers = sorted({number for char, number in spelt[at : at + len(text)]})
        at += len(text) + 1
        if text:
            word = merged(with_ending(text), [words[number] for number in numbers])
            made.append(replace(word, confidence=max(word.confidence, least)))
    return made
