"""What the archive holds: documents, bodies, years, papers of a kind; what is undated, unreadable or missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Computation
from assistant.compose_list import _cite_top
from assistant.compose_meeting import collection as bodies_held
from assistant.material import Composed, Material, Writer
from assistant.references import meeting_name
from assistant.registers import gaps_rows
from corpus.records import Part, Span
from corpus.swedish.dates import say_date
from corpus.swedish.wording import fold_letters

MAX_ROWS = 40
_KINDS: Mapping[str, tuple[str, ...]] = {
    "justera": ("justerat protokoll",),
    "kallelse": ("kallelse",),
    "bildspel": ("bildspel",),
    "utkast": ("utkast",),
    "protokoll": ("protokoll", "justerat protokoll"),
    "anteckning": ("anteckningar",),
}


def collection(material: Material) -> Composed | None:
    """The holding asked for; else the bodies with their meetings and years."""
    folded = fold_letters(material.question.whole)
    for pattern, answer in ANSWERS:
        if re.search(rf"\b(?:{pattern})" if pattern[0] != "^" else pattern, folded):
            found = answer(material)
            if found is not None:
                return found
    return bodies_held(material)


def _documents(material: Material) -> Composed | None:
    """How many documents, pages and meetings there are; each kind of paper where one is asked for."""
    held = material.archive.coverage(material.scope, material.question.filter)
    if not held.documents:
        return None
    writer = Writer(material)
    bodies = material.question.filter.bodies
    of = f" från {' och '.join(bodies)}" if bodies else ""
    span = f", {_day(held.earliest)} – {_day(held.latest)}" if held.earliest and held.latest else ""
    days = tuple(_day(day) for day in (held.earliest, held.latest) if day)
    writer.computed(
        f"{held.documents} dokument{of} med {held.pages} sidor är inlästa, från {held.meetings} möten{span}",
        [_cite_top(writer, material, part) for part in _by_day(material.parts())[:MAX_ROWS]],
        Computation(
            rule="documents",
            values=(str(held.documents), str(held.pages), str(held.meetings)),
            filter=material.question.filter,
            about=days,
        ),
    )
    return writer.done()


def _papers(material: Material) -> Composed | None:
    """The papers of the kind asked for, each with its meeting."""
    folded = fold_letters(material.question.whole)
    word = next((word for word in _KINDS if re.search(rf"\b{word}", folded)), None)
    if word is None:
        return None
    parts = [part for part in material.parts() if part.kind.value in _KINDS[word]]
    writer = Writer(material)
    told = _by_day(parts)[:MAX_ROWS]
    writer.computed(
        f"{len(parts)} av sorten {_KINDS[word][0]} finns i underlaget",
        [_cite_top(writer, material, part) for part in told],
        Computation(rule="papers", values=(str(len(parts)),), filter=material.question.filter, about=_KINDS[word]),
    )
    for part in told:
        writer.claim(meeting_name(part), [_cite_top(writer, material, part)])
    return writer.done()


def _by_day(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda one: one.meeting_date.value or date.min)


def _day(day: date) -> str:
    return f"den {say_date(day)}"


def _unreadable(material: Material) -> Composed | None:
    """How many pages could not be read, with the papers they are of."""
    held = material.archive.coverage(material.scope, material.question.filter)
    bad = held.unreadable_pages
    writer = Writer(material)
    if not bad:
        writer.note(f"Nej, alla {held.pages} sidor gick att läsa.")
        return writer.done()
    parts = [part for part in material.parts() if _has_unreadable(material, part)]
    text = f"Ja, {bad} {'sida' if bad == 1 else 'sidor'} av {held.pages} gick inte att läsa"
    computation = Computation(rule="unreadable", values=(str(bad), str(held.pages)), filter=material.question.filter)
    writer.computed(text, [_cite_top(writer, material, part) for part in parts[:MAX_ROWS]], computation)
    for part in parts[:MAX_ROWS]:
        writer.claim(meeting_name(part), [_cite_top(writer, material, part)])
    return writer.done()


def _has_unreadable(material: Material, part: Part) -> bool:
    return any(page.status == "unreadable" for page in material.archive.pages(material.scope, part.document_id))


def _any_from(material: Material) -> Composed | None:
    """Whether there are notes of the period or the body asked for, and how many."""
    filter = material.question.filter
    label = next((limit.label for limit in material.question.limits if limit.what == "period"), None)
    if label is None:
        return None
    met = material.archive.meetings(material.scope, filter)
    writer = Writer(material)
    of = f" med {' och '.join(filter.bodies)}" if filter.bodies else ""
    text = f"{'Ja' if met else 'Nej'}, {len(met)} {'möte' if len(met) == 1 else 'möten'}{of} från perioden ({label}) finns i underlaget"
    numbers = [_cite_top(writer, material, part) for part in _by_day(material.parts())[:MAX_ROWS]]
    writer.computed(text, numbers, Computation(rule="meetings", values=(str(len(met)),), filter=filter, about=(label,)))
    return writer.done()


def _undated(material: Material) -> Composed | None:
    """The papers without a day of their own."""
    parts = [part for part in material.all_parts() if part.meeting_date.value is None]
    writer = Writer(material)
    if not parts:
        writer.note("Nej, alla dokument har datum.")
        return writer.done()
    names = tuple(material.file(part.document_id) for part in parts[:MAX_ROWS])
    lead = "Ja, " if re.match(r"(?:har|finns|saknar|ar)\b", fold_letters(material.question.whole)) else ""
    writer.computed(
        f"{lead}{len(parts)} {'del' if len(parts) == 1 else 'delar'} av dokumenten saknar datum: {'; '.join(dict.fromkeys(names))}",
        [_cite_top(writer, material, part) for part in parts[:MAX_ROWS]],
        Computation(rule="undated", values=(str(len(parts)),), about=names),
    )
    return writer.done()


def _missing(material: Material) -> Composed | None:
    """Meetings that were announced and have no notes."""
    writer = Writer(material)
    for row in gaps_rows(material.archive, material.scope, material.question.filter)[:MAX_ROWS]:
        part = next((one for one in material.all_parts() if one.document_id == row["document_id"]), None)
        if part is None:
            continue
        place = Span(**row["span"])
        page = material.archive.page_texts(material.scope, part.document_id)[place.page - 1]
        number = (
            writer.cite(part, place, page[place.start : place.end]) if place.end else _cite_top(writer, material, part)
        )
        if row["what"] == "möte" and row["date"]:
            day = say_date(date.fromisoformat(row["date"]))
            text = f"Anteckningar saknas från mötet den {day}, aviserat av {meeting_name(part)}"
            writer.computed(text, [number], Computation(rule="gap", values=(day,), about=(part.part_id,)))
    if not writer.sentences:
        writer.note("Nej, inga aviserade möten saknar anteckningar.")
    return writer.done()


def _most(material: Material) -> Composed | None:
    """The year, or the body, with the most meetings."""
    met = [one for one in material.archive.meetings(material.scope, material.question.filter) if one.date.value]
    if not met:
        return None
    of_year = re.search(r"\bar(?:et)?\b", fold_letters(material.question.whole))
    counts: Counter[str] = Counter(
        str(one.date.value.year) if of_year and one.date.value else one.bodies[0] if one.bodies else "" for one in met
    )
    writer = Writer(material)
    top = max(counts.values())
    for name in sorted(one for one, number in counts.items() if number == top and one):
        limits = (
            {"date_from": date(int(name), 1, 1), "date_to": date(int(name), 12, 31)} if of_year else {"bodies": (name,)}
        )
        filter = replace(material.question.filter, **limits)
        rows = [part for part in material.archive.parts(material.scope, filter) if part.meeting_date.value][:MAX_ROWS]
        computation = Computation(rule="meetings", values=(str(top),), filter=filter, about=(name,))
        numbers = [_cite_top(writer, material, part) for part in rows]
        writer.computed(f"{name} har flest möten: {top}", numbers, computation)
    return writer.done()


# What is asked for by its words, the first that fits.
ANSWERS: tuple[tuple[str, Callable[[Material], Composed | None]], ...] = (
    (r"(?:olaslig\w*|gick inte att lasa|gar inte att lasa|kunde inte lasas|olasta sid\w*|skadad\w*)", _unreadable),
    (r"(?:odatera\w*|utan datum|saknar (?:ett )?datum)", _undated),
    (r"(?:saknas|fattas|saknar (?:du|ni|vi|arkivet)|luckor|inte (?:med|inlast))", _missing),
    (r"flest\b", _most),
    (r"^(?:har|finns) .*(?:protokoll|anteckning\w*|dokument|papper|moten?)\b", _any_from),
    (r"hur manga (?:dokument|filer|sidor|handlingar|papper)|antal(?:et)? (?:dokument|filer|sidor)|hur (?:stort|mycket|stor)\b", _documents),
    (r"(?:hur manga|vilka) (?:\w+ )?(?:justera\w*|kallelse\w*|bildspel\w*|utkast\w*)", _papers),
)  # fmt: skip
