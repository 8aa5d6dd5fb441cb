"""The most and the least: which row of a table, or which of the places that a sentence counts, is above or below the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Computation, Evidence
from assistant.material import Composed, Material, Writer, newest_first
from assistant.readings import Reading, Readings, extreme_of, readings_of
from assistant.references import meeting_name
from assistant.sentences import terms_of
from corpus.records import Passage
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

# How much of the matter the headings and the table's passage, or the sentence itself, must hold.
LEAST_MATTER = 0.6
MAX_PASSAGES = 12
# What a heading is worth beside each word of the question it holds: for being of the asked measure, and for holding no more.
UNIT_WORTH, WHOLE_WORTH = 1.0, 0.4
_MONEY, _OF_MONEY = (
    re.compile(r"betala|kosta|kostn|dyr|billig|pris|avgift|taxa"),
    re.compile(r"kr\b|kron|kost|pris|belopp|avgift|taxa"),
)
# From which point on something is done is no size of it: *en utredning inleds när frånvaron överstiger 10 procent*.
_BAR = re.compile(r"\b(?:över|under)stig\w*|\w*gräns\w*", re.IGNORECASE)
_SIZED = re.compile(r"\b(?:mest|flest|minst|färst|topp\w*|bara|endast|\w{3,}ast\w{0,2}|\w*(?:högst|lägst|störst|längst)\w*)\b|\d", re.IGNORECASE)  # fmt: skip
# What sort of thing is asked for, which the rows need not say of themselves: *vilken kommun*.
_SORT = re.compile(r"\b(?:vilken|vilket|vilka) (\w+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST = re.compile(r"\b(?:mest|flest|hogst\w*|storst\w*|dyrast\w*|langst\w*)\b")
_LEAST = re.compile(r"\b(?:minst|lagst\w*|farst|billigast\w*|kortast\w*)\b")
_ASKS = re.compile(r"^(?:och |men )?(?:(?:i|hos|på) )?(?:vilken|vilket|vilka|vem|vems|var)\b|\beller\b", re.IGNORECASE)
# Where the superlative is no size: *åtminstone, vad tyckte man mest om*.
_NO_SIZE = re.compile(r"\b(?:i det minsta|åtminstone|minst (?:en|två|tre|\d+)|som (?:mest|minst))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A superlative as the answer begins with it, and whether it asks for the most."""

    word: str
    is_most: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Numbers that the question may ask the extreme of, in their passage."""

    evidence: Evidence
    readings: Readings
    fit: tuple[float, float, bool, date]


def extremes(material: Material) -> Composed | None:
    """Who has the most or the least of what the documents number; None where they do not number it, or it is not asked."""
    asked = _asked(material.question.whole)
    best = max(_found(material), key=lambda one: one.fit, default=None) if asked else None
    if best is None:
        return None
    writer = Writer(material)
    for one in asked:
        _tell(writer, material, best, one)
    return writer.done()


def only_sized(material: Material, composed: Composed) -> Composed:
    """The answer, or none where the most is asked and no sentence of it sizes anything."""
    is_sized = any(_SIZED.search(one.text.split("(")[0]) for one in composed.sentences)
    return composed if is_sized or not _asked(material.question.whole) else Composed()


def _asked(question: str) -> list[_Asked]:
    """The superlatives of a question for who or which, in their order."""
    if not _ASKS.search(question) or _NO_SIZE.search(question):
        return []
    folded = fold_letters(question)
    found = [(one, True) for one in _MOST.finditer(folded)] + [(one, False) for one in _LEAST.finditer(folded)]
    return [_Asked(_SAID[one.group()[:4]], is_most) for one, is_most in sorted(found, key=lambda pair: pair[0].start())]


_SAID = {
    "mest": "Mest", "fles": "Flest", "hogs": "Högst", "stor": "Störst", "dyra": "Dyrast", "lang": "Längst",
    "mins": "Minst", "lags": "Lägst", "fars": "Färst", "bill": "Billigast", "kort": "Kortast",
}  # fmt: skip


def _found(material: Material) -> Iterator[_Found]:
    """What may be asked for; of what holds as much, the newest."""
    question = material.question.whole
    for one in material.evidence[:MAX_PASSAGES]:
        numbered = readings_of(one.passage)
        for readings in numbered:
            share, fit = _share(material, one.passage, readings), _fits(readings, numbered, question)
            is_open = len(_named(readings.rows, question)) != 1 and _is_of_year(one.passage, question)
            if share >= LEAST_MATTER and fit is not None and is_open:
                day = newest_first(one.passage.date)
                yield _Found(one, readings, (round(share, 1), fit, str(day.year) in question, day))


def _share(material: Material, passage: Passage, readings: Readings) -> float:
    """How much of the matter the headings hold together with the table's passage, or with the sentence."""
    own = readings.rows[0].quote if readings.is_sentence else passage.text
    if readings.is_sentence and _BAR.search(own):
        return 0.0
    about, held = material.about(), terms_of("\n".join((*passage.heading, passage.body or "", own)))
    sorts = _SORT.findall(material.question.whole)
    lemmas = frozenset(lemma for sort in sorts for lemma in analysis.analyse(sort).lemmas)
    told = [one for one in about.groups if not (one.ways and one.ways[0][0] in lemmas)]
    return sum(one.weight * one.strength(held) for one in told) / (sum(one.weight for one in told) or 1.0)


def _is_of_year(passage: Passage, question: str) -> bool:
    """Whether the passage speaks of the years that the question names, or is of them."""
    told = "\n".join((*passage.heading, passage.text, str(passage.date or "")))
    return all(year in told for year in _YEAR.findall(question))


def _fits(readings: Readings, all_of: Sequence[Readings], question: str) -> float | None:
    """How much of the question the numbers' own heading holds; None where another one holds as much or no heading tells."""
    worths = {one.key: _worth(one, question) for one in all_of if one.is_sentence == readings.is_sentence}
    own = worths.pop(readings.key)
    if readings.is_sentence:
        return own
    return own if own > max(worths.values(), default=0.0) or own == 0 and not worths else None


def _worth(readings: Readings, question: str) -> float:
    asked, sort = fold_letters(question), fold_letters(readings.sort)
    named = _words(readings.sort)
    shared = len(_words(question) & named)
    is_measure = bool(_MONEY.search(asked) and _OF_MONEY.search(sort))
    whole = WHOLE_WORTH * shared / (len(named) or 1)
    return shared + whole + UNIT_WORTH * is_measure + (len(_named(readings.rows, question)) > 1)


def _words(text: str) -> frozenset[str]:
    return terms_of(text) | frozenset(re.findall(r"\d+", text))


def _named(rows: Sequence[Reading], question: str) -> list[Reading]:
    """The rows that the question names."""
    folded = analysis.fold(question)
    return [one for one in rows if re.search(rf"\b{re.escape(analysis.fold(one.label))}s?\b", folded)]


def _tell(writer: Writer, material: Material, best: _Found, asked: _Asked) -> None:
    """The one row, cited with the heading of its numbers; then the others that were named."""
    passage, readings = best.evidence.passage, best.readings
    part = material.part(passage.part_id)
    named = _named(readings.rows, material.question.whole)
    first = extreme_of(named or readings.rows, asked.is_most)
    if first is None:
        return
    head = [writer.cite(part, readings.head[0], readings.head[1], passage.passage_id)] if readings.head else []
    sort = f" ({readings.sort.lower()})" if readings.sort else ""
    computation = Computation(
        rule="extreme",
        values=(first.label, first.told),
        about=(passage.passage_id, readings.key, "mest" if asked.is_most else "minst", *(one.label for one in named or readings.rows)),
    )  # fmt: skip
    own = writer.cite(part, first.span, first.quote, passage.passage_id)
    writer.computed(
        f"{asked.word}: {first.label}, {first.told}{sort} ({meeting_name(part)})", [own, *head], computation
    )
    for one in (one for one in named if one != first):
        writer.claim(
            f"{one.label}: {one.told}{sort}", [writer.cite(part, one.span, one.quote, passage.passage_id), *head]
        )
