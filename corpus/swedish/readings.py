"""The words that a read word may be, each with its log chance: dictionary, frequency and channel, no context."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from corpus.swedish import compounds, hunspell, lexicon, names
from corpus.swedish.channel import IMPOSSIBLE, log_chance, variants, with_dropped
from corpus.swedish.lexicon import without_marks

CACHED_WORDS = 100_000
# Per million words. A word that only the dictionary knows; one that only a web list knows (halsa, Teams); one nobody
# knows. Raising UNKNOWN leaves more damage (1e-4: a tenth of the odd confusions), lowering it turns names into words.
DICTIONARY_RATE, LISTED_SHARE, UNKNOWN_RATE = 0.02, 0.01, 2e-6
# A listed word with marks is believed although the dictionary lacks it: nobody types marks by mistake.
MARKED_SHARE = 0.3
# Odd confusions are not looked for where the plain reading is this likely (log): *sitt* is no *sätt* with a misread ä.
# Not so of the shortest words: *dr* is a word, and the commonest misreading of *är*.
COMMON, MIN_SURE_CHARS = 0.0, 4
# First parts that are no stems of the tables, with a rate as good as a stem's.
PREFIXES = frozenset(
    "års själv väl barna kvinno över för åter på från när mång små två sär där ut in upp ned av om till under efter genom".split()
)
# Compounds are looked for as long as no listed word is likelier than this (log).
MIN_LISTED = -4.0
PREFIX_RATE, MIN_PREFIX_CHARS = 5.0, 2
# A compound by how common its parts are (their geometric mean, 50 per million giving COMPOUND_RATE).
COMPOUND_RATE, MAX_PARTS_GAIN = 0.007, 3.0
# A compound that only our own parts make, not the dictionary.
UNLISTED_COMPOUND = 0.05
# The archive's own words count as in a text of at least this many words, so that a small archive does not shout.
MIN_ARCHIVE_WORDS = 30_000
# Readings this much less likely than the best are not carried on: no neighbour outweighs it.
MARGIN = 12.0
MAX_READINGS = 6
# Bare words whose compounds are looked for, and spellings of an unknown word put to the dictionary.
MAX_COMPOUND_VARIANTS, MAX_SPELLED_VARIANTS, MAX_SPELLINGS, MAX_OPEN_VOWELS = 20, 3, 40, 6
# Little words that Tesseract glues to the next or the last word, and what the lost space costs (log).
GLUED = frozenset("i på av för till med att och en ett om som de den det vid från är ur".split())
MIN_GLUED_CHARS, MIN_GLUED_RATE, GLUE_COST = 4, 1.0, 9.0
MARKED: Mapping[str, str] = {"a": "aäå", "o": "oö"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A word that may have been printed. `is_known` is false for the word as read when nobody knows it."""

    word: str
    score: float
    is_known: bool = True
    is_name: bool = False


class Readings:
    """Readings of lower-case words; `known` are the archive's words with their counts."""

    def __init__(self, known: Mapping[str, int] | None = None) -> None:
        counts = {word.lower(): count for word, count in (known or {}).items() if count > 0}
        self._scale = 1e6 / max(MIN_ARCHIVE_WORDS, sum(counts.values()))
        self._counts = counts
        self._bare: dict[str, list[str]] = defaultdict(list)
        for word in counts:
            self._bare[without_marks(word)].append(word)
        self.of = lru_cache(maxsize=CACHED_WORDS)(self._of)
        self.names_of = lru_cache(maxsize=CACHED_WORDS)(self._names_of)

    def rate(self, word: str) -> float:
        """How common the word is, per million; 0 when it is no word."""
        own = self._own_rate(word)
        listed = lexicon.frequency(word)
        if hunspell.is_word(word):
            return (listed or _unlisted_rate(word)) + own
        if listed and without_marks(word) != word:
            return listed * MARKED_SHARE + own
        return listed * LISTED_SHARE + own if own else 0.0

    def _own_rate(self, word: str) -> float:
        """How common the word is in the archive. A bare word that is a marked one stripped is no word of its own: pages
        taken for undamaged may hold such."""
        if word not in self._counts:
            return 0.0
        if without_marks(word) == word and not hunspell.is_word(word):
            rivals = (*lexicon.with_letters(word), *self._bare[word])
            if any(one != word and (one in self._counts or hunspell.is_word(one)) for one in rivals):
                return 0.0
        return self._counts[word] * self._scale

    def is_own(self, word: str) -> bool:
        """Whether the archive's undamaged documents hold the word."""
        return word in self._counts

    def _of(self, read: str) -> tuple[Reading, ...]:
        as_read = self._as_read(read)
        found = {as_read.word: as_read}
        self._look_up(found, read, [without_marks(read)])
        if len(read) >= MIN_SURE_CHARS and any(one.is_known and one.score > COMMON for one in found.values()):
            return _best(found.values())
        bare = [variant for variant, _ in variants(read)]
        self._look_up(found, read, bare[1:])
        if not any(lexicon.frequency(one.word) and one.score > MIN_LISTED for one in found.values() if one.is_known):
            for word, rate in _made(bare):
                _keep(found, self._scored(word, read, rate))
        if not any(reading.is_known for reading in found.values()):
            self._look_up(found, read, with_dropped(read))
        if not any(reading.is_known for reading in found.values()):
            for reading in self._parted(read):
                _keep(found, reading)
        return _best(found.values())

    def _look_up(self, found: dict[str, Reading], read: str, bare: Sequence[str]) -> None:
        for word in dict.fromkeys(word for variant in bare for word in self._listed(variant)):
            _keep(found, self._scored(word, read, self.rate(word)))

    def _parted(self, read: str) -> Iterator[Reading]:
        """Two words that lost the space between them: *i verksamheten*, *Underlag för*."""
        for end in range(1, len(read)):
            for little, rest, ahead in ((read[:end], read[end:], True), (read[end:], read[:end], False)):
                if len(rest) < MIN_GLUED_CHARS or len(little) > MIN_GLUED_CHARS:
                    continue
                word = next((one.word for one in self.of(little) if one.word in GLUED), None)
                known = self.of(rest)[0]
                if word and known.is_known and self.rate(known.word) >= MIN_GLUED_RATE:
                    pair = (word, known.word) if ahead else (known.word, word)
                    yield Reading(" ".join(pair), known.score - GLUE_COST)

    def _as_read(self, read: str) -> Reading:
        if rate := self.rate(read):
            return Reading(read, math.log(rate))
        listed = lexicon.frequency(read) * LISTED_SHARE
        return Reading(read, math.log(max(listed, UNKNOWN_RATE)), is_known=False)

    def _listed(self, bare: str) -> Iterable[str]:
        return (*lexicon.with_letters(bare), *self._bare.get(bare, ()))

    def _scored(self, word: str, read: str, rate: float) -> Reading | None:
        if not rate or (chance := log_chance(word, read)) == IMPOSSIBLE:
            return None
        return Reading(word, math.log(rate) + chance)

    def _names_of(self, read: str) -> tuple[Reading, ...]:
        """Names (as written) that a capitalised word, given in lower case, may be."""
        found: dict[str, Reading] = {}
        for variant, _ in variants(read):
            for name in dict.fromkeys((*names.with_letters(variant), *self._dictionary_names(variant))):
                rate = (names.rate(name) or DICTIONARY_RATE * 10) + self._own_rate(name.lower())
                chance = log_chance(name.lower(), read)
                if chance > IMPOSSIBLE:
                    _keep(found, Reading(name, math.log(rate) + chance, is_name=True))
        return _best(found.values())

    def _dictionary_names(self, bare: str) -> Iterator[str]:
        """Words of the lists that the dictionary accepts with a capital only."""
        for word in self._listed(bare):
            name = word.capitalize()
            if not hunspell.is_word(word) and hunspell.is_word(name):
                yield name


def _made(variants: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Compounds and rare forms that no list holds; what the dictionary does not accept is believed less."""
    accepted = False
    for bare in variants[:MAX_COMPOUND_VARIANTS]:
        for word, rate in compound_spellings(bare):
            known = hunspell.is_word(word)
            accepted = accepted or known
            yield word, rate if known else rate * UNLISTED_COMPOUND
    if not accepted:
        for bare in variants[:MAX_SPELLED_VARIANTS]:
            yield from _spellings(bare)


@lru_cache(maxsize=CACHED_WORDS)
def _unlisted_rate(word: str) -> float:
    """The rate of a word that only the dictionary has: by the rarest part of a compound."""
    return next((rate for made, rate in compound_spellings(without_marks(word)) if made == word), DICTIONARY_RATE / 4)


def _keep(found: dict[str, Reading], reading: Reading | None) -> None:
    if reading and (reading.word not in found or reading.score > found[reading.word].score):
        found[reading.word] = reading


def _best(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    ranked = sorted(readings, key=lambda reading: (-reading.score, reading.word))[:MAX_READINGS]
    return tuple(reading for reading in ranked if reading.score >= ranked[0].score - MARGIN)


@lru_cache(maxsize=CACHED_WORDS)
def compound_spellings(bare: str) -> tuple[tuple[str, float], ...]:
    """Compounds with known parts that are `bare` without their marks, each with a rate by its rarest part."""
    found: dict[str, float] = {}
    for end in range(MIN_PREFIX_CHARS, len(bare) - compounds.MIN_PART_CHARS + 1):
        heads = _heads(bare[end:])
        if not heads:
            continue
        for first, first_rate in _firsts(bare[:end]):
            for head, head_rate in heads:
                rate = COMPOUND_RATE * min(MAX_PARTS_GAIN, math.sqrt(first_rate * head_rate) / 50)
                found[first + head] = max(found.get(first + head, 0.0), rate)
    return tuple(found.items())


@lru_cache(maxsize=CACHED_WORDS)
def _firsts(piece: str) -> tuple[tuple[str, float], ...]:
    """First parts in their linking form: *skol*, *elevhälso*, *kvalitets*; and compounds of two such parts."""
    found = {prefix: PREFIX_RATE for prefix in PREFIXES if without_marks(prefix) == piece}
    for ending, restored in compounds.LINKS:
        if not piece.endswith(ending):
            continue
        for word in lexicon.with_letters(piece[: len(piece) - len(ending)] + restored):
            made = word[: len(word) - len(restored)] + ending
            if (part := compounds.first_part(made)) is not None:
                found[made] = max(found.get(made, 0.0), part)
    if not found and len(piece) >= 2 * compounds.MIN_PART_CHARS:
        for end in range(compounds.MIN_PART_CHARS, len(piece) - compounds.MIN_PART_CHARS + 1):
            for one, one_rate in _firsts(piece[:end]):
                for two, two_rate in _firsts(piece[end:]):
                    found[one + two] = max(found.get(one + two, 0.0), min(one_rate, two_rate) / 4)
    return tuple(found.items())


@lru_cache(maxsize=CACHED_WORDS)
def _heads(piece: str) -> tuple[tuple[str, float], ...]:
    """Last parts: words of the lists that are words of the dictionary too."""
    return tuple(
        (word, lexicon.frequency(word))
        for word in lexicon.with_letters(piece)
        if word not in compounds.NOT_HEADS
        and (len(word) > compounds.MIN_PART_CHARS or word in compounds.SHORT_PARTS)
        and lexicon.frequency(word) >= compounds.MIN_FREQUENCY
        and hunspell.is_word(word)
    )


def _spellings(bare: str) -> Iterator[tuple[str, float]]:
    """Every way of giving the marks back that the dictionary accepts, the likeliest by their letters tried first."""
    places = [i for i, letter in enumerate(bare) if letter in MARKED][:MAX_OPEN_VOWELS]
    made = []
    for choice in product(*(MARKED[bare[i]] for i in places)):
        letters = list(bare)
        for place, letter in zip(places, choice, strict=True):
            letters[place] = letter
        made.append("".join(letters))
    made.sort(key=lambda word: -lexicon.letter_score(word))
    for word in made[:MAX_SPELLINGS]:
        if hunspell.is_word(word):
            yield word, DICTIONARY_RATE * math.exp(lexicon.letter_score(word) - lexicon.letter_score(made[0]))
