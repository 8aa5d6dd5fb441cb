"""Text that lost its letters made whole: words and names restored by channel, dictionary and neighbours, with a trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Repair
from corpus.swedish import context, hunspell, names
from corpus.swedish.context import EDGE, MARK, NUMBER, YEAR
from corpus.swedish.lexicon import without_marks
from corpus.swedish.readings import MARGIN, Reading, Readings

CACHED_WORDS = 100_000
MIN_CHARS = 3
MAX_ROUNDS = 3
# Fewer words than this count as this many when the share of stripped words is told: one word proves nothing.
MIN_STRIPPED_WORDS = 8
# Little words that stand in every text of their language and in no other's, marks apart.
SWEDISH_WORDS = frozenset(
    "och att som av till med det ett inte var kan ska har pa fran vid eller ar sig om hos nar".split()
)
FOREIGN_WORDS = frozenset(
    "the of and to is are that with this which by from be was as it not und der die das ist".split()
)
# Signs that stand in words only because a letter was read as them.
ODD = "&®@€£¢¥"
_TOKEN = re.compile(rf"[^\W_{ODD}]*(?:[{ODD}]*[^\W_]+)*[{ODD}]*")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:se|nu|com|org|eu|net)\b(?:/\S*)?")
_LABEL = re.compile(
    r"\d+[A-ZÅÄÖa-zåäö]|[A-ZÅÄÖ]{1,4}\d+[A-Z]?|(?:[ÅåKkVvSs]|åk|ak|kl)\d+[a-z]?|(?:nr|st|kap|rum|sal|fas|del|bil|[HhVv][Tt])\d+"
)
# Two digits are a number, unless they are a doubled ö inside a name (R66s).
_DIGITS_TOGETHER = re.compile(r"(?<![A-Za-z])\d{2}|\d{2}(?![a-z])|\d{3}|[1-57-9]\d|\d[1-57-9]")
# A word of which only one letter was seen.
LONE = {"r": "är", "n": "än", "&r": "är", "&n": "än"}
# What may follow a number with the space lost: "6st", "4kr". Such a token is a number.
UNITS = frozenset("st kr kg km cm mm m h tim min mån år ar dgr dag dagar v p g ml l ton tkr mkr mnkr hp poäng".split())
_BROKEN = re.compile(r"-[ \t]*\n\s*")
_LINE_END = frozenset(".!?:•|)")
_BODY = re.compile(
    r"(?:nämnden?|rådet?|gruppen?|nätverket?|skolan?|utskottet?|styrelsen?|myndigheten?|förvaltningen?"
    r"|förbundet?|kommun|region|gymnasiet?|enheten?|avdelningen?|kontoret?|verket)s?$"
)


Edit = tuple[int, int, str, str]
"""Start, end, new text, and the rule's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A text after repair with its edits, and the names it was not sure of, both in the text before."""

    text: str
    edits: tuple[Edit, ...]
    flags: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: its place, whether its capital (if any) is one that a sentence or line gives, whether it is a
    short form (*IKT*), that is all capitals in a line that is not."""

    start: int
    end: int
    text: str
    is_opening: bool
    is_short_form: bool = False


class Speller:
    """Repairs text that lost its letters.

    `known` are words with counts from undamaged documents, `texts` such documents' pages, read when first needed: they
    teach what stands beside what.
    """

    def __init__(
        self, known: Mapping[str, int] | None = None, texts: Callable[[], Iterable[str]] | None = None
    ) -> None:
        self._readings = Readings(known)
        self._texts = texts
        self._neighbours: context.Neighbours | None = None
        self._choices = lru_cache(maxsize=CACHED_WORDS)(self._choose)

    def repair_text(self, text: str) -> Repaired:
        """The text with its words restored; addresses, digits and labels are never touched."""
        edits, flags = [], []
        for token, best in self._read(text):
            if best.word != token.text:
                edits.append((token.start, token.end, best.word, rule_of(token.text, best.word)))
            elif not best.is_known and token.text[0].isupper() and _may_be_damaged(token.text):
                flags.append((token.start, token.end, token.text, "osäkert namn"))
        pieces, at = [], 0
        for start, end, new, _ in edits:
            pieces += [text[at:start], new]
            at = end
        pieces.append(text[at:])
        return Repaired(text="".join(pieces), edits=tuple(edits), flags=tuple(flags))

    def stripped_share(self, text: str) -> float:
        """The share (0-1) of the words that are Swedish only when their marks are given back."""
        words = [token.text for token in tokens(text) if token.text.isalpha() and len(token.text) > 1]
        if is_foreign(words):
            return 0.0
        return sum(map(self._is_stripped, words)) / max(len(words), MIN_STRIPPED_WORDS)

    def _is_stripped(self, word: str) -> bool:
        if word[0].isupper() and (names.is_name(word) or hunspell.is_word(word)):
            return False
        word = word.lower()
        best = self._readings.of(word)[0]
        return best.is_known and best.word != word and without_marks(best.word) == word

    def _read(self, text: str) -> list[tuple[Token, Reading]]:
        """Each token with its best reading: alone first, then with its neighbours where several are left; once more
        when that changed a neighbour's letters, so that a second repair sees what the first one saw."""
        open_ = self._open(text)
        picked = [choices[0] for _, choices in open_]
        for _ in range(MAX_ROUNDS):
            before = [without_marks(one.word) for one in picked]
            places, forms = _forms(text, [(token, one.word) for (token, _), one in zip(open_, picked, strict=True)])
            picked = [
                choices[0] if len(choices) == 1 else self._fittest(choices, context.Place(forms, at))
                for (_, choices), (at, _) in zip(open_, places, strict=True)
            ]
            if [without_marks(one.word) for one in picked] == before:
                break
        return [(token, one) for (token, _), one in zip(open_, picked, strict=True)]

    def _fittest(self, choices: Sequence[Reading], place: context.Place) -> Reading:
        words = [one.word.lower() for one in choices]
        own = self._own()
        scores = [
            one.score + place.score(word) + (own.score(word, words, place.sides) if own else 0.0)
            for one, word in zip(choices, words, strict=True)
        ]
        return choices[scores.index(max(scores))]

    def _own(self) -> context.Neighbours | None:
        """What the undamaged texts taught, learnt at the first need."""
        if self._neighbours is None and self._texts is not None:
            self._neighbours = context.Neighbours()
            for text in self._texts():
                words, forms = context_forms(text)
                taken = [(at, word.lower()) for at, word in words if word.lower() in self._rivals(forms[at])]
                self._neighbours.learn(forms, taken)
        return self._neighbours

    def _rivals(self, bare: str) -> frozenset[str]:
        """The words of a bare spelling when it has several: only those are worth counting."""
        words = frozenset(one.word for one in self._readings.of(bare))
        return words if len(words) > 1 else frozenset()

    def _open(self, text: str) -> list[tuple[Token, tuple[Reading, ...]]]:
        """Each token with its readings; a word broken at a line's end is read whole, first name and surname as names."""
        found: list[tuple[Token, tuple[Reading, ...]]] = []
        for token in tokens(text):
            choices = self._choices_of(token)
            if found:
                last, before = found[-1]
                between = text[last.end : token.start]
                if _BROKEN.fullmatch(between) and (halves := self._halves(last.text, token.text)):
                    found[-1], choices = (last, halves[:1]), halves[1:]
                elif between == " " and last.text[0].isupper() and token.text[0].isupper():
                    before, choices = self._as_names(before, token.text, choices)
                    found[-1] = last, before
            found.append((token, choices))
        return found

    def _halves(self, left: str, right: str) -> tuple[Reading, ...] | None:
        """The two halves of a word that is known when put together and keeps its length."""
        best = self._choices(left + right, True)[0]
        if not right[0].islower() or not best.is_known or len(best.word) != len(left + right):
            return None
        return Reading(best.word[: len(left)], best.score), Reading(best.word[len(left) :], best.score)

    def _as_names(
        self, before: tuple[Reading, ...], word: str, choices: tuple[Reading, ...]
    ) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
        """Two capitalised words of which the first can be a first name: both are read as names, the second as it stands
        when it is none that is known (an unknown surname is not made an ordinary word)."""
        firsts = tuple(one for one in before if names.FIRST in names.kinds(one.word))
        if not firsts:
            return before, choices
        kept = tuple(one for one in choices if one.is_name or self._readings.is_own(one.word.lower()))
        as_read = next((one for one in choices if one.word == word), Reading(word, 0.0, is_known=False))
        known = any(one.is_name for one in before[:1])
        return (firsts if kept or known else before), (kept or ((as_read,) if known else choices))

    def _choices_of(self, token: Token) -> tuple[Reading, ...]:
        if token.text in LONE and not token.is_opening:
            return (Reading(LONE[token.text], 0.0),)
        if token.is_short_form or is_protected(token.text):
            return (Reading(token.text, 0.0),)
        return self._choices(token.text, token.is_opening)

    def _choose(self, word: str, is_opening: bool) -> tuple[Reading, ...]:
        """The readings of a word as it stands in the text, capitals and all, best first."""
        shape = word.lower() if word.isupper() else word[:1].lower() + word[1:]
        found = [
            Reading(_placed(one.word, word, is_opening), one.score - _capital_cost(one, word, is_opening), one.is_known)
            for one in self._readings.of(shape)
        ]
        if word[:1].isupper():
            found += [
                Reading(cased(one.word, word), one.score, is_name=True) for one in self._readings.names_of(word.lower())
            ]
        found.sort(key=lambda one: -one.score)
        return tuple(one for one in found if one.score >= found[0].score - MARGIN)

    def suggest(self, word: str, vocabulary: Mapping[str, int]) -> str | None:
        """The commonest word of the vocabulary that `word` is when its marks are given back."""
        bare = without_marks(word.lower())
        hits = [one for one in vocabulary if without_marks(one.lower()) == bare]
        return max(hits, key=lambda one: vocabulary[one], default=None)


# A word with a capital inside a sentence is a name unless the capital itself is a misread letter.


INNER_CAPITAL_COST = 4.0


def _capital_cost(reading: Reading, word: str, is_opening: bool) -> float:
    if is_opening or not word[:1].isupper() or word.isupper() or not reading.is_known:
        return 0.0
    return INNER_CAPITAL_COST


def _placed(new: str, word: str, is_opening: bool) -> str:
    """`new` with the capitals of `word`; a capital A or O inside a sentence may be a small å, ä or ö misread."""
    if not is_opening and word[:1] == "I" and new[:1] == "l":
        return new
    if not is_opening and word[:1] in "AO" and new[:1] in "åäö" and not word.isupper() and _is_common(new):
        return new
    return cased(new, word)


def _is_common(word: str) -> bool:
    """Whether the word is no name: in the dictionary in lower case, and no body's name (*Äldrenämnden*)."""
    return hunspell.is_word(word) and not _BODY.search(word)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text that may be repaired; addresses are left out."""
    taboo = [match.span() for match in _ADDRESS.finditer(text)]
    last_end = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        if not word or not any(char.isalpha() for char in word):
            continue
        opening = _is_opening(text, last_end, match.start())
        last_end = match.end()
        if not any(a < match.end() and match.start() < b for a, b in taboo):
            short = word.isupper() and len(word) <= MAX_SHORT_FORM_CHARS and not _is_in_capitals(text, match.start())
            yield Token(match.start(), match.end(), word, opening, short)


MIN_FULL_LINE_CHARS = 50
MAX_SHORT_FORM_CHARS = 5


def _is_in_capitals(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return line.isupper() and sum(len(word) > 1 for word in line.split()) > 1


def _is_opening(text: str, before: int, start: int) -> bool:
    """Whether a sentence, line or list begins here, so that a capital says nothing."""
    between = text[before:start]
    if not before or any(char in _LINE_END for char in between):
        return True
    if "\n" not in between:
        return bool(between.strip(" ,;")) and between.strip(" ,;") in "-–\"”'(/"
    line_start = text.rfind("\n", 0, before) + 1
    return between.count("\n") > 1 or before - line_start < MIN_FULL_LINE_CHARS


def is_foreign(words: Sequence[str]) -> bool:
    """Whether English or German little words outnumber Swedish ones; a list of names is not foreign."""
    swedish = sum(word.lower() in SWEDISH_WORDS for word in words)
    return sum(word.lower() in FOREIGN_WORDS for word in words) > swedish


def context_forms(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    """The words of a text with their places in the row of forms (bare words, signs, numbers) that context looks at."""
    return _forms(text, [(token, token.text) for token in tokens(text)])


def _forms(text: str, words: Sequence[tuple[Token, str]]) -> tuple[list[tuple[int, str]], list[str]]:
    """As `context_forms`, of words that are already chosen."""
    forms: list[str] = []
    places, at = [], 0
    for token, word in words:
        forms += _signs(text[at : token.start])
        places.append((len(forms), word))
        forms += without_marks(word.lower()).split()
        at = token.end
    return places, forms + _signs(text[at:])


def _signs(between: str) -> list[str]:
    found = MARK.findall(between)
    signs = [(YEAR if len(sign) == len(YEAR) else NUMBER) if sign.isdigit() else sign for sign in found]
    return [*signs, EDGE] if "\n\n" in between else signs


def is_protected(token: str) -> bool:
    """Whether a token may never change: numbers, and numbers with a known suffix or label (7A, åk7, F-6, kl13)."""
    if not any(char.isalpha() for char in token) or len(token) == 1:
        return True
    if not any(char.isdigit() for char in token):
        return token.isupper() and len(token) < MIN_CHARS
    if _DIGITS_TOGETHER.search(token) or len(token) < MIN_CHARS:
        return True
    rest = token.lstrip("0123456789")
    return bool(_LABEL.fullmatch(token)) or rest.lower() in UNITS or token[-1].isdigit()


def _may_be_damaged(word: str) -> bool:
    return len(word) >= MIN_CHARS and any(letter in "aoAOé" for letter in word) and not word.isupper()


def rule_of(before: str, after: str) -> str:
    """What the edit is called in the trail."""
    if any(char.isdigit() or char in ODD for char in before):
        return "siffra i ord"
    if before[:1].isupper() and after[:1].islower():
        return "versal i mening"
    return "å ä ö" if without_marks(before) == without_marks(after) else "förväxlad bokstav"


def cased(word: str, model: str) -> str:
    """`word` with the capitals of `model`."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def trail(text: str, edits: Sequence[Edit], *, unsure: bool = False) -> tuple[Repair, ...]:
    """The edits as repairs with line and column from 1."""
    return tuple(
        Repair(
            rule=rule,
            before=text[start:end],
            after=new,
            line=text.count("\n", 0, start) + 1,
            column=start - text.rfind("\n", 0, start),
            unsure=unsure,
        )
        for start, end, new, rule in edits
    )
