"""Which of two words the neighbours speak for: learnt weights of neighbours, and cues written down by hand."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# word, feature, weight: learnt by `python -m evals.learning.context` on undamaged texts, neighbours without marks.
TABLE = Path(__file__).with_name("context.tsv")
CUES = Path(__file__).with_name("cues.toml")
MARK = re.compile(r"[.,:;!?()\"”–/-]|\d+")
EDGE, NUMBER, YEAR, ALWAYS = "<>", "0", "0000", "*"
SUFFIX_CHARS = 3
CUE_WORDS = 3
# So many sightings weigh as much as not having seen anything: a network writes *allmänna råden* often, or twice.
OWN_DOUBT = 2.0
CACHED_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Cue:
    """Neighbours that speak for some words: patterns over the words to the left and right, and a weight."""

    words: re.Pattern[str]
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    weight: float

    def speaks(self, left: str, right: str) -> bool:
        return (self.left is None or bool(self.left.search(left))) and (
            self.right is None or bool(self.right.match(right))
        )


def features(forms: Sequence[str], at: int) -> list[str]:
    """What stands around `forms[at]`: lower-case words without marks, signs, numbers as 0."""
    left, right = _form(forms, at - 1), _form(forms, at + 1)
    return [
        ALWAYS,
        f"-1 {left}",
        f"+1 {right}",
        f"-2 {_form(forms, at - 2)}",
        f"+2 {_form(forms, at + 2)}",
        f"-1 ~{left[-SUFFIX_CHARS:]}",
        f"+1 ~{right[-SUFFIX_CHARS:]}",
        f"-1 ~{left[-1:]}",
        f"+1 ~{right[-1:]}",
        f"-1 {left} +1 {right}",
    ]


def _form(forms: Sequence[str], at: int) -> str:
    return forms[at] if 0 <= at < len(forms) else EDGE


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """For each word that another word is taken for: its features' weights."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        word, feature, weight = line.split("\t")
        found[word][feature] = float(weight)
    return found


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The cues written down by hand."""
    table = tomllib.loads(CUES.read_text(encoding="utf-8"))

    def pattern(text: str, frame: str) -> re.Pattern[str]:
        for name, group in table["groups"].items():
            text = text.replace("{" + name + "}", group)
        return re.compile(frame.replace("%s", text))

    return tuple(
        Cue(
            words=re.compile("|".join(cue["words"])),
            left=pattern(cue["left"], r"(?:^|(?<= ))(?:%s)$") if "left" in cue else None,
            right=pattern(cue["right"], r"(?:%s)") if "right" in cue else None,
            weight=cue["weight"],
        )
        for cue in table["cue"]
    )


@lru_cache(maxsize=CACHED_WORDS)
def _cues_of(word: str) -> tuple[Cue, ...]:
    return tuple(cue for cue in cues() if cue.words.fullmatch(word))


class Neighbours:
    """What stands beside what in a network's own undamaged texts."""

    def __init__(self) -> None:
        self._seen: dict[str, Counter[str]] = defaultdict(Counter)
        self._words: Counter[str] = Counter()

    def learn(self, forms: Sequence[str], places: Iterable[tuple[int, str]]) -> None:
        """Count the two next forms of each word."""
        for at, word in places:
            self._words[word] += 1
            for side in _sides(forms, at):
                self._seen[side][word] += 1

    def score(self, word: str, rivals: Sequence[str], sides: Sequence[str]) -> float:
        """How much the own texts speak for the word among its rivals (log scale)."""
        total = 0.0
        every = sum(self._words[one] for one in rivals) + OWN_DOUBT * len(rivals)
        share = (self._words[word] + OWN_DOUBT) / every
        for side in sides:
            seen = self._seen.get(side)
            count = sum(seen[one] for one in rivals) if seen else 0
            if seen and count:
                total += math.log((seen[word] + OWN_DOUBT * share) / (count + OWN_DOUBT) / share)
        return total


def _sides(forms: Sequence[str], at: int) -> tuple[str, str]:
    return f"-1 {_form(forms, at - 1)}", f"+1 {_form(forms, at + 1)}"


class Place:
    """The surroundings of one word of a text, looked at when a word asks."""

    def __init__(self, forms: Sequence[str], at: int) -> None:
        self._features = features(forms, at)
        self.sides = _sides(forms, at)
        self._left = " ".join([*forms[max(0, at - CUE_WORDS) : at], ""])
        self._right = " ".join([*forms[at + 1 : at + 1 + CUE_WORDS], ""])

    def score(self, word: str) -> float:
        """How much the neighbours speak for the word (log scale, 0 when they say nothing)."""
        own = weights().get(word)
        learnt = sum(own.get(feature, 0.0) for feature in self._features) if own else 0.0
        return learnt + sum(cue.weight for cue in _cues_of(word) if cue.speaks(self._left, self._right))
