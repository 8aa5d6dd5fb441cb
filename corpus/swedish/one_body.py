"""Which names of an archive are one body: its letters, its name without what it is for, its name without its owner."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from corpus.swedish.abbreviations import has_initials
from corpus.swedish.bodies import find_bodies, spelled_out, stem_of
from corpus.swedish.wording import fold_letters

# Heads that any body may have: alone they are one with a longer name only among the documents of the same folder.
_ANY_BODY = re.compile(
    r"(?:lednings|styr|arbets|referens|samverkans|projekt|plan|beredning|berednings|samrads|chefs)?"
    r"(?:natverk|grupp|rad|utskott|styrelse|namnd|forum|team|kommitte|kollegium|konferens|beredning)"
)
_ENDING = re.compile(
    r"(natverk|grupp|rad|namnd|utskott|styrelse|team|forum|kommitte|kollegi)(?:ets|ens|et|en|um|n|s)?$"
)
_LITTLE = frozenset("och for i av med vid pa the".split())
# *Nätverket ABC*: the letters tell which.
_HEAD_AND_LETTERS = re.compile(r"(?:Nätverket|Gruppen|Rådet|Forumet|Utskottet|Nämnden) (?P<letters>[A-ZÅÄÖ]{2,6})")
_LETTERS = re.compile(r"[A-ZÅÄÖ]{2,6}")


def one_name(names: Mapping[str, Collection[str]], explained: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Each short or other name to the name in full that the archive has for the same body.

    `names` tells in which folders a name is used, `explained` the short forms that documents explain (*FR*,
    *fritidsrådet*). A name that may be two bodies stays as it is; so does every name in full.
    """
    told = dict(explained)
    found = {name: full for name in names if (full := _full_name(name, names, told)) and full != name}
    return {name: _last(name, found) for name in found}


def _last(name: str, found: Mapping[str, str]) -> str:
    seen = {name}
    while found.get(name, name) not in seen:
        name = found[name]
        seen.add(name)
    return name


def _full_name(name: str, names: Mapping[str, Collection[str]], told: Mapping[str, str]) -> str | None:
    if name in told and _LETTERS.fullmatch(name):
        return _explained(told[name], names)
    headed = _HEAD_AND_LETTERS.fullmatch(name)
    if headed and headed["letters"] in told:
        return _explained(told[headed["letters"]], names)
    return spelled_out(name, list(names)) or _by_folder(name, names) or _longer(name, names)


def _explained(long: str, names: Mapping[str, Collection[str]]) -> str | None:
    """The archive's own spelling of the explained form; else the form itself where it is built like a body's name."""
    built = find_bodies(long[:1].upper() + long[1:])
    if not built or built[0].start:
        return None
    name = built[0].name
    same = [other for other in names if stem_of(other) == stem_of(name) and not _LETTERS.fullmatch(other)]
    return next(iter(same), name)


def _by_folder(name: str, names: Mapping[str, Collection[str]]) -> str | None:
    """Letters that are no strict initials (*SPN*, *språknätverket*): the only such name of the same folder."""
    if not _LETTERS.fullmatch(name):
        return None
    letters = fold_letters(name)
    near = [other for other in names if other != name and set(names[other]) & set(names[name])]
    fitting = [other for other in near if has_initials(letters, other)]
    return fitting[0] if len(fitting) == 1 else None


def _longer(name: str, names: Mapping[str, Collection[str]]) -> str | None:
    """The only longer name that holds every word of this one (*Rektorsforum*, *Grundskolans rektorsforum*)."""
    own = _words(name)
    longer = [other for other in names if len(_words(other)) > len(own) and _is_held(own, _words(other))]
    longer = [one for one in longer if not any(one != two and _is_held(_words(one), _words(two)) for two in longer)]
    if len(longer) != 1:
        same = [other for other in names if other != name and _is_turned(name, other)]
        return same[0] if len(same) == 1 else None
    if all(_ANY_BODY.fullmatch(word) for word in own) and not set(names[name]) <= set(names[longer[0]]):
        return None
    return longer[0]


def _is_compound(name: str, other: str) -> bool:
    """*Elevhälsonätverket* is *Nätverket för elevhälsa*: the field before the head, in the form that compounds have."""
    words = fold_letters(other).split(" for ")
    own = _bare(fold_letters(name))
    if len(words) != 2 or " " in words[1] or " " in own:
        return False
    head = _bare(words[0])
    return own.endswith(head) and own.removesuffix(head) in _before_head(words[1])


def _before_head(field: str) -> tuple[str, ...]:
    """How a word stands as the first part of a compound: *elevhälso-*, *fritidshems-*, *skol-*, *rektors-*."""
    return field, f"{field}s", field[:-1], f"{field[:-1]}o", f"{field[:-1]}u", f"{field[:-2]}s", f"{field[:-1]}s"


def _is_turned(name: str, other: str) -> bool:
    """*Sfi-gruppen* is *Samverkansgruppen sfi*: the same field before and after a head."""
    if _is_compound(name, other):
        return True
    first, _, head = name.partition("-")
    words = _words(other)
    return bool(
        head
        and len(words) > 1
        and fold_letters(first) in words[1:]
        and _ENDING.sub(r"\1", words[0]).endswith(_bare(fold_letters(head)))
    )


def _is_held(own: Collection[str], other: Collection[str]) -> bool:
    return set(own) < set(other)


def _words(name: str) -> list[str]:
    """The words, their definite endings off; of a hyphenated one its pieces too (*IKT-gruppen*)."""
    words = [word for word in fold_letters(name).split() if word not in _LITTLE]
    pieces = [piece for word in words if "-" in word for piece in word.split("-")]
    return [_bare(word) for word in (*words, *pieces)]


def _bare(word: str) -> str:
    return _ENDING.sub(r"\1", word)
