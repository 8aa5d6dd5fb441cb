"""The kind of document that a question names as its source: *i bildspelet*, *enligt det justerade protokollet*."""

from __future__ import annotations

import re

from corpus.swedish.wording import fold_letters

_KINDS = (
    ("justerat protokoll", r"(?:justera(?:t|de)|pasrivna|paskriv(?:et|na)|slutgiltiga|slutliga) protokoll(?:et)?"),
    ("utkast", r"(?:protokolls)?utkast(?:et)?|preliminara? protokoll(?:et)?|ojustera(?:t|de) protokoll(?:et)?"),
    ("kallelse", r"\w*kallelse(?:n|r)?|motesinbjudan|inbjudan(?= till \w*(?:mote|traff))"),
    ("dagordning", r"dagordning(?:en)?|foredragningslista[n]?|arendelista[n]?|agenda[n]?"),
    (
        "bildspel",
        r"bildspel(?:et)?|presentation(?:en)?|power ?point(?:en|:en)?|pptn?|ppt:n|pp:n|bild(?:en|erna)(?= fran| om|$)|slides?(?:en)?",
    ),
    ("verksamhetsplan", r"\w*verksamhetsplan(?:en)?"),
    ("yttrande", r"yttrande(?:t)?|remissvar(?:et)?"),
    ("bilaga", r"bilaga[n]?"),
    ("underlag", r"(?:besluts)?underlag(?:et)?"),
)
# What documents are that are asked for by one word: an invitation holds the agenda.
PAPER_KINDS = {"dagordning": ("dagordning", "kallelse", "föredragningslista"), "kallelse": ("kallelse", "dagordning")}
_ANY = "|".join(pattern for _, pattern in _KINDS)
_BETWEEN = r"(?:[a-z-]{4,}s |det |den |de |detta |vart |ert |senaste |forra |nya |gamla |ursprungliga )*"
# *I bildspelet* and *enligt utkastet* name the source whatever else is said; so does a paper that says, has or shows.
_SOURCE = re.compile(rf"\b(?:i|pa|ur|enligt|fran) {_BETWEEN}(?P<paper>{_ANY})(?!\w)")
_SUBJECT = re.compile(
    rf"\b(?:sag(?:er|s)|sa|sade|star|stod|anger|angav|visar|visade|tar|tog|hade|har|innehaller|inneholl|satter|ger|gav|handlar|handlade|"
    rf"foreslar|foreslog|skriver|namner|namnde|redovisar) {_BETWEEN}(?P<paper>{_ANY})(?!\w)"
)
_OPENS = re.compile(rf"^{_BETWEEN}(?P<paper>{_ANY})(?!\w)(?= (?:till|for|fran|om)\b)")
_SUMMARY = re.compile(
    rf"\b(?:sammanfatta|skiljer(?: sig)?|mellan|punkterna i|innehallet i|vad star det i) {_BETWEEN}(?P<paper>{_ANY})(?!\w)"
)


def paper_of(text: str) -> str | None:
    """The kind of document named as the source; None where a paper is the matter (*Vem gör bildspelet?*)."""
    folded = fold_letters(" ".join(text.split())).strip(" ?.!")
    for way in (_SOURCE, _SUBJECT, _OPENS, _SUMMARY):
        if match := way.search(folded):
            return next(
                kind for kind, pattern in _KINDS if re.fullmatch(pattern, match["paper"]) or _starts(pattern, match)
            )
    return None


def _starts(pattern: str, match: re.Match[str]) -> bool:
    return re.match(rf"(?:{pattern})(?!\w)", match.string[match.start("paper") :]) is not None
