"""Bodies under the many names that questions give them: chopped, misspelt, by their people, their letters or a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.swedish import compounds, lexicon
from corpus.swedish.bodies import HEADS, spelled_out
from corpus.swedish.wording import fold_letters

# Heads of bodies without their definite endings, longest first.
_STEMS = tuple(
    sorted(
        {re.sub(r"(en|et|n)$", "", fold_letters(head)) if head != "nätverk" else "natverk" for head in HEADS},
        key=len,
        reverse=True,
    )
)
_HEAD = re.compile(rf"^(?P<first>.*?)-?(?P<head>{'|'.join(map(re.escape, _STEMS))})(?:e?n|e?t|a)?s?$")
# Short and loose heads, and what a body's meetings and papers are called: *skolchefsgr, syv-nätet, apl-mötet*.
_LOOSE = re.compile(
    r"(?P<first>.{3,}?)-?(?P<head>gr|natet|natets|folket|ganget|(?:mote|traff|sammantrade|protokoll)(?:t|n|en|et|na|ar|arna)?s?)$"
)
_GATHERING = re.compile(r"(?:mote|traff|sammantrade|protokoll)(?:t|n|en|et|na|ar|arna)?s?")
MAX_LETTERS = 5
# Endings of the people a body is named for: skolchef-erna, rektor-erna, samordnar-na, kurator-ernas, syv-arna.
_PEOPLE_ENDINGS = ("ernas", "arnas", "erna", "arna", "nas", "na", "er")
_PEOPLE_FORMS = ("erna", "ernas")
MIN_FIRST_CHARS = 3
# Heads that people take for one another when they speak of a network.
_NETWORKS = frozenset(("natverk", "grupp", "rad", "forum"))
# Heads that alone name the only body that has one (*utskottet*); the others name any group of people.
_ALONE = frozenset(("utskottet", "utskottets", "namnden", "namndens", "styrelsen", "styrelsens", "radet", "radets"))
# Groups that any network sets up beside its own.
_A_GROUP = re.compile(r"(\w+grupp)ens?")
_ANY_GROUP = frozenset("arbetsgrupp projektgrupp referensgrupp undergrupp".split())
MIN_PEOPLE_CHARS = 6
# Shorter names are too near one another and other words for slips to be told apart; two slips from twelve letters on.
SLIPS = ((12, 2), (8, 1))
# A word more common than this (per million) is no slip of a body's name.
MAX_SLIP_RATE = 0.3
# Letters in lower case are a body's only where they are no common word (*au*, 7 per million; *ska* is 4 000).
MAX_LETTERS_RATE = 20.0
MAX_CHOPPED = 4
_WORD = re.compile(r"[^\W\d_]+(?:[-‑:][^\W\d_]+)*")
_OF = re.compile(
    r"\b(?P<head>natverk|grupp|rad|utskott|namnd|forum|team)(?:et|en)? for (?P<first>[a-z]+(?: och [a-z]+)?)(?![a-z-])"
)


# A body whose name opens with its head: *Nätverk förskola, Gruppen för digitalisering*.
_HEAD_FIRST = re.compile(rf"(?P<head>{'|'.join(map(re.escape, _STEMS))})(?:e?n|e?t)? (?:for )?(?P<first>[\w -]+)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the question's text[start:end] and what it means."""

    start: int
    end: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    is_letters: bool


def find(text: str, bodies: Sequence[str], short_forms: Mapping[str, str] | None = None) -> list[Mention]:
    """The bodies that a text names, in order; a name that could be two bodies' is none's."""
    return list(_found(text, tuple(bodies), tuple((short_forms or {}).items())))


@lru_cache(maxsize=256)
def _found(text: str, names: tuple[str, ...], short: tuple[tuple[str, str], ...]) -> tuple[Mention, ...]:
    """The same, kept: a question's text is asked about several times."""
    found = _whole_names(text, names)
    for start, end, name in _of_matter(text, names):
        _add(found, text, start, end, name)
    words = _words(text)
    for count in range(MAX_CHOPPED, 0, -1):
        for run in zip(*(words[at:] for at in range(count)), strict=False):
            start, end = run[0].start, run[-1].end
            if any(one.start < end and start < one.end for one in found):
                continue
            body = _body_of("".join(one.folded for one in run), run, names, dict(short))
            if body:
                _add(found, text, start, end, body)
    return tuple(sorted(found, key=lambda one: one.start))


def _words(text: str) -> list[_Word]:
    return [
        _Word(one.start(), one.end(), fold_letters(one.group()), one.group().isupper() and 2 <= len(one.group()) <= 5)
        for one in _WORD.finditer(text)
    ]


def _add(found: list[Mention], text: str, start: int, end: int, body: str) -> None:
    if not any(one.start < end and start < one.end for one in found):
        found.append(Mention(start, end, text[start:end], body))


def _whole_names(text: str, bodies: tuple[str, ...]) -> list[Mention]:
    folded, found = fold_letters(text), list[Mention]()
    for pattern, body in _patterns(bodies):
        for match in pattern.finditer(folded):
            _add(found, text, match.start(), match.end(), body)
    return found + [one for mention in found for one in _longer(mention, bodies)]


def _longer(mention: Mention, bodies: tuple[str, ...]) -> Iterator[Mention]:
    """The bodies that bear the name as their first words: *styrgruppen* is also the *Styrgruppen för …* of other papers."""
    for body in bodies:
        if fold_letters(body).startswith(f"{fold_letters(mention.value)} ") and " " not in mention.label.strip():
            yield Mention(mention.start, mention.end, mention.label, body)


@lru_cache(maxsize=16)
def _patterns(bodies: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for body in sorted(bodies, key=len, reverse=True):
        stem = re.sub(
            r"(?<=natverk)et$|(?<=grupp)en$|(?<=rad)et$|(?<=namnd)en$|(?<=utskott)et$", "", fold_letters(body)
        )
        made.append((re.compile(rf"(?<![\w-]){re.escape(stem)}(?:e?[nt])?s?(?![\w-])"), body))
    return tuple(made)


def _of_matter(text: str, bodies: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """*rådet för vuxenutbildning* where the body is Vuxenutbildningsrådet."""
    for match in _OF.finditer(fold_letters(text)):
        body = _only(
            body
            for body in bodies
            if _same_head(_split(_key(body))[1], match["head"])
            and _is_same_first(match["first"], _split(_key(body))[0])
        )
        if body:
            yield match.start(), match.end(), body


def _same_head(one: str, other: str) -> bool:
    return one == other or {one, other} <= _NETWORKS


def _is_same_first(own: str, first: str) -> bool:
    """*förskola* and *förskole-*, *vuxenutbildning* and *vuxenutbildnings-*."""
    shared = min(len(own), len(first))
    return shared >= MIN_FIRST_CHARS and own[: max(shared - 1, 3)] == first[: max(shared - 1, 3)] and abs(len(own) - len(first)) <= 2  # fmt: skip


def _body_of(
    joined: str, run: Sequence[_Word], bodies: tuple[str, ...], short_forms: Mapping[str, str] | None
) -> str | None:
    word = re.sub(r"[-‑:]", "", joined)
    if len(run) == 1 and (run[0].is_letters or len(word) <= 4):
        return _by_letters(word, run[0].is_letters, bodies, short_forms)
    if len(run) > 1 and any(one.folded in _LITTLE for one in run):
        return None
    letters, _, head = joined.partition("-")
    if head and len(run) == 1 and (full := _by_letters_and_head(letters, head, bodies, short_forms)):
        return full
    return _by_name(word, bodies, is_chopped=len(run) > 1)


def _by_letters_and_head(
    letters: str, head: str, bodies: tuple[str, ...], short_forms: Mapping[str, str] | None
) -> str | None:
    """*APL-gruppen* by its head, *FR-träffen* by its letters alone."""
    full = spelled_out(f"{letters.upper()}-{head}", bodies)
    if full or not _GATHERING.fullmatch(head) or len(letters) > MAX_LETTERS:
        return full
    return _by_letters(letters, False, bodies, short_forms)


_LITTLE = frozenset("i pa och for om av till med i en ett den det de som vad var sa sas har vi ni nasta forra senaste sista".split())  # fmt: skip


@lru_cache(maxsize=4_096)
def _by_name(word: str, bodies: tuple[str, ...], is_chopped: bool) -> str | None:
    if word in _ALONE:
        ends = _only(body for body in bodies if _split(_key(body))[1] == re.sub(r"(?:et|en)s?$", "", word))
        return ends or _only(body for body in bodies if fold_letters(body).split()[0] == word.removesuffix("s"))
    if not is_chopped and (opens := _only(body for body in bodies if _opens(word, body))):
        return opens
    ways = (_is_short_for, _is_loose, _is_tail) if is_chopped else (_is_short_for, _is_other_head, _is_loose, _is_tail)
    for way in ways:
        candidates = [body for body in bodies if way(word, body)]
        if candidates:
            return candidates[0] if len(candidates) == 1 else None
    return _nearest(word, bodies)


def _by_letters(
    short: str, is_capital: bool, bodies: tuple[str, ...], short_forms: Mapping[str, str] | None
) -> str | None:
    if not is_capital and lexicon.frequency(short) > MAX_LETTERS_RATE:
        return None
    for name, long in (short_forms or {}).items():
        if fold_letters(name) == short and long in bodies:
            return long
    of_letters = _only(body for body in bodies if initials(body) == short) or spelled_out(short.upper(), bodies)
    return of_letters or _only(body for body in bodies if short.upper() in body.split())


def _only(bodies: Iterator[str]) -> str | None:
    found = list(bodies)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1000)
def initials(body: str) -> str:
    """`grn` for Gymnasierektorsnätverket: the first letters of the name's parts."""
    words = [piece for piece in re.split(r"[\s-]+", body.lower()) if piece not in ("för", "i", "och")]
    pieces = [piece for word in words for piece in compounds.pieces(word)]
    return fold_letters("".join(piece[0] for piece in pieces)) if len(pieces) > 1 else ""


def _key(name: str) -> str:
    """The name as one word, its head last: `forskolanatverk` of *Nätverk förskola* as of *Förskolanätverk*."""
    opened = _HEAD_FIRST.fullmatch(fold_letters(name))
    return re.sub(r"[-‑\s:]", "", f"{opened['first']}{opened['head']}" if opened else fold_letters(name))


@lru_cache(maxsize=4_096)
def _split(folded: str) -> tuple[str, str]:
    """First part without its linking letter, and head."""
    match = _HEAD.match(folded)
    if not match or not match["first"]:
        return "", ""
    return re.sub(r"(?<=[a-z]{3})[s-]$", "", match["first"].rstrip("-")), match["head"]


def _is_short_for(word: str, body: str) -> bool:
    """*vuxrådet* for Vuxenutbildningsrådet; *skolcheferna* for Skolchefsgruppen."""
    first, head = _split(_key(body))
    if not first:
        return False
    own, own_head = _split(word)
    is_same = first.startswith(own) or own.startswith(first) or _is_same_first(own, first)
    if own_head == head and len(own) >= MIN_FIRST_CHARS and is_same:
        return True
    stem = first.removesuffix("s")
    enough = MIN_PEOPLE_CHARS if word[len(stem) :] not in ("arna", "arnas", "erna", "ernas") else MIN_FIRST_CHARS
    return len(stem) >= enough and any(word == stem + ending for ending in _PEOPLE_ENDINGS)


def _opens(word: str, body: str) -> bool:
    """*styrgruppen* where the only such body is Styrgruppen för samverkan; *arbetsgruppen* may be any."""
    own = _A_GROUP.fullmatch(word)
    first, *rest = fold_letters(body).split()
    return own is not None and bool(rest) and own[1] not in _ANY_GROUP and first in (own[1], f"{own[1]}en")


def _is_other_head(word: str, body: str) -> bool:
    """*vuxnätverket* where there is only a Vuxenutbildningsråd."""
    first, _ = _split(_key(body))
    own, head = _split(word)
    if max((lexicon.frequency(one) for one in lexicon.with_letters(word)), default=0.0) > MAX_SLIP_RATE:
        return False  # a group of its own that everybody knows: *elevrådet*
    return (
        head in _NETWORKS
        and len(own) >= MIN_FIRST_CHARS
        and bool(first)
        and (first.startswith(own) or own.startswith(first))
    )


def _is_loose(word: str, body: str) -> bool:
    """*skolchefsgr*, *syv-nätet*, *apl-mötet*: the first part with a loose head."""
    match = _LOOSE.fullmatch(word)
    first, _ = _split(_key(body))
    if not match or not first:
        return False
    own = re.sub(r"(?<=[a-z]{3})s$", "", match["first"])
    return len(own) >= MIN_FIRST_CHARS and first.startswith(own) and (own == first or lexicon.frequency(match.string) == 0)  # fmt: skip


def _is_tail(word: str, body: str) -> bool:
    """*rektorsnätverket* where the only such body is Gymnasierektorsnätverket."""
    own, head = _split(word)
    first, own_head = _split(_key(body))
    return len(own) >= MIN_FIRST_CHARS + 1 and head == own_head and first.endswith(own)


def _nearest(word: str, bodies: tuple[str, ...]) -> str | None:
    """The body whose name, or whose people, the word is a slip away from."""
    slips = next((slips for chars, slips in SLIPS if len(word) >= chars), 0)
    if not slips or lexicon.frequency(word) > MAX_SLIP_RATE:
        return None
    forms = _forms(bodies)
    near = process.extract(word, forms.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=5)
    best = {forms[form] for form, distance, _ in near if distance == near[0][1]}
    return best.pop() if len(best) == 1 else None


@lru_cache(maxsize=16)
def _forms(bodies: tuple[str, ...]) -> Mapping[str, str]:
    """How each body is written in one word, its people too."""
    made: dict[str, str] = {}
    for body in bodies:
        key = _key(body)
        first, head = _split(key)
        made[key] = body
        if first and len(first) >= MIN_PEOPLE_CHARS and head:
            made.update({first.removesuffix("s") + ending: body for ending in _PEOPLE_FORMS})
    return made
