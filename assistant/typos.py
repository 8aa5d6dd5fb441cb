"""Words of a question that the archive does not know, taken as the word it does know, and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.archive import Archive
from corpus.records import Scope
from corpus.swedish import analysis, lexicon, thesaurus

MIN_CHARS = 4
# The word lists hold slips too (*konferansen*, 0.02 per million; *konferensen* 9): a word as rare as that is mended by one slip.
RARE_RATE = 0.05
# Slips allowed by length. Three in the longest, since the archive often has the word in another inflection, which costs
# two more (*behörihgeten*, behörighet); with two, one slip in twenty on the tune questions stayed.
SLIPS = ((10, 3), (8, 2), (0, 1))

# A shorter word that can be taken apart is only a compound if the archive knows its parts: *lindbero* is none.
LONG_COMPOUND_CHARS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The question as searched for, and (typed, used) for each change."""

    text: str
    changes: tuple[tuple[str, str], ...]


class Vocabulary:
    """The archive's words, looked up as they stand and without their marks; built once per revision."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.lemmas = {analysis.analyse_word(word).lemma for word in counts}
        self._folded: dict[str, str] = {}
        for word, count in counts.items():
            folded = analysis.fold(word)
            known = self._folded.get(folded)
            if known is None or count > counts[known]:
                self._folded[folded] = word

    def unfolded(self, word: str) -> str | None:
        """The commonest word of the archive with the same letters, marks apart."""
        return self._folded.get(analysis.fold(word))

    def nearest(self, word: str, most: int = 3) -> str | None:
        """The archive's word within the allowed slips, `most` at the most, the first letter kept; the commonest of equals."""
        folded = analysis.fold(word)
        slips = min(most, next(slips for chars, slips in SLIPS if len(folded) >= chars))
        near = [
            (distance, -self.counts[self._folded[one]], self._folded[one])
            for one, distance, _ in process.extract(
                folded,
                [one for one in self._folded if one[0] == folded[0] and abs(len(one) - len(folded)) <= slips],
                scorer=DamerauLevenshtein.distance,
                score_cutoff=slips,
                limit=20,
            )
        ]
        return min(near)[2] if near else None


_cache: dict[tuple[str, int, Scope], Vocabulary] = {}


def correct(text: str, archive: Archive, scope: Scope, typed: str | None = None) -> Corrected:
    """Replace what the archive does not know by what it does; words that Swedish or the thesaurus knows stay.

    `typed` is the question as it was written, where `text` has been put into written Swedish already.
    """
    changes: list[tuple[str, str]] = []
    # Who writes some marks writes all: *bada* in such a question is not *båda*.
    writes_marks = not (typed or text).isascii()
    vocabulary = _vocabulary(archive, scope)
    for word in dict.fromkeys(
        token for _, token in analysis.content_tokens(text) if not any(c.isdigit() for c in token)
    ):
        used = _replacement(word, vocabulary, writes_marks)
        if used is not None and used != word:
            changes.append((word, used))
            text = _swapped(text, word, used)
    return Corrected(text=text, changes=tuple(changes))


def _replacement(typed: str, vocabulary: Vocabulary, writes_marks: bool) -> str | None:
    if typed in vocabulary.counts or not vocabulary.counts or (writes_marks and lexicon.is_stem(typed)):
        return None
    unfolded = vocabulary.unfolded(typed)
    if unfolded is not None:
        return unfolded
    if len(typed) < MIN_CHARS or _is_known(typed, vocabulary):
        return None
    return vocabulary.nearest(typed, 1 if lexicon.frequency(typed) > 0 else 3)


def _is_known(typed: str, vocabulary: Vocabulary) -> bool:
    word = analysis.analyse_word(typed)
    if word.lemma in vocabulary.lemmas or lexicon.frequency(typed) > RARE_RATE:
        return True
    if word.parts and (len(typed) >= LONG_COMPOUND_CHARS or all(part in vocabulary.lemmas for part in word.parts)):
        return True
    return bool(thesaurus.load().expand(word.lemma))


def _vocabulary(archive: Archive, scope: Scope) -> Vocabulary:
    key = (str(archive.folder), archive.revision(), scope)
    if key not in _cache:
        _cache.clear()
        _cache[key] = Vocabulary(archive.vocabulary(scope))
    return _cache[key]


def _swapped(text: str, typed: str, used: str) -> str:
    lowered = text.lower()
    at = lowered.find(typed)
    return text if at < 0 or len(lowered) != len(text) else text[:at] + used + text[at + len(typed) :]
