"""People, municipalities and bodies that a question names, under the many names they go by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant import body_names
from assistant.body_names import Mention, initials
from corpus.swedish import analysis, lexicon

__all__ = ["Known", "Mention", "blanked", "initials", "named_bodies", "named_people", "named_seats"]

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
# One slip in a name of so many letters; shorter ones are too near other words (*Alm*, *alt*).
MIN_SLIP_CHARS = 6
# A surname or first name alone, written small, is a name only when it is hardly a word besides (per million words).
MAX_WORD_RATE = 30.0
# More people than this of one name are no answer to whom the question means.
MAX_SHARING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the archive knows that questions name: bodies, short forms, people with their seats, meetings with bodies.

    `namesakes` are names that several people have, with the seats that tell them apart; `papers` are the documents there are: kind, bodies and day.
    """

    bodies: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] | None = None
    seats: tuple[str, ...] = ()
    meetings: tuple[tuple[date, tuple[str, ...]], ...] = ()
    short_forms: Mapping[str, str] | None = None
    own_body: str | None = None
    namesakes: Mapping[str, tuple[str, ...]] | None = None
    papers: tuple[tuple[str, tuple[str, ...], date | None], ...] = ()

    @property
    def joint(self) -> tuple[date, ...]:
        """The days of meetings of several bodies."""
        return tuple(day for day, bodies in self.meetings if len(bodies) > 1)

    @property
    def newest(self) -> date | None:
        return max((day for day, _ in self.meetings), default=None)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    written: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Names:
    """The people's names by their first word and by their last, all folded."""

    whole: Mapping[tuple[str, ...], str]
    by_first: Mapping[str, tuple[tuple[str, ...], ...]]
    by_last: Mapping[str, tuple[tuple[str, ...], ...]]


def named_bodies(text: str, known: Known) -> list[Mention]:
    """Bodies under their whole names, parts of them, their people or their initials."""
    return body_names.find(text, known.bodies, known.short_forms)


def named_people(text: str, known: Known) -> list[Mention]:
    """People of the attendance lists by their whole name, else by a surname or first name; genitives and slips too."""
    names = _names(tuple(known.people or ()))
    tokens = _tokens(text)
    found: list[Mention] = []
    taken: set[int] = set()
    for at, count, name in _whole_names(tokens, names):
        if taken.isdisjoint(range(at, at + count)):
            taken.update(range(at, at + count))
            found.append(_mention(text, tokens[at], tokens[at + count - 1], name))
    bodies = named_bodies(text, known) if names.whole else []
    for at, token in enumerate(tokens):
        if at not in taken and not any(one.start < token.end and token.start < one.end for one in bodies):
            found += [_mention(text, token, token, name) for name in _by_one_name(tokens, at, names)]
    return sorted(found, key=lambda one: one.start)


def _whole_names(tokens: Sequence[_Token], names: _Names) -> Iterator[tuple[int, int, str]]:
    """(where, how many words, name): as it stands, with the genitive, its double name parted, or a slip in one word."""
    for count in (4, 3, 2):
        for at in range(len(tokens) - count + 1):
            run = tuple(piece for one in tokens[at : at + count] for piece in one.folded.split("-"))
            ways = [run, (*run[:-1], run[-1].removesuffix("s"))]
            exact = next((names.whole[way] for way in ways if way in names.whole), None)
            name = exact or (_slipped(run, names) if count == 2 or len(run) > 2 else None)
            if name:
                yield at, count, name


def _slipped(run: tuple[str, ...], names: _Names) -> str | None:
    """A whole name with one slip in its first or its last word."""
    for way in (*names.by_first.get(run[0], ()), *names.by_last.get(run[-1], ())):
        if len(way) != len(run) or way[1:-1] != run[1:-1]:
            continue
        other = (way[-1], run[-1]) if way[0] == run[0] else (way[0], run[0])
        if min(map(len, other)) >= 4 and DamerauLevenshtein.distance(*other, score_cutoff=1) <= 1:
            return names.whole[way]
    return None


def _by_one_name(tokens: Sequence[_Token], at: int, names: _Names) -> list[str]:
    """Those whose surname, else first name, the word is; none where it stands beside another name or is a common word."""
    token = tokens[at]
    is_capital = token.written[0].isupper()
    if not is_capital and any(is_common(word) for word in {token.folded, token.written.lower()}):
        return []
    if _is_beside_a_name(tokens, at, is_capital):
        return []
    for table in (names.by_last, names.by_first):
        for form in (token.folded, token.folded.removesuffix("s")):
            ways = table.get(form, ()) if len(form) >= 3 else ()
            if 0 < len(ways) <= MAX_SHARING:
                return [names.whole[way] for way in ways]
    return []


def is_common(word: str) -> bool:
    """Whether a word is one of the language rather than a name."""
    return lexicon.is_stem(word) or lexicon.frequency(word) > MAX_WORD_RATE


def _is_beside_a_name(tokens: Sequence[_Token], at: int, is_capital: bool) -> bool:
    """Whether the word is part of a longer name that is not known: *Karin Boye*, *Tore Berg*."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at > 1 else None
    return is_capital and bool(
        (after and after.written[0].isupper() and after.start - tokens[at].end == 1)
        or (before and before.written[0].isupper() and tokens[at].start - before.end == 1)
    )


@lru_cache(maxsize=16)
def _names(people: tuple[str, ...]) -> _Names:
    whole: dict[tuple[str, ...], str] = {}
    for name in people:
        way = tuple(_fold(name).replace("-", " ").split())
        if len(way) > 1:
            whole.setdefault(way, name)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    doubles = {_fold(name).split()[0]: way for way, name in whole.items() if "-" in name.split()[0]}
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for way in whole:
        by_first.setdefault(way[0], []).append(way)
        by_last.setdefault(way[-1], []).append(way)
    for double, way in doubles.items():
        by_first.setdefault(double, []).append(way)
    return _Names(whole, {k: tuple(v) for k, v in by_first.items()}, {k: tuple(v) for k, v in by_last.items()})


def named_seats(text: str, known: Known) -> list[Mention]:
    """Municipalities and units of the attendance lists; one slip in a long name."""
    tokens = _tokens(text)
    heard = {form for one in tokens for form in (one.folded, one.folded.removesuffix("s"))}
    rare = [word for word in heard if len(word) >= MIN_SLIP_CHARS and lexicon.frequency(word) == 0]
    found: list[Mention] = []
    for way, seat in _seats(known.seats):
        if way[-1] in heard or any(_is_slip(word, way[-1]) for word in rare):
            found += [
                _mention(text, tokens[at], tokens[at + len(way) - 1], seat)
                for at in range(len(tokens) - len(way) + 1)
                if _is_seat(tuple(one.folded for one in tokens[at : at + len(way)]), way)
            ]
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=16)
def _seats(seats: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(_fold(seat).split()), seat) for seat in seats if seat.split())


def _is_seat(run: tuple[str, ...], way: tuple[str, ...]) -> bool:
    if run[:-1] != way[:-1]:
        return False
    return run[-1] in (way[-1], way[-1] + "s") or (lexicon.frequency(run[-1]) == 0 and _is_slip(run[-1], way[-1]))


def _is_slip(own: str, name: str) -> bool:
    is_long = min(len(name), len(own)) >= MIN_SLIP_CHARS and own[0] == name[0] and abs(len(own) - len(name)) <= 1
    return is_long and not own.startswith(name) and DamerauLevenshtein.distance(own, name, score_cutoff=1) <= 1


def _tokens(text: str) -> list[_Token]:
    return [_Token(one.start(), one.end(), one.group(), _fold(one.group())) for one in _TOKEN.finditer(text)]


def _fold(word: str) -> str:
    return analysis.fold(word).replace("ı", "i").replace("‑", "-")


def _mention(text: str, first: _Token, last: _Token, value: str) -> Mention:
    return Mention(first.start, last.end, text[first.start : last.end], value)


def blanked(text: str, mentions: Iterable[Mention]) -> str:
    """The text without the words of the mentions."""
    for one in mentions:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text
