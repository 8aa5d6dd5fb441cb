"""People called by one name in a list of who was there: *Lotta, Hamid (Öby) och Jens från Sund*."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from corpus.swedish import names
from corpus.swedish.hunspell import is_word
from ingest.persons import Row, is_role, municipalities, read_row

# Of the names that a list calls people by so many must be known ones; the rest may be any words that are no Swedish.
MIN_KNOWN = 0.5
_ONE = r"[A-ZÅÄÖÉ][a-zåäöéüèáíóćčšžğ]+(?:-[A-ZÅÄÖÉ]?[a-zåäöéüèáíóćčšžğ]+)?"
_SEAT = r"[A-ZÅÄÖ][\wåäöÅÄÖ&-]*(?: [A-ZÅÄÖ][\wåäöÅÄÖ-]*)?"
_CALLED = re.compile(
    rf"(?:och |samt |[*•-] )?(?P<name>{_ONE}(?: [A-ZÅÄÖ]\.?)?)"
    rf"(?:,? (?:från|i|på) (?P<seat>{_SEAT})|, (?P<beside>{_SEAT})| [–-] (?P<after>{_SEAT}))?"
    rf"(?: ?\((?P<told>[^()]*)\))?[.!]?"
)
_PARTED = re.compile(r"[,;](?![^(]*\))\s*|(?P<joint>\s+(?:och|samt|&|\+)\s+)")


def called(text: str, seats: Collection[str] = ()) -> Row | None:
    """The person that a piece of a list calls by one name; None for other pieces."""
    match = _CALLED.fullmatch(text.strip())
    if match is None or not _may_be_name(match["name"], seats):
        return None
    row = Row(name=match["name"], seat=match["seat"] or match["beside"] or match["after"])
    if match["told"]:
        told = read_row(f"Eva Ek ({match['told']})", (), ())
        row = replace(told, name=row.name, seat=row.seat or told.seat) if told else row
    return row


def _may_be_name(word: str, seats: Collection[str]) -> bool:
    return word not in municipalities() and word not in seats and (_is_known(word) or not is_word(word.lower()))


def _is_known(word: str) -> bool:
    return any(names.FIRST in names.kinds(part) for part in re.split(r"[- ]", word) if len(part) > 2)


def rows_called(text: str, seats: Collection[str]) -> list[Row]:
    """The people of a list most of whom have one name; a place told after the last of several joined is theirs too.

    Empty for a list of full names, of places, and where the names are hardly known as such.
    """
    pieces, joints = _pieces(text)
    rows = [_row(piece, seats) for piece in pieces]
    found = [row for row in rows if row is not None]
    single = [row for row in found if " " not in row.name]
    known = sum(_is_known(row.name) for row in single)
    if not single or len(found) < len(pieces) or known < max(1, MIN_KNOWN * len(single)):
        return []
    for n in range(len(found) - 2, -1, -1):
        if joints[n] and found[n].seat is None and found[n].role is None:
            found[n] = replace(found[n], seat=found[n + 1].seat)
    return found


def _pieces(text: str) -> tuple[list[str], list[bool]]:
    """The pieces of the list, and whether *och* joins each to the next."""
    text = text.strip().rstrip(".!")
    strong = ";" in text
    pieces, joints, at = [], [], 0
    for match in _PARTED.finditer(text):
        if strong and match.group().startswith(","):
            continue
        pieces.append(text[at : match.start()].strip())
        joints.append(bool(match["joint"]))
        at = match.end()
    pieces.append(text[at:].strip())
    kept = [(piece, joint) for piece, joint in zip(pieces, [*joints, False], strict=True) if piece]
    return [piece for piece, _ in kept], [joint for _, joint in kept]


def _row(piece: str, seats: Collection[str]) -> Row | None:
    return called(piece, seats) or (None if is_role(piece) else read_row(piece, (), seats))
