"""Text to search terms: lemmas, compound parts, numbers and dates, and the folded 4-grams of the shadow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.swedish import compounds, lemmas, lexicon, roots

VERSION = f"5:{lemmas.VERSION}:{compounds.VERSION}:{roots.VERSION}"

GRAM_CHARS = 4
# Distinct words kept analysed: a network's whole archive holds some 100 000, at about 1 kB each when all are kept.
CACHED_WORDS = 60_000

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb",
            "mars",
            "april apr",
            "maj",
            "juni jun",
            "juli jul",
            "augusti aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"""
      (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
    | (?P<day>\b\d{{1,2}})(?::e|:a)?\s+(?P<month>{_MONTH})\b\.?(?:\s+(?P<year>(?:19|20)\d\d)\b)?
    | (?P<paragraph>§§?\s*\d+)
    | (?P<number>\d+(?:[ \u00a0\u202f]\d{{3}})+\b|\d+(?:[.,:/]\d+)*)(?P<suffix>[^\W\d_]*)
    | (?P<word>[^\W\d_]+(?:[-‑'’&:][^\W\d_]+)*(?:-?\d+)?)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Endings of nouns that the word lists lack; a genitive of a name that they lack (*Sörvikas*, no *Öxnäs*).
ENDINGS = ("ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets", "en", "et", "er", "ar", "or", "n", "t", "s")
# So many times commoner must what is left be than the listed word (*dealen, deal*; not *juliet*).
COMMONER = 3.0
GENITIVE = re.compile(r"^.{4,}[^sxzåä]s$")

# Words that carry grammar and no matter. Closed classes only: a word that could name a matter is never here.
STOP_WORDS = frozenset(
    """
    och att i på som en ett det den de dem är var för av med till har hade inte om han hon man så men eller vid från
    under efter utan mot mellan genom över kan kunde ska skall skulle vill ville måste får fick bli blir blev vara
    varit finns fanns där här när då nu sig sin sitt sina vi oss vår vårt våra ni er ert era du dig din ditt dina
    jag mig min mitt mina dess deras hans hennes denna detta dessa även också samt bara endast hur vad vem vilka
    vilken vilket varför vars än ej ut in upp ned ner ju väl dock annat annan andra någon något några ingen inget
    inga alla allt all sådan sådant sådana varje båda både kommer kom göra gör gjorde ha haft honom henne dit hit
    därför därmed vilkas åt per ur inom utom bland kring enligt hos ens vare sig via tills medan innan eftersom fast
    trots
    """.split()
)
# Words with which questions ask and commands command; lost from questions, kept in documents.
QUESTION_WORDS = frozenset(
    """
    vad vem vems vilka vilken vilket hur när var varför varifrån vart huruvida berätta visa sök hitta lista ge
    förklara beskriv sammanfatta säger sägs sades sagt står stod stått gäller gällde handlar handlade handla
    angående tack snälla hej undrar undra fråga veta vet gå finnas göra ske hända hände hänt tal gång någonsin
    egentligen säga nämna nämns nämnts nämndes tycka tyckte anse dokument dokumenten protokoll protokollet
    protokollen anteckningarna
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """The terms of one running word. `parts` are the lemmas of a compound's parts, empty for other words.

    `roots` are the word's and its parts' families, marked by `~`.
    """

    lemma: str
    parts: tuple[str, ...]
    grams: tuple[str, ...]
    is_stop: bool
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text's terms. `lemmas` are in text order without stop words; numbers, dates and § stand among them."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    grams: tuple[str, ...]
    numbers: tuple[str, ...]
    wholes: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """What the body field holds: the lemmas in order (for phrases), then the compound parts, then the roots."""
        return self.lemmas + self.parts + self.roots


def fold(text: str) -> str:
    """Lower case without marks: å and ä become a, ö becomes o. For the shadow and for comparing, never for storing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("ø", "o").replace("æ", "a")


def analyse(text: str) -> Analysis:
    """All terms of a document's text."""
    lemmas: list[str] = []
    parts: list[str] = []
    grams: list[str] = []
    numbers: list[str] = []
    wholes: list[str] = []
    families: list[str] = []
    for kind, token in tokens(text):
        if kind == "number":
            numbers.append(token)
            lemmas.append(token)
            continue
        word = analyse_word(token)
        if word.is_stop:
            continue
        lemmas.append(word.lemma)
        parts.extend(word.parts)
        grams.extend(word.grams)
        wholes.append(whole(token))
        families.extend(word.roots)
    return Analysis(tuple(lemmas), tuple(parts), tuple(grams), tuple(numbers), tuple(wholes), tuple(families))


def terms(text: str) -> frozenset[str]:
    """The terms of a document's text as `Analysis.terms` has them, without their order: a third of the work."""
    found: set[str] = set()
    for kind, token in tokens(text):
        if kind == "number":
            found.add(token)
        else:
            found |= _word_terms(token)
    return frozenset(found)


@lru_cache(maxsize=CACHED_WORDS)
def _word_terms(word: str) -> frozenset[str]:
    one = analyse_word(word)
    return frozenset() if one.is_stop else frozenset((one.lemma, *one.parts, *one.roots))


def content_words(text: str) -> list[str]:
    """The lemmas of a question that carry its matter: no stop words, no question words, numbers kept."""
    return [lemma for lemma, _ in content_tokens(text)]


def content_tokens(text: str) -> list[tuple[str, str]]:
    """Lemma and running word of a question's content words; all words when nothing else would be left."""
    found = [
        (token if kind == "number" else analyse_word(token).lemma, token)
        for kind, token in tokens(text)
        if kind == "number" or token not in STOP_WORDS
    ]
    content = [(lemma, token) for lemma, token in found if token not in QUESTION_WORDS and lemma not in QUESTION_WORDS]
    return content or found


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """(`word` or `number`, token) in text order: words in lower case NFC; dates as ISO, § numbers as `§14`.

    A short form that would be a little word in small letters (*SKA, VAR*) stands in capitals among the numbers.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            word = match.group()
            if word.isupper() and _is_short_form(word, text, match.start()):
                yield "number", word
            else:
                yield "word", word.lower()
        else:
            for token in _numbers(match):
                yield "number", token


def _is_short_form(word: str, text: str, at: int) -> bool:
    """Capitals that are a little word in small letters, in a line that is not all in capitals."""
    if len(word) < 2 or word.lower() not in STOP_WORDS:
        return False
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return any(char.islower() for char in line)


def _numbers(match: re.Match[str]) -> tuple[str, ...]:
    if match["iso"]:
        return match["iso"], match["iso"][:4]
    if match["month"]:
        month = MONTHS[match["month"].lower()]
        day = f"{month:02}-{int(match['day']):02}"
        return (f"{match['year']}-{day}", match["year"]) if match["year"] else (day,)
    if match["paragraph"]:
        return (f"§{match['paragraph'].lstrip('§ ').strip()}",)
    digits = re.sub(r"[\s\u00a0\u202f]", "", match["number"])
    suffix = match["suffix"].lower()
    return (digits + suffix,) if suffix else (digits,)


@lru_cache(maxsize=CACHED_WORDS)
def analyse_word(word: str) -> Word:
    """The terms of one word in lower case."""
    if word in STOP_WORDS:
        return Word(word, (), (), True)
    lemma, parts = _lemma_and_parts(word)
    families = dict.fromkeys(f"~{roots.root(one)}" for one in (lemma, *parts))
    return Word(lemma, parts, grams(word), False, tuple(families))


def grams(word: str) -> tuple[str, ...]:
    """The folded word's 4-grams with `^` and `$` at its ends."""
    folded = fold(word)
    edged = f"^{folded}$"
    pieces = [edged[i : i + GRAM_CHARS] for i in range(len(edged) - GRAM_CHARS + 1)]
    return tuple(pieces or [edged])


@lru_cache(maxsize=CACHED_WORDS)
def whole(word: str) -> str:
    """The folded word as one term of the shadow: what is left to find of a word that lost its marks."""
    return f"={fold(word)}"


def _lemma_and_parts(word: str) -> tuple[str, tuple[str, ...]]:
    pieces = re.split(r"[-‑]", word)
    if len(pieces) > 1:
        lemmas = [_simple(piece) for piece in pieces if piece]
        inner = [part for piece in pieces if piece for part in _split_parts(piece)]
        head = "-".join([*pieces[:-1], lemmas[-1]]) if lemmas else word
        return head, tuple(dict.fromkeys([*lemmas, *inner]))
    return _simple(word), _split_parts(word)


def _simple(word: str) -> str:
    """The lemma; of an unknown compound its head's lemma behind its other parts, of an unknown genitive the name."""
    lemma = lemmas.lemma(word)
    if lemma != word or lexicon.is_stem(word):
        return lemma
    pieces = compounds.pieces(word)
    if len(pieces) > 1:
        return word[: len(word) - len(pieces[-1])] + _simple(pieces[-1])
    return _stripped(word)


def _stripped(word: str) -> str:
    """A word that no dictionary has without its ending, where a commoner one is left (*helpdesken*), or without its genitive s."""
    rate = lexicon.frequency(word)
    for ending in ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 3 and lexicon.frequency(stem) > COMMONER * rate:
            return lemmas.lemma(stem)
    return word[:-1] if not rate and GENITIVE.search(word) else word


def _split_parts(word: str) -> tuple[str, ...]:
    return compounds.split(word)
