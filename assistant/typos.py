"""Words of a question that nobody knows, taken as the word that was meant, and told."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.archive import Archive
from corpus.records import Scope
from corpus.swedish import analysis, compounds, hunspell, lexicon, slips, thesaurus
from corpus.swedish.spelling import Speller

MIN_CHARS = 4
KEPT_WORDS = 10_000
# The word lists hold slips too (*konferansen*, 0.02 per million; *konferensen* 9): a word as rare as that is mended by one slip.
RARE_RATE = 0.05
# Slips allowed by length between a word and one of the archive's, where no word of the language is one slip away. Three
# in the longest, since the archive often has the word in another inflection, which costs two more (*behörihgeten*,
# behörighet); with two, one slip in twenty on the tune questions stayed.
SLIPS = ((10, 3), (8, 2), (0, 1))

# A shorter word that can be taken apart is only a compound if the archive knows its parts: *lindbero* is none.
LONG_COMPOUND_CHARS = 10
_IN_CAPITALS = re.compile(r"\b[A-ZÅÄÖ]{2,5}(?::\w{1,3})?(?!\w)")
# How common (per million) a word of the language must be for a slip to be taken as it: below stand others' slips.
MIN_RATE = 0.1
# A word that stands in the archive counts as one this common, a word of the thesaurus as one a tenth as common.
ARCHIVE_RATE, THESAURUS_RATE = 100.0, 10.0
# A compound of known parts is as likely as its rarest part is common, times this.
COMPOUND_SHARE = 0.02


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
        self.speller = Speller(counts)
        # What each unknown word was taken as: a compound with a slip in it costs some fifty milliseconds to read.
        self.mended: dict[tuple[str, bool], str | None] = {}
        self._folded: dict[str, str] = {}
        self._replaced: dict[tuple[str, bool], str | None] = {}
        for word, count in counts.items():
            folded = analysis.fold(word)
            known = self._folded.get(folded)
            if known is None or count > counts[known]:
                self._folded[folded] = word

    def unfolded(self, word: str) -> str | None:
        """The commonest word of the archive with the same letters, marks apart."""
        return self._folded.get(analysis.fold(word))

    def replacement(self, word: str, writes_marks: bool) -> str | None:
        """What a word of a question is taken as; kept, as a question is looked through when understood and when searched for."""
        if (word, writes_marks) not in self._replaced:
            self._replaced[word, writes_marks] = _replacement(word, self, writes_marks)
            while len(self._replaced) > KEPT_WORDS:
                del self._replaced[next(iter(self._replaced))]
        return self._replaced[word, writes_marks]

    def rate(self, word: str) -> float:
        """How much speaks for a spelling being a word, as occurrences per million; 0 when nothing does."""
        listed = lexicon.frequency(word)
        if word in self.counts:
            return ARCHIVE_RATE + listed
        if listed < MIN_RATE and not (listed and hunspell.is_word(word)):
            return 0.0
        return listed + THESAURUS_RATE * bool(thesaurus.load().expand(analysis.analyse_word(word).lemma))

    def nearest(self, word: str, most: int = 3) -> str | None:
        """The archive's word within the allowed slips, `most` at the most, the first letter kept; the commonest of equals."""
        folded = analysis.fold(word)
        allowed = min(most, next(slips for chars, slips in SLIPS if len(folded) >= chars))
        near = [
            (distance, -self.counts[self._folded[one]], self._folded[one])
            for one, distance, _ in process.extract(
                folded,
                [one for one in self._folded if one[0] == folded[0] and abs(len(one) - len(folded)) <= allowed],
                scorer=DamerauLevenshtein.distance,
                score_cutoff=allowed,
                limit=20,
            )
        ]
        return min(near)[2] if near else None


_cache: dict[tuple[str, int, Scope], Vocabulary] = {}


def correct(text: str, archive: Archive, scope: Scope, typed: str | None = None) -> Corrected:
    """Replace what nobody knows by what was meant; words that Swedish, the archive or the thesaurus knows stay.

    A question without a single å, ä or ö has its marks given back as a damaged page has. `typed` is the question as it
    was written, where `text` has been put into written Swedish already.
    """
    # Who writes some marks writes all: *bada* in such a question is not *båda*.
    writes_marks = not (typed or text).isascii()
    vocabulary = _vocabulary(archive, scope)
    if not vocabulary.counts:
        return Corrected(text=text, changes=())
    changes: list[tuple[str, str]] = []
    if not writes_marks:
        text, changes = _with_marks(text, vocabulary)
    mended = {used for _, used in changes} | _short_forms(text)
    words = [
        w
        for _, w in analysis.content_tokens(text)
        if w not in mended and w.islower() and not any(c.isdigit() for c in w)
    ]
    slipped = [
        (word, used)
        for word in dict.fromkeys(words)
        if (used := vocabulary.replacement(word, writes_marks)) is not None and used != word
    ]
    for word, used in slipped:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", used, text, flags=re.IGNORECASE)
    return Corrected(text=text, changes=tuple(dict.fromkeys((*changes, *slipped))))


def _short_forms(text: str) -> set[str]:
    """Words in capitals among others (*APL, YH:s*): short forms, of which one letter makes another."""
    return set() if text.isupper() else {found.lower() for found in _IN_CAPITALS.findall(text)}


def _with_marks(text: str, vocabulary: Vocabulary) -> tuple[str, list[tuple[str, str]]]:
    """A bare question with its marks: by the archive, the dictionary and what stands beside what."""
    changes = []
    for start, end, new, _ in reversed(vocabulary.speller.repair_text(text).edits):
        typed, used = text[start:end].lower(), new.lower()
        if analysis.fold(used) == typed and not _asks(typed):
            text = text[:start] + used + text[end:]
            changes.append((typed, used))
    return text, changes[::-1]


def _asks(word: str) -> bool:
    """A little word or one of asking as it stands: *har, stod, sa* (the context is learnt on pages, not on questions)."""
    little = analysis.STOP_WORDS | analysis.QUESTION_WORDS
    return word in little or len(word) < MIN_CHARS and analysis.analyse_word(word).lemma in analysis.QUESTION_WORDS


def _replacement(typed: str, vocabulary: Vocabulary, writes_marks: bool) -> str | None:
    key = typed, writes_marks
    if key not in vocabulary.mended:
        vocabulary.mended[key] = _mended(typed, vocabulary, writes_marks)
    return vocabulary.mended[key]


def _mended(typed: str, vocabulary: Vocabulary, writes_marks: bool) -> str | None:
    if "-" in typed and typed not in vocabulary.counts:
        return _pieces_replaced(typed, vocabulary, writes_marks)
    unfolded = vocabulary.unfolded(typed)
    if typed in vocabulary.counts:
        is_bare = not writes_marks and not lexicon.frequency(typed) and unfolded is not None
        return unfolded if is_bare else None
    if writes_marks and lexicon.is_stem(typed):
        return None
    if unfolded is not None:
        return unfolded
    if len(typed) < MIN_CHARS or _is_known(typed, vocabulary):
        return None
    meant = _meant(typed, vocabulary)
    if meant or _is_compound(typed, vocabulary):
        return meant
    return _compound_meant(typed, vocabulary) or vocabulary.nearest(typed, 1 if lexicon.frequency(typed) > 0 else 3)


def _pieces_replaced(typed: str, vocabulary: Vocabulary, writes_marks: bool) -> str | None:
    """A word put together with hyphens, each piece mended for itself (*APL-grupepn*)."""
    pieces = typed.split("-")
    return vocabulary.unfolded(typed) or "-".join(
        (_replacement(piece, vocabulary, writes_marks) or piece) if len(piece) >= MIN_CHARS else piece
        for piece in pieces
    )


def _is_known(typed: str, vocabulary: Vocabulary) -> bool:
    lemma = analysis.analyse_word(typed).lemma
    if lemma in vocabulary.lemmas or lexicon.frequency(typed) > RARE_RATE or hunspell.is_word(typed):
        return True
    return bool(thesaurus.load().expand(lemma))


def _is_compound(typed: str, vocabulary: Vocabulary) -> bool:
    """A compound that the dictionary does not take: less sure than a word one slip away (*reson-reade, resonerade*)."""
    parts = analysis.analyse_word(typed).parts
    return bool(parts) and (len(typed) >= LONG_COMPOUND_CHARS or all(part in vocabulary.lemmas for part in parts))


def _meant(typed: str, vocabulary: Vocabulary) -> str | None:
    """The likeliest word one slip away."""
    found = {
        word: chance + math.log(rate) for word, chance in slips.meant(typed).items() if (rate := vocabulary.rate(word))
    }
    return max(found, key=lambda word: (found[word], word), default=None)


def _compound_meant(typed: str, vocabulary: Vocabulary) -> str | None:
    """The likeliest compound with one slip in a part."""
    found = dict(_compounds(typed, vocabulary)) if len(typed) >= compounds.MIN_WORD_CHARS else {}
    return max(found, key=lambda word: (found[word], word), default=None)


def _compounds(typed: str, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """Compounds of known parts with one likely slip in one part, or with two letters that changed places between them."""
    least = compounds.MIN_PART_CHARS
    for spelling, chance in slips.meant(typed).items():
        if chance == slips.SWAPPED and (rate := _parts_rate(spelling, vocabulary)):
            yield spelling, chance + math.log(rate)
    for cut in range(least, len(typed) - least):
        first, last = typed[:cut], typed[cut:]
        if (common := compounds.first_part(first)) is not None:
            for spelling, chance in slips.likely(last).items():
                if (
                    len(spelling) > least
                    and (rate := vocabulary.rate(spelling))
                    and spelling not in compounds.NOT_HEADS
                ):
                    yield first + spelling, chance + math.log(COMPOUND_SHARE * min(common, rate))
        if len(last) > least and last not in compounds.NOT_HEADS and (common := vocabulary.rate(last)):
            for spelling, chance in slips.likely(first).items():
                if (share := compounds.first_part(spelling)) is not None:
                    yield spelling + last, chance + math.log(COMPOUND_SHARE * min(common, share))


def _parts_rate(word: str, vocabulary: Vocabulary) -> float:
    parts = compounds.split(word)
    if not parts or not (hunspell.is_word(word) or all(part in vocabulary.lemmas for part in parts)):
        return 0.0
    return COMPOUND_SHARE * min(max(vocabulary.rate(part), lexicon.frequency(part)) for part in parts)


def _vocabulary(archive: Archive, scope: Scope) -> Vocabulary:
    key = (str(archive.folder), archive.revision(), scope)
    if key not in _cache:
        _cache.clear()
        _cache[key] = Vocabulary(archive.vocabulary(scope))
    return _cache[key]
