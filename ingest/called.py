"""People called by one name in a list of who was there: *Lotta (till 14), Hamid på länk och Jens från Sund*."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from corpus.records import Presence
from corpus.swedish import names
from corpus.swedish.hunspell import is_word
from ingest.persons import NAME, Row, filled, is_name, is_role, municipalities, read_row

# Of the names that a list calls people by so many must be known ones; the rest may be any words that are no Swedish.
MIN_KNOWN = 0.25
ONE = r"[A-ZÅÄÖÉ][a-zåäöéüèáíóćčšžğ]+(?:-[A-ZÅÄÖÉ]?[a-zåäöéüèáíóćčšžğ]+)?"
_SEAT = r"[A-ZÅÄÖ][\wåäöÅÄÖ&-]*(?: [A-ZÅÄÖ][\wåäöÅÄÖ-]*)?"
_CALLED = re.compile(rf"(?:och |samt |\+ )?(?P<name>{ONE}(?: [A-ZÅÄÖ]\b\.?)?)(?P<rest>(?:[ ,–-].*)?)", re.DOTALL)
_FULL = re.compile(rf"(?P<name>{NAME})(?P<rest>(?:[ ,–-].*)?)", re.DOTALL)
_PLACED = re.compile(
    rf"(?:,? (?:från|i|på) (?P<from>{_SEAT}|[a-zåäö-]*(?:rådet|nätverket|gruppen|förbundet))|(?:,| [–-]) (?P<beside>{_SEAT}))(?=,|\s|$)"
)
_WRITES = re.compile(
    r"(?:som )?(?:skriver|skrev|antecknar|antecknade|höll i pennan|håller i pennan|förde anteckningar\w*)"
)
_LEADS = re.compile(r"(?:höll i|håller i|ledde|leder) (?:dagens )?(?:mötet|träffen|dagen|samtalet)")
# What is said of one person after the name, and the presence that it tells. A new form is one line here.
SAID: tuple[tuple[str, Presence], ...] = (
    (r"(?:kom|deltog|var|är|hann|kunde|kan) inte\b.*|hade (?:inte|ingen) möjlighet\b.*|hade (?:föräldraledigt|semester|ledigt)\b.*|"
     r"(?:är|var) (?:på|i) (?!länk|plats|distans|Teams|Zoom)\w+.*", "frånvarande"),
    (r"(?:är |var )?på länk (?:till|från|fram till)\b.*\d.*", "delvis"),
    (r"(?:är |var )?(?:på|via|över) (?:länk|distans|Teams|Zoom|skärm|telefon)(?: .*)?|digitalt", "närvarande"),
    (r"(?:kom|gick|går|anslöt|anslut\w*|lämna(?:de|r)|avviker|fram till|till|från|deltog|var med|avvek)\b"
     r".*(?:\d|första|sista|del(?:ar)? av|fika|lunch|kaffe|paus).*", "delvis"),
    (r"(?:är |var |hade )?(?:inte med|borta|sjuk|förhindrad|frånvarande|vab\w*|på (?:kurs|utbildning|semester|möte)|förhinder|elevsamtal|"
     r"(?:lämnat|meddelat|anmält|fått) (?:återbud|förhinder|frånvaro)|tjänstledig|föräldraledig)\b.*", "frånvarande"),
)  # fmt: skip
_PARTED = re.compile(r"[,;](?![^(]*\))\s*|(?P<joint>\s+(?:och|samt|&|\+)\s+)")
_MYSELF = (
    (re.compile(r",? ?\b(?:och )?jag(?: ?=|,) ?(?=[A-ZÅÄÖ])"), ", "),
    (re.compile(rf",? ?\b(?:och )?jag \(({ONE}(?: [A-ZÅÄÖ]\b)?)(?:, ([^()]*))?\)"), r", \1 (\2)"),
)


def called(text: str, seats: Collection[str] = ()) -> Row | None:
    """The person that a piece of a list calls by one name, or a sentence tells of; None for other pieces."""
    flat = " ".join(text.split()).strip(" .!:*•-")
    titled = re.match(rf"(?P<role>[A-ZÅÄÖ]?[a-zåäö-]+) (?={NAME})", flat)
    if titled and is_role(titled["role"]):
        row = called(flat[titled.end() :], seats)
        own = None if row is None or _LEADS.fullmatch(row.role or "") else row.role
        return replace(row, role=", ".join(filter(None, (titled["role"].lower(), own)))) if row else None
    full = _FULL.fullmatch(flat)
    match = full if full and is_name(full["name"]) else _CALLED.fullmatch(flat)
    if match is None or not (match is full or _may_be_name(match["name"], seats)):
        return None
    row = Row(name=match["name"].rstrip("."))
    outside = re.sub(r"\s*\([^()]*\)?", "", match["rest"])
    inner = [one for held in re.findall(r"\(([^()]*)\)?", match["rest"]) for one in re.split(r",\s+", held)]
    placed = _PLACED.match(outside)
    if placed:
        row, outside = replace(row, seat=placed["from"] or placed["beside"]), outside[placed.end() :]
    told = [one for one in re.split(r",\s+", outside.strip(" ,–-")) if one]
    small = told if outside.lstrip()[:1] in (",", "–", "-") or placed else told[1:]
    if any(_said(one) is None and not (_is_small(one) and one in small) for one in told):
        return None
    return _with_said(row, told, inner)


def _with_said(row: Row, told: list[str], inner: list[str]) -> Row:
    for one in [*told, *inner]:
        presence = _said(one)
        if _WRITES.fullmatch(one):
            row = replace(row, role="skriver")
        elif _LEADS.fullmatch(one):
            row = replace(row, role=row.role or one, presence="närvarande")
        elif presence is not None:
            row = replace(row, presence=presence, note=one)
        else:
            row = filled(row, [one])
    return row


def _said(text: str) -> Presence | None:
    found = next((presence for pattern, presence in SAID if re.fullmatch(pattern, text, re.IGNORECASE)), None)
    return "närvarande" if found is None and (_WRITES.fullmatch(text) or _LEADS.fullmatch(text)) else found


def _is_small(text: str) -> bool:
    """Whether what is told beside a name is a few words in small letters (*vab*, *på kurs i Lund*)."""
    return text[:1].islower() and len(text.split()) <= 5


def _may_be_name(word: str, seats: Collection[str]) -> bool:
    return word not in municipalities() and word not in seats and (_is_known(word) or not is_word(word.lower()))


def _is_known(word: str) -> bool:
    return any(names.FIRST in names.kinds(part) for part in re.split(r"[- ]", word) if len(part) > 2)


def rows_called(text: str, seats: Collection[str], least: float = MIN_KNOWN) -> list[Row]:
    """The people of a list most of whom have one name; a place told after the last of several joined is theirs too.

    `least` is the share of the single names that must be known; 0 where a heading says that they are people.
    Empty for a list of full names, of places, and where the names are hardly known as such.
    """
    for pattern, instead in _MYSELF:
        text = pattern.sub(instead, text)
    pieces, joints = _pieces(text)
    known_as_me = [n for n, piece in enumerate(pieces) if re.fullmatch(r"jag(?: (?:från|på|i) .*| själv)?", piece)]
    pieces, joints = (
        [one for n, one in enumerate(pieces) if n not in known_as_me],
        [one for n, one in enumerate(joints) if n not in known_as_me],
    )
    rows = [_row(piece, seats) for piece in pieces]
    found = [row for row in rows if row is not None]
    single = [row for row in found if len(row.name.split()[-1].rstrip(".")) == 1 or " " not in row.name]
    known = sum(_is_known(row.name) for row in single)
    needed = max(1, least * len(single)) if least or len(single) < len(found) else 0
    if not single or len(found) < len(pieces) or known < needed:
        return []
    for n in range(len(found) - 2, -1, -1):
        if joints[n] and found[n].seat is None and found[n].role is None:
            found[n] = replace(found[n], seat=found[n + 1].seat)
    return found


def _pieces(text: str) -> tuple[list[str], list[bool]]:
    """The pieces of the list, and whether *och* joins each to the next; small letters after a comma are of the one before."""
    text = text.strip(" ,").rstrip(" .!:;,")
    strong = ";" in text
    pieces: list[str] = []
    joints: list[bool] = []
    at, is_joint = 0, False
    for match in [*_PARTED.finditer(text), None]:
        if match and strong and match.group().startswith(","):
            continue
        piece = text[at : match.start() if match else len(text)].strip()
        at = match.end() if match else len(text)
        if pieces and _is_small(piece) and not is_joint:
            pieces[-1] = f"{pieces[-1]}, {piece}"
        elif piece:
            pieces.append(piece)
            joints.append(is_joint)
        is_joint = bool(match and match["joint"])
    return pieces, [*joints[1:], False]


def _row(piece: str, seats: Collection[str]) -> Row | None:
    row = called(piece, seats)
    return (
        row
        if row and " " not in row.name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ").rstrip()
        else (None if is_role(piece) else read_row(piece, (), seats))
    )
