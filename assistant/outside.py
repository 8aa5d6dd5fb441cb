"""What is asked of sources outside the documents: a law, an authority, the whole country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import asking
from assistant.clauses import Clause
from corpus.swedish.wording import fold_letters

# So many of the surest sentences may name the source.
TRIED = 3


def is_beyond(question: str, found: Sequence[Clause]) -> bool:
    """Whether the question is of a source outside the documents that none of the surest sentences, or its heading, names."""
    sources = asking.every("source", fold_letters(question))
    told = [fold_letters(f"{' '.join(one.passage.heading)} {one.text}") for one in found[:TRIED]]
    return any(not any(re.search(source, text) for text in told) for source in sources)
