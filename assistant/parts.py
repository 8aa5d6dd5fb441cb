"""The questions that are asked in one: *Vad kostar konferensen och vem föreläser?* is two."""

from __future__ import annotations

import re

_WH = r"vem|vems|vilka|vilken|vilket|vad|hur|när|var|varför|vart"
# Between the two stands an *och*, a comma or a full stop; the second opens with its question word, a preposition before
# it, or with a verb that asks (*och gäller det även gymnasiet*).
_BETWEEN = re.compile(
    rf"(?:[,;]?\s+(?:och|o|å|samt|men)\s+(?=(?:(?:från|till|på|i|av|med|hos|för)\s+)?(?:{_WH})\b)"
    rf"|[,;]?\s+(?:och|o|å)\s+(?=(?:gäller|är|blir|ska|kan|får|har|finns|ingår|måste)\s+(?:det|den|de|man|vi|alla|också|även|\w+\s+(?:också|även))\b)"
    rf"|[?.!]\s+(?:(?:och|samt|men)\s+)?(?=(?:{_WH})\b)"
    rf")",
    re.IGNORECASE,
)
# A verb in the first piece says that it is a question of its own: *när och var är mötet* is one.
_MIN_WORDS = 3
MAX_PARTS = 3
_ASKS = re.compile(
    rf"\b(?:{_WH})\b|^(?:är|har|ska|kan|får|finns|blir|blev|gäller|\w+(?:de|te|des|tes|s))\b", re.IGNORECASE
)
_EMBEDS = re.compile(r"\b(?:om|kring|angående|vet|frågan|undrar)\s+(?:när|var|vem|vad|hur|vilka|vilken|vilket|varför)\b[^?]*$", re.IGNORECASE)  # fmt: skip


def parts_of(text: str) -> tuple[str, ...]:
    """The questions asked, in order; the text itself where it is one."""
    pieces = [piece.strip(" ?.,!") for piece in _BETWEEN.split(text)]
    pieces = [piece for piece in pieces if piece]
    whole = (text.strip(" ?.,!"),)
    if not 1 < len(pieces) <= MAX_PARTS or len(pieces[0].split()) < _MIN_WORDS or _EMBEDS.search(pieces[0]):
        return whole
    if not _ASKS.search(pieces[0]):
        return whole
    return tuple(pieces) if all(len(piece.split()) > 1 for piece in pieces) else whole
