"""What sort of value a question asks for, and whether a sentence holds one: money, share, count, day, person, reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from assistant import asking
from assistant.answer import Value
from corpus.swedish import names
from corpus.swedish.dates import find_dates
from corpus.swedish.wording import fold_letters

NUMBER_WORDS = frozenset(
    "en ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo"
    " trettio fyrtio femtio hundra tusen hälften tredjedel fjärdedel dubbelt ingen inga".split()
)
_ONES = frozenset(("en", "ett", "ingen", "inga"))
_MONEY = re.compile(
    r"\d\s*(?:kronor|krona|kr\b|kkr|tkr|mkr|:-|miljon|miljard|tusen|öre)|\b(?:miljon\w*|kronor|gratis|kostnadsfri\w*|avgiftsfri\w*)\b"
    r"|\b(?:utan|ingen|inte någon) (?:\w+ )?(?:avgift|ersättning|kostnad)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\d\s*(?:%|procent)|\bprocent\b|\bhälften\b|\b\w+delar?\b|promille|"
    rf"\b(?:\d+|{'|'.join(NUMBER_WORDS)}) av (?:de |alla |totalt |sammanlagt |cirka )?(?:\d|(?:{'|'.join(NUMBER_WORDS)})\b)|"
    r"\bvar (?:tredje|fjärde|femte|tionde) (?!dag|vecka|månad|år)",
    re.IGNORECASE,
)
_UNIT = r"(?:minut|timm|dag|veck|månad|år\b|termin|läsår|dygn|kvart)"
_DURATION = re.compile(
    rf"(?:\d+|\b(?:{'|'.join(NUMBER_WORDS)}|halv\w*|hel\w*))[\s-]+(?:\w+[\s-]+)?\w*{_UNIT}|till och med|fram till|tills vidare|\b(?:kvart|halvår)\w*",
    re.IGNORECASE,
)
_RECURS = rf"(?:{_UNIT}|vår|höst|sommar|\w+dag\b|möte|träff)"
_FREQUENCY = re.compile(
    rf"\bgång(?:er)?\b|\bvar(?:je|t|annan|tannat)?\s+(?:\w+(?:te|de|je)\s+)?\w*{_RECURS}|\b(?:jämna|udda) (?:år|veckor)\b|"
    rf"\bvar(?:annan|tannat)\b|\b(?:per|i|om)\s+{_UNIT}|årlig\w*|vecko?vis|{_UNIT}\w*ligen",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:kl\.?|klockan)\s*\d|\b\d{1,2}[.:]\d\d\b|\bpå (?:morg(?:on|nar)|förmiddag|eftermiddag|kväll|natt)\w*",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\b(?:v\.?|veck(?:a|orna))\s?\d", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:vår|höst|sommar)(?:en|terminen|termin|lovet|as)?\b|\b(?:januari|februari|mars|april|maj|juni|juli|"
    r"augusti|september|oktober|november|december)\b|\b(?:mån|tis|ons|tors|fre|lör|sön)dag\w*|nästa möte|läsår\w*|\btermin\w*|"
    r"\bsommaren\b|\bjul\b|\bpåsk\w*|\b(?:v\.?|vecka)\s?\d",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:eftersom|därför|för att|på grund av|beror|berodde|orsak\w*|skäl\w*|anledning\w*|då\b(?= \w+ (?:inte|har|är|saknas))|"
    r"med tanke på|så att|motivering\w*|med hänvisning|till följd|förklar\w*|annars|"
    r"tvivla\w*|befara\w*|oroa\w*|orolig\w*|rädda? (?:för|att)|svaret (?:\w+ ){1,3}att)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:i|på|till|vid|från|hos)\s+(?:[A-ZÅÄÖ][\wåäö-]+|\w*(?:skola|"
    r"salen|hus|rum|teater|bibliotek)\w*)|\bTeams\b|digitalt|\bdistans\b",
    re.IGNORECASE,
)
NAME = re.compile(
    r"\b[A-ZÅÄÖÉ][a-zåäöéüćšž]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?(?: (?:von|af|de|van))? [A-ZÅÄÖÉ][a-zåäöéüćšž]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
)
_ACTOR = re.compile(
    r"\b(?:ordförande\w*|sekreterare\w*|kansliet|förbundet|rektor\w*|samordnare\w*|respektive|varje|kommunen|kommunerna|"
    r"skolan|skolorna|förvaltning\w*|\w+gruppen|[A-ZÅÄÖ][\wåäö]+ (?:AB|kommun))\b"
)
_VOTES = re.compile(r"\bröst(?:er|ade|etal)?\b|\b\w+ mot \w+\b|\d\s*[-–]\s*\d", re.IGNORECASE)


# *Vilket är* asks for no year, though it folds to *vilket år*.
_WHICH_IS = re.compile(r"\bvilket är\b", re.IGNORECASE)
# How a cost is shared is a rule and no amount.
_HOW_SHARED = re.compile(
    r"\b(?:fordel(?:as|a|ar|ade|ades|ning|ningen)|princip\w*|dela[srd]?\w* (?:upp|pa|lika))\b(?<!fordelarna)"
)


def asked_value(text: str) -> Value | None:
    """The sort of value the question asks for, or None."""
    folded = fold_letters(_WHICH_IS.sub("vilket", " ".join(text.split()))).strip(" ?.!")
    if _HOW_SHARED.search(folded):
        return None
    return cast("Value | None", asking.first("value", folded))


def holds_value(value: Value, text: str, under: str = "") -> bool:
    """Whether the sentence holds a value of that sort; a table's row also when its unit is told `under` what it stands."""
    return (
        _HOLDS[value](text)
        or bool(under)
        and value in _UNITS
        and has_number(text)
        and bool(_UNITS[value].search(under))
    )


def has_number(text: str) -> bool:
    """A number that is no date and no item number."""
    return bool(_numbers(text))


def found_values(value: Value, text: str) -> list[tuple[int, int]]:
    """Where the sentence's values of that sort stand."""
    if value == "count":
        return _numbers(text)
    if value == "day":
        return [(one.start, one.end) for one in find_dates(text)] or _spans(_TIME, text)
    pattern = NAME if value == "person" else _PATTERNS.get(value)
    return _spans(pattern, text) if pattern else []


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in pattern.finditer(text)]


_NO_COUNT = re.compile(r"§§?\s*\d+|^\s*\d+[.)]|\b(?:19|20)\d\d(?:/\d\d)?\b|\båk\w*\s*\d\S*|\bF-\d")


def _numbers(text: str) -> list[tuple[int, int]]:
    bare = _NO_COUNT.sub(lambda found: " " * len(found[0]), without_dates(text))
    counting = NUMBER_WORDS - _ONES
    return [
        (found.start(), found.end())
        for found in re.finditer(r"\w+", bare)
        if found[0].lower() in counting or any(char.isdigit() for char in found[0])
    ]


def without_dates(text: str) -> str:
    """The text with its dates blanked, at the same length."""
    for found in find_dates(text):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def has_time(text: str) -> bool:
    return bool(_TIME.search(text)) or bool(find_dates(text))


def has_name(text: str) -> bool:
    """A whole name, or a first name by itself: *Tova skickar listan.*"""
    return bool(NAME.search(text)) or any(names.FIRST in names.kinds(word) for word in _CAPITAL.findall(text))


_CAPITAL = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöéü]{2,}\b")


def _any(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(pattern.search(text))


_PATTERNS: dict[Value, re.Pattern[str]] = {
    "money": _MONEY,
    "share": _SHARE,
    "duration": _DURATION,
    "frequency": _FREQUENCY,
    "clock": _CLOCK,
    "week": _WEEK,
    "place": _PLACE,
    "votes": _VOTES,
}
# What a table's heading calls the unit of its numbers.
_UNITS: dict[Value, re.Pattern[str]] = {
    "money": re.compile(
        r"\b(?:\w*kr|kronor|\w*(?:pris|avgift|kostnad|belopp|budget|taxa|tillägg|bidrag|hyra)\w*)\b", re.IGNORECASE
    ),
    "share": re.compile(r"%|\bprocent\b|\bandel\w*", re.IGNORECASE),
    "duration": re.compile(r"\b(?:minuter|timmar|dagar|veckor|månader)\b", re.IGNORECASE),
}  # fmt: skip
_HOLDS: dict[Value, Callable[[str], bool]] = {
    "money": _any(_MONEY),
    "share": _any(_SHARE),
    "count": has_number,
    "duration": _any(_DURATION),
    "frequency": _any(_FREQUENCY),
    "clock": _any(_CLOCK),
    "week": _any(_WEEK),
    "day": lambda text: has_time(text) or bool(_CLOCK.search(text)),
    "person": lambda text: has_name(text) or bool(_ACTOR.search(text)),
    "place": _any(_PLACE),
    "reason": _any(_REASON),
    "votes": _any(_VOTES),
}
