"""Answers that are complete: lists, counts, timelines, keywords, comparisons, definitions, from registers and topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant import compose_outcomes
from assistant.answer import Computation, Evidence
from assistant.clauses import Clause
from assistant.compose_members import presence_told
from assistant.compose_presence import ABSENT, is_of_other_body
from assistant.enumerations import enumeration
from assistant.focus import focus_words
from assistant.kinds import asks_for_short_form
from assistant.material import Composed, Material, Writer
from assistant.matter import Group, held_in
from assistant.mentions import OWN_WORD, TELLING
from assistant.outcomes import bare_matter, best_parts, timed
from assistant.recount import present_at
from assistant.references import item_at, meeting_name
from assistant.registers import kind_rank, meeting_ids
from assistant.sentences import terms_of
from assistant.topics import Stand, stands
from assistant.values import has_number
from corpus.embedding import idf
from corpus.records import Abbreviation, Part
from corpus.swedish.abbreviations import find_abbreviations
from corpus.swedish.wording import fold_letters

MAX_ROWS = 60
# A sentence with figures is told after the one that brings the matter up when it stands this near the matter.
ON_THE_WORD = 0.6


# How often one met asks for meetings, whoever met.
_WE_MET = re.compile(r"\b(?:traffats|setts|sammantratt|motts|haft (?:ett |nagot |nagra )?moten?)\b(?!.*\bom\b)")


def definition(material: Material) -> Composed | None:
    """The long form of a short one, from the network's own glossary; a short form that it lacks is not found."""
    asked = asks_for_short_form(material.question.whole)
    words = [asked] if asked else [one for one in re.findall(r"\w[\w-]*", material.question.whole) if _is_short(one)]
    found = _explained(material, words or material.question.topic)
    writer = Writer(material)
    if found is None:
        told = _defining(material, words or focus_words(material.question.whole)[-1:])
        if told:
            part = material.part(told.passage.part_id)
            writer.claim(f"{told.text.rstrip(' .')} ({meeting_name(part)})", [writer.cite(part, told)])
            return writer.done()
        best = material.ranked()[:1]
        return Composed() if words or best and best[0].features["unexplained"] else None
    abbreviation, part = found
    writer.claim(f"{abbreviation.short} står för {abbreviation.long}", [writer.cite(part, abbreviation.anchor)])
    return writer.done()


def _defining(material: Material, words: Sequence[str]) -> Clause | None:
    """The surest sentence that says what one of the words means: *X innebär att …*, *kallas X*, *i X, exempel i xylofon.*"""
    for word in words:
        bare = re.escape(word.lower())
        says = re.compile(
            rf"\b{bare}\w{{0,3}}[”\"»]? (?:betyder|innebär|avser|står för)\b"
            rf"|\b(?:kallas|kallad|kallat|kallade|benämns|(?:menas|avses) med) [”\"»]?{bare}(?:\b|s\b)"
        )
        for one in material.ranked():
            if says.search(one.text.lower()) or _is_spelt_out(one.text, word):
                return one
    return None


def _is_spelt_out(text: str, word: str) -> bool:
    """Whether words with the short form's letters follow it after a comma: *stöd i MIK, medie- och …*."""
    after = re.search(rf"\b{re.escape(word)}, ([^.;:,()]{{6,70}})(?:[.;,)]|$)", text) if _is_short(word) else None
    return after is not None and any(start == 0 for _, _, start, _ in find_abbreviations(f"{after[1]} ({word})"))


def _is_short(word: str) -> bool:
    return len(re.findall(r"[A-ZÅÄÖ]", word)) >= 2


def _explained(material: Material, words: Sequence[str]) -> tuple[Abbreviation, Part] | None:
    every = material.archive.glossary(material.scope)
    bodies = material.question.filter.bodies
    every = sorted(every, key=lambda pair: pair[1].body not in bodies)
    for word in words:
        for abbreviation, part in every:
            if abbreviation.short.lower() == word.lower():
                return abbreviation, part
    return None


def listing(material: Material) -> Composed | None:
    """Meetings on a matter, or decisions within the limits; other lists are composed freely."""
    folded = fold_letters(material.question.whole)
    if re.search(r"\breserv\w*", folded):
        return compose_outcomes.reservations(material)
    if re.search(r"\b(mote\w*|gang\w*)\b.*\b(upp|uppe|behandla\w*|diskutera\w*|handla\w*|namn\w*|tal\w*)", folded) and material.question.topic:  # fmt: skip
        return _meetings_on(material)
    return compose_outcomes.decisions(material) or enumeration(material)


def _meetings_on(material: Material) -> Composed:
    found = stands(material.archive, material.scope, " ".join(material.question.topic), material.question.filter)
    if not found:
        return Composed()
    writer = Writer(material)
    best = [_best_in(material, one) for one in found]
    numbers = [_cite_stand(writer, one, clause) for one, clause in zip(found, best, strict=True)]
    items = [_item(one, clause) for one, clause in zip(found, best, strict=True)]
    told = [
        f"{meeting_name(one.part)}{item} [{number}]" for one, item, number in zip(found, items, numbers, strict=True)
    ]
    writer.computed(
        f"{_subject(material)} har tagits upp på {len(found)} {'möte' if len(found) == 1 else 'möten'}: {_enumerated(told)}",
        [],
        _topic_count(material, len(found)),
    )  # fmt: skip
    writer.mark_last(numbers)
    return writer.done() or Composed()


def _topic_count(material: Material, number: int) -> Computation:
    about = (" ".join(material.question.topic),)
    return Computation(rule="topic", values=(str(number),), filter=material.question.filter, about=about)


def _subject(material: Material) -> str:
    words = material.question.matter
    after = re.search(
        r"(?:tagit upp|haft uppe|behandlat|diskuterat|om|frågan om)\s+(.+?)\s*\??\s*$", words, re.IGNORECASE
    )
    text = (after[1] if after else " ".join(material.question.topic)).strip(" ?.")
    text = re.sub(r"^(frågan om|om)\s+", "", text)
    return f"{text[:1].upper()}{text[1:]}" if text else "Frågan"


def _item(one: Stand, best: Clause | None) -> str:
    """The item that the cited words stand in, as their reference names it."""
    item = item_at(one.part, best.span) if best else one.item or item_at(one.part, one.passages[0].spans[0])
    return f" ({item})" if item else ""


def _cite_stand(writer: Writer, one: Stand, best: Clause | None) -> int:
    if best:
        return writer.cite(one.part, best)
    passage = one.passages[0]
    span = passage.spans[0]
    return writer.cite(one.part, span, passage.text[: span.end - span.start], passage.passage_id)


def _best_in(material: Material, one: Stand, own: float = 0.0) -> Clause | None:
    """The surest sentence of a meeting on the matter; one that says this much of it itself before the others."""
    evidence = [
        Evidence(passage=passage, file=material.file(passage.document_id), score=1.0, rank=1)
        for passage in one.passages
    ]
    ranked = [clause for clause in material.ranked(evidence) if not clause.features["short"] and clause.features["near"] > 0.3]  # fmt: skip
    return next((clause for clause in ranked if clause.features["own"] >= own), ranked[0] if ranked else None)


def _enumerated(pieces: Sequence[str]) -> str:
    return pieces[0] if len(pieces) == 1 else f"{', '.join(pieces[:-1])} och {pieces[-1]}"


def count(material: Material) -> Composed | None:
    """A count that is made from the register and made again when verified; other numbers are quoted freely."""
    folded = fold_letters(material.question.whole)
    if re.search(r"\breservation\w*", folded):
        return compose_outcomes.reservations(material)
    if re.search(r"\b(paragrafer|punkter)\b", folded):
        return _count_items(material)
    of_people = ABSENT.search(folded) or re.search(
        r"\b(deltog|narvarade|narvarande|(?:var|varit) med|pa plats)\b", folded
    )
    if of_people and is_of_other_body(material):
        return presence_told(material)
    told = compose_outcomes.times_there(material) or compose_outcomes.counted(material)
    if told is not None:
        return told
    if of_people:
        return _count_people(material)
    if (
        not _WE_MET.search(folded)
        and bare_matter(material.question.topic)
        and re.search(r"\b(mote\w*|ganger|traff\w*|tillfallen|sammantrad\w*)\b", folded)
        and not _asks_holdings(material)
    ):
        return _meetings_on(material)
    return _count_meetings(material) if re.search(r"\b(mote\w*|anteckning\w*|protokoll|traff\w*|sammantrad\w*)\b", folded) else None  # fmt: skip


def _asks_holdings(material: Material) -> bool:
    holding = {
        "arkiv",
        "arkivet",
        "inlästa",
        "inläst",
        "underlag",
        "underlaget",
        "samlingen",
        "täcker",
        "omfattar",
        "materialet",
    }
    return not set(material.question.topic) - holding


def _count_meetings(material: Material) -> Composed:
    wanted = timed(material.question)
    met = material.archive.meetings(material.scope, wanted)
    if not met:
        return Composed()
    writer = Writer(material)
    every = material.archive.parts(material.scope, wanted)
    parts = best_parts(every, meeting_ids(material.archive.links(material.scope)))
    numbers = [_cite_top(writer, material, part) for part in parts[:MAX_ROWS]]
    of = f" med {_enumerated(list(wanted.bodies))}" if wanted.bodies else ""
    computation = Computation(rule="meetings", values=(str(len(met)),), filter=wanted)
    writer.computed(f"{len(met)} {'möte' if len(met) == 1 else 'möten'}{of} finns i underlaget", numbers, computation)
    return writer.done() or Composed()


def _cite_top(writer: Writer, material: Material, part: Part) -> int:
    """The first line of a part, as a row of a register is cited."""
    place = part.spans[0]
    page = material.archive.page_texts(material.scope, part.document_id)[place.page - 1]
    text = page[place.start : place.end]
    line = next((one for one in text.splitlines() if one.strip()), text[:60])
    start = place.start + text.find(line)
    quote = line.strip()
    start += line.find(quote)
    return writer.cite(part, replace(place, start=start, end=start + len(quote)), quote)


def _one_part(material: Material) -> Part | None:
    """The one meeting that the limits leave, by the part that counts most."""
    parts = [part for part in material.parts() if part.meeting_date.value]
    return min(parts, key=lambda one: (-(one.meeting_date.value or date.min).toordinal(), kind_rank(one)), default=None)


def _count_items(material: Material) -> Composed | None:
    part = _one_part(material)
    if part is None or not part.items:
        return None
    writer = Writer(material)
    numbers = [_cite_top(writer, material, part)]
    total = len([item for item in part.items if item.level == 1])
    what = "paragrafer" if any("§" in (item.number or "") for item in part.items) else "punkter"
    computation = Computation(rule="items", values=(str(total),), about=(part.part_id,))
    writer.computed(f"{total} {what} har {meeting_name(part)}", numbers, computation)
    return writer.done()


def _count_people(material: Material) -> Composed | None:
    parts = sorted(
        (one for one in material.parts() if one.participants),
        key=lambda one: (-(one.meeting_date.value or date.min).toordinal(), kind_rank(one)),
    )
    if not parts or is_of_other_body(material):
        return None
    part = parts[0]
    absent = bool(ABSENT.search(fold_letters(material.question.whole)))
    people = present_at(part, absent)
    if not people:
        return None
    writer = Writer(material)
    numbers = [writer.cite(part, one.anchor) for one in people if one.anchor]
    computation = Computation(rule="people", values=(str(len(people)),), about=(part.part_id, "frånvarande" if absent else "närvarande"))  # fmt: skip
    how = "frånvarande" if absent else "med"
    text = f"{len(people)} personer var {how} enligt närvarolistan, {meeting_name(part)}"
    writer.computed(text, numbers, computation)
    return writer.done()


def _told_on(material: Material, best: Clause) -> Clause | None:
    """The sentence after one that only brings the matter up, where it tells figures of it."""
    if has_number(best.text) or best.decision:
        return None
    after = (one for one in material.ranked([best.evidence]) if one.place == best.place + 1)
    return next((one for one in after if has_number(one.text) and one.features["near"] >= ON_THE_WORD), None)


def _bears_word(material: Material, one: Stand) -> bool:
    """Whether a meeting speaks of the keyword by its own word, a compound of it or a form of it, not only by a related one."""
    groups = material.about().groups
    held = [terms_of("\n".join((*passage.heading, passage.text))) for passage in one.passages]
    return any(
        all(any(_is_own(group, term, worth) and held_in(terms, term) for term, worth in group.ways) for group in groups)
        for terms in held
    )


def _is_own(group: Group, term: str, worth: float) -> bool:
    """The word itself, or a telling part of a compound."""
    return worth >= OWN_WORD or term in group.parts and idf(term) >= TELLING


def keyword(material: Material) -> Composed | None:
    """The newest mention first, then the other meetings that mention it."""
    text = " ".join(material.question.topic) or material.question.whole
    found = [
        one
        for one in stands(material.archive, material.scope, text, material.question.filter)
        if _bears_word(material, one)
    ]
    if not found:
        return Composed()
    writer = Writer(material)
    newest, others = found[-1], found[:-1]
    told = [best for one in [newest, *reversed(others)] if (best := _best_in(material, one, ON_THE_WORD))]
    if not told:
        return None
    for number, best in enumerate(told[:3]):
        part = material.part(best.passage.part_id)
        lead = "Senast" if not number else "Tidigare"
        writer.claim(f"{lead}, {meeting_name(part)}: {best.text.rstrip(' .')}", [writer.cite(part, best)])
        on = None if number else _told_on(material, best)
        if on:
            writer.claim(on.text.rstrip(" ."), [writer.cite(part, on)])
    rest = told[3:]
    if rest:
        numbers = [writer.cite(material.part(one.passage.part_id), one) for one in rest]
        text = f"Omnämns sammanlagt på {len(found)} möten"
        writer.computed(text, numbers, _topic_count(material, len(found)))
    return writer.done()
