"""Lines of the attendance list among a meeting's sentences: they tell who was there, never what was said or done."""

from __future__ import annotations

import re

from assistant.answer import Question, QuestionKind
from assistant.clauses import Clause
from assistant.predicates import lemmas_of, predicate
from corpus.records import Part

# Kinds that no line of the list answers.
_OF_MATTER: frozenset[QuestionKind] = frozenset(
    ("said", "free", "decision", "applies_now", "how_much", "open_actions", "comparison", "timeline")
)
# How somebody's coming, staying or going is told beside the list.
_THERE = re.compile(
    r"\b(?:var med|är med|deltog|deltar|närvarade|närvarande|frånvar\w*|återbud|förhinder|på plats|kom (?:sent|senare|efter)|anslöt|"
    r"lämnade (?:mötet|sammanträdet|kl)|gick (?:kl|tidigare|efter|vid))\b",
    re.IGNORECASE,
)
_ASKS_THERE = re.compile(
    r"\b(?:deltog|deltar|deltagare|närvar\w*|frånvar\w*|kom|kommit|var med|på plats|gäst\w*)\b", re.IGNORECASE
)
_IS = re.compile(
    r"^(?:och |men )?(?:vem|vilka|vilken|vad) (?:är|var|blir|blev|heter|hette|representera\w*|sitter|satt)\b",
    re.IGNORECASE,
)
_OPENS_WITH_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+ (?:\w+ ){0,4}")


def is_beside_matter(question: Question, one: Clause, part: Part) -> bool:
    """Whether a sentence is a line of the list where something else is asked for than who was there."""
    if _ASKS_THERE.search(question.whole) or not _is_line(one, part):
        return False
    if question.kind in _OF_MATTER:
        return True
    verbs = predicate(question.whole) if question.kind == "who" and not _IS.match(question.whole) else frozenset()
    return bool(verbs) and not verbs & lemmas_of(one.text)


def _is_line(one: Clause, part: Part) -> bool:
    """Whether the list's names stand there: two of them, one with a word of coming or staying, or that word over all items."""
    rows = sum(
        row.anchor is not None
        and row.anchor.page == one.span.page
        and row.anchor.start < one.span.end
        and one.span.start < row.anchor.end
        for row in part.participants
    )
    told_there = bool(_THERE.search(one.text))
    return (
        rows > 1
        or rows == 1
        and told_there
        or told_there
        and not one.passage.heading
        and bool(_OPENS_WITH_NAME.match(one.text))
    )
