"""Swedish compounds taken apart by a guarded split over known stems."""

from __future__ import annotations

from functools import lru_cache

from corpus.swedish import lemmas, lexicon

VERSION = f"5:{lemmas.VERSION}"

MIN_WORD_CHARS = 6
MIN_PART_CHARS = 3
MAX_DEPTH = 3
# Rarest part, in occurrences per million: below it the word lists hold fragments and foreign words ("loge", "iken").
MIN_FREQUENCY = 0.3
# A rare word that has no reading so is given one with rarer stems, which are no fragments at this length:
# *överlämnings-blankett, avrops-svar*.
MIN_FREQUENCY_LONG, LONG_CHARS = 0.01, 5
# A word that is in the dictionary whole is only split into parts that are common themselves: "elev-hälsa", never
# "mate-matik".
MIN_FREQUENCY_IN_KNOWN = 1.0
CACHED_WORDS = 60_000
# Parts of three letters chance into every word; only these nouns, adjectives and short forms make compounds.
SHORT_PARTS = frozenset(
    """
    arv bad bas bil bok bud bus bus båt dag dal data del djur don dop egg elev far fas fel fil fri gas gym hav hem hot
    hud hus häl hög ide jul jobb kör läxa resa läsa lek lag lov lån lön läs mat mil mor mun mål mål mys möb nöd ord pro råd ren rum rus
    röd rör rös sak sal sex sju sko sko sol spel steg syn syo syv tak tal tid tim ton två tre tub tur vad val vux vår
    väg väv yta åld åk ålder år ämne öra bio bus dia etik foto fest gård hal hår idé kök kon kött ljud ljus lek mobil
    sop sopa ram hel fot eld liv fik kaj tåg tyg ägg lås kod ved ost
    mor mön nät ögon per räd rök sem snö sår sär tv ung ute van vit vän övn fyr fem sim ski spö yrk
    """.split()
)
# Endings that are words or word-like and yet make derivations or inflections: "kva-lit-et", "enig-het", "led-ning".
NOT_HEADS = frozenset(
    """
    het heten heter heterna hetens skap skapet skapen dom domen ning ningen ningar ningarna else elsen elser ade ades
    are arna aren arnas inna isk iska iskt lig liga ligt bar bara bart sam samma samt ande anden ende enden ing des
    ingen ingar ingarna tion tionen tioner ism ist ista era eras erade erat ering eringen ivitet itet iteten ets nas
    ans ant ent ens ern erna orna arnas ernas aste ast lös löst lösa vis gång den det nets sens
    förande förandet föranden förandes tagande tagandet hållande gående ställande läggande sena dena tens ation
    ationen ationer logi login graf grafi naren ners kola kolan kolor kolorna
    """.split()
)
NOT_FIRSTS = frozenset(
    """
    för inne den det att och som han hon var sin ing ens ans ers ist est ter der besluta bara inter under över genom
    mellan förse efter upp ned samman fram till från med emot mot kring
    """.split()
)
# A first part may stand in a linking form: written -> stem. "skol-" is skola, "kyrko-" kyrka, "gatu-" gata.
# "arbets-" arbete, "löne-" lön, "gymnasie-" gymnasium, "deltagar-" deltagare, "föräldra-" förälder.
LINKS = (
    ("s", ""), ("", ""), ("", "a"), ("o", "a"), ("u", "a"), ("e", "a"), ("", "e"), ("e", "e"), ("s", "e"), ("e", ""),
    ("e", "um"), ("ra", "er"),
)  # fmt: skip
# Endings that make nouns; such a word is a stem when it is common, though the dictionary lists it under its verb.
NOUN_MAKERS = (
    "are", "ning", "else", "het", "skap", "tion", "verkan", "nad", "ande", "ende", "älan", "ökan", "judan", "ågan",
    "örjan", "äntan", "ndran",
)  # fmt: skip

Piece = tuple[str, str, float]


@lru_cache(maxsize=CACHED_WORDS)
def split(word: str) -> tuple[str, ...]:
    """The lemmas of a compound's parts in order; empty when it is none.

    *kvalitetsdialogerna* gives kvalitet, dialog; *kva-lit-et* never comes about.
    """
    return tuple(dict.fromkeys(lemma for _, lemma, _ in _reading(word)))


@lru_cache(maxsize=CACHED_WORDS)
def pieces(word: str) -> tuple[str, ...]:
    """The written pieces with their linking letters: kvalitets, dialogerna. The word itself when it is no compound."""
    return tuple(piece for piece, _, _ in _reading(word)) or (word,)


def first_part(piece: str) -> float | None:
    """How common the stem behind a compound's first part is, per million; None when the piece cannot be one."""
    found = _first(piece)
    return None if found is None else found[2]


@lru_cache(maxsize=CACHED_WORDS)
def _reading(word: str) -> tuple[Piece, ...]:
    whole = _known(word)
    least = MIN_FREQUENCY if whole is None else MIN_FREQUENCY_IN_KNOWN
    found = _best(word, 0)
    if not found and whole is None and lexicon.frequency(word) < MIN_FREQUENCY_IN_KNOWN:
        return _best(word, 0, MIN_FREQUENCY_LONG) or ()
    return found if found and min(rate for _, _, rate in found) >= least else ()


def _best(word: str, depth: int, floor: float = MIN_FREQUENCY) -> tuple[Piece, ...] | None:
    """The reading with the fewest parts, of those the one whose rarest part is commonest. Never one part."""
    best: tuple[Piece, ...] | None = None
    if len(word) < MIN_WORD_CHARS or depth >= MAX_DEPTH:
        return None
    for end in range(MIN_PART_CHARS, len(word) - MIN_PART_CHARS + 1):
        first = _first(word[:end], floor)
        rest = _rest(word[end:], depth, floor) if first is not None else None
        if first is None or rest is None:
            continue
        reading = (first, *rest)
        if best is None or _rank(reading) > _rank(best):
            best = reading
    return best


def _rank(reading: tuple[Piece, ...]) -> tuple[int, float]:
    return -len(reading), min(rate for _, _, rate in reading)


def _rest(piece: str, depth: int, floor: float) -> tuple[Piece, ...] | None:
    if piece in NOT_HEADS:
        return None
    known = _known(piece, floor)
    if known is not None and (len(piece) > MIN_PART_CHARS or piece in SHORT_PARTS):
        return ((piece, *known),)
    return _best(piece, depth + 1, floor)


def _known(word: str, floor: float = MIN_FREQUENCY) -> tuple[str, float] | None:
    """Lemma and frequency of a word that exists, as running word or lemma, whichever is commoner."""
    lemma = lemmas.lemma(word)
    rate = max(lexicon.frequency(word), lexicon.frequency(lemma))
    return (lemma, rate) if rate >= _least(lemma, floor) and _is_stem(lemma) else None


def _least(stem: str, floor: float) -> float:
    return floor if len(stem) >= LONG_CHARS else MIN_FREQUENCY


def _is_stem(lemma: str) -> bool:
    if lexicon.is_stem(lemma):
        return True
    return lemma.endswith(NOUN_MAKERS) and lexicon.frequency(lemma) >= 1.0 and lexicon.lemma(lemma) == lemma


def _first(piece: str, floor: float = MIN_FREQUENCY) -> Piece | None:
    best: Piece | None = None
    for ending, restored in LINKS:
        if not piece.endswith(ending):
            continue
        stem = piece[: len(piece) - len(ending)] + restored
        if stem in NOT_FIRSTS or (len(stem) - len(restored) <= MIN_PART_CHARS and stem not in SHORT_PARTS):
            continue
        rate = lexicon.frequency(stem)
        if rate >= _least(stem, floor) and _is_stem(stem) and (best is None or rate > best[2]):
            best = (piece, stem, rate)
    return best
