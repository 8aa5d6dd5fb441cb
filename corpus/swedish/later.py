"""How a clause bears on an earlier decision: the relation it says, and what it names of the earlier one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from corpus.records import Relation
from corpus.swedish.dates import FoundDate, find_dates

_TABLE = Path(__file__).with_name("later.toml")
# A definite noun right before "från den 3 maj": "AI-policyn från den 3 maj".
_DEFINITE = re.compile(r"\b[\w-]{3,}(?:en|et|n|t|na)\s+(?:från|av|i)\s+(?:den\s+|mötet\s+(?:den\s+)?)?$")
_AFTER = re.compile(r"^,?\s*(?:beslut(?:ade|ad|at)|fattade|antagna|antogs|fastställ\w+)\b")
_ONWARD = re.compile(r"^\s*(?:till|[-–])\s")
_NUMBER = r"(?:\d+(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?|[a-zåäö]+)"
_OLD_VALUES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bfrån (?:nuvarande |dagens |tidigare )?({_NUMBER})(?: [\w%]+){{0,3}} till (?:{_NUMBER})",
        rf"\bi ?stället för (?:(?:de|den|det|dagens|nuvarande|tidigare|som i dag|som tidigare) )*({_NUMBER})",
        rf"\b(?:tidigare|nuvarande|gällande|förra|dagens) (?:\w+ )?({_NUMBER})",
        rf"\b\w{{4,}}(?:en|et|n) (?:om|på) ({_NUMBER}) (?:kronor|kr|procent|%|dagar|veckor|timmar|platser|elever)",
    )
)
_STRENGTHS = tuple(
    (name, re.compile(rf"\b(?:{pattern})"))
    for name, pattern in (
        ("rekommendation", r"rekommendation(en|erna)\b"),
        ("överenskommelse", r"överenskommelse(n|rna)\b"),
        ("ställningstagande", r"ställningstagande(t|na)\b"),
    )
)
_NUMBERS = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?")
_PARAGRAPH = re.compile(r"§\s*(\d+)")
# "§ 12/2023" and "beslutet från våren 2023": the year, or half of it, is all that is told.
_PARAGRAPH_YEAR = re.compile(r"§\s*\d+\s*/\s*((?:19|20)\d\d)\b")
_SEASON = re.compile(r"\b(vår|höst)(?:en|terminen)?\s+((?:19|20)\d\d)\b")
_LAST_MEETING = re.compile(
    r"\b(?:förra|föregående|senaste|förgående)\s+(?:mötet|möte|mötets|sammanträdet|sammanträde|träffen|nätverksträffen)s?\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What a clause says of an earlier decision.

    `times` are when the named decision was made, first and last day; `old_values` numbers that it held (digits
    only), `strengths` how binding it calls it, `last_meeting` that it was made at the meeting before; `is_held` tells
    that the relation is only proposed, asked for or denied, `is_weak` that the words may be said of a matter without
    any earlier decision.
    """

    relation: Relation | None
    times: tuple[tuple[date, date], ...] = ()
    paragraphs: tuple[str, ...] = ()
    old_values: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    last_meeting: bool = False
    is_held: bool = False
    is_weak: bool = False

    @property
    def names_one(self) -> bool:
        """Whether the clause itself points out which decision it means."""
        return bool(self.times or self.old_values)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """Lemmas that tell nothing of which matter a decision is about."""
    return frozenset(str(_table()["generic"]["words"]).split())


@lru_cache(maxsize=1)
def _relations() -> tuple[tuple[Relation, re.Pattern[str], bool], ...]:
    rows = [(row["name"], "|".join(row["patterns"]), row.get("weak", False)) for row in _table()["relation"]]
    return tuple((cast("Relation", name), re.compile(rf"\b(?:{one})"), weak) for name, one, weak in rows)


@lru_cache(maxsize=1)
def _held() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_table()['held']['patterns'])})")


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in _table()["named"]["nouns"])
    return re.compile(rf"(?:{nouns})[\w-]*(?:\s+\d+)?(?:[\s,(]+(?!senast|till)[\w§]+){{0,4}}?[\s,(]*$")


@lru_cache(maxsize=1)
def _number_words() -> Mapping[str, str]:
    return dict(pair.split("=") for pair in _table()["numbers"]["words"].split())


def relation_of(clause: str) -> Relation | None:
    """How the clause says that it bears on an earlier decision; None when it says nothing."""
    return _said(_flat(clause))[0]


def _said(text: str) -> tuple[Relation | None, bool]:
    return next(((name, weak) for name, pattern, weak in _relations() if pattern.search(text)), (None, False))


def read_bearing(clause: str, day: date | None) -> Bearing:
    """All that the clause of a meeting held on `day` says of an earlier decision."""
    text = _flat(clause)
    relation, is_weak = _said(text)
    if relation is None:
        return Bearing(relation=None)
    return Bearing(
        relation=relation,
        times=tuple(dict.fromkeys(_times(text, day))),
        paragraphs=tuple(_PARAGRAPH.findall(text)),
        old_values=tuple(dict.fromkeys(_old_values(text))),
        strengths=tuple(name for name, pattern in _STRENGTHS if pattern.search(text)),
        last_meeting=bool(_LAST_MEETING.search(text)),
        is_held=bool(_held().search(text)),
        is_weak=is_weak,
    )


def named_times(text: str, day: date | None) -> tuple[tuple[date, date], ...]:
    """When the earlier decisions that a text mentions were made, whatever it says of them."""
    return tuple(dict.fromkeys(_times(_flat(text), day)))


def _times(text: str, day: date | None) -> list[tuple[date, date]]:
    found = []
    for one in find_dates(text, day, "before"):
        first, last = one.earliest or one.date, one.latest or one.date
        past = first is not None and (day is None or first < day)
        if past and first and last and one.precision in ("day", "month") and _is_named(text, one):
            found.append((first, last))
    for match in _PARAGRAPH_YEAR.finditer(text):
        found.append((date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)))
    for match in _SEASON.finditer(text):
        if _is_past_season(text, match, day):
            found.append(_season(match[1], int(match[2])))
    return found


def _season(name: str, year: int) -> tuple[date, date]:
    return (date(year, 1, 1), date(year, 6, 30)) if name == "vår" else (date(year, 7, 1), date(year, 12, 31))


def _is_past_season(text: str, match: re.Match[str], day: date | None) -> bool:
    """*Beslutet från våren 2023*, not *från och med våren 2023*."""
    before = text[max(0, match.start() - 40) : match.start()]
    named = re.search(
        r"\b\w*(?:beslut\w*|rekommendation\w*|överenskommelse\w*|riktlinje\w*|polic\w*) (?:från|i|av|under) $", before
    )
    return bool(named) and (day is None or _season(match[1], int(match[2]))[0] < day)


def _is_named(text: str, one: FoundDate) -> bool:
    """Whether the date tells when a decision was made, and not from when it holds or a last day."""
    before, after = text[max(0, one.start - 70) : one.start], text[one.end :]
    before = re.sub(r"\b(?:månd|tisd|onsd|torsd|fred)ag(?:en)?\s*(?:den\s*)?$", "", before)
    if re.search(
        r"\b(?:senast|till och med|från och med|fr\.?o\.?m\.?|t\.?o\.?m\.?|sedan|till|klart?)\s+(?:den\s+)?$", before
    ):
        return False
    if _AFTER.search(after):
        return True
    return bool((_named().search(before) or _DEFINITE.search(before)) and not _ONWARD.search(after))


def _old_values(text: str) -> list[str]:
    found = [as_number(match[1]) for pattern in _OLD_VALUES for match in pattern.finditer(text)]
    return [one for one in found if one]


def as_number(word: str) -> str:
    """Digits of a number in digits or words; empty for another word."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", word)
    return digits if digits[:1].isdigit() else _number_words().get(word, "")


def numbers_in(text: str) -> frozenset[str]:
    """All numbers of a text as digits, those in words too."""
    flat = _flat(text)
    words = (as_number(word) for word in re.findall(r"[a-zåäö]+", flat))
    return frozenset([*(as_number(one) for one in _NUMBERS.findall(flat)), *(word for word in words if word)])


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
