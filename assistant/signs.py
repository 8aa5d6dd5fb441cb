"""What the question wants beyond its words, and the signs of it in a sentence: an act, a paper, a place, a person, a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.actors import actor_of, is_holder_told, is_of_rank, is_only_spoken_of, office_of, speaker_of
from assistant.answer import Question
from assistant.focus import focus_words
from assistant.naming import Known, named_seats
from assistant.values import NAME, found_values
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

# What was done with a matter: how the question names it (folded), and how a sentence tells it.
ACTS: tuple[tuple[str, str], ...] = (
    (r"\bstallning|\bsta[lr]l?\w* (?:sig |oss )?bakom", r"\bställning|\bbakom\b|\bstöd(?:er|de)\b"),
    (r"\brekommend|\bbindande", r"\brekommend|\buppman\w+|\bbindande\b|\bfrivillig"),
    (r"\bforesl|\bforslag", r"\bföresl|\bförslag|\byrka\w*"),
    (r"\benades|\benig|\boverens", r"\benades|\beniga?\b|\böverens"),
    (r"\bavsl[oa]|\bsa(?:de)? nej", r"\bavsl[oåa]|\bnej\b"),
    (
        r"\bbordla|\bsk[jo]u?ts?\b.*\bupp\b|\buppskj",
        r"\bbordl|\bsk[jö]u?t\w*\b.*\bupp\b|\bförst från\b|\buppskj|\bsenarel",
    ),
    (r"\baterremi", r"\båterremi"),
    (r"\breserv(?!antag)", r"\breserver|\breservation(?!s?antag)"),
    (
        r"\bmotsatt|(?<!ta )(?<!tar )(?<!tog )(?<!tagit )(?<!tas )(?<!togs )\bemot\b|\brosta\w* nej|\bgick mot",
        r"\breserver|\bnej\b|\bemot\b|\bmotsatt|\byrka\w* avslag|\binte stå bakom",
    ),
    (r"\brost(?:a|er|n|s)", r"\bröst(?:a|er|n|s)|\bvoter|\bomröstning"),
    (r"\bavgick|\bvald|\butse|\butsag", r"\bvald|\bväljs|\butse|\butsåg|\bavgick|\bavgår"),
)
_ACTS = tuple((re.compile(asked), re.compile(told, re.IGNORECASE)) for asked, told in ACTS)
# What gives a reason without doubt; *så att* and *för att* as often give an aim.
_SURE_REASON = re.compile(
    r"\b(?:eftersom|på grund av|beror (?:främst |framför allt |bland annat )?på|berodde|därför att|orsak\w*|skäl(?:et|en)?\b|"
    r"anledning\w*|till följd av|med hänvisning till|med tanke på|motiver\w+|däremot inte|inte hinner|hann inte|har inte)\b",
    re.IGNORECASE,
)
_ENUMERATES = re.compile(r"\w+, [\wåäö -]+(?:,| och| samt| eller) \w+", re.IGNORECASE)
_WANTS_MANY = re.compile(r"\b(?:vilka|vad för|vilka olika|på vilka sätt|hur många olika)\b", re.IGNORECASE)
# Who only says something is not who does it: *Vem leder kören?* is not answered by *Eva Ek undrade om kören*.
_SPEAKS = re.compile(
    rf"(?:{NAME.pattern}|[A-ZÅÄÖ][a-zåäö]+)(?:,[^,]+,|\s\([^)]*\))?\s(?:påpeka|berätta|undra|tyck|anså|ansåg|anser|påmin|kommentera|informera|föresl|yrka|kalla|saknade|efterfrågade|trodde|tror|menade|menar|frågade)\w*"
)
_ASKS_SAID = re.compile(
    r"\b(?:sa|sade|säger|påpeka\w*|berätta\w*|undra\w*|tyck\w*|ansåg|anser|påmin\w*|informera\w*|fråga\w*|mena\w*|föresl\w*|yrka\w*|vill|ville|idé\w*|redovis\w*|föredrog|presentera\w*)\b",
    re.IGNORECASE,
)
# What somebody wants, or what something would be, is not what it is: *Alby föreslår 2 300 kronor*, *en brygga skulle kosta …*
_WISHED = re.compile(
    r"\b(?:föreslår|föreslog|vill|ville|önska(?:r|de)|yrka(?:r|de)|skulle (?:kosta|bli|innebära|ge)|överväg(?:er|de)|tvivla(?:r|de)|hoppa(?:s|des))\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:beslut\w*|beslöt\w*|bestäm\w*|fastställ\w*|enades|enig\w*|överens|blev|blir|höjs|sänks|avsl\w+|bifall\w*|anta(?:r|s|gs|gits))\b",
    re.IGNORECASE,
)
_ASKS_WISHED = re.compile(
    r"\b(?:föresl|försl|ville\b|vill\b|önska|yrka|skulle\b|kräv|begär|plan|tänk|beräkn)", re.IGNORECASE
)
_OUTCOME_KINDS = frozenset(("how_much", "decision", "applies_now", "when"))
# Who speaks stands among so many of a sentence's first words.
SPEAKER_WORDS = 5
# How many words on either side of a value say what it is the value of.
AROUND_WORDS = 6
FIRST_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The acts, the paper, the municipalities and the people that a question names; `many` where it asks for several."""

    question: Question
    told_as: tuple[re.Pattern[str], ...] = ()
    paper: str | None = None
    seats: frozenset[str] = frozenset()
    all_seats: tuple[str, ...] = ()
    people: tuple[re.Pattern[str], ...] = ()
    many: bool = False
    speaker: frozenset[str] = frozenset()
    actor: str | None = None
    office: str | None = None
    explained: re.Pattern[str] | None = None


def wanted(question: Question, known: Known) -> Wanted:
    """What the words of the question want of a sentence."""
    folded = fold_letters(question.whole)
    return Wanted(
        question=question,
        told_as=tuple(told for asked, told in _ACTS if asked.search(folded)),
        paper=question.paper,
        seats=frozenset(analysis.fold(one.value) for one in named_seats(question.whole, known)),
        all_seats=known.seats,
        people=tuple(_called(name, tuple(known.people or ())) for name in question.people),
        many=bool(_WANTS_MANY.search(question.whole)),
        speaker=speaker_of(question),
        actor=actor_of(question),
        office=office_of(question),
        explained=_explained(question),
    )


@lru_cache(maxsize=512)
def _called(name: str, everybody: tuple[str, ...]) -> re.Pattern[str]:
    """How notes call somebody: by the last name, or by the first name alone where nobody else has it."""
    first, last = name.split()[0], name.split()[-1]
    is_alone = sum(one.split()[:1] == [first] for one in everybody) <= 1
    by_first = rf"|\b{re.escape(first)}s?\b(?!\s(?-i:[A-ZÅÄÖ]))" if is_alone and first != last else ""
    return re.compile(rf"\b{re.escape(last)}s?\b{by_first}", re.IGNORECASE)


def _explained(question: Question) -> re.Pattern[str] | None:
    """How a sentence explains the word that a definition is asked of: *LIA (lärande i arbete)*, *isdag betyder att …*"""
    words = focus_words(question.matter) if question.kind == "definition" else []
    word = re.escape(words[-1]) if words else ""
    told = r"(?:betyder|innebär|står för|är (?:en|ett|när|det|den|de)|kallas|menas|menar vi|avses|dvs|det vill säga)"
    pattern = rf"\b{word}\w*\W{{0,2}} ?(?:\(|=|–|—|:|, (?:alltså|dvs|det vill säga)|{told}\b)|\((?:så kallad )?{word}\w*\)|= ?{word}|{told} \W?{word}"
    return re.compile(pattern, re.IGNORECASE) if word else None


def of_sentence(wants: Wanted, text: str, kind: str | None) -> dict[str, float]:
    """The signs in one sentence by itself."""
    told = [bool(one.search(text)) for one in wants.told_as]
    asked = wants.question.value
    return {
        "act": float(any(told)),
        "act_missing": float(bool(told) and not any(told)),
        "paper": float(wants.paper is not None and kind == wants.paper),
        "other_paper": float(wants.paper is not None and kind != wants.paper),
        "sure_reason": float(asked == "reason" and bool(_SURE_REASON.search(text))),
        "enumerates": float(wants.many and bool(_ENUMERATES.search(text))),
        "opens_list": float(wants.many and text.rstrip().endswith(":")),
        "new_name": float(asked == "person" and _new_name(wants, text)),
        "unexplained": float(wants.explained is not None and not wants.explained.search(text)),
        "only_speaks": float(
            asked == "person" and not _ASKS_SAID.search(wants.question.whole) and bool(_SPEAKS.match(text))
        ),
        "only_wished": float(_is_only_wished(wants.question, text)),
        "speaker_missing": float(bool(wants.speaker) and not wants.speaker & _terms(_opening(text))),
    }


def _is_only_wished(question: Question, text: str) -> bool:
    """Whether a sentence only tells what somebody wanted where it is asked how something is or came out."""
    asks_outcome = question.kind in _OUTCOME_KINDS and not _ASKS_WISHED.search(question.whole)
    return asks_outcome and bool(_WISHED.search(text)) and not _SETTLED.search(text)


def of_actor(wants: Wanted, text: str, above: str, body: str | None) -> dict[str, float]:
    """Whether a sentence fails to tell who holds the office asked for, or only speaks of whom was asked to have acted."""
    acts_itself = wants.actor is None or wants.actor in (body or "").lower()
    own = seats_in(text, wants.all_seats) if wants.office and wants.seats else frozenset()
    is_elsewhere = bool(own) and not own & wants.seats
    no_holder = wants.office is not None and (is_elsewhere or not is_holder_told(wants.office, text, above))
    no_holder |= wants.question.value == "person" and not is_of_rank(wants.question.whole, f"{above}\n{text}")
    return {
        "no_holder": float(no_holder),
        "only_spoken_of": float(not acts_itself and is_only_spoken_of(wants.actor or "", text)),
    }


def _opening(text: str) -> str:
    return " ".join(text.split()[:SPEAKER_WORDS])


def _new_name(wants: Wanted, text: str) -> bool:
    """Whether somebody is named whom the question does not name: *Vem ersatte Eva Ek?* is not answered by Eva Ek."""
    whole = analysis.fold(wants.question.whole)
    return any(analysis.fold(one.group().split()[-1]) not in whole for one in NAME.finditer(text))


def of_places(wants: Wanted, heading: str, texts: Sequence[str]) -> list[dict[str, float]]:
    """For each sentence in order whether the asked municipality or another stands there, or stood there last."""
    if not wants.seats and not wants.people:
        return [{} for _ in texts]
    under = seats_in(heading, wants.all_seats)
    last = under
    found = []
    people: frozenset[str] = frozenset()
    for text in texts:
        own = seats_in(text, wants.all_seats)
        last = own or last
        named = frozenset(one.group() for one in NAME.finditer(text))
        people = named or people
        found.append(_of_seats(wants.seats, own, last, under) | _of_people(wants.people, named, people, text))
    return found


def _of_seats(
    asked: frozenset[str], own: frozenset[str], last: frozenset[str], under: frozenset[str]
) -> dict[str, float]:
    if not asked:
        return {}
    return {
        "seat": float(bool(own & asked)),
        "seat_near": float(not own & asked and bool((last | under) & asked)),
        "seat_other": float(bool(own) and not own & asked and not under & asked),
        "seat_away": float(not own and bool(last) and not (last | under) & asked),
    }


def _of_people(
    asked: Sequence[re.Pattern[str]], own: frozenset[str], last: frozenset[str], text: str
) -> dict[str, float]:
    if not asked:
        return {}
    held = any(one.search(text) for one in asked)
    return {
        "person": float(held),
        "person_near": float(not held and not own and any(one.search(other) for one in asked for other in last)),
        "person_other": float(not held and bool(own)),
    }


def seats_in(text: str, seats: tuple[str, ...]) -> frozenset[str]:
    """The municipalities and units of the attendance lists that a text names, folded."""
    pattern = _seat_pattern(seats)
    return frozenset(pattern.findall(analysis.fold(text))) if pattern else frozenset()


@lru_cache(maxsize=8)
def _seat_pattern(seats: tuple[str, ...]) -> re.Pattern[str] | None:
    names = sorted({analysis.fold(seat) for seat in seats if seat}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))})s?(?![\w-])") if names else None


def around_values(question: Question, text: str) -> frozenset[str] | None:
    """The terms of the words around the values of the asked sort; None where there is none."""
    if question.value is None:
        return None
    spans = found_values(question.value, text)
    if not spans:
        return None
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    return frozenset().union(*(_terms(_window(text, words, start, end)) for start, end in spans))


def _window(text: str, words: Sequence[tuple[int, int]], start: int, end: int) -> str:
    first = sum(stop <= start for _, stop in words)
    last = sum(begin < end for begin, _ in words)
    inside = words[max(0, first - AROUND_WORDS) : last + AROUND_WORDS]
    return text[inside[0][0] : inside[-1][1]] if inside else ""


@lru_cache(maxsize=4000)
def first_terms(text: str) -> frozenset[str]:
    """The terms of the sentence's first words of matter: *Hyran är …*, *Den nya avgiften …*."""
    pairs = analysis.content_tokens(" ".join(text.split()[:6]))
    return _terms(" ".join(token for _, token in pairs[:FIRST_WORDS]))


@lru_cache(maxsize=20_000)
def _terms(text: str) -> frozenset[str]:
    return analysis.terms(text)


# Endings of nouns in the definite form, and words that a noun follows; verbs of a question are told apart by them.
_DEFINITE = re.compile(r"\w{3,}(?:en|et|an|na|erna|arna|orna|ens|ets|ns|nas)$")
_PAST = re.compile(r"(?:ade|kte|ste|tte|pte|dde|lde|rde|vde|gde)s?$")
_BEFORE_NOUN = frozenset(
    "ar om for i pa till fran med av vid hos en ett vilken vilket vilka manga mot kring mellan under per gemensam gemensamma nya ny".split()
)


def nouns(text: str, tokens: Iterable[str]) -> Mapping[str, bool]:
    """For each token whether it stands in the text as a noun does."""
    words = re.findall(r"\w[\w-]*", text.lower())
    before = {word: fold_letters(words[at - 1]) if at else "" for at, word in enumerate(words)}
    return {token: _is_noun(token, before.get(token, ""), token == (words or [""])[-1]) for token in tokens}


def _is_noun(token: str, before: str, is_last: bool) -> bool:
    if _PAST.search(fold_letters(token)):
        return False
    return bool(_DEFINITE.match(token)) or before in _BEFORE_NOUN or is_last
