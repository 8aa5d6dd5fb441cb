"""Whether a sentence means what its source says: matter, negation, strength, outcome, hedges, opposites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant import checks
from corpus.swedish import analysis, thesaurus, wording
from corpus.swedish.days import MONTHS, WEEKDAYS
from corpus.swedish.wording import fold_letters

Fault = Literal["elsewhere", "negation", "strength", "outcome", "hedge", "turned"]
# How large a share of a sentence's heavy words its source may lack: none of two, one of three to five; of what is told as
# decided one of five. When half was enough, *Nätverket beslutade att simskolan läggs ned* held where the decision gave
# simskolan its money; right paraphrases in the table of cases lack one of three at most.
MAX_MISSING, MAX_MISSING_DECIDED, MOST = 0.34, 0.2, 0.5
# A clause of the source is what a clause tells when it holds this much of it; under it nothing is compared.
MIN_OVERLAP = 0.34
NEAR_BEST = 0.9
MIN_QUOTE_WORDS = 3
MIN_STEM_CHARS, ENDING_CHARS = 6, 4
# A line this long was broken by the margin and goes on in the next one, capital or not.
FULL_LINE_CHARS = 60
# A word that means the same counts from this weight of the thesaurus on.
MIN_SAME = 0.5

_QUOTED = re.compile(r"[«»”\"“][^«»”\"“]*[«»”\"“]")
_SHORT = "".join(rf"(?<!\b{short})" for short in "[A-Za-zÅÄÖåäö] kl ca nr st kap jfr dvs resp bitr inkl exkl".split())
_CLAUSE = re.compile(rf"{_SHORT}[.;:!?,]\s|\s[–-]\s|\n|\b(?:men|dock|medan|däremot|och att|samt att|fast)\b")
_PART = re.compile(r";\s|,\s(?:och|men|medan|samt)\s")
_POINTS_BACK = re.compile(r"(?:forslaget|fragan|arendet|det|detta|yrkandet|punkten|policyn|beslutet|man|motet)\b")
# How far after the matter its outcome may stand.
REACH_SENTENCES = 3
_END = re.compile(rf"((?:{_SHORT}\.|[!?:;]))\s+")
_ITEM = re.compile(r"\s*(?:[-•–*▪]\s|\d{1,2}[.)]\s|§)")
_LABELS = re.compile(
    r"^(?P<l>beslut|rekommendation|overenskommelse|stallningstagande|forslag|information)\b(?!\s+(?:om|att|ar|blir)\b)"
)
_LABELLED = {fold_letters(name): name for name in
             ("beslut", "rekommendation", "överenskommelse", "ställningstagande", "förslag", "information")}  # fmt: skip
# How binding each strength is.
_RANK = {"beslut": 3, "rekommendation": 2, "överenskommelse": 2, "ställningstagande": 2, "förslag": 1, "information": 0}
# Proposals and talks are weighed as strengths; in the sentence itself they count as hedges.
_PROPOSED = re.compile(r"\b(?:föresl|förslag|föreslag|diskuter)\w*", re.IGNORECASE)
_PARTICLES = frozenset("in ut upp ned ner bort fram ihop igång undan isär".split())
_TOLD = frozenset(
    (verb, particle)
    for particle, verbs in {"upp": "ta lyfta komma", "fram": "komma hålla lägga föra", "in": "komma"}.items()
    for verb in verbs.split()
)
_UNSURE = ("planerat", "troligt", "kanske")
_POSTPONED = frozenset(("bordlagt", "återremiss", "avslag"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text with its content terms; `strength` may come from the line that governs it."""

    text: str
    terms: frozenset[str]
    strength: str | None = None


def fault(text: str, source: str, around: str = "") -> Fault | None:
    """How `text` departs from what `source` says; `around` (heading, label) counts for the matter only."""
    sentences = _sentences(source)
    rest = _without_words_of(text, source)
    if rest is not None:
        return None if _is_label_right(rest, sentences) else "strength"
    plain = _without_templates(text)
    told = [piece for piece in _pieces(_CLAUSE.split(plain)) if piece.terms]
    missing = _missing_share(told, f"{source}\n{around}")
    if missing > MOST:
        return "elsewhere"
    clauses = [piece for one in sentences for piece in _pieces(_CLAUSE.split(one.text))]
    if _is_negation_turned(told, clauses):
        return "negation"
    unquoted = _without_templates(_QUOTED.sub(" ", text))
    if not told or not unquoted.strip(" ,.()"):
        return None
    found = _sentence_fault(unquoted, text, sentences) or _clause_fault(told, clauses)
    most = MAX_MISSING_DECIDED if _told_strength(unquoted) == "beslut" else MAX_MISSING
    return found or ("elsewhere" if missing > most else None)


def _without_words_of(text: str, source: str) -> str | None:
    """What stands in `text` beside the source's own words, when it holds all of them as they are; else None."""
    said, held = " ".join(text.split()), " ".join(source.split()).strip(" .•–*-")
    return said.replace(held, " ", 1) if len(held.split()) >= MIN_QUOTE_WORDS and held in said else None


def _is_label_right(rest: str, sentences: Sequence[_Piece]) -> bool:
    """Whether what is called a decision (a proposal …) before its own words is one."""
    label = _LABELS.match(fold_letters(rest.strip()))
    if label is None or not sentences:
        return True
    told = _LABELLED[label["l"]]
    return any(one.strength is None or _is_same_strength(told, one.strength) for one in sentences)


def _without_templates(text: str) -> str:
    """The text without the phrases of composed sentences, of the same length and so with its clauses."""
    return re.sub(r"\s+", " ", _blanked(text, checks.template_pattern())).strip()


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    folded = fold_letters(text)
    for match in pattern.finditer(folded):
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text


# --- matter -----------------------------------------------------------------------------------------------------


def _missing_share(told: Sequence[_Piece], source: str) -> float:
    """The share of the words that carry the matter which stand nowhere in the source."""
    every = frozenset().union(*(piece.terms for piece in told)) if told else frozenset()
    heavy = {term for term in every if not _is_value(term) and not _is_light(term)}
    held = frozenset(analysis.fold(term) for term in analysis.analyse(source).terms)
    verbs = {pair for piece in told for pair in _particle_verbs(piece.text)}
    missing = sum(not _is_held(term, held) for term in heavy)
    missing += sum(not _is_particle_verb_held(*pair, source) for pair in verbs)
    return missing / max(len(heavy) + len(verbs), 1)


def _is_light(term: str) -> bool:
    if term in checks.light_words():
        return True
    folded = fold_letters(term)
    patterns = (checks.negation_pattern(), *checks.hedge_patterns().values())
    return any(pattern.fullmatch(folded) for pattern in patterns)


def _particle_verbs(text: str) -> set[tuple[str, str]]:
    """*ställs in*, *läggs ned*: the particle makes another verb of it. Those of reporting (*togs upp*) are left out."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    pairs = ((analysis.analyse_word(word).lemma, after) for word, after in pairwise(words) if after in _PARTICLES)
    return {
        (verb, "ned" if particle == "ner" else particle) for verb, particle in pairs if (verb, particle) not in _TOLD
    }


def _is_particle_verb_held(verb: str, particle: str, source: str) -> bool:
    if (verb, particle) in _particle_verbs(source):
        return True
    stem = analysis.fold(verb)[:-1]
    return re.search(rf"\b{particle}{stem}", analysis.fold(source)) is not None


def _is_value(term: str) -> bool:
    """Figures, number words, days and units have a check of their own."""
    folded = fold_letters(term)
    return (
        not term[0].isalpha()
        or checks.word_number(term) is not None
        or folded in checks.ordinals()
        or folded in checks.units()
        or folded in _time_words()
    )


@lru_cache(maxsize=1)
def _time_words() -> frozenset[str]:
    """Names of days and months as they stand and as the analysis reads them (*mars* as a form of *mara*)."""
    words = (*MONTHS, *WEEKDAYS, "klocka", "klockan", "kl", "läsår", "datum")
    return frozenset(fold_letters(form) for word in words for form in (word, analysis.analyse_word(word).lemma))


def _is_held(term: str, held: frozenset[str]) -> bool:
    if analysis.fold(term) in held or any(analysis.fold(part) in held for part in analysis.analyse_word(term).parts):
        return True
    return not held.isdisjoint(_same(term)) or _is_inflected(analysis.fold(term), held)


def _is_inflected(term: str, held: frozenset[str]) -> bool:
    """A word that the scan damaged has no lemma: it is its lemma with an ending."""
    return len(term) >= MIN_STEM_CHARS and any(
        word.startswith(term) and len(word) <= len(term) + ENDING_CHARS for word in held
    )


@lru_cache(maxsize=10_000)
def _same(term: str) -> frozenset[str]:
    """Other words for it, folded; of several words the first. A neighbouring word finds a passage and proves nothing."""
    words = [one for one in thesaurus.load().expand(term) if one.relation not in thesaurus.NEIGHBOURS]
    return frozenset(analysis.fold(one.term.split()[0]) for one in words if one.weight >= MIN_SAME)


def _terms(text: str) -> frozenset[str]:
    reporting = checks.reporting_words()
    return frozenset(lemma for lemma in analysis.analyse(text).lemmas if lemma not in reporting)


def _pieces(texts: Sequence[str]) -> list[_Piece]:
    return [_Piece(text, _terms(text)) for text in texts if text.strip()]


def _overlap(told: _Piece, held: _Piece) -> float:
    if not told.terms:
        return 0.0
    folded = frozenset(analysis.fold(term) for term in (*held.terms, *analysis.analyse(held.text).parts))
    return sum(_is_held(term, folded) for term in told.terms) / len(told.terms)


def overlap(told: str, held: str) -> float:
    """How much of what `told` speaks of stands in `held`, 0-1."""
    return _overlap(_Piece(told, _terms(told)), _Piece(held, _terms(held)))


def _aligned(told: _Piece, held: Sequence[_Piece]) -> list[_Piece]:
    """The pieces of the source that speak of the same; none when none holds enough of it."""
    scored = [(_overlap(told, piece), piece) for piece in held]
    best = max((score for score, _ in scored), default=0.0)
    return [piece for score, piece in scored if score >= best * NEAR_BEST] if best >= MIN_OVERLAP else []


# --- negation ---------------------------------------------------------------------------------------------------


def is_negated(text: str) -> bool:
    folded = checks.no_negation_pattern().sub(" ", fold_letters(text))
    return checks.negation_pattern().search(folded) is not None


def _is_negation_turned(told: Sequence[_Piece], clauses: Sequence[_Piece]) -> bool:
    """A clause denied where its source is not; or one of a sentence without any denial, told of what is denied."""
    denies = any(is_negated(piece.text) for piece in told)
    for piece in told:
        alike = _aligned(piece, clauses)
        is_no = is_negated(piece.text)
        if alike and all(is_negated(one.text) != is_no for one in alike) and (is_no or not denies):
            return True
    return False


# --- strength and outcome ---------------------------------------------------------------------------------------


def _sentence_fault(unquoted: str, text: str, sentences: Sequence[_Piece]) -> Fault | None:
    """Each part of a compound sentence against the sentences that speak of the same."""
    parts = list(zip(_PART.split(unquoted), _PART.split(text), strict=False))
    if len(_PART.split(unquoted)) != len(_PART.split(text)):
        parts = [(unquoted, text)]
    return next((found for one, whole in parts if (found := _part_fault(one, whole, sentences))), None)


def _part_fault(unquoted: str, text: str, sentences: Sequence[_Piece]) -> Fault | None:
    told = _told_strength(unquoted)
    alike = _aligned(_Piece(text, _terms(text)), sentences)
    if not alike:
        return "strength" if told == "beslut" else None
    if told is None:
        return _statement_fault(unquoted, alike)
    # *Förslaget bordlades*: what became of the matter may be told in a sentence of its own.
    right = [one for one in (*alike, *_what_became(alike, sentences)) if _is_as_strong(told, one)]
    if not right:
        return "strength"
    return None if any(_same_outcome(text, one) for one in right) else "outcome"


def _statement_fault(unquoted: str, alike: Sequence[_Piece]) -> Fault | None:
    """What is told as so, though the source only proposes it or asks."""
    if _clause_hedges(unquoted) or "?" in unquoted or "fraga" in fold_letters(unquoted):
        return None
    if all(one.strength == "förslag" for one in alike):
        return "strength"
    return "turned" if all(one.text.endswith("?") for one in alike) else None


def _what_became(alike: Sequence[_Piece], sentences: Sequence[_Piece]) -> list[_Piece]:
    after = [sentences[n + 1 : n + 1 + REACH_SENTENCES] for n, one in enumerate(sentences) if one in alike]
    return [one for few in after for one in few if _POINTS_BACK.match(fold_letters(one.text))]


def _told_strength(unquoted: str) -> str | None:
    label = _LABELS.match(fold_letters(unquoted.strip()))
    return _LABELLED[label["l"]] if label else wording.strength_of(unquoted)


def _is_as_strong(told: str, held: _Piece) -> bool:
    return told != "beslut" if held.strength is None else _is_same_strength(told, held.strength)


def _is_same_strength(told: str, held: str) -> bool:
    """What is told stronger than it is, is wrong, and a decision told as less too."""
    return told == held if "beslut" in (told, held) else _RANK[told] <= _RANK[held]


def _same_outcome(text: str, held: _Piece) -> bool:
    told, is_so = wording.outcome_of(text), wording.outcome_of(held.text)
    return told == is_so or not {told, is_so} & _POSTPONED


def _sentences(source: str) -> list[_Piece]:
    """The source's sentences and list items, each with its strength or that of the line that governs it."""
    found: list[_Piece] = []
    governing: str | None = None
    for text in (piece for line in _lines(source) for piece in _END.sub(r"\1\n", line).split("\n") if piece):
        own = wording.strength_of(text) or _heading_strength(text)
        is_item = bool(re.match(r"[-•–*▪]|\d+[.)]|att\b|[a-zåäö]", text))
        if text.endswith(":") or _heading_strength(text):
            governing = own
        elif not is_item and own is None:
            governing = governing if text.endswith((",", ";")) or not re.search(r"[.!?]$", text) else None
        found.append(_Piece(text, _terms(text), own or governing))
    return found


def _lines(source: str) -> list[str]:
    """Paragraphs, items and headings, each on one line: a line goes on where the margin broke it."""
    found: list[str] = []
    goes_on = ""
    for line in source.split("\n"):
        text = " ".join(line.split())
        is_new = not text or _ITEM.match(line) or not goes_on or not (text[0].islower() or goes_on == "full")
        if is_new:
            found.append(text)
        else:
            found[-1] += " " + text
        goes_on = "" if not text or text[-1] in ".!?:;" else "full" if len(text) >= FULL_LINE_CHARS else "short"
    return [line for line in found if line]


def _heading_strength(text: str) -> str | None:
    """*Förslag till beslut*, *Beslut*: a line that is only a label."""
    folded = fold_letters(text).strip(" :")
    if len(folded.split()) > 3:
        return None
    label = _LABELS.match(folded)
    return _LABELLED[label["l"]] if label else None


# --- hedges and opposites ---------------------------------------------------------------------------------------


def _clause_hedges(text: str) -> frozenset[str]:
    folded = fold_letters(text)
    return frozenset(name for name in _UNSURE if checks.hedge_patterns()[name].search(folded))


def _clause_fault(told: Sequence[_Piece], clauses: Sequence[_Piece]) -> Fault | None:
    for piece in told:
        alike = _aligned(piece, clauses)
        if not alike:
            continue
        if all(_clause_hedges(_PROPOSED.sub(" ", one.text)) for one in alike) and not any(
            _clause_hedges(one.text) for one in told
        ):
            return "hedge"
        if all(_is_opposite(piece.text, one.text) for one in alike):
            return "turned"
    return None


def _is_opposite(told: str, held: str) -> bool:
    one, other = fold_letters(told), fold_letters(held)
    return any(_turns(a, b, one, other) or _turns(b, a, one, other) for a, b in checks.opposites())


def _turns(a: re.Pattern[str], b: re.Pattern[str], told: str, held: str) -> bool:
    """The sentence has a word of one side alone, its source one of the other side alone."""
    return bool(a.search(told) and not b.search(told) and b.search(held) and not a.search(held))
