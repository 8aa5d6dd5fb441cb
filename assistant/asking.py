"""The table of how questions are asked (`asking.toml`), compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

MEETING = r"(?:[\w-]*mote(?:t|n|na|ts)?|[\w-]*traff(?:en|ar|arna)?|[\w-]*sammantrade(?:t|n|na)?)"


# What an archive holds, as questions about the archive itself name it.
HELD = (
    r"(?:natverk\w*|grupper(?:na)?|organ|forum|namnder(?:na)?|rad|styrgrupper|protokoll(?:en)?|(?:minnes)?anteckningar(?:na)?|dokument(?:en)?|"
    r"handlingar(?:na)?|filer(?:na)?|papper(?:en)?|moten(?:a)?|traffar(?:na)?|kallelser|bildspel|ar|artal|verksamheter|motesserier)"
)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("assistant").joinpath("asking.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _rules(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one["name"], _compiled(one["patterns"])) for one in _table()[table])


@lru_cache(maxsize=16)
def _single(table: str) -> re.Pattern[str]:
    return _compiled(_table()[table]["patterns"])


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one.replace('{meeting}', MEETING).replace('{held}', HELD)})" for one in patterns))


def first(table: str, folded: str) -> str | None:
    """The name of the first rule (of `kind` or `value`) that matches folded text."""
    return next((name for name, pattern in _rules(table) if pattern.search(folded)), None)


def matches(table: str, folded: str) -> bool:
    """Whether one of the patterns of `said` or `who` matches."""
    return bool(_single(table).search(folded))


def every(table: str, folded: str) -> list[str]:
    """The names of all rules (of `source`) that match folded text."""
    return [name for name, pattern in _rules(table) if pattern.search(folded)]
