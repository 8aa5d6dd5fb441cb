"""What in a sentence is no value of the thing asked for: a result where a price is asked, the hours where pupils are counted."""

from __future__ import annotations

import re

from assistant.answer import Question, Value
from corpus.records import Passage
from corpus.swedish.names import FIRST, kinds
from corpus.swedish.wording import fold_letters

_AMOUNT = r"(?:cirka |ca |drygt |knappt |nästan )?\d[\d\s.,]*(?:miljon\w*(?: kronor)?|kronor|kr|kkr|tkr|mkr)"
# What something brought in or has to spend is no price of it: *ett överskott på 12 000 kronor*, *ett bidrag på 3 000 kr*.
_RESULT = re.compile(
    r"\b\w*(?:överskott|underskott|vinst|förlust|intäkt|omsättning|budget|bidrag|anslag)\w*"
    rf"(?:\s+(?:på|om|blev|var|är|täckte|täcker)\s+(?:\w+\s+)?{_AMOUNT})?"
    rf"|\b(?:gå|går|gick|gått) (?:back|plus|minus|med (?:plus|minus))(?: (?:på|med))? {_AMOUNT}"
    rf"|{_AMOUNT}\s+i\s+(?:överskott|underskott|vinst|förlust)",
    re.IGNORECASE,
)
_ASKS_PRICE = re.compile(r"\b(?:kosta\w*|pris\w*|\w*avgift\w*|\w*taxa\w*)\b", re.IGNORECASE)
# Hours, money, weeks and o'clock are no number of people or things, nor is by how much they changed: *minskat med en fjärdedel*.
_MEASURE = re.compile(
    r"\bmed (?:\w+ )?(?:(?:en|två|tre|fyra) )?(?:\w+del(?:ar)?|hälften)\b|"
    rf"{_AMOUNT}\b|\b\d[\d\s.,]*(?:[–-]\s?\d+\s*)?(?:minut|tim|dagar|dygn|veck|månad|år\b|procentenhet|meter|kilometer|km\b|mil\b|"
    r"kvadratmeter|grader|kilo|kg\b)\w*|\b(?:kl\.?|klockan)\s*\d{1,2}(?:[.:]\d\d)?|(?<![\d.,])\d{1,2}[.:]\d\d(?:\s?[–-]\s?\d{1,2}[.:]\d\d)?(?![\d.,])|"
    r"\b(?:v\.?|vecka|veckorna)\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\bhur manga (?!\w*(?:minut|timm|dag|dygn|veck|manad|ar\b|kronor|kilo|meter|mil\b|grad|procent|ganger))"
)
# That a matter is taken up again tells no day of the thing itself: *Punkten tas upp igen i mars*.
_AGAIN = re.compile(
    r"\b(?:tas|tar|togs|tog|lyfts|lyfter) (?:\w+ ){0,3}upp (?:\w+ )?(?:igen|på nytt|till (?:våren|hösten)|på|i|vid|nästa)\b[^.;]*"
    r"|\b(?:återkommer|återupptas|bordläggs|bordlades|bordlägger|återremitteras)\b[^.;]*",
    re.IGNORECASE,
)
_ASKS_AGAIN = re.compile(
    r"\b(?:upp|aterk\w+|aterupp\w+|bordl\w+|aterremi\w+|behandl\w+|diskuter\w+|prata\w*|foljs?|folja|ses over|omprov\w+|beslut\w*|besked\w*)\b"
)
# (the sort asked for, how the question asks for it (folded), unless it also asks this, what of a sentence is then no value)
_OTHERS: tuple[tuple[Value, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str]], ...] = (
    ("money", _ASKS_PRICE, re.compile(fold_letters(_RESULT.pattern), re.IGNORECASE), _RESULT),
    ("count", _COUNTS, None, _MEASURE),
    ("day", re.compile(r"\bnar\b|\bvilke[nt] (?:dag|datum)"), _ASKS_AGAIN, _AGAIN),
)
# Amounts with a name of their own: where neither the sentence nor what it stands among has it, its amount is another.
_NAMED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"\blon(?:en|er|erna)?\b|\w*(?:manads|tim)lon\w*"), re.compile(r"\b\w*lön(?:en|er|erna|e\w+)?\b|arvode|ersättning", re.IGNORECASE)),
    (re.compile(r"\b\w*hyra(?:n|s)?\b"), re.compile(r"\bhyr|\w+hyra|lokalkostnad", re.IGNORECASE)),
    (re.compile(r"\b\w*budget(?:en)?\b"), re.compile(r"budget|\bram(?:en)?\b|anslag|avsätt|avsatt|medel", re.IGNORECASE)),
)  # fmt: skip
_MONEY_IN = re.compile(_AMOUNT, re.IGNORECASE)


def without_others(question: Question, passage: Passage, text: str) -> str:
    """The text with the values blanked that are none of what the question asks for."""
    folded = fold_letters(question.whole)
    if question.value == "day" and question.moment:  # the year asked about is no answer to when
        text = re.sub(r"\b(?:19|20)\d\d\b(?!-)", " ", text)
    if question.value == "person":  # whoever the question names is not who it asks for
        return _without_names_of(question, text)
    for value, asks, unless, told in _OTHERS:
        if question.value == value and asks.search(folded) and not (unless and unless.search(folded)):
            text = told.sub(" ", text)
    if question.value == "money" and _is_of_other_name(folded, f"{' '.join(passage.heading)} {passage.text}"):
        text = _MONEY_IN.sub(" ", text)
    return text


_ASKS_WHO_IT_IS = re.compile(r"(?:och |men )?(?:vem|vad) (?:är|var) [A-ZÅÄÖ]", re.IGNORECASE)


def _without_names_of(question: Question, text: str) -> str:
    """The text without the first names that the question has beyond its first word: *Vem tog över efter Jenny?*"""
    if _ASKS_WHO_IT_IS.match(question.whole):
        return text
    asked = [word for word in re.findall(r"(?<=\s)[A-ZÅÄÖ][a-zåäöé]+", question.whole) if FIRST in kinds(word)]
    return re.sub(rf"\b(?:{'|'.join(asked)})\b(?: [A-ZÅÄÖ][a-zåäöé]+)?", " ", text) if asked else text


def _is_of_other_name(folded: str, around: str) -> bool:
    return any(asks.search(folded) and not told.search(around) for asks, told in _NAMED)


# What is told to be open answers what it is asked of: *Vem som föreläser är inte klart.*
_OPEN = re.compile(
    r"\b(?:är|blir|var|blev|har) (?:\w+ )?(?:inte|ej|ännu inte|inte ännu|inte än) (?:\w+ )?(?:klar|bestäm|besluta|känd|känt|satt|utse|avgjor)\w*"
    r"|\b(?:inte|ej) (?:klart|bestämt|beslutat|känt|utsett|fastställt)\b|\boklart?\b|\båterstår att\b",
    re.IGNORECASE,
)
# What a sentence says to be open where it opens with a question word.
_OPENS: tuple[tuple[re.Pattern[str], frozenset[Value]], ...] = (
    (re.compile(r"vem\b|vilka\b", re.IGNORECASE), frozenset(("person",))),
    (re.compile(r"när\b|vilken dag\b|vilket datum\b|tiden?\b|datum(?:et)?\b", re.IGNORECASE), frozenset(("day", "clock", "week", "duration"))),
    (re.compile(r"var\b(?! \w+de\b)|vart\b|plats(?:en)?\b|lokal(?:en)?\b", re.IGNORECASE), frozenset(("place",))),
    (re.compile(r"vad (?:det|den) (?:ska |kommer att )?kosta|hur mycket\b|kostnaden\b|priset\b|avgiften\b", re.IGNORECASE), frozenset(("money", "count"))),
)  # fmt: skip


def is_told_open(value: Value, text: str) -> bool:
    """Whether the sentence says that a value of that sort is not settled."""
    if not _OPEN.search(text):
        return False
    named = [values for pattern, values in _OPENS if pattern.match(text)]
    return not named or any(value in values for values in named)
