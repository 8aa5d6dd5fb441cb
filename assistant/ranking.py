"""The order of what was found: each passage's features weighed by a table that was learnt on the tune questions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np

from assistant import features
from assistant.answer import Question
from assistant.features import Column, Columns, Found
from assistant.query import Query
from corpus.records import Passage

Ranked = tuple[Passage, float]

# What a step of utility is worth in the score shown, as a share of the best one's: answers on tune were right 82 times
# in a hundred at 3 and 81 at 8, where the scores fall off as slowly as the search's own.
STEP = 3.0


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Feature to weight; `evals/learning/ranking.py` learns them."""
    text = resources.files("assistant").joinpath("ranking.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def utilities(columns: Columns, table: Mapping[str, float]) -> Column:
    """The weighted sum of each passage's features: its utility in the choice between the passages found."""
    total: Column = sum((table.get(name, 0.0) * column for name, column in columns.items()), np.zeros(1))
    return total


def order(found: Sequence[Found], query: Query, question: Question) -> list[Ranked]:
    """The hits, the surest first, with scores 0-1 as shares of the best one's."""
    columns = features.columns(found, query, question)
    if not columns:
        return [(one.passage, one.score) for one in found]
    utility = utilities(columns, weights())
    shares = np.exp((utility - utility.max()) / STEP)
    places = sorted(range(len(found)), key=lambda n: (-round(float(shares[n]), 6), found[n].passage.passage_id))
    return [(found[n].passage, float(shares[n])) for n in places]
