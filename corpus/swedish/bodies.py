"""The names of bodies: found in text, in one canonical form, also under earlier names from an editable history."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import BadInputError
from corpus.swedish import compounds
from corpus.swedish.wording import fold_letters

# Heads of names of bodies. A new kind of body is one line here and one case in the tests.
HEADS = (
    "nätverket",
    "nätverk",
    "gruppen",
    "rådet",
    "nämnden",
    "utskottet",
    "styrelsen",
    "kommittén",
    "kollegiet",
    "forumet",
    "teamet",
    "arbetslaget",
    "beredningen",
    "rektorer",
    "rektorerna",
    "chefer",
    "cheferna",
    "samordnare",
    "kuratorer",
    "skolledarna",
    "programråd",
    "forum",
    "kollegium",
    "konferensen",
    "branschråd",
    "ledningsgrupp",
    "styrgrupp",
    "referensgrupp",
)
# Words with such a head that name a role or any group, not a body.
NOT_BODIES = frozenset(
    fold_letters(word)
    for word in (
        "nätverket gruppen rådet nämnden utskottet styrelsen nätverk arbetsgruppen målgruppen åldersgruppen yrkesgruppen"
        " elevgruppen barngruppen personalgruppen rektorer rektorerna chefer cheferna samordnare kuratorer"
        " referensgruppen projektgruppen gruppdiskussion området centralrådet samrådet rörelsen utbildningsanordnare"
        " förvaltningschefer verksamhetschefer kommunstyrelsen"
    ).split()
)
_SHORT_HEADS = "|".join(fold_letters(head) for head in HEADS)
_OPENS = (
    r"(?:[a-z]{4,})?(?:natverk(?:et)?|grupp(?:en)?|rad(?:et)?|namnd(?:en)?|forum(?:et)?|kommitten?|utskott(?:et)?|styrelsen?|team(?:et)?|"
    r"kollegiet|beredning(?:en)?)"
)
# What a body is for: *fritidshem*, *vuxnas lärande*, *tidiga insatser*, *skola och fritid*; a verb after it is not its.
_THING = (
    r"(?!(?:att|den|det|de|en|ett|oss|alla|var|varje|sin|sina|dagens?)\b)"
    r"(?:(?!fritids )[a-z-]+(?:s|iga|iska|ella|ala|ad|ade|tal|yngre|aldre|moderna|nya) (?![a-z]*(?:des|ttes|llas|ffas|ats)\b)[a-z]{4,}|"
    r"[a-z-]+)"
)
_FIELD = rf"{_THING}(?:(?:, {_THING})? och {_THING})?"
# A committee's own committee: *Kulturnämndens arbetsutskott*.
_OWNED = r"(?:[a-z]+- och )?[a-z]*(?:namndens|styrelsens|radets|utskottets|gruppens) (?:[a-z]*utskott(?:et)?|presidium|beredningsgrupp)"
_BODY = re.compile(
    rf"(?<![\w-])({_OWNED}|{_OPENS} for {_FIELD}|(?:[a-z]+- och )?(?:[a-z0-9]+-)?[a-z]*(?:{_SHORT_HEADS}))(s)?(?![\w-])"
)
_IS_LONG = re.compile(r" for |s [a-z]*(?:utskott|presidium|grupp)")
# Groups of people that are the object of something: *målgruppen för insatsen* meets nobody.
_NO_GROUPS = re.compile(r"(?:mal|alders|yrkes|elev|barn|personal|kund|risk|prioriterings)grupp")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBody:
    """A body named at text[start:end], under its name today."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class History:
    """Earlier and other names of bodies, folded, to the name of today."""

    names: dict[str, str]

    def canonical(self, name: str) -> str:
        return self.names.get(_key(name), clean(name))


def load_history(own_toml: str = "") -> History:
    """Read `[[body]] name = "…" earlier = ["…"] also = ["…"]`; raises BadInputError when the table is not TOML."""
    try:
        table = tomllib.loads(own_toml)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError("Listan över nätverkens namn går inte att läsa", str(error), "Rätta listan.") from error
    names: dict[str, str] = {}
    for body in table.get("body", []):
        for form in (body["name"], *body.get("earlier", []), *body.get("also", [])):
            names[_key(form)] = body["name"]
    return History(names)


def with_names(history: History, found: Mapping[str, str]) -> History:
    """The history with names found to be one body's; what a person has written wins."""
    return History({_key(name): history.canonical(full) for name, full in found.items()} | history.names)


def find_bodies(text: str, known: Sequence[str] = ()) -> list[FoundBody]:
    """Bodies named in the text, in order: those known, and words that are built like a body's name."""
    folded = fold_letters(text)
    found = [one for one in _built(text, folded) if _IS_LONG.search(folded[one.start : one.end])]
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){re.escape(fold_letters(name))}s?(?![\w-])", folded):
            _add(found, FoundBody(start=match.start(), end=match.end(), name=name))
    for one in _built(text, folded):
        _add(found, one)
    return sorted(found, key=lambda one: one.start)


def _built(text: str, folded: str) -> list[FoundBody]:
    """The words that are built like a body's name; *Rektorsgruppen för grundskolan* is more than the known *Rektorsgruppen*."""
    return [
        FoundBody(start=match.start(), end=end, name=clean(text[match.start(1) : end]))
        for match in _BODY.finditer(folded)
        if match[1] not in NOT_BODIES and not _NO_GROUPS.match(match[1]) and _is_capital(text, match.start(), folded)
        for end in (_lower_case_end(text, match.start(1), match.end(1)),)
    ]


def canonical(name: str, history: History | None = None) -> str:
    """The name of today; without a history the name itself, tidied."""
    return history.canonical(name) if history else clean(name)


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two spellings name one body: letters folded, the definite ending left out (*nätverk*, *nätverket*)."""
    return bool(one and other) and _key(one or "") == _key(other or "")


def clean(name: str) -> str:
    """`skolchefsgruppen` and `SKOLCHEFSGRUPPEN` as `Skolchefsgruppen`; `SYV-nätverket` keeps its capitals."""
    tidy = " ".join(name.split())
    if tidy.isupper() and len(tidy) > 5:
        tidy = re.sub(r"^([A-ZÅÄÖ]{2,4})-", lambda m: m[0], tidy.lower())
    tidy = re.sub(r"natverk(?=(?:et)?$)", "nätverk", re.sub(r"radet$", "rådet", re.sub(r"namnden$", "nämnden", tidy)))
    tidy = re.sub(r"(?<=[Nn]ätverk)(?=$| för )", "et", tidy)
    return tidy[:1].upper() + tidy[1:]


def _key(name: str) -> str:
    folded = re.sub(r"[\s-]", "", fold_letters(name))
    return re.sub(r"(natverk|grupp|rad|namnd|utskott|styrelse|team)(et|en|n)?s?$", r"\1", folded)


def _lower_case_end(text: str, start: int, end: int) -> int:
    """*Nätverket för fritidshem och Skolrådet* are two: a capital after *och* begins another name."""
    other = re.search(r" och (?=[A-ZÅÄÖ])", text[start:end])
    return start + other.start() if other else end


def _is_capital(text: str, start: int, folded: str) -> bool:
    """Names of bodies stand with a capital; a line in capitals or a heading too. Lower case only with an own first part."""
    return (
        text[start].isupper()
        or text[start].isdigit()
        or re.search(r"(?:^|\n|[.:] )[A-ZÅÄÖ][a-zåäö]+a $", text[:start]) is not None
    )


def _add(found: list[FoundBody], one: FoundBody) -> None:
    if not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def named_by(texts: Sequence[str], whole: str) -> str | None:
    """The body that is only called by its people (*gymnasierektorerna*) or its letters, from a full name in `whole`."""
    full = {stem_of(one.name): one.name for one in find_bodies(whole)}
    for text in texts:
        for match in re.finditer(
            r"[a-zåäöé]+(?:rektor|chef|samordnar|kurator|ledar)(?:er|erna|na|en|e)?\b", fold_letters(text)
        ):
            if stem_of(match.group()) in full:
                return full[stem_of(match.group())]
    return None


def official(name: str, known: Sequence[str], history: History | None = None) -> str:
    """The name that the archive or the document itself uses for the same body (*Rektorerna* for *Rektorsnätverket*)."""
    if history:
        name = history.canonical(name)
    if full := spelled_out(name, known):
        return full
    if not re.search(r"(?:er|erna|na|are)$", fold_letters(name)):
        return name
    stem = stem_of(name)
    return next((other for other in known if other != name and stem_of(other) == stem and not is_people(other)), name)


_LETTERS = re.compile(r"([A-ZÅÄÖ]{2,6})(?:-([a-zåäö]+))?")


def spelled_out(name: str, known: Sequence[str]) -> str | None:
    """The only known body whose initials are the letters of this name: *BUC-gruppen*, *AU*; None for a full name.

    A head after the letters is the full name's own (*-gruppen*, *-nätverket*); letters alone may or may not count it.
    """
    match = _LETTERS.fullmatch(name.strip())
    if not match:
        return None
    letters, head = fold_letters(match[1]), _key(match[2] or "")
    fitting = {other for other in known if other != name and _fits(other, letters, head)}
    return fitting.pop() if len(fitting) == 1 else None


def _fits(full: str, letters: str, head: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", full.lower()) if word not in ("och", "för", "i")]
    parts = [part for word in words for part in compounds.pieces(word)]
    if len(parts) < len(letters) or len(full) <= len(letters) + len(head) + 1:
        return False
    firsts = fold_letters("".join(part[0] for part in parts))
    own_head = bool(head) and _key(parts[-1]) == head
    return firsts[:-1] == letters and (own_head or not head) or firsts == letters and not head


def is_people(name: str) -> bool:
    """Whether a body is called by its people (*rektorerna*)."""
    return re.search(r"(?:er|erna|na|are)$", fold_letters(name)) is not None


def stem_of(name: str) -> str:
    """What names of one body share: *Rektorsnätverket*, *rektorerna* and *Rektorer* are one stem."""
    key = _key(name)
    key = re.sub(r"s?(?:natverk|grupp|rad)$", "", key)
    return re.sub(r"(?:erna|arna|er|ar|na|e)$", "", key)
