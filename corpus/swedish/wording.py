"""What the verbs of minutes mean: strength and outcome of a clause, hedges, negation; used in reading and verifying."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from corpus.records import Outcome, Relation, Strength

_TABLE = Path(__file__).with_name("wording.toml")
# Agreements whose verb says nothing without those who act (*vi kör på*, but not *Bo kör på*).
PERSONAL = (
    "landa",
    "kor",
    "satsar",
    "sager",
    "sa ",
    "gor",
    "gjorde",
    "ar med",
    "var med",
    "testar",
    "provar",
    "skippar",
    "stryker",
    "behaller",
    "gar vidare",
    "fortsatter",
    "haller fast",
    "startar",
    "bildar",
    "tillsatter",
    "hojer",
    "sanker",
    "satter",
    "tar ut",
    "arrangerar",
    "anordnar",
    "skarper",
    "inrattar",
    "flyttar",
    "ordnar",
)
_FOLD = str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")


def fold_letters(text: str) -> str:
    """Lower case without rings and dots, of the same length, so that a damaged letter hides no verb."""
    return text.lower().translate(_FOLD) if len(text.lower()) == len(text) else text.translate(_FOLD)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    border = "" if pattern.startswith(("^", "(", "\\")) else r"\b"
    return re.compile(border + pattern)


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(_compiled(pattern).search(text) for pattern in patterns)


def strength_of(clause: str) -> Strength | None:
    """How binding the clause's own verb is; None where nothing is decided, proposed or agreed."""
    text = _flat(clause)
    name = next((rule["name"] for rule in _table()["strength"] if _any(rule["patterns"], text)), None)
    return cast("Strength | None", name)


@dataclass(frozen=True, slots=True)
class DecidingVerb:
    """A verb that decides, proposes or agrees at text[start:end] of the clause with its white space evened."""

    strength: Strength
    start: int
    end: int


def deciding_verbs(clause: str) -> list[DecidingVerb]:
    """All such verbs in order; where two start together the table's first counts (*beslutar att rekommendera*)."""
    text = _flat(clause)
    found: list[DecidingVerb] = []
    for rule in _table()["strength"]:
        for pattern in rule["patterns"]:
            found += [DecidingVerb(rule["name"], *match.span()) for match in _compiled(pattern).finditer(text)]
    return sorted(found, key=lambda verb: verb.start)


def is_undecided(clause: str) -> bool:
    """Whether the clause says that nothing was decided."""
    return _any(_table()["undecided"]["patterns"], _flat(clause))


def is_unsettled(clause: str) -> bool:
    """Whether the clause says in passing that nothing was settled (*Inget bestämdes om priset*): no row of its own."""
    return _any(_table()["unsettled"]["patterns"], _flat(clause))


def sets_amount(clause: str) -> bool:
    """Whether the clause sets a fee or a price list as settled (*Avgiften är oförändrad, 450 kronor*)."""
    return _any(_table()["amount"]["patterns"], _flat(clause))


def is_settled(clause: str) -> bool:
    """Whether the clause sets what all are to do from a day on, or the day of something of their own."""
    return _any(_table()["settled"]["patterns"], _flat(clause))


def is_postponed(clause: str) -> bool:
    """Whether the clause puts its matter off to another meeting (*Punkten tas upp igen i mars*)."""
    return _any(_table()["postponed"]["patterns"], _flat(clause))


def is_impersonal(said: str) -> bool:
    """Whether a deciding phrase needs nobody who decides beside it (*det blev ja till*)."""
    return any(re.match(pattern, _flat(said)) for pattern in _table()["impersonal"]["patterns"])


def is_view(clause: str) -> bool:
    """Whether the clause says what people think together, without settling anything."""
    return _any(_table()["view"]["patterns"], _flat(clause))


def is_noted(clause: str) -> bool:
    """Whether the clause takes note of information."""
    return _any(_table()["noted"]["patterns"], _flat(clause))


def is_subordinate(before: str) -> bool:
    """Whether what stands before a verb makes it a part of another's sentence (*Petra yrkar att gruppen beslutar*)."""
    words = "|".join(_table()["subordinate"]["patterns"])
    told = _ASKED.sub("", _flat(before))
    return re.search(rf"(?:^|[\s(])(?:{words})(?:\s[^,;:]*)?$", told) is not None


# *Frågan om när skolan öppnar skjuts upp*: what is asked is the matter's name.
_ASKED = re.compile(r"^(?:fragan|arendet|punkten|forslaget) om (?:nar|hur|vem|var|vad|vilka|vilket|att)\b")


def is_earlier(after: str) -> bool:
    """Whether what follows a verb places it at another day (*bordlades den 3 mars*)."""
    patterns = "|".join(_table()["earlier"]["patterns"])
    return re.match(rf"\W*(?:{patterns})", _flat(after)) is not None


def is_told_later(before: str, said: str, after: str) -> bool:
    """Whether a verb in the past tense tells of another meeting (*I december beslutade rådet att …*) or of many matters
    (*37 ansökningar avslogs*)."""
    first = said.split()[0]
    if not re.search(r"(?:de|des|og|ogs|ot|oll|olls|te|tes)$", first):
        return False
    table = _table()["told_later"]
    return any(re.search(one, before) for one in table["before"]) or any(re.match(one, after) for one in table["after"])


def collectives(text: str) -> list[tuple[int, int, str]]:
    """Where those who decide are named: (start, end, word) over the evened text."""
    table = _table()["collective"]
    words = "|".join([rf"[a-z-]*(?:{'|'.join(table['endings'])})", *table["nouns"]])
    return [(*match.span(), match.group()) for match in re.finditer(rf"\b(?:{words})\b", _flat(text))]


def outcome_of(clause: str, strength: Strength | None = None) -> Outcome | None:
    """What became of the matter; a decision without another outcome is *bifall*."""
    text = _flat(clause)
    name = next((rule["name"] for rule in _table()["outcome"] if _any(rule["patterns"], text)), None)
    if name is None and strength == "beslut":
        return "bifall"
    return cast("Outcome | None", name)


def hedges(text: str) -> frozenset[str]:
    """The hedging words of the text, as the table writes them."""
    return _words_in("hedges", text)


def is_negated(text: str) -> bool:
    return bool(_words_in("negation", text))


def is_formality(clause: str) -> bool:
    """Housekeeping of the meeting (agenda approved, adjuster chosen), no decision on a matter."""
    return _any(_table()["formality"]["patterns"], _flat(clause))


def is_told_of_others(clause: str) -> bool:
    """Whether the clause tells what an authority decided rather than the meeting."""
    before = re.split(r"\b(?:beslut|rekommend|foresl|anta|fastst)", _flat(clause), maxsplit=1)[0]
    return any(re.search(rf"\b{fold_letters(word)}s?\b", before) for word in _table()["others"]["words"])


def relation_of(clause: str) -> Relation | None:
    """How a clause says that it bears on an earlier decision; None when it says nothing."""
    text = _flat(clause)
    for name in ("upphävt", "bekräftat", "ändrat"):
        if _any(_table()["relation"][name], text):
            return name
    return None


def names_earlier(clause: str) -> bool:
    """Whether the clause itself points at an earlier decision."""
    return _any(_table()["relation"]["earlier"], _flat(clause))


@lru_cache(maxsize=2)
def promise_pattern(*, dated: bool = False) -> str:
    """A pattern over unfolded text for the verbs of a promise; with `dated` those that are one only with a day set."""
    verbs = _table()["promise"]["dated" if dated else "verbs"]
    return rf"(?:{'|'.join(verbs)})(?!\w)".replace(" ", r"\s+")


def tells_done(clause: str) -> bool:
    """Whether the clause reports something as carried out."""
    return _any(_table()["done"]["patterns"], _flat(clause))


def _words_in(table: str, text: str) -> frozenset[str]:
    lowered = " ".join(text.lower().split())
    return frozenset(
        word for word in _table()[table]["words"] if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lowered)
    )


def _flat(text: str) -> str:
    return fold_letters(" ".join(text.split()))
