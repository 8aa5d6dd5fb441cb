"""The value that has come after the surest one: what it cost where that only plans, what applies where that is older."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Question
from assistant.clauses import Clause
from assistant.material import newest_first
from corpus.swedish.wording import fold_letters

# What was meant, reckoned or proposed may have come out otherwise.
_PLANNED = re.compile(
    r"\b(?:skulle (?:kosta|bli|ge|räcka)|beräkna\w*|uppskatta\w*|föresl\w+|förslag\w*|yrka\w*|budgetera\w*|planera\w*|preliminär\w*|prognos\w*|begärt?)\b",
    re.IGNORECASE,
)
_ASKS_PLANNED = re.compile(
    r"\b(?:skulle|berakn\w+|uppskatt\w+|foresl\w+|forslag\w*|yrka\w*|budget\w*|planera\w*|prelimin\w+|prognos\w*|bega\w+|fran borjan|forst)\b"
)
_ASKS_NOW = re.compile(r"\b(?:nu|numera|idag|i dag|i ar|just nu|fortfarande|for narvarande|aktuell\w*)\b")
VALUES = frozenset(("money", "count", "share", "duration"))
# Of the surest sentences so many are looked through.
AMONG = 8
# The newer one holds this share of what the surest holds of the matter.
NEAR_ENOUGH = 0.5


def newer(best: Clause, found: Sequence[Clause], question: Question) -> Clause | None:
    """The newest sentence of a later meeting that holds a value of the same thing; None where the question is of a time."""
    if question.value not in VALUES or question.moment or question.filter.date_from or not best.passage.date:
        return None
    folded = fold_letters(question.whole)
    planned = bool(_PLANNED.search(best.text)) and not _ASKS_PLANNED.search(folded)
    if not planned and not _ASKS_NOW.search(folded):
        return None
    later = [
        one
        for one in found[1:AMONG]
        if newest_first(one.passage.date) > newest_first(best.passage.date)
        and not one.features["no_value"]
        and not one.features["wrong_time"]
        and one.features["near"] >= NEAR_ENOUGH * best.features["near"]
        and one.features["own"] >= NEAR_ENOUGH * best.features["own"]
        and not (planned and _PLANNED.search(one.text))
    ]
    return max(later, key=lambda one: (newest_first(one.passage.date), one.sure), default=None)
