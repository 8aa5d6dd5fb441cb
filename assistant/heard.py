"""Whether those who are asked to have said something (*facket*, *eleverna*) are heard in the item that would answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.actors import speaker_of
from assistant.answer import Question
from assistant.clauses import Clause
from corpus.swedish import analysis, thesaurus

# From this weight on another word means the same group (*föräldrar*, *vårdnadshavare*).
SAME = 0.5


def is_heard(question: Question, best: Clause, found: Sequence[Clause]) -> bool:
    """Whether a sentence of the item, or its heading, has them in it as more than somebody spoken with or of."""
    asked = speaker_of(question) if question.kind == "said" and not question.people else frozenset[str]()
    if not asked:
        return True
    names = asked | {one.term for term in asked for one in thesaurus.load().expand(term) if one.weight >= SAME}
    if names & analysis.terms(" ".join(best.passage.heading)):
        return True
    return any(
        names & analysis.terms(one.text) and not one.features["only_spoken_of"]
        for one in found
        if (one.passage.part_id, one.passage.heading) == (best.passage.part_id, best.passage.heading)
    )
