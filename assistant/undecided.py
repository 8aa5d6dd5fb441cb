"""What a question of a decision is answered by when there is none: passed on, put off, left, still so or no longer."""

from __future__ import annotations

import re

from corpus.swedish import later
from corpus.swedish.wording import fold_letters

# Patterns over folded text. A decision is asked for: then neither a fact nor a talk is a ja.
_ASKS_DECISION = re.compile(
    r"\b(beslut\w*|besl[ou]t\w*|bestam\w*|klubba\w*|faststall\w*|antagi?t|antagen|antagna|antogs?|antas?|antar|avslog\w*|avsl[ao]\w*|bif[ao]ll\w*|bordla\w*|aterremit\w*)\b"
)
# A decision to ask, to propose or to look into decides nothing of the matter itself.
_PASSES_ON = re.compile(
    r"\b(?:beslut\w*|besl[ou]t|enades om|enas om|overens om) att (?:\w+ ){0,2}?"
    r"(?:foresla|hemstalla|begara|fraga|utreda|undersoka|se over|arbeta fram|ta fram|lata|aterkomma|diskutera|ansoka)\b"
)
_ASKS_PASSED_ON = re.compile(
    r"\b(foresl\w*|forslag\w*|hemstall\w*|begar\w*|frag\w*|utred\w*|undersok\w*|se over|ses over|ta fram|uppdrag\w*|ansok\w*|lata)"
)
# The matter is left for later though no register calls it postponed.
_LEFT = re.compile(
    r"\b(?:skjut(?:s|a|it|er)? (?:\w+ )?(?:upp|fram|pa)\b|skots (?:upp|fram|pa)\b|avvakta\w*|vanta(?:r|s)? (?:med|till|pa)\b|vilar\b|"
    r"(?:tas|tar|togs) (?:\w+ )?upp (?:igen|pa nytt|nasta|pa nasta|vid nasta)|behandlas (?:pa nytt|igen|vid nasta)|"
    r"(?:inte|ej) (?:annu|an|annu \w+)\b|"
    r"(?:inget|inte(?: nagot)?) bestamt\b|(?:inte|ej) (?:overens|eniga?)\b|(?:ar|annu) inte (?:klar\w*|bestam\w*|beslut\w*|avgjor\w*)|"
    r"(?:det|fragan|arendet) (?:lamnar|lamnade) (?:vi|de|gruppen|natverket)|lamna(?:r|de|s|des) (?:fragan|arendet))"
)
_ASKS_STILL = re.compile(r"\b(fortfarande|annu|alltjamt|kvar|fortsatter|fortsatt)\b")
_ENDED = re.compile(
    r"\b(?:(?:inte|ej|inget|ingen|inga) (?:\w+ )?langre|upphor(?:t|de|s)?|lagg(?:s|er) ne[dr]|lades ne[dr]|ersatt(?:s|es)? av|"
    r"avveckla\w*|avsluta\w*|gick ut|har gatt ut|"
    r"slopa\w*|tas bort|togs bort)\b"
)
_ASKS_UNITED = re.compile(r"\b(?:overens|enig(?:a|t)?|enhallig\w*)\b")
_DIVIDED = re.compile(
    r"\b(?:reserver\w*|rosta\w* (?:e?mot|nej)|(?:en|tva|tre|fyra|fem|\d+) e?mot|avvikande mening|oenig\w*|meningarna (?:gick isar|var delade)|"
    r"yrka\w* avslag|(?:alla|samtliga) utom|inte eniga?|starkt kritisk)\b"
)


# What answers a question or a wish that the sentence before it tells: *Eva undrade om … Svaret är nej.*
_SAYS_NO = re.compile(
    r"\b(?:svaret (?:var|ar|blev) nej|sa(?:ger|de)? nej|nej till|(?:fick|vann|far) (?:inget|inte nagot|ingen|inte) (?:stod|gehor|medhall)|"
    r"(?:inget|inte) (?:stod|medhall|gehor)|(?:blir|blev) (?:det )?(?:inget|inte) (?:av|sa)|det (?:blir|blev) inget\b|ingen (?:holl med|stodde)|"
    r"inte fram till (?:nagot|nat|nan)|avslogs?|avslas|gar inte(?: for sig)?|ligger fast|star fast|inte aktuellt|"
    r"ingen (?:andring|forandring)|inget (?:nytt )?beslut|lat(?:er|a) \w+ vara(?: som)?|oforandra\w*)\b|^nej\b"
)
_SAYS_YES = re.compile(
    r"\b(?:svaret (?:var|ar|blev) ja|sa(?:ger|de)? ja|det gar bra|alla (?:holl med|var med pa det))\b|^ja\b"
)
_SAYS_SOMETHING = re.compile(
    r"\b(?:svaret (?:var|ar|blev)|(?:det|hon|han|\w+) svarade(?:s)?|som svar|(?:det )?aterstar att se|det ar (?:annu )?(?:oklart|inte klart))\b"
)


def asks_decision(question: str) -> bool:
    """Whether a question is of a decision, not of what is so."""
    return bool(_ASKS_DECISION.search(fold_letters(question)))


def answer_in(told: str) -> str | None:
    """`nej` or `ja` where a sentence gives that for answer to the one before it, `svar` where it gives another one."""
    if _SAYS_NO.search(told):
        return "nej"
    if _SAYS_YES.search(told):
        return "ja"
    return "svar" if _SAYS_SOMETHING.search(told) else None


def passes_on(asked: str, told: str) -> bool:
    """Whether a clause only decides to ask, to propose or to look into, where the question is not of that."""
    return bool(_PASSES_ON.search(told)) and not _ASKS_PASSED_ON.search(asked)


def is_left(told: str) -> bool:
    """Whether a clause leaves its matter for later."""
    return bool(_LEFT.search(told))


def asks_still(asked: str) -> bool:
    """Whether what was so is asked to be so still."""
    return bool(_ASKS_STILL.search(asked))


def has_ended(told: str) -> bool:
    """Whether a clause says that something is no more, or that another thing stands in its place."""
    return bool(_ENDED.search(told))


def asks_united(asked: str) -> bool:
    """Whether a question is of everybody being of one mind."""
    return bool(_ASKS_UNITED.search(asked))


def is_divided(told: str) -> bool:
    """Whether a clause tells of votes against, reservations or other minds."""
    return bool(_DIVIDED.search(told))


def goes_on(told: str, wanted: frozenset[str]) -> bool:
    """Whether a clause that takes an older decision back decides what is asked after it: *och att starta ett centrum*."""
    lifted, _, on = re.sub(r"\b(?:och|samt) (?:att|i ?stallet)\b", "\n", told, count=1).partition("\n")
    held = [sum(word in part for word in wanted) for part in (lifted, on)]
    return later.relation_of(on) is None and held[1] > held[0]
