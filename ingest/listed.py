"""People in a run of text: lists, groups by place, and sentences about one who came late, left or was not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from corpus.swedish.wording import fold_letters
from ingest.called import rows_called
from ingest.persons import Row, is_role, read_row


def people_told(text: str, seats: Collection[str]) -> list[Row]:
    """The people of a run of text; sentences after the first tell of one who came late, left, or was not there."""
    first, *others = _SENTENCE.split(text)
    people = [] if others and not rows_called(first, seats) else rows_called(first, seats)
    if not people:
        others = []
        people = rows_called(text, seats) or groups_of(text, seats) or [row for row, _ in _people_in(text, seats)]
    people += [row for one in others for row in rows_called(one, seats)]
    return people


_SENTENCE = re.compile(r"(?<=[^.\d][\w)])\.\s+(?=[A-ZÅÄÖ])")


def is_list(text: str, seats: Collection[str]) -> bool:
    """Whether every sentence of the text is a list of people, or tells of one."""
    sentences = [one for one in _SENTENCE.split(text) if one.strip()]
    return all(rows_called(one, seats) or read_row(one.strip(" ."), (), seats) for one in sentences)


def groups_of(text: str, seats: Collection[str]) -> list[Row]:
    """The people of a line that is nothing but groups: *FR: Eva Ek och Bo Alm. SPN: Cia Dahl*."""
    found: list[Row] = []
    for group in _GROUP.finditer(text):
        rows = group_rows(group["seat"], group["people"], seats)
        if not rows or is_role(group["seat"]) or not _SEAT_WORD.fullmatch(group["seat"]):
            return []
        found += rows
    return found


# A place and its people; the next place of the line begins after a mark or a gap.
_GROUP = re.compile(
    r"(?P<seat>[^:]{2,30}):\s*(?P<people>.+?)\s*(?=$|[.;,|\t]\s*[A-ZÅÄÖ][\wåäöÅÄÖ /-]{1,29}:|\s[A-ZÅÄÖ]{2,6}:)[.;,|]?\s*"
)
_SEAT_WORD = re.compile(r"[A-ZÅÄÖ][\wåäöÅÄÖé&/ -]{0,28}[\wåäöÅÄÖ)]")


def group_rows(seat: str, text: str, seats: Collection[str]) -> list[Row]:
    people = rows_called(text, seats) or [row for row, _ in _people_in(text, seats)]
    place, told = _group(seat)
    return [replace(row, seat=row.seat or place, **told) for row in people]


def _group(name: str) -> tuple[str | None, dict[str, Any]]:
    """What a group's name gives its people: a seat, or what they are at the meeting."""
    folded = fold_letters(name).strip()
    if re.fullmatch(r"ordinarie(?: ledamoter)?|ledamoter|deltagare|tjansteman|personal|ovriga", folded):
        return None, {}
    if re.fullmatch(r"suppleanter?|ersattare|tjanstgorande(?: ersattare)?", folded):
        return None, {"presence": "ersättare"}
    return re.sub(r"^[Ff]rån ", "", name.strip()), {}


def _people_in(text: str, seats: Collection[str]) -> Iterator[tuple[Row, str]]:
    """The people of a run of text: name first, what follows until the next name is theirs."""
    group: str | None = None
    current: list[str] = []
    for piece in re.split(
        r"[,;](?![^(]*\))\s*|\s+(?:och|samt|&)\s+(?=[A-ZÅÄÖ])|(?<!\bbitr)(?<!\btf)(?<!\bordf)(?<!\bsekr)(?<!\btj)(?<!\bkl)\.\s+|\.$",
        text,
    ):
        piece = piece.strip()
        opened = re.match(r"([A-ZÅÄÖ][^:()]{1,40}):\s+(.+)$", piece)
        if opened:
            yield from _row_of(current, seats, group)
            current, group, piece = [], opened[1], opened[2]
        if _opens_person(piece, seats):
            yield from _row_of(current, seats, group)
            current = [piece]
        elif current and piece:
            current.append(piece)
    yield from _row_of(current, seats, group)


def _opens_person(piece: str, seats: Collection[str]) -> bool:
    row = read_row(piece, (), seats)
    return row is not None and row.name not in seats


def _row_of(pieces: list[str], seats: Collection[str], group: str | None) -> Iterator[tuple[Row, str]]:
    row = read_row(pieces[0], (), seats) if pieces else None
    if row is None:
        return
    whole = read_row(", ".join(pieces), (), seats) or row
    if whole.seat is None and len(whole.name.split()) == 3 and not group:
        first, second, place = whole.name.split()
        whole = replace(whole, name=f"{first} {second}", seat=place)
    yield replace(whole, seat=whole.seat or group), pieces[0]
