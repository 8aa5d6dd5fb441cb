"""Attendance told in sentences: *Från Öby deltog Eva Ek*, *Bo Alm från Sund hade fått förhinder*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.records import Presence
from corpus.swedish.names import FIRST, kinds
from ingest.called import rows_called
from ingest.persons import NAME, Row, is_name, is_role
from ingest.running import Line, Running

# How far into a part the telling of who was there goes; later sentences with the same verbs are about other things.
MAX_LINES, MAX_CHARS = 14, 1200
_HERE = re.compile(
    r"\b(?:deltog|deltar|närvarade|medverkade|var med|med var|var på plats|på plats var|fanns på plats|träffades|samlades|"
    r"mötte upp|(?:var|blev|är) (?:\w+ )?(?:stycken|personer|st)\b|vi som [a-zåäö ]{3,30} var|vi (?:var|blev) \w+(?=:)|satt med|kom till mötet|var där|"
    r"ledde mötet|leder mötet|närvarande var|"
    r"representerades av)\b|\bfrån (?-i:[A-ZÅÄÖ])[\wåäöé-]+ kom\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:förhinder|(?:var|är) på (?:kurs|utbildning|konferens|annat möte)|"
    r"kunde inte|kan inte|hade inte möjlighet|var inte med|deltog inte|saknades|frånvarande|hade meddelat|återbud|anmält frånvaro|"
    r"sjuk|på semester|tjänstledig|bortrest)\b",
    re.IGNORECASE,
)
_PLACE = r"[A-ZÅÄÖ][\wåäöé-]+(?: [A-ZÅÄÖ][\wåäöé-]+)?|(?:kommun)?förbundet|[a-zåäö]+förbundet|regionen"
_FROM_FIRST = re.compile(rf"\b[Ff]rån (?P<seat>{_PLACE})(?: (?:deltog|kom|var|medverkade))? (?P<name>{NAME})")
_NAME_FIRST = re.compile(
    rf"(?P<name>{NAME})(?:(?:, | som är | är )(?P<role>[a-zåäö]+))?(?:,)? ?(?:(?:från|i|för|på) |\()(?P<seat>{_PLACE})"
)
_COMMA = re.compile(rf"(?P<name>{NAME}), (?P<seat>{_PLACE})(?=[,.;)]| och| samt)")
_PLAIN = re.compile(NAME)
# *Eva Ek och Bo Alm från Öby*: the place is both's.
_PAIR_FROM = re.compile(rf"(?P<names>{NAME} (?:och|samt) {NAME})(?:, (?:båda|bägge))? (?:från|i) (?P<seat>{_PLACE})")
_SENTENCES = re.compile(r"(?:[^.!?]|(?<=\bkl)\.|(?<=\bbitr)\.)*(?:[.!?]|$)")
# A sentence after those that tell who was there names one more, with the place (*Bo Alm (Sund) stod för fikat*).
_BESIDE = re.compile(rf"^{NAME} \({_PLACE}[,)]")


def find_rows(whole: Running, lines: Sequence[Line]) -> list[tuple[Row, int, int]]:
    """The people that the first sentences tell of; a name without a place only beside others that have one."""
    if not lines:
        return []
    start = lines[0].start
    end = min(lines[min(MAX_LINES, len(lines)) - 1].end, start + MAX_CHARS)
    found: list[tuple[Row, int, int]] = []
    here: int | None = None
    for match in _SENTENCES.finditer(whole.text[start:end]):
        presence = _presence(match.group())
        if presence is None and here is not None and "\n\n" not in whole.text[start + here : start + match.start()]:
            presence = "närvarande" if _BESIDE.search(" ".join(match.group().split())) else None
        here = match.end() if presence else None
        if presence:
            rows = _counted(match.group()) or [*_rows(match.group(), presence)] or [*_called(match.group(), presence)]
            found += [(row, start + match.start(), start + match.end()) for row in rows]
    return found if any(row.seat for row, _, _ in found) else []


_WE = re.compile(r"\b[Vv]i (?:som )?(?:var|blev|är) [^:.]{0,25}:\s*(?P<people>.+)", re.DOTALL)


def _counted(sentence: str) -> list[Row]:
    """The people of *Vi var fem: Gun (Öby), Per (Sund) och jag*."""
    match = _WE.search(sentence)
    people = rows_called(" ".join(match["people"].split()), ()) if match else []
    return [replace(row, presence=row.presence or "närvarande") for row in people]


def _presence(sentence: str) -> Presence | None:
    if _AWAY.search(sentence):
        return "frånvarande"
    return "närvarande" if _HERE.search(sentence) else None


def _rows(sentence: str, presence: Presence) -> Iterator[Row]:
    flat = " ".join(sentence.split())
    taken: list[tuple[int, int]] = []
    for match in _PAIR_FROM.finditer(flat):
        names = [one.group() for one in re.finditer(NAME, match["names"])]
        if all(map(is_name, names)):
            taken.append(match.span())
            yield from (Row(name, seat=match["seat"], presence=presence) for name in names)
    for pattern in (_FROM_FIRST, _NAME_FIRST, _COMMA, _PLAIN):
        for match in pattern.finditer(flat):
            groups = match.groupdict()
            name = groups.get("name") or match.group()
            if not is_name(name) or any(match.start() < b and a < match.end() for a, b in taken):
                continue
            if pattern is _COMMA and _is_person(match["seat"]):
                continue
            taken.append(match.span())
            role = groups.get("role")
            yield Row(name, seat=groups.get("seat"), role=_role(role, flat, match), presence=presence)


_ONE = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_GROUP_FROM = re.compile(rf"(?P<names>{_ONE}(?:, {_ONE})*(?: (?:och|samt) {_ONE})?) från (?P<seat>{_PLACE})")
_MYSELF = re.compile(rf"\bjag \((?P<name>{_ONE})(?:, (?P<seat>{_PLACE}))?\)")


def _called(sentence: str, presence: Presence) -> Iterator[Row]:
    """People called by one name, by where they come from: *Gun och Per från Öby, jag (Eva, Sund)*."""
    flat = " ".join(sentence.split())
    groups = list(_GROUP_FROM.finditer(flat))
    if not rows_called(", ".join(match["names"] for match in groups), ()):
        return
    for match in groups:
        for name in re.findall(_ONE, match["names"]):
            yield Row(name, seat=match["seat"], presence=presence)
    for match in _MYSELF.finditer(flat):
        yield Row(match["name"], seat=match["seat"], presence=presence)


def _is_person(seat: str) -> bool:
    """Whether what stands after the comma is the next person of a list (*Lena Öst, Yvonne Ås och …*)."""
    first, _, last = seat.partition(" ")
    return bool(last) and any(FIRST in kinds(part) for part in first.split("-"))


def _role(told: str | None, flat: str, match: re.Match[str]) -> str | None:
    if told and is_role(told):
        return told
    after = flat[match.end() : match.end() + 40]
    held = re.match(r", ([a-zåäö ]+)\)", after)
    if held and is_role(held[1]):
        return held[1]
    if re.match(r",? som sammankalla", after):
        return "sammankallande"
    return "ordförande" if re.match(r" (?:ledde|leder) mötet", after) else None
