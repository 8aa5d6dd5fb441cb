"""Ja or nej: whether a clause decides a question, by its outcome, opposites, quantity, negation, modal and predicate."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from assistant.predicates import lemmas_of, predicate
from assistant.undecided import (
    asks_decision,
    asks_still,
    asks_united,
    goes_on,
    has_ended,
    is_divided,
    is_left,
    passes_on,
)
from corpus.records import Decision
from corpus.swedish import later, wording
from corpus.swedish.wording import fold_letters

# `rekommendation` and `förslag`: what was asked for is not decided; `senare`: it was put off; `oklart`: not decided here.
Verdict = Literal["ja", "nej", "senare", "rekommendation", "förslag", "oklart"]

# How what is no decision is told where one was asked for.
WEAK: Mapping[str, Verdict] = {
    "rekommendation": "rekommendation",
    "förslag": "förslag",
    "ställningstagande": "rekommendation",
}
# A last part of a compound must be this long to stand for the whole.
MIN_PART = 4
_WHOLE = re.compile(r"\b(alla|samtliga|helt|fullt ut|varje|alltid|bada|hela|overallt)\b")
_ONLY = re.compile(r"\b(bara|endast|enbart)\b")
_NEVER = re.compile(r"\baldrig\b")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "noll en tva tre fyra fem sex sju atta nio tio elva tolv tretton fjorton femton".split()
    )
}
_OF = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)}) av (?:de |alla |vara )?(\d+|{'|'.join(_NUMBERS)})\b")
_SOME = re.compile(
    r"\b(nagra|vissa|en del|halften|fatal|enstaka|de flesta|inte (?:alla|samtliga|helt|hela|alltid|bada|varje|overallt|fullt ut)|delvis|"
    r"utom|forutom|med undantag)\b"
)
_ASKS_BINDING = re.compile(r"\b(bindande|tvingande|tvungn\w*|obligatorisk\w*)\b")
_ASKS_STRENGTH = re.compile(r"\b(rekommend|foresl|forslag|foreslag|uppman)")
_ASKS_PUT_OFF = re.compile(r"\b(bordla|bordlag|aterremi|skjut\w* upp|skots upp)")
_ASKS_REFUSED = re.compile(r"\b(avsla|avslog|neka|sa(?:de)?(?: \w+){0,3} nej)")
_ASKS_CHANGED = re.compile(
    r"\b(andra(?:t|ts|des|d|s|de)|upphav(?:t|ts|des|de)|ersatt(?:s|es)?|revidera\w+|forlang\w+|flytta(?:t|ts|des)|skjutits|uppdatera\w+|gatt over|bytt)\b"
)
_UNCHANGED = re.compile(r"\b(?:ingen (?:andring|forandring)|oforandra\w*|star kvar|ligger kvar|behalls|behaller)\b")
_ONLY_THIS = re.compile(r"\b(?:bara|endast|enbart) (?P<this>\w{5,})")
_ASKS_OTHER = re.compile(r"\b(?:egen|eget|egna|privat\w*|andra|annan|annat)\b")
_ASKS_STAND = re.compile(r"\bstallning\b|\bstall\w+ sig (?:bakom|positiv|negativ)|\bst[ao](?:r|tt|d) bakom")
TAKES_STAND = re.compile(r"\bstallning|\bstall(?:er|de|t) sig|\bst[ao]r bakom|\bstod bakom")
_ACTS = re.compile(r"\b(rost|reserv)")
# What is planned, wished or asked is no fact and no decision.
_HELD = re.compile(
    r"\b(planera|overvag|diskuter|utred|undersok|vill|ville|onska|hoppas|foresla|foreslog|kanske|eventuellt|"
    r"fragan (?:ar|kom|lyftes|vacktes|togs|stalldes)|fraga\w* om|undra(?:r|de)|tveksam|osaker|"
    r"frag(?:a|an|or|orna) (?:\w+ ){0,3}(?:gallde|galler|berorde|beror|inklude\w+|handla\w+|om|hur)\b|"
    r"hann inte|vantar|avvakta|yrka)"
)
_ASKED_THERE = re.compile(
    r"\b(?:undrar|undrade|fraga(?:r|de)|ville|vill|onska(?:r|de)|foreslar|foreslog|yrka(?:r|de)|fragan (?:ar|kom|lyftes|vacktes|stalldes)|"
    r"prata\w* om att|diskuterade\w* (?:om|att)|frag(?:a|an|or|orna) (?:\w+ ){0,3}(?:gallde|galler|berorde|beror|inklude\w+|handla\w+|om|hur))\b"
)
_DONE = re.compile(
    r"^(?:och |men )?(?:har|hade|blev|fick|tog|gick|var|\w{2,}(?:de|te)s?|\w+(?:ades|ordes|ttes|ldes|ktes))\b"
)
_TO_COME = re.compile(r"\b(ska|skall|kommer att)\b")
_SPLITS = re.compile(
    r"(?:,|;|–|\bmen\b)\s*|\s+(?=(?:eftersom|dar|nar|medan|innan|sedan|sa att|for att|om inte|forutsatt)\b)"
)
_NEGATES = re.compile(r"\b(inte|ej|icke|aldrig|varken|avsta(?:r|tt)?|avstod)\b")
_FREE = re.compile(r"\butan (?:\w+ )?(?:avgift|kostnad|ersattning|krav)\b")
_FREE_TO = re.compile(r"\b(frivillig|sjalv(?:a)? valj|valfri)")
_AMOUNT = re.compile(
    r"(\d+(?:[ \u00a0]\d{3})*(?:,\d+)?)\s*(kronor|kr\b|procent|%|elever|platser|timmar|timme|tim|minuter|min|dagar|veckor|deltagare|kommuner|skolor)"
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A question and a clause as written and folded; `main` is the clause's part that holds most of the question."""

    question: str
    clause: str
    main: str
    decision: Decision | None

    @property
    def asked(self) -> str:
        return fold_letters(self.question)

    @property
    def told(self) -> str:
        return fold_letters(self.clause)

    @property
    def said(self) -> str:
        return fold_letters(self.main)

    @property
    def shares_word(self) -> bool:
        """Whether the clause has a word of the question."""
        return bool(lemmas_of(self.question) & lemmas_of(self.clause))

    @property
    def shares_verb(self) -> bool:
        """Whether the clause's main part has the question's own verb, where it has one."""
        wanted = predicate(self.question)
        return not wanted or bool(wanted & lemmas_of(self.main))


def verdict(question: str, clause: str, decision: Decision | None = None) -> Verdict:
    """What the clause answers; `decision` is the register's own where the clause is one."""
    question, clause = " ".join(question.split()), " ".join(clause.split())
    if _is_negated(fold_letters(question)):
        return "oklart"
    pair = _Pair(question, clause, _main(question, clause), decision)
    return next((found for test in TESTS if (found := test(pair))), None) or _by_predicate(pair)


# What follows these is the case or the thing asked about: *Får man komma om man inte har anmält sig?* is no negated question.
_SUBORDINATE = re.compile(r"(?<=\w )(?:nar|om|som|eftersom|trots|utan att)\b")


def _is_negated(asked: str) -> bool:
    main = _SUBORDINATE.split(asked, maxsplit=1)[0]
    return bool(re.search(r"\b(inte|ej|ingen|inget|inga)\b", main)) and " eller inte" not in asked


def _by_act(pair: _Pair) -> Verdict | None:
    """Votes and reservations."""
    act = _ACTS.search(pair.asked)
    if not act:
        return None
    if act[1] == "rost" and re.search(r"\be?mot\b", pair.told):
        return "ja" if re.search(r"\be?mot\b", pair.asked) else "nej"
    return "ja" if re.search(rf"\b{act[1]}", pair.told) and not wording.is_negated(pair.told) else "oklart"


def _by_unity(pair: _Pair) -> Verdict | None:
    """Nej where all were asked to be of one mind and somebody voted against or reserved themselves."""
    return "nej" if asks_united(pair.asked) and is_divided(pair.told) else None


def _by_nothing_decided(pair: _Pair) -> Verdict | None:
    """Nej where the clause says that nothing was decided; a decision to ask or to look into is a proposal at most."""
    if wording.is_undecided(pair.clause):
        return "nej"
    return "förslag" if passes_on(pair.asked, pair.told) else None


def _by_what_is_left(pair: _Pair) -> Verdict | None:
    """Not yet, where no decision stands in the clause and it leaves the matter for later."""
    if pair.decision or not (asks_decision(pair.question) or _TO_COME.search(pair.asked)):
        return None
    return "senare" if is_left(pair.told) else None


def _by_what_holds_still(pair: _Pair) -> Verdict | None:
    """Whether what was asked to be so still is, by what ends it, lets it stand, or puts another number in its place."""
    if not asks_still(pair.asked):
        return None
    if later.relation_of(pair.clause) == "bekräftat":
        return "ja"
    return "nej" if has_ended(pair.told) and pair.shares_word else _by_number(pair)


def _by_strength(pair: _Pair) -> Verdict | None:
    """A recommendation or a proposal is no decision, and binds nobody."""
    strength = pair.decision.strength if pair.decision else wording.strength_of(pair.clause)
    weak = WEAK.get(strength or "") if strength != "ställningstagande" or _asks_done(pair) else None
    if _ASKS_BINDING.search(pair.asked):
        if weak or _FREE_TO.search(pair.told):
            return "nej"
        return "ja" if re.search(r"\b(bindande|tvingande|maste|obligatorisk)", pair.told) else None
    if weak and _ASKS_STRENGTH.search(pair.asked):
        return "nej" if wording.is_negated(pair.told) else "ja"
    return None if weak and _ASKS_CHANGED.search(pair.asked) else weak


def _asks_done(pair: _Pair) -> bool:
    """Whether something done or decided is asked for: then what the meeting thinks ought to be is none of it."""
    thinks = re.search(r"\b(bor|borde|anser|ansag|tycker|tyckte|positiv\w*|negativ\w*|vill)\b", pair.asked)
    return (
        not thinks and not _ASKS_STAND.search(pair.asked) and bool(re.search(r"\b(bor|borde|ska|skall)\b", pair.told))
    )


def _by_outcome(pair: _Pair) -> Verdict | None:
    outcome = pair.decision.outcome if pair.decision else None
    if outcome in ("bordlagt", "återremiss"):
        return "ja" if _ASKS_PUT_OFF.search(pair.asked) else "senare"
    if outcome == "avslag":
        return "ja" if _ASKS_REFUSED.search(pair.asked) else "nej"
    return None


def _by_change(pair: _Pair) -> Verdict | None:
    """Whether something was changed: a clause that changes or lets stand."""
    if not _ASKS_CHANGED.search(pair.asked):
        return None
    relation = later.relation_of(pair.clause)
    if relation == "bekräftat" or _UNCHANGED.search(pair.told):
        return "nej"
    is_wished = not pair.decision and bool(_ASKED_THERE.search(pair.told))
    return "ja" if relation and not is_wished else "oklart"


def _by_taking_back(pair: _Pair) -> Verdict | None:
    """Nej where the clause takes the matter back, unless that is what was asked."""
    asks_past = bool(later.relation_of(pair.question)) or bool(_ASKS_REFUSED.search(pair.asked))
    lifts = later.relation_of(pair.clause) == "upphävt" and not asks_past
    if not lifts or goes_on(pair.told, frozenset(fold_letters(word) for word in lemmas_of(pair.question))):
        return None
    return "oklart" if later.read_bearing(pair.clause, None).is_held or _NEGATES.search(pair.told) else "nej"


def is_asked_at_meeting(clause: str) -> bool:
    """Whether a clause only tells what somebody asked, wished or proposed, so that the answer stands after it."""
    return bool(_ASKED_THERE.search(fold_letters(clause)))


def asks_refused(question: str) -> bool:
    """Whether a question is of something refused: then what was decided later is no nej to it."""
    return bool(_ASKS_REFUSED.search(fold_letters(question)))


def asks_stand(question: str) -> bool:
    """Whether a question is of a stand taken."""
    return bool(_ASKS_STAND.search(fold_letters(question)))


def asks_changed(question: str) -> bool:
    """Whether a question is of something changed."""
    return bool(_ASKS_CHANGED.search(fold_letters(question)))


def _by_stand(pair: _Pair) -> Verdict | None:
    """Whether a stand was taken."""
    if not _ASKS_STAND.search(pair.asked):
        return None
    if not TAKES_STAND.search(pair.told):
        return "oklart"
    return "nej" if _NEGATES.search(pair.told) or re.search(r"\bing(?:en|et) (?:\w+ )?stallning", pair.told) else "ja"


def _main(question: str, clause: str) -> str:
    """The part of the clause, between commas and subordinating words, that holds most of the question's words."""
    wanted = lemmas_of(question)
    return max(
        (one for one in _pieces(clause) if one.strip()), key=lambda one: len(lemmas_of(one) & wanted), default=""
    )


def _pieces(clause: str) -> Iterator[str]:
    start = 0
    for match in _SPLITS.finditer(fold_letters(clause)):
        yield clause[start : match.start()]
        start = match.end()
    yield clause[start:]


def _by_quantity(pair: _Pair) -> Verdict | None:
    """*Alla, helt, alltid* against *fem av åtta, några, delvis*."""
    for word in (_ONLY, _NEVER):
        if word.search(pair.asked):
            return "ja" if word.search(pair.told) else "oklart"
    if not _WHOLE.search(pair.asked):
        return None
    share = _OF.search(pair.told)
    if share:
        return "ja" if _number(share[1]) == _number(share[2]) else "nej"
    if _SOME.search(pair.told) or re.search(r"\b\d{1,2}(?:[.,]\d+)? (?:%|procent)", pair.said):
        return "nej"
    return None if _WHOLE.search(pair.told) else "oklart"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _by_only_this(pair: _Pair) -> Verdict | None:
    """Nej where only another thing than the asker's own or another one is let: *bara skolans kamera får användas*."""
    only = _ONLY_THIS.search(pair.told)
    return "nej" if only and _ASKS_OTHER.search(pair.asked) and only["this"] not in pair.asked else None


def _by_opposite(pair: _Pair) -> Verdict | None:
    for sides in _opposites():
        for one, other in (sides, sides[::-1]):
            if not one.search(pair.asked) or other.search(pair.asked):
                continue
            if other.search(pair.told) and not one.search(pair.told):
                return "oklart" if _NEGATES.search(pair.told) else "nej"
    return None


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("assistant").joinpath("verdict.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((_any(row["one"]), _any(row["other"])) for row in _table()["opposite"])


@lru_cache(maxsize=1)
def _modals() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            re.compile(rf"(?:och |men )?(?:{'|'.join(row['asks'])})\b"),
            _any(row["tells"]),
            _any(row["denies"]) if row["denies"] else None,
        )
        for row in _table()["modal"]
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


def _by_negation(pair: _Pair) -> Verdict | None:
    """Nej where what is denied is what was asked: *ingen X*, *inte* beside a word of the question."""
    wanted = lemmas_of(pair.question)
    if _FREE.search(pair.told) and re.search(r"\b(kosta|avgift|ersatt|betal|krav)", pair.asked):
        return "nej"
    words = pair.main.split()
    for at, word in enumerate(words):
        folded = fold_letters(word.strip('.,;:()»«"'))
        after = words[at + 1 : at + 4]
        if folded in ("ingen", "inget", "inga"):
            denied = lemmas_of(" ".join(after))
            if not denied or _is_shared(denied, wanted):
                return "nej"
        elif _NEGATES.fullmatch(folded):
            beside = lemmas_of(" ".join([*words[max(0, at - 3) : at], *after]))
            if len(wanted) <= 2 or _is_shared(beside, wanted):
                return "nej"
    return None


def _is_shared(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word is of both, whole or as the last part of the other's: *värdar* of *trygghetsvärdar*."""
    ends = (
        one.endswith(other) or other.endswith(one)
        for one in some
        for other in others
        if min(len(one), len(other)) >= MIN_PART
    )
    return bool(some & others) or any(ends)


def _by_number(pair: _Pair) -> Verdict | None:
    """A number in the question against another number of the same thing."""
    held: dict[str, set[str]] = {}
    for number, unit in _AMOUNT.findall(pair.told):
        held.setdefault(_unit(unit), set()).add(re.sub(r"\s", "", number))
    for number, unit in _AMOUNT.findall(pair.asked):
        if _unit(unit) in held and re.sub(r"\s", "", number) not in held[_unit(unit)]:
            return "nej"
    return None


def _unit(word: str) -> str:
    return {"kr": "kronor", "%": "procent", "tim": "timmar", "timme": "timmar", "min": "minuter"}.get(word, word)


def _modal(pair: _Pair) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None] | None:
    return next((row for row in _modals() if row[0].match(pair.asked)), None)


def _by_modal(pair: _Pair) -> Verdict | None:
    """*Måste, får, ska, bör* answered by a clause with a modal that says so, of the same act."""
    row = _modal(pair)
    if row is None or not pair.shares_verb:
        return None
    _, tells, denies = row
    if tells.search(pair.told):
        return "ja"
    return "nej" if denies and denies.search(pair.told) else None


def _by_what_is_held(pair: _Pair) -> Verdict | None:
    """What is planned, wished or asked answers nothing by itself."""
    return "oklart" if not pair.decision and _HELD.search(pair.told) and not _HELD.search(pair.asked) else None


def _by_mere_fact(pair: _Pair) -> Verdict | None:
    """What is so is no decision, where one is asked for and the clause has not its verb."""
    if pair.decision or not asks_decision(pair.question):
        return None
    return None if predicate(pair.question) and pair.shares_verb else "oklart"


def _by_predicate(pair: _Pair) -> Verdict:
    """Ja where the clause states what was asked, with the same verb or by deciding it; a fact is no decision."""
    decided = pair.decision is not None and pair.decision.strength != "information"
    if decided:
        return "ja"
    verbless = not predicate(pair.question)
    if verbless and (asks_still(pair.asked) or _modal(pair)):
        return "oklart"
    if _DONE.match(pair.asked) and _TO_COME.search(pair.told):
        return "oklart"
    return "ja" if pair.shares_verb else "oklart"


# Tried in this order; the first that says something decides.
TESTS: tuple[Callable[[_Pair], Verdict | None], ...] = (
    _by_act,
    _by_unity,
    _by_nothing_decided,
    _by_what_holds_still,
    _by_strength,
    _by_outcome,
    _by_change,
    _by_taking_back,
    _by_stand,
    _by_what_is_left,
    _by_what_is_held,
    _by_mere_fact,
    _by_quantity,
    _by_only_this,
    _by_opposite,
    _by_negation,
    _by_number,
    _by_modal,
)
