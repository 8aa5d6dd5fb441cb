"""Comparisons: for each side named (years, meetings, papers, places, bodies, things) the same thing told, and the difference."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant import named_paper, query
from assistant.answer import Computation, Evidence, Moment
from assistant.clauses import Clause
from assistant.evidence import clean_evidence, merged
from assistant.material import Composed, Material, Writer
from assistant.naming import named_seats
from assistant.paired_amounts import alike, amounts, asked_unit, comparable, difference_of, is_of_unit
from assistant.references import meeting_name
from assistant.sentences import terms_of
from assistant.sureness import belief, is_refused
from assistant.values import has_number
from corpus.records import Filter, Part
from corpus.swedish import analysis, thesaurus
from corpus.swedish.dates import find_period
from corpus.swedish.wording import fold_letters

# A side may be told on less than a whole answer: the other side stands beside it.
LEAST_BELIEF, LEAST_NEAR = 0.2, 0.3
# Of each side so many sentences are tried against the other side's.
MAX_TRIED, SEARCHED = 6, 12
# What counts when two sentences are paired, beside how sure they are: words in common, one unit, the side's own name.
ALIKE, SAME_UNIT, NAMED, NUMBERED, ASKED_UNIT, PLACED = 2.0, 1.5, 0.8, 0.5, 2.5, 2.0
# Less sure than this counts as this: a sentence of the right unit and place may be far below the best.
LEAST_SURE = 0.01
_PAPERS = (
    ("utkast", r"\w*utkast\w*|preliminart protokoll|ojustera\w+"),
    ("justerat protokoll", r"justerade?t? protokoll\w*|\bjustera(?:de|t)\b|slutliga protokollet"),
    ("kallelse", r"\w*kallelse\w*"),
    ("bildspel", r"\w*bildspel\w*|presentation\w*"),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_BEFORE = re.compile(r"\b(aret fore|aret innan|foregaende ar|ett ar tidigare|forra aret)\b")
_YEAR_AFTER = re.compile(r"\b(aret efter|aret darpa|aret darefter|foljande ar|nasta ar)\b")
_LAST_YEAR = re.compile(r"\b(?:förra året|förra årets|föregående år|i fjol|fjolårets|året innan)\b", re.IGNORECASE)
_PARTED = re.compile(
    r"\s+(?:och|eller|mot|kontra|jämfört med|än|till|respektive|samt|gentemot|versus|vs)\s+|\bjämfört med\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"(?:mellan|bäst|bättre|störst|sämst|dyrast|billigast|jämför|skiljer sig|eller)\W+(?:av )?(?P<one>[\w-]+(?: [\w-]+)?)"
    r",? (?:och|eller|mot|jämfört med|kontra|från) (?P<other>[\w-]+(?: [\w-]+)?)",
    re.IGNORECASE,
)
_ROLL = re.compile(r"\W*(?:närvarande|frånvarande|deltagare|tjänstgörande)\b[^:\n]{0,30}:", re.IGNORECASE)
_OUGHT = re.compile(r"\b(bast|battre|samst)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of what is compared: how it is called, what is known of it, and which sentences are of it."""

    label: str
    material: Material
    is_of: Callable[[Clause], bool]
    names: Callable[[Clause], bool] = lambda _: False


def comparison(material: Material) -> Composed | None:
    """What the documents say of the same thing on each side; what is missing is said."""
    joint = _of_all_places(material)
    if joint:
        return _told_alone(material, joint)
    sides = _sides(material)
    if len(sides) < 2:
        return _several(material)
    tried = [_candidates(side) for side in sides]
    if not any(tried):
        return Composed()
    chosen = _kept(sides, tried, _paired(sides, tried))
    judged = _OUGHT.search(fold_letters(material.question.whole))
    if not any(chosen) or judged and None in chosen:
        return Composed()
    writer, told = Writer(material), set[str]()
    for side, one in zip(sides, chosen, strict=True):
        if one is None or one.text in told:
            continue
        told.add(one.text)
        part = material.part(one.passage.part_id)
        writer.claim(f"{side.label}: {one.text.rstrip(' .')} ({meeting_name(part)})", [writer.cite(part, one)])
    _difference(writer, material, chosen)
    missing = [side.label for side, one in zip(sides, chosen, strict=True) if one is None]
    for label in missing:
        writer.note(f"Om {label} framgår det inte av dokumenten.")
    return writer.done("partial" if missing else "answered")


def _of_all_places(material: Material) -> Clause | None:
    """The sentence that tells of all the places asked about, where one does."""
    seats = {analysis.fold(one.value) for one in named_seats(material.question.whole, material.known)}
    found = material.ranked() if len(seats) > 1 else []
    return next(
        (one for one in found[:MAX_TRIED] if has_number(one.text) and all(seat in analysis.fold(one.text) for seat in seats)), None
    )  # fmt: skip


def _told_alone(material: Material, one: Clause) -> Composed | None:
    writer, part = Writer(material), _part(material, one)
    writer.claim(f"{one.text.rstrip(' .')} ({meeting_name(part)})", [writer.cite(part, one)])
    return writer.done()


def _sides(material: Material) -> list[_Side]:
    for ways in (_papers, _years, _places, _bodies, _times, _things):
        found = ways(material)
        if len(found) > 1:
            return found
    return []


def _papers(material: Material) -> list[_Side]:
    folded = fold_letters(material.question.whole)
    kinds = [kind for kind, pattern in _PAPERS if re.search(pattern, folded)]
    found = []
    for kind in kinds if len(kinds) > 1 else ():
        limited = named_paper.of_kind(material, kind)
        if limited:
            found.append(_Side(label=kind[:1].upper() + kind[1:], material=limited, is_of=lambda _: True))
    return found


def _years(material: Material) -> list[_Side]:
    years = list(dict.fromkeys(int(year) for year in _YEAR.findall(material.question.whole)))
    folded = fold_letters(material.question.whole)
    for beside, pattern in ((-1, _YEAR_BEFORE), (1, _YEAR_AFTER)):
        if len(years) == 1 and pattern.search(folded):
            years.append(years[0] + beside)
    return [_of_period(material, str(year), date(year, 1, 1), date(year, 12, 31)) for year in years]


def _times(material: Material) -> list[_Side]:
    """Two periods: *mötet i maj och mötet i september*, *våren och hösten 2024*."""
    newest = max((day for day, _ in material.known.meetings), default=None)
    pieces = _PARTED.split(material.question.whole)
    periods = [find_period(piece, material.question.today, newest) for piece in pieces]
    found = {(one.date_from, one.date_to): one for one in periods if one and one.date_from and one.date_to}
    return [_of_period(material, one.label, start, end) for (start, end), one in found.items() if start and end]


def _of_period(material: Material, label: str, start: date, end: date) -> _Side:
    question = material.question
    matter = _YEAR.sub(" ", question.matter.replace(label, " "))
    asked = replace(question, moment=Moment(label=label, start=start, end=end), matter=matter)
    year = str(start.year)

    def is_within(one: Clause) -> bool:
        return one.passage.date is not None and start <= one.passage.date <= end

    def is_of(one: Clause) -> bool:
        years = set(_YEAR.findall(one.text))
        if one.passage.date and _LAST_YEAR.search(one.text):
            return one.passage.date.year - 1 == start.year
        if not years or is_within(one) and one.decision:
            return not one.features["wrong_time"]
        return year in years

    wide = searched(replace(material, question=asked, _kept={}), f"{matter} {label}")
    return _Side(label=label, material=wide, is_of=is_of, names=lambda one: year in one.text or is_within(one))


def _places(material: Material) -> list[_Side]:
    seats = list(dict.fromkeys(one.value for one in named_seats(material.question.whole, material.known)))
    return [_of_place(material, seat) for seat in seats] if len(seats) > 1 else []


def _of_place(material: Material, seat: str) -> _Side:
    others = [one for one in material.known.seats if one != seat]
    matter = material.question.matter
    for other in others:
        matter = re.sub(rf"\b{re.escape(other)}s?\b", " ", matter, flags=re.IGNORECASE)
    asked = replace(material.question, matter=matter, moment=material.question.moment)
    wide = searched(replace(material, question=asked, _kept={}), matter)

    def is_of(one: Clause) -> bool:
        return re.search(rf"\b{re.escape(analysis.fold(seat))}s?\b", analysis.fold(one.text)) is not None

    return _Side(label=seat, material=wide, is_of=is_of, names=is_of)


def _bodies(material: Material) -> list[_Side]:
    bodies = material.question.filter.bodies
    found = []
    for body in bodies if len(bodies) > 1 else ():
        own = replace(material.question, filter=replace(material.question.filter, bodies=(body,)))
        wide = searched(replace(material, question=own, _kept={}), own.matter)
        found.append(_Side(label=body, material=wide, is_of=_is_body(body)))
    return found


def _is_body(body: str) -> Callable[[Clause], bool]:
    return lambda one: one.passage.body == body


def _things(material: Material) -> list[_Side]:
    """Two things by their names; the choice between two that the documents do not speak of is theirs to make."""
    match = _THINGS.search(material.question.whole)
    if not match:
        return []
    names = [match["one"], match["other"]]
    found = []
    for name, other in (names, names[::-1]):
        matter = re.sub(re.escape(other), " ", material.question.matter, flags=re.IGNORECASE)
        limited = replace(material, question=replace(material.question, matter=matter), _kept={})
        if analysis.content_words(name):
            found.append(_Side(label=name, material=searched(limited, matter), is_of=_holds(name)))
    return found


def _holds(name: str) -> Callable[[Clause], bool]:
    """Whether a sentence or its headings have the thing; a name in capitals only as it is written."""
    if name[:1].isupper():
        written = re.compile(rf"\b{re.escape(name)}s?\b")
        return lambda one: written.search("\n".join((one.text, *one.passage.heading))) is not None
    lemmas = set(analysis.content_words(name))
    return lambda one: bool(lemmas & terms_of("\n".join((one.text, *one.passage.heading))))


def searched(material: Material, text: str) -> Material:
    """The material with what an own search for the side gives beside the common evidence."""
    words = thesaurus.load(material.archive.own_thesaurus(material.scope))
    asked = query.understand(text, words, query.short_forms(material.archive, material.scope))
    bodies = material.question.filter.bodies
    hits = material.archive.search_lexical(material.scope, asked.terms, SEARCHED, Filter(bodies=bodies))
    passages = material.archive.passages(material.scope, [hit.passage_id for hit in hits])
    scores = {hit.passage_id: hit.score for hit in hits}
    own = [
        Evidence(passage=one, file=material.file(one.document_id), score=scores[one.passage_id], rank=rank)
        for rank, one in enumerate(sorted(passages, key=lambda one: -scores[one.passage_id]), 1)
    ]
    clean = clean_evidence(material.archive, material.scope, own, material.out)
    common = [one for one in material.evidence if not bodies or one.passage.body in bodies]
    return replace(material, evidence=merged([common, clean]), _kept={})


def _candidates(side: _Side) -> list[Clause]:
    """The sentences of the side that may answer, the surest first."""
    beside = ("short", "on_roll")
    ranked = [one for one in side.material.ranked() if not any(one.features[name] for name in beside)]
    found = [one for one in ranked if side.is_of(one) and not _ROLL.match(one.text)]
    return [one for one in found if not one.features["row"] or has_number(one.text)][:MAX_TRIED]


def _kept(
    sides: Sequence[_Side], tried: Sequence[Sequence[Clause]], chosen: Sequence[Clause | None]
) -> list[Clause | None]:
    """The sentences that are sure enough by themselves, or that tell numbers of one thing each under its side's own name."""
    named = [one for side, one in zip(sides, chosen, strict=True) if one and side.names(one)]
    units = [{unit for _, unit in amounts(one.text)} for one in named]
    unit = asked_unit(sides[0].material.question.whole)
    is_of_matter = unit != "kronor" or any(not one.features["lacking_first"] for one in named)
    is_pair = is_of_matter and len(named) == len(sides) and bool(frozenset.intersection(*map(frozenset, units)))
    return [
        one
        if one
        and (unit is None or is_of_unit(one, unit))
        and (
            belief(found) >= LEAST_BELIEF
            and not one.features["lacking_first"]
            or is_pair
            and one.features["near"] >= LEAST_NEAR
        )
        else None
        for one, found in zip(chosen, tried, strict=True)
    ]


def _paired(sides: Sequence[_Side], tried: Sequence[Sequence[Clause]]) -> list[Clause | None]:
    """Of each side the sentence; of the first two those that tell most surely of the same, of the others the likest."""
    first = max(
        ((_worth(sides[0], one) + _worth(sides[1], other) + _likeness(one, other), one, other) for one in tried[0] for other in tried[1]),
        key=lambda row: row[0],
        default=None,
    )  # fmt: skip
    if first is None:
        return [_best(side, found) for side, found in zip(sides, tried, strict=True)]
    chosen: list[Clause | None] = [first[1], first[2]]
    for side, found in zip(sides[2:], tried[2:], strict=True):
        ranked = [(_worth(side, one) + _likeness(first[1], one), one) for one in found]
        chosen.append(max(ranked, key=lambda row: row[0])[1] if ranked else None)
    return chosen


def _best(side: _Side, found: Sequence[Clause]) -> Clause | None:
    return max(found, key=lambda one: _worth(side, one), default=None)


def _worth(side: _Side, one: Clause) -> float:
    question = side.material.question.whole
    unit = asked_unit(question)
    counts = unit is not None and any(found.startswith(unit) for _, found in amounts(one.text))
    seats = {seat.value for seat in named_seats(question, side.material.known)}
    placed = len(seats) == 1 and all(analysis.fold(seat) in analysis.fold(one.text) for seat in seats)
    decided = "beslut" in question.lower() and one.decision is not None and one.decision.strength == "beslut"
    held = (
        (PLACED, decided),
        (NAMED, side.names(one)),
        (NUMBERED, has_number(one.text)),
        (ASKED_UNIT, counts),
        (PLACED, placed),
    )
    return math.log(max(one.sure, LEAST_SURE)) + sum(worth for worth, is_so in held if is_so)


def _likeness(one: Clause, other: Clause) -> float:
    shared = {unit for _, unit in amounts(one.text)} & {unit for _, unit in amounts(other.text)}
    return ALIKE * alike(one.text, other.text) + (SAME_UNIT if shared else 0.0)


def _difference(writer: Writer, material: Material, chosen: Sequence[Clause | None]) -> None:
    """How much the one is above the other, where both tell one number of the same thing."""
    held = [one for one in chosen if one is not None]
    for one, other in pairwise(held[:2]):
        pair = comparable(one.text, other.text, asked_unit(material.question.whole))
        if pair is None or not _of_one_place(material, one, other):
            continue
        (first, unit), (second, _) = pair
        values = difference_of(first, second)
        numbers = [writer.cite(_part(material, clause), clause) for clause in (one, other)]
        of = "procentenheter" if unit == "procent" else unit
        writer.computed(
            f"Skillnaden är {values[0]} {of}, från {first} till {second}",
            numbers,
            Computation(rule="difference", values=values, about=(first, second)),
        )


def _of_one_place(material: Material, one: Clause, other: Clause) -> bool:
    """Whether both name the place where the question names one: the region's figure is not a municipality's."""
    seats = {seat.value for seat in named_seats(material.question.whole, material.known)}
    held = [{seat.value for seat in named_seats(clause.text, material.known)} & seats for clause in (one, other)]
    return len(seats) != 1 or held[0] == held[1]


def _part(material: Material, one: Clause) -> Part:
    return material.part(one.passage.part_id)


def _several(material: Material) -> Composed | None:
    """The surest sentences where no sides are named."""
    found = material.ranked()
    if is_refused(found) or _OUGHT.search(fold_letters(material.question.whole)):
        return Composed()
    writer = Writer(material)
    for one in [one for one in found[:4] if one.sure >= 0.15]:
        part = material.part(one.passage.part_id)
        kind = f", {part.kind.value}" if part.kind.value in ("utkast", "kallelse", "justerat protokoll") else ""
        writer.claim(f"{one.text.rstrip(' .')} ({meeting_name(part)}{kind})", [writer.cite(part, one)])
    return writer.done()
