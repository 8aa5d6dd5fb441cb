"""Learns which neighbours speak for which of two words: log-linear models over undamaged texts, one per bare spelling.

`python -m evals.learning.context TEXT.txt…` writes `corpus/swedish/context.tsv`.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.swedish import context, hunspell, lexicon
from corpus.swedish.spelling import context_forms

OUT = Path("corpus/swedish/context.tsv")
EPOCHS, RATE, DECAY = 12, 0.25, 0.004
MIN_EXAMPLES, MIN_MINORITY, MIN_SEEN = 12, 3, 2
# Weights nearer to nothing than this do not change an answer and only fill the table.
MIN_WEIGHT = 0.12
MIN_RATE = 0.3
SMOOTHING = 0.5

Example = tuple[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    options = parser.parse_args()
    lines = [line for text in options.texts for line in text.read_text(encoding="utf-8").splitlines()]
    rows = []
    for bare, examples in sorted(collect(lines).items()):
        rows += [(word, feature, weight) for (word, feature), weight in learn(bare, examples).items()]
    rows.sort()
    OUT.write_text("".join(f"{word}\t{feature}\t{weight:.2f}\n" for word, feature, weight in rows), encoding="utf-8")


def collect(lines: Iterable[str]) -> dict[str, list[Example]]:
    """Every place where a word stands that another word is, marks apart."""
    found: dict[str, list[Example]] = defaultdict(list)
    for line in lines:
        words, forms = context_forms(line)
        for at, word in words:
            bare = forms[at]
            if len(rivals(bare)) > 1 and word.lower() in rivals(bare):
                found[bare].append((word.lower(), context.features(forms, at)))
    return {bare: examples for bare, examples in found.items() if is_learnable(examples)}


_rivals: dict[str, dict[str, float]] = {}


def rivals(bare: str) -> dict[str, float]:
    """The words that are `bare` without their marks, with how common they are."""
    if bare not in _rivals:
        words = (word for word in lexicon.with_letters(bare) if hunspell.is_word(word))
        _rivals[bare] = {word: rate for word in words if (rate := lexicon.frequency(word)) >= MIN_RATE}
    return _rivals[bare]


def is_learnable(examples: Sequence[Example]) -> bool:
    counts = Counter(word for word, _ in examples)
    return len(examples) >= MIN_EXAMPLES and len(counts) > 1 and sorted(counts.values())[-2] >= MIN_MINORITY


def learn(bare: str, examples: list[Example]) -> dict[tuple[str, str], float]:
    """Weights of a softmax over the rivals whose offset is how common they are in these texts; AdaGrad with decay.

    So the weights hold what the neighbours say and nothing of how common a word is: manuals say *ändra* ten times as
    often as minutes do.
    """
    seen = Counter(feature for _, features in examples for feature in set(features))
    data = [(word, [f for f in features if seen[f] >= MIN_SEEN]) for word, features in examples]
    counts = Counter(word for word, _ in examples)
    words = sorted(rivals(bare))
    offset = {word: math.log(counts[word] + SMOOTHING) for word in words}
    weight: dict[tuple[str, str], float] = defaultdict(float)
    square: dict[tuple[str, str], float] = defaultdict(lambda: 1e-2)
    dice = random.Random(bare)
    for _ in range(EPOCHS):
        dice.shuffle(data)
        for true, features in data:
            for word, chance in chances(words, offset, weight, features):
                slope = chance - (word == true)
                if abs(slope) < 1e-3:
                    continue
                for feature in features:
                    key = (word, feature)
                    gradient = slope + DECAY * weight[key]
                    square[key] += gradient * gradient
                    weight[key] -= RATE * gradient / math.sqrt(square[key])
    return {key: value for key, value in weight.items() if abs(value) >= MIN_WEIGHT and key[1] != context.ALWAYS}


def chances(
    words: Sequence[str], offset: dict[str, float], weight: dict[tuple[str, str], float], features: Sequence[str]
) -> Iterator[tuple[str, float]]:
    scores = [offset[word] + sum(weight.get((word, feature), 0.0) for feature in features) for word in words]
    top = max(scores)
    parts = [math.exp(one - top) for one in scores]
    total = sum(parts)
    yield from ((word, part / total) for word, part in zip(words, parts, strict=True))


if __name__ == "__main__":
    main()
