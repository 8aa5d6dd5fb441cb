"""People in a run of text: lists, groups by place, and sentences about one who came late, left or was not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from corpus.swedish.names import LAST, kinds
from corpus.swedish.wording import fold_letters
from ingest.attendance import Block, settled
from ingest.called import MIN_KNOWN, called, rows_called
from ingest.persons import NAME, Row, is_name, is_role, read_row


def people_told(text: str, seats: Collection[str], *, least: float = MIN_KNOWN) -> list[Row]:
    """The people of a run of text; sentences after the first tell of one who came late, left, or was not there."""
    text = _PAIR_FROM.sub(r"\g<one> från \g<seat>\g<and>\g<two> från \g<seat>", text)
    text = _JOINED.sub(_each_placed, text)
    first, *others = _SENTENCE.split(text)
    people = rows_called(first, seats, least) or _grouped(first, seats)
    for one in others:
        people += after_dash(one, seats) or _told_of_one(one) or _grouped(one, seats)
    return _shared_place(people)


# *Eva Ek (leder mötet) och Bo Alm från Öby*: the place is both's.
_TASK = r"(?: \([a-zåäö ]+\))?"
_PAIR_FROM = re.compile(
    rf"(?P<one>{NAME}{_TASK})(?P<and> (?:och|samt) )(?P<two>{NAME}{_TASK})(?:, (?:båda|bägge))? från (?P<seat>[A-ZÅÄÖ][\wåäöé-]+)"
)


# *Eva Ek, Bo Alm och Cia Öst (Öby)*: the place is everyone's.
_JOINED = re.compile(
    rf"(?P<names>{NAME}(?:, {NAME})*(?: och | samt ){NAME}) \((?P<seat>[A-ZÅÄÖ][a-zåäöé]{{2,}}(?: [A-ZÅÄÖ][a-zåäö]+)?)\)"
)


def _each_placed(match: re.Match[str]) -> str:
    return re.sub(NAME, lambda name: f"{name.group()} ({match['seat']})", match["names"])


def _grouped(text: str, seats: Collection[str]) -> list[Row]:
    return groups_of(text, seats) or after_dash(text, seats) or [row for row, _ in _people_in(text, seats)]


# A full stop ends the sentence unless it ends a short form or stands between figures.
_SENTENCE = re.compile(
    r"(?<!\bordf)(?<!\bsekr)(?<!\bbitr)(?<!\btf)(?<!\bkl)(?<!\bv)(?<!\bst)(?<!\bp)(?<!\b[A-ZÅÄÖ])\.\s+(?=[A-ZÅÄÖ])"
)
_SHARED = re.compile(r"(?:båda|bägge|alla|samtliga)(?: (?:från|i|på))? (?P<seat>[A-ZÅÄÖ].*)")


def _told_of_one(sentence: str) -> list[Row]:
    row = called(sentence)
    return [row] if row and (row.presence or row.role) else []


def _shared_place(people: list[Row]) -> list[Row]:
    """*Eva Ek och Bo Alm, båda Öby*: the place is everyone's before who has none."""
    made = list(people)
    for n, row in enumerate(people):
        shared = _SHARED.fullmatch(row.note or "")
        if shared:
            first = next((k + 1 for k in range(n - 1, -1, -1) if made[k].seat), 0)
            made[first : n + 1] = [replace(one, seat=shared["seat"]) for one in made[first : n + 1]]
            made[n] = replace(made[n], note=None)
    return made


MAX_PIECE_WORDS = 6


def is_list(text: str, seats: Collection[str]) -> bool:
    """Whether every sentence of the text is a list of people, or tells of one."""
    sentences = [one for one in _SENTENCE.split(text) if one.strip()]
    return all(rows_called(one, seats) or _told_of_one(one) or _are_full_names(one, seats) for one in sentences)


def _are_full_names(text: str, seats: Collection[str]) -> bool:
    pieces = [one.strip(" .") for one in re.split(r",(?![^(]*\))\s*| och | samt ", text) if one.strip(" .")]
    named = [read_row(one, (), seats) for one in pieces if len(one.split()) <= MAX_PIECE_WORDS]
    return len(named) == len(pieces) and all(row and not row.note for row in named)


def groups_of(text: str, seats: Collection[str]) -> list[Row]:
    """The people of a line that is nothing but groups: *FR: Eva Ek och Bo Alm. SPN: Cia Dahl*."""
    found: list[Row] = []
    for group in _GROUP.finditer(text):
        rows = group_rows(group["seat"], group["people"], seats)
        if (
            not rows
            or _NO_SEAT.search(group["seat"])
            or is_role(group["seat"])
            or not _SEAT_WORD.fullmatch(group["seat"])
        ):
            return []
        found += rows
    return found


_DASHED = re.compile(r"(?P<seat>[A-ZÅÄÖ][\wåäöÅÄÖ]+(?: [\wåäöÅÄÖ]+)?) [–-] (?P<people>(?:ingen\b|[A-ZÅÄÖ]).*)")


def after_dash(text: str, seats: Collection[str]) -> list[Row]:
    """The people of *Öby – Eva Ek, rektor*; *Sund – ingen. Bo Alm hade anmält förhinder.* is one who was not there."""
    match = _DASHED.fullmatch(text)
    if match is None or is_name(match["seat"]):
        return []
    first, *others = _SENTENCE.split(match["people"])
    people = [] if first.startswith("ingen") else rows_called(first, seats) or _people_of(match["seat"], first, seats)
    people += [row for one in others for row in _told_of_one(one)]
    return [replace(row, seat=row.seat or match["seat"]) for row in people]


# A place and its people; the next place of the line begins after a mark or a gap.
_GROUP = re.compile(
    r"(?P<seat>[^:]{2,30}(?<![12])):\s*(?P<people>.+?)\s*(?=$|[.;,|\t]\s*[A-ZÅÄÖ][\wåäöÅÄÖ /-]{1,29}:|\s[A-ZÅÄÖ]{2,6}:)[.;,|]?\s*"
)
_NO_SEAT = re.compile(
    r" (?:i|på|till|från|som|nu|var|är) |^(?:till|kopia|hemlig kopia|cc|bcc|to|from|från|sänt|skickat|ämne|svar till|e-post|föredragande|"
    r"inledare|handläggare|ansvariga?|bilagor?|underlag)$",
    re.IGNORECASE,
)
_SEAT_WORD = re.compile(r"[A-ZÅÄÖ][\wåäöÅÄÖé&/ -]{0,28}[\wåäöÅÄÖ)]")


def group_rows(seat: str, text: str, seats: Collection[str]) -> list[Row]:
    place, told = _group(seat)
    people = rows_called(text, seats) or _people_of(place, text, seats)
    return [replace(row, seat=row.seat or place, **told) for row in people]


def _group(name: str) -> tuple[str | None, dict[str, Any]]:
    """What a group's name gives its people: a seat, or what they are at the meeting."""
    folded = fold_letters(name).strip()
    if re.fullmatch(r"ordinarie(?: ledamoter)?|ledamoter|deltagare|tjansteman|personal|ovriga", folded):
        return None, {}
    if re.fullmatch(r"suppleanter?|ersattare|tjanstgorande(?: ersattare)?", folded):
        return None, {"presence": "ersättare"}
    return re.sub(r"^[Ff]rån ", "", name.strip()), {}


def _people_of(place: str | None, text: str, seats: Collection[str]) -> list[Row]:
    return [row for row, _ in _people_in(text, seats, place)]


def _people_in(text: str, seats: Collection[str], group: str | None = None) -> Iterator[tuple[Row, str]]:
    """The people of a run of text, all from the group's place: name first, what follows until the next name is theirs."""
    current: list[str] = []
    for piece in re.split(
        r"[,;](?![^(]*\))\s*|\s+(?:och|samt|&)\s+(?=[A-ZÅÄÖ])|(?<!\bbitr)(?<!\btf)(?<!\bordf)(?<!\bsekr)(?<!\btj)(?<!\bkl)(?<!\bp)\.\s+|\.$",
        text,
    ):
        piece = re.sub(r"^(?:och|samt|&) (?=[A-ZÅÄÖ])", "", piece.strip())
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
    *_, last = whole.name.split()
    if whole.seat is None and len(whole.name.split()) == 3 and not group and LAST not in kinds(last):
        first, second, place = whole.name.split()
        whole = replace(whole, name=f"{first} {second}", seat=place)
    yield replace(whole, seat=whole.seat or group), pieces[0]


def told_in(text: str, block: Block, seats: Collection[str]) -> list[Row]:
    least = 0.0 if block.presence == "frånvarande" else MIN_KNOWN
    return [settled(row, block) for row in people_told(text, seats, least=least)]
