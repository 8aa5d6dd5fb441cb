"""One line of attendance to name, seat, role and presence; what looks like a name and what names a role."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.records import Presence
from corpus.swedish.abbreviations import PARTIES
from corpus.swedish.names import FIRST, kinds, lists
from corpus.swedish.wording import fold_letters

_UPPER = "A-ZÀ-ÖØ-ÞĀČĆĎĐĒĘĚĞĪİŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_CAP = rf"(?<![^\W_])[{_UPPER}][^\W\d_'’]{{0,24}}(?:['’-][^\W\d_]{{1,24}}){{0,3}}"
_PARTICLE = r"(?:von|af|de|van|der|el|al|da|di|le|la)"
NAME = rf"{_CAP}(?: {_PARTICLE}){{0,2}}(?: {_CAP}){{1,3}}"
_NAME = re.compile(NAME)
_FIRST = re.compile(rf"{_CAP}(?: [A-ZÅÄÖ]\.?)?")
# Words for the work at the meeting or in the school organisation, as they stand beside a name.
ROLES = (
    r"(?:mötes|vice |1:e vice |2:e vice |v\.? ?)?ordförande\w*",
    r"(?:mötes)?ordf\b\.?", r"(?:mötes|nämnd)?sekreterare\w*", r"sekr\b\.?", r"(?:protokolls)?justerare", r"adjungerad\w*", r"adj\b\.?",
    r"protokollförare", r"ant\b\.?", r"vid pennan", r"antecknar\w*", r"samordnare", r"sammankallande", r"inbjuden\w*", r"(?:inbjuden )?gäst\w*",
    r"föredragande", r"tjänstgörande(?: ersättare)?", r"tjänstgör för", r"ej tjänstgörande ersättare", r"tj\.? ?ers\.?", r"ersättare", r"ledamot",
    r"(?:biträdande |bitr\.? |tf\.? )?(?:gymnasie)?rektor", r"(?:bitr\.? )?skolchef", r"förvaltningschef", r"(?:utbildnings|skol|barn)\w*chef",
    r"verksamhetschef", r"enhetschef", r"elevhälsochef", r"utvecklingsledare", r"processledare", r"moderator", r"observatör",
    r"(?:skol)?kurator", r"specialpedagog", r"studie- och yrkesvägledare", r"syv\b", r"projektledare", r"handläggare", r"utredare",
    r"håller i \w+", r"skriver\b", r"tjänsteperson", r"representant\w*", r"facklig\w*", r"föreläsare", r"kanslist", r"nämndsamordnare", r"skyddsombud",
    r"vid (?:anteckningarna|tangenterna)|för anteckningarna|penna|(?:som )?skrev\b|som (?:antecknar|skriver)|(?:tf\.? |vik\w*\.? )(?=rektor|chef)",
    r"(?:tf\.? |t\.f\. |vik\w*\.? |bitr\.? |biträdande |tillförordnad )?(?:[a-zåäö]+- och )?[a-zåäö-]*(?:lärare|utvecklare|rådgivare|föreståndare|planerare|"
    r"chef|ledare|samordnare|strateg|sekreterare|handläggare|pedagog|psykolog|sköterska|vägledare|ombud|direktör)",
    r"[a-zåäö-]*(?:ekonom|jurist|rektor|representant|förvaltare|tekniker|inspektör|psykiater|arbetsterapeut|terapeut|expert|analytiker)",
    r"[a-zåäö-]*(?:partner|ansvarig|specialist|vaktmästare|koordinator|controller|utredare|konsult|assistent|administratör|logoped|läkare|bibliotekarie|revisor|praktikant)",
)  # fmt: skip
_ROLE = re.compile(rf"(?:{'|'.join(ROLES)})(?!\w)", re.IGNORECASE)
_ITEMS_ONLY = re.compile(
    r"(?:punkt(?:erna)?|p(?:kt)?\.?(?= ?\d)|kl\.?|till(?: och med)?|t\.?o\.?m\.?|fr\.?o\.?m\.?|ej (?:punkt|p\b\.?|under)|under (?:punkt|p\b\.?)|"
    r"tjg\.?|tj\.|tjänstg\w*|del av|endast|deltog|lämna(?:de|r)|anslöt|ansluter|avvek|avviker|gick|går|kom|från|fram till)(?!\w).*|"
    r"(?:ej |under )?§.*|[$8]{2} ?\d.*",
    re.IGNORECASE,
)
_MARKS: tuple[tuple[str, Presence], ...] = (
    (
        r"ja|x{1,2}|närv(?:arande|\.)?|deltog|deltar|på plats|digitalt|teams|via (?:teams|länk)|på länk|✓|✔|√",
        "närvarande",
    ),
    (
        r"nej|frånv(?:arande|\.)?|förhinder|anmält förhinder|ej|sjuk|tjänstledig|vab(?:bade|bar)?|borta|hemma|"
        r"utbildning|begravning|semester|föräldraledig[^,;]*|"
        r"[-–—]",
        "frånvarande",
    ),
    (r"ersättare|ers\.?|tjg\.? ersättare|tjänstgörande ersättare", "ersättare"),
    (r"delvis|del av mötet|delar av mötet", "delvis"),
)
_PAREN = re.compile(r"[ \t]*[(\[]([^()\[\]]*)(?:[)\]]|$)")
_NOT_NAMES = frozenset(
    """
    i på av deltog medverkade inte från med även därefter sedan när den det vi jag enligt efter
    region regionen länsstyrelsen kommunförbundet förbundet skolverket landstinget högskolan universitetet
    nästa övriga tid plats datum protokoll anteckningar minnesanteckningar möte mötet mötets dagordning kallelse närvarande
    frånvarande deltagare ordförande sekreterare justerare beslut punkt bilaga föregående information sida sid dnr namn
    kommun uppdrag närvaro vid januari februari mars april maj juni juli augusti september oktober november december
    måndag tisdag onsdag torsdag fredag
    """.split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the line has it; `initials` where the line gives them, `is_run_on` when no mark parts name and seat."""

    name: str
    seat: str | None = None
    role: str | None = None
    presence: Presence | None = None
    note: str | None = None
    initials: str | None = None
    is_run_on: bool = False


@lru_cache(maxsize=1)
def municipalities() -> frozenset[str]:
    """The names of Swedish municipalities."""
    return frozenset(lists()["municipalities"])


def is_name(text: str) -> bool:
    """Two to four capitalised words that are no heading and no municipality."""
    if not _NAME.fullmatch(text) or text in municipalities() or text.isupper():
        return False
    first = text.split()[0]
    if _ROLE.fullmatch(first) and FIRST not in kinds(first):  # *Rektor Eva Ek*
        return False
    return not any(word.lower() in _NOT_NAMES and FIRST not in kinds(word) for word in text.split())


def is_role(text: str) -> bool:
    """Whether a cell or bracket names a role (*ordförande i Norra nätverket*, *vid pennan*)."""
    return _ROLE.match(text.strip()) is not None


def mark_of(text: str) -> Presence | None:
    """The presence that a cell of a table tells (*Ja*, *X*, *Delvis*)."""
    flat = text.strip(" .").lower()
    return next((presence for pattern, presence in _MARKS if re.fullmatch(pattern, flat)), None)


def read_row(text: str, cells: tuple[str, ...], seats: Collection[str]) -> Row | None:
    """The person of a line, None when no name stands first; a table's columns may come in any order."""
    pieces = [piece for cell in cells for piece in _of_cell(cell)] if len(cells) > 1 else _pieces(text)
    row: Row | None = None
    rest: list[str] = []
    for piece in pieces:
        found = _named(piece, seats) if row is None else None
        if found:
            row = found
        elif re.search(r"\w{2}|[-–—✓✔√§]|^[xX]$|^S$", piece):
            rest.append(piece)
    if row is None or (row is not None and len(pieces) > 1 and len(cells) < 2 and not _starts(text, row.name)):
        return None
    return filled(row, rest)


def _of_cell(cell: str) -> list[str]:
    """A cell, or its pieces where a name and a role share it (*Eva Ek, ordf.*)."""
    pieces = _pieces(cell)
    is_person = len(pieces) > 1 and (is_name(_PAREN.sub("", pieces[0]).strip()) or mark_of(pieces[0]) == "närvarande")
    return pieces if is_person and not any(map(is_name, pieces[1:])) else [cell]


def _starts(text: str, name: str) -> bool:
    return (
        text.startswith(name.split()[0])
        or _INITIALS.match(text) is not None
        or is_role(text)
        or _TITLED.match(text) is not None
    )


def _pieces(text: str) -> list[str]:
    """Parts of a line between commas and dashes that stand outside brackets."""
    return [piece.strip() for piece in re.split(r"(?:[,;]|(?<![12]):)(?![^(]*\))\s*| [–—-] ", text) if piece.strip()]


def _named(piece: str, seats: Collection[str]) -> Row | None:
    """A piece that opens with a name: the name, what follows it unparted, and its brackets."""
    defined = _INITIALS.match(piece)
    if defined:  # *EE = Eva Ek (Öby)*
        row = _named(piece[defined.end() :], seats)
        return replace(row, initials=defined[1]) if row else None
    outside = _PAREN.sub("", piece).strip()
    brackets = _bracketed(piece)
    titled = _TITLED.fullmatch(outside)
    if titled and is_role(titled["role"]) and is_name(titled["name"]):
        return filled(Row(name=titled["name"]), [titled["role"], *brackets])
    name, seat = split_name(outside, seats)
    if name is None:
        return None
    is_run_on = bool(seat and seat[0].isupper())
    return filled(Row(name=name, is_run_on=is_run_on), ([seat] if seat else []) + brackets)


_INITIALS = re.compile(rf"([A-ZÅÄÖ]{{2,4}}) ?[=:] ?(?={_CAP} )")
# *ekonom Eva Ek*: the task before the name.
_TITLED = re.compile(rf"(?P<role>[A-ZÅÄÖ]?[a-zåäö-]{{2,}}\.?(?: (?!för |till |hos )[a-zåäö-]{{3,}})?) (?P<name>{NAME})")


def _bracketed(piece: str) -> list[str]:
    """What stands in brackets, parted by commas where each is told for itself (*Öby, lämnade kl. 10*)."""
    return [one.strip() for inner in _PAREN.findall(piece) for one in re.split(r",\s+", inner) if one.strip()]


def split_name(text: str, seats: Collection[str]) -> tuple[str | None, str | None]:
    """*Eva Ek Lund* is a name, *Eva Ek Öby* a name and a seat: told by the seats that are known, else two words a name."""
    words = text.split()
    for count in (3, 2, 1):
        tail = " ".join(words[-count:])
        if (
            len(words) - count >= 2
            and (tail in seats or tail in municipalities())
            and is_name(" ".join(words[:-count]))
        ):
            return " ".join(words[:-count]), tail
    if is_name(text) and len(words) <= 4:
        return text, None
    head = next((n for n, word in enumerate(words) if n >= 2 and not _CAP_OR_PARTICLE.fullmatch(word)), 0)
    if head and is_name(" ".join(words[:head])):
        return " ".join(words[:head]), " ".join(words[head:])
    return None, None


_CAP_OR_PARTICLE = re.compile(rf"{_CAP}|{_PARTICLE}")


def filled(row: Row, rest: list[str]) -> Row:
    """What is told beside the name, each piece by what it looks like; a second place joins the first (*Öby, skolan*)."""
    for piece in (one for held in rest for one in _each_told(held)):
        outside = _PAREN.sub("", piece).strip()
        for one in ([outside] if outside else []) + _bracketed(piece):
            for told in _task_and_items(one.strip(" |")):
                row = _told(row, told)
    return row


def _each_told(cell: str) -> list[str]:
    """*Öby kommun, ordförande* of a table's cell: the place and the task; *Öby, Norra skolan* stays one."""
    pieces = re.split(r",\s+(?![^(]*\))", cell)
    is_parted = (
        len(pieces) > 1 and not is_role(cell) and any(is_role(one) or _ITEMS_ONLY.fullmatch(one) for one in pieces[1:])
    )
    return pieces if is_parted else [cell]


# Who chairs, writes or adjusts for some items was there for all.
_FOR_ITEMS = re.compile(
    r"(?!\w*ordf|\w*sekr|\w*juster)(?P<role>[a-zåäö-]{3,}(?: [a-zåäö-]{3,})?),? (?P<items>(?:ej |under )?(?:§|punkt).*\d.*)"
)


def _task_and_items(text: str) -> tuple[str, ...]:
    """*adjungerad § 3*: the task, and the items that someone was there for."""
    match = _FOR_ITEMS.fullmatch(text)
    return (match["role"], match["items"]) if match and not _ITEMS_ONLY.match(match["role"]) else (text,)


def _told(row: Row, text: str) -> Row:
    text = text.strip("'‘’`´:; ")
    mark = mark_of(text)
    if mark == "ersättare":
        return replace(row, presence=mark, role=row.role or text.lower())
    if mark:
        return replace(row, presence=row.presence or mark)
    if re.fullmatch(r"[A-ZÅÄÖ]{1,4}", text) and text == "".join(
        word[0] for word in row.name.split() if word[0].isupper()
    ):
        return replace(row, initials=text)
    text = _without_mark(text)
    if _ITEMS_ONLY.fullmatch(text) and any(char.isdigit() for char in text):
        return replace(row, note=re.sub(r"^(?:88|\$\$) ?(?=\d)", "§§ ", text), presence=_in_part(row))
    text = re.sub(r"^(?:från|i) (?=[A-ZÅÄÖ])", "", text)
    if re.match(r"(?:(?:i stället|istället) för|ersätter|ers\.(?: för)?) (?=\w)", text):
        return replace(row, note=row.note or text, presence=row.presence or "ersättare")
    text = re.sub(r"^(?:vår |den )?nya? (?=[a-zåäö-]*(?:rektor|chef|ledare|samordnare|pedagog|lärare))", "", text)
    placed = _ROLE_AT.fullmatch(text) if row.seat is None else None
    if placed and is_role(text):
        row, text = replace(row, seat=placed["seat"]), placed["role"]
    if is_role(text):
        told = text if text[:2].isupper() else text[0].lower() + text[1:]
        return replace(row, role=f"{row.role}, {told}" if row.role else told)
    if not re.search(r"[^\W\d_]{2}|^\d{1,2} ?[A-ZÅÄÖ]{1,2}$", text):  # a pupil's class is a place
        return row
    if (
        text in PARTIES
        or _ASIDE.fullmatch(text)
        or _SCHOOL_FORMS.fullmatch(text)
        or (text[0].islower() and not _HOUSE.search(text))
    ):
        return replace(row, note=row.note or text)
    return replace(row, seat=_joined_seat(row.seat, text))


def _in_part(row: Row) -> Presence:
    return "delvis" if row.presence in (None, "närvarande") else row.presence


# A school is a place of work; the municipality beside it is what its head represents.
_SCHOOL = re.compile(
    r".*(?:skolan?|förskolan?|gymnasiet|gymnasium|grundskola|lärcentrum|skolor|[Ff][–-][69]|\d[–-]9)", re.IGNORECASE
)


def _joined_seat(held: str | None, text: str) -> str:
    """*Öby, skolförvaltningen* as it stands; of *Norra skolan, Öby* the municipality."""
    if held and _SCHOOL.fullmatch(held) and not _HOUSE.search(text.lower()):
        return text
    return f"{held}, {text}" if held else text


def _without_mark(text: str) -> str:
    """*X §§ 3–5* without its cross."""
    marked = re.match(r"(?:x|ja|närv(?:arande|\.)?)[ ,]+(?=\w|§)", text, re.IGNORECASE)
    return text[marked.end() :] if marked and _ITEMS_ONLY.fullmatch(text[marked.end() :]) else text


# Places of work that stand with a small letter; other small words beside a name are no seat (*ny i gruppen*, *på kurs*).
_HOUSE = re.compile(
    r"förbund|kansli|bibliotek|region|förvaltning|skola|enhet|nätverk|rådet|grupp|hälsa|universitet|högskol|myndighet|styrelse|kommun|stab|center|"
    r"företag|förening|område|central|förskol|gymnasi|lärcent|museum|teater|polis|socialtjänst|kyrka"
)
# The forms of school that someone answers for (*för- och grundskola*, *gymn, vux*).
_SCHOOL_FORMS = re.compile(
    r"(?:(?:för|förskola|grund|grundskola|gymn\.?|gymnasi\w*|vux|komvux|vuxenutbildning|anpassad|särskola|fritids|fritidshem|yh|sfi|f[–-][69]|[74][–-]9)"
    r"(?:-?(?: och |, ?|/| & )|$))+",
    re.IGNORECASE,
)
# Said beside a name, neither place nor task.
_ASIDE = re.compile(
    r"nya?\b.*|.*!|(?:vik\w*\.? för|ersätter|i stället för|istället för|för) .*|deltog .*", re.IGNORECASE
)
_FORM = r"(?:förskola|grundskola|gymnasi\w+|fritidshem|fritids|vuxenutbildning|komvux|anpassad \w+|särskola|elevhälsa)"
# A task at a place: *rektor Öbyskolan*, *bitr. rektor på Sundet*; who chairs or writes does so at the meeting.
_ROLE_AT = re.compile(
    r"(?P<role>(?!(?i:\w*ordf|\w*sekr|juster|ledamot|adj|tjänstg|represent))(?:(?:bitr\.?|biträdande|tf\.?|vik\.?) )?"
    rf"(?:[A-ZÅÄÖ]{{2,4}}-)?[a-zåäö-]{{3,}}(?: {_FORM})?) (?:på |vid |i )?"
    r"(?P<seat>[A-ZÅÄÖ][\wåäö-]+(?: [A-ZÅÄÖ\d][\wåäö-]*)*)"
)


def damaged_row(text: str) -> Row | None:
    """A person whose name has digits from the scan (*Eva L1nd Öby*), kept as it stands so that nobody is dropped."""
    words = re.sub(r"\([^)]*\)?", "", text).split()
    is_row = 2 <= len(words) <= 4 and all(re.fullmatch(r"[A-ZÅÄÖ0-9][\w-]+,?", word) for word in words)
    if not is_row or not any(re.search(r"[a-zåäö]\d|[A-ZÅÄÖ]\d", word) for word in words[:2]):
        return None
    return Row(" ".join(words[:2]).rstrip(","), " ".join(words[2:]) or None, is_run_on=True)


def seat_cut_off(name: str) -> tuple[str, str] | None:
    """*Eva Ek Öby* as name and seat, for lists where each line has a seat and no mark between."""
    words = name.split()
    return (" ".join(words[:2]), " ".join(words[2:])) if len(words) > 2 else None


def known_seats(texts: Collection[str]) -> frozenset[str]:
    """Places that stand after a comma, in brackets, in a column or after *i* and *från*: seats by how they are written."""
    found: dict[str, int] = {}
    for text in texts:
        for match in _SEAT_FORMS.finditer(text):
            place = next(group for group in match.groups() if group)
            found[place] = found.get(place, 0) + 1
    return frozenset(place for place in found if place.lower() not in _NOT_NAMES)


_SEAT_FORMS = re.compile(
    rf"(?:(?<=\bi )|(?<=\bfrån )|(?<=\bFrån ))({_CAP})(?![^\W_])|^(?:{_CAP} ){{2,3}}[ \t]*[,\t(] ?({_CAP})\)?(?=$|[ \t]*[\t(,])"
)


def find_names(text: str) -> Iterator[re.Match[str]]:
    """Every stretch of two or more capitalised words."""
    return _NAME.finditer(text)


def same_letters(one: str, other: str) -> bool:
    """Equal but for lost rings and dots."""
    return fold_letters(one) == fold_letters(other)
