"""Notes sent as a letter or an e-mail: who sent them, and that sender's *jag* among those who met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.swedish.names import FIRST, kinds
from ingest.persons import NAME, Row, is_name
from ingest.running import Line

MAX_HEAD_LINES = 8
_SENDER = re.compile(rf"^(?:Från|From|Avsändare)[ \t]*:[ \t]*(?P<name>{NAME})(?=[ \t]*(?:[,;<(\[]|$))")
_ME = re.compile(
    r"\bjag(?P<seat>(?:,? (?:från|i|på)| \()\s?(?P<from>[A-ZÅÄÖ][\wåäöé-]+))?"
    r"(?: (?:och|samt) [A-ZÅÄÖ][\wåäöé-]+(?: [A-ZÅÄÖ][\wåäöé-]+)? \((?P<both>[A-ZÅÄÖ][\wåäöé -]+)\))?"
)


def sender_of(lines: Sequence[Line]) -> str | None:
    """The name after *Från:* among the first lines, None where the notes are no letter."""
    found = (_SENDER.match(line.text) for line in lines[:MAX_HEAD_LINES])
    name = next((match["name"] for match in found if match), None)
    is_known = name is not None and any(FIRST in kinds(part) for part in re.split(r"[- ]", name))
    return name if name and is_name(name) and is_known else None


def myself(sender: str, told: str) -> Row | None:
    """The sender as one of those whom the text tells of (*Bo Alm (Sund) och jag från Öby*)."""
    match = _ME.search(" ".join(told.split()))
    return Row(sender, seat=match["from"] or match["both"], presence="närvarande") if match else None
