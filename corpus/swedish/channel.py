"""What Tesseract's English model makes of Swedish letters: learnt counts, and the printings that may stand behind a reading."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.swedish.lexicon import without_marks

# Printed, read, how often: counted by `python -m evals.learning.confusions` on drawn and scanned pages.
TABLE = Path(__file__).with_name("confusions.tsv")
# Seen in real documents read with the wrong language, too rare for the drawn pages; each as likely as SEEN_LOG.
SEEN = """
ö:0 ö:b ö:d6 ö:6d ö:éd ö:dé ö:Oé ö:6é ö:é6 ö:oé ö:dd ä:éa ä:aé å:éa å:aé ö:o6 ö:e ö:é' ö:u ö:3 ö:® ö:8 ö:9 ö:Q ä:ai
ä:ii ä:il ä:3 ä:& ä:e ä:@ ä:8 ä:ia å:ai å:é å:i å:l å:@ å:3 å:6 å:A ä:A ö:O l:1 i:1 i:l l:i i:j t:f rn:m m:rn I:l l:I
"""
SEEN_LOG = -7.5
# Letters that Swedish words are printed with; others are too rare on the drawn pages to have a share.
PRINTED = frozenset("abcdefghijklmnopqrstuvwxyzåäöéI")
MAX_READ_CHARS = 3
# A word with more odd letters than this is rubbish, not a word with lost letters.
MAX_ODD = 3
# Cheapest readings tried of a word, by the chance of their confusions. 40 found all that 200 found on the drawn pages.
MAX_VARIANTS = 40
# Log chance under which a confusion is not believed: the ends of the table are specks and clipped edges.
MIN_LOG = -9.5
IMPOSSIBLE = float("-inf")


Option = tuple[float, int, int, str]
"""Cost, start, end, and the bare letters to put there."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A printed group of letters and the log chance that it is read as the group it is listed under."""

    printed: str
    bare: str
    log: float


@lru_cache(maxsize=1)
def readings() -> Mapping[tuple[str, str], float]:
    """(printed, read) with its log chance; plain readings are taken as certain."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        printed, read, count = line.split("\t")
        if printed.isupper() and read.isupper():
            printed, read = printed.lower(), read.lower()
        counts[printed, read] += int(count)
        totals[printed] += int(count)
    least = {key: min(totals[letter] or 1 for letter in key[0]) for key in counts}
    learnt = {key: math.log(count / max(least[key], count)) for key, count in counts.items() if key[0] != key[1]}
    seen = {(pair.partition(":")[0], pair.partition(":")[2]): SEEN_LOG for pair in SEEN.split()}
    return {key: log for key, log in (seen | learnt).items() if log > MIN_LOG and set(key[0]) <= PRINTED}


@lru_cache(maxsize=1)
def printings() -> Mapping[str, tuple[Confusion, ...]]:
    """Read group → the printed groups behind it that are not the same letters without marks."""
    found: dict[str, list[Confusion]] = defaultdict(list)
    for (printed, read), log in readings().items():
        if without_marks(printed) != read and read:
            found[read].append(Confusion(printed, without_marks(printed), log))
    return {read: tuple(group) for read, group in found.items()}


def variants(read: str) -> list[tuple[str, float]]:
    """The bare words that may have been read as `read`, likeliest first, with the log chance of their odd letters."""
    options = [
        (-confusion.log, start, start + len(group), confusion.bare)
        for group, confusions in printings().items()
        for start in _places(read, group)
        for confusion in confusions
    ]
    options.sort()
    found: dict[str, float] = {}
    for cost, taken in _cheapest(options):
        bare = _replaced(without_marks(read), [options[n] for n in taken])
        found.setdefault(bare, -cost)
        if len(found) == MAX_VARIANTS:
            break
    return list(found.items())


def _cheapest(options: Sequence[Option]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Sets of at most MAX_ODD options that do not overlap, cheapest first: each set grows by the next dearer option."""
    heap: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    while heap:
        cost, taken = heapq.heappop(heap)
        if cost > -2 * MIN_LOG:
            return
        if not _overlap([options[n] for n in taken]):
            yield cost, taken
        after = taken[-1] + 1 if taken else 0
        if after < len(options):
            if len(taken) < MAX_ODD:
                heapq.heappush(heap, (cost + options[after][0], (*taken, after)))
            if taken:
                heapq.heappush(heap, (cost - options[taken[-1]][0] + options[after][0], (*taken[:-1], after)))


def _overlap(taken: Sequence[Option]) -> bool:
    spans = sorted((start, end) for _, start, end, _ in taken)
    return any(one[1] > two[0] or one == two for one, two in pairwise(spans))


def _replaced(word: str, taken: Sequence[Option]) -> str:
    for _, start, end, bare in sorted(taken, key=lambda option: -option[1]):
        word = word[:start] + bare + word[end:]
    return word


def with_dropped(read: str) -> list[str]:
    """The bare words that `read` is when one å, ä or ö was not seen at all."""
    bare = without_marks(read)
    return [bare[:at] + letter + bare[at:] for letter in _dropped() for at in range(len(bare) + 1)]


@lru_cache(maxsize=1)
def _dropped() -> Mapping[str, float]:
    """Bare letters of which Tesseract saw nothing at all, with the log chance."""
    lost = [
        (without_marks(printed), log) for (printed, read), log in readings().items() if not read and printed in "åäö"
    ]
    return {bare: max(log for one, log in lost if one == bare) for bare, _ in lost}


def _places(word: str, group: str) -> Iterator[int]:
    at = word.find(group)
    while at >= 0:
        yield at
        at = word.find(group, at + 1)


def log_chance(printed: str, read: str) -> float:
    """The log chance that the word `printed` is read as `read` (both lower case): the cheapest way through both."""
    table = readings()
    rows = [{0: 0.0}] + [{} for _ in printed]
    for i in range(len(printed)):
        for j, cost in rows[i].items():
            if printed[i] == read[j : j + 1]:
                _lower(rows[i + 1], j + 1, cost)
            for width in (1, 2):
                group = printed[i : i + width]
                if len(group) < width:
                    continue
                for length in range(MAX_READ_CHARS + 1):
                    log = table.get((group, read[j : j + length]))
                    if log is not None and j + length <= len(read):
                        _lower(rows[i + width], j + length, cost + log)
    return rows[-1].get(len(read), IMPOSSIBLE)


def _lower(row: dict[int, float], at: int, cost: float) -> None:
    if cost > row.get(at, IMPOSSIBLE):
        row[at] = cost
