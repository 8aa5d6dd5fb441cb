"""A matter over time as an answer: each item that took it up, or each amount that it cost, in time order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.material import Composed, Material, Writer
from assistant.mentions import covered_text, understood
from assistant.references import said_day
from assistant.school_forms import FORMS, named
from assistant.timeline import Row, amount_rows, timeline_rows
from corpus.records import Filter, Part, Span
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

MAX_ROWS = 60
_OF_MATTER = re.compile(
    r"\b(\w[\w-]{2,}?-?)s?(?:frågan|frågorna|frågor|ärendet|ärende|diskussionen|arbetet|projektet|satsningen)\b"
)
# Words that ask for a course of time and name no matter, in folded letters.
_COURSE = re.compile(
    r"(?:andrats?|forandrats?|utvecklats?|vuxit|borjan|borja\w*|ide|iden|steg|start|starten|folj\w*|nulage\w*|slutet|hela|vagen|aren|hojts|"
    r"sankts|stigit|okat|sjunkit|hanterats|beskriv\w*|redogor\w*|sedan|forloppet|gangen)$"
)
_AMOUNT = re.compile(
    r"\w*(?:pris|avgift|ersattning|hyra|kostnad|taxa|arvode|bidrag|belopp|budget|anslag|villkor)(?:e[nrt]|er?na|n|or|orna|s)*$"
)
# What is told of a matter rather than the matter: few of its items bear the word.
_ASPECT = re.compile(r"(?:regel|regler|rutin|upplagg|innehall|omfattning|antal|storlek|organisation|lage)\w*$")


def timeline(material: Material) -> Composed | None:
    """Each item that took the matter up, in time order, with its stage and a quoted sentence."""
    if not material.question.topic:
        return None
    rows = _rows(material)
    if not rows:
        return Composed()
    writer = Writer(material)
    for row in rows[:MAX_ROWS]:
        span = Span(page=row["span"]["page"], start=row["span"]["start"], end=row["span"]["end"])
        part = material.part(row["part_id"])
        page = material.archive.page_texts(material.scope, part.document_id)[span.page - 1]
        number = writer.cite(part, span, page[span.start : span.end], row["passage_id"])
        writer.claim(f"{_day(row, part)} · {row['stage']}: «{row['quote'].rstrip(' .')}»", [number])
    last = rows[-1].get("silent_after")
    if last and last.get("last"):
        count = last["meetings"]
        writer.note(f"Därefter har frågan inte tagits upp ({count} {'möte' if count == 1 else 'möten'} sedan dess).")
    return writer.done()


def _day(row: Row, part: Part) -> str:
    """The day, or what is known of it."""
    return row["date"] or said_day(part.meeting_date).strip(" ,").capitalize()


def _rows(material: Material) -> list[Row]:
    question = material.question
    words = [word for word in question.topic if not _COURSE.match(fold_letters(word))] or list(question.topic)
    for filter, matter in _of_form(material, words):
        amounts = [word for word in matter if _AMOUNT.match(fold_letters(word))]
        rows = _amounts_of(material, filter, matter, amounts) if amounts else _mentioned(material, filter, matter)
        if rows:
            return rows
    return []


def _of_form(material: Material, words: Sequence[str]) -> Iterator[tuple[Filter, list[str]]]:
    """The matter among the bodies of the school form that it is of (*gymnasiets policy*), else the matter as it stands."""
    filter = material.question.filter
    forms = named(" ".join(words))
    rest = [word for word in words if not named(word)]
    bodies = tuple(one for one in material.known.bodies if len(forms) == 1 and FORMS[min(forms)].search(one))
    if bodies and rest and not filter.bodies:
        yield replace(filter, bodies=bodies), rest
    yield filter, list(words)


def _mentioned(material: Material, filter: Filter, words: Sequence[str]) -> list[Row]:
    """The rows on a matter; where nothing bears its name, on what the matter is about: *skolläkarfrågan*, *bussärendet*."""
    topic = " ".join(words)
    bare = " ".join(word for word in words if not _ASPECT.match(fold_letters(word)))
    ways = (bare, topic, _OF_MATTER.sub(_first_part, topic))
    found = (timeline_rows(material.archive, material.scope, filter, way) for way in dict.fromkeys(ways) if way)
    return next((rows for rows in found if rows), [])


def _amounts_of(material: Material, filter: Filter, words: Sequence[str], amounts: Sequence[str]) -> list[Row]:
    """The amounts told of the matter, or of each of two, over time; where none is, the items that speak of the price."""
    rest = [word for word in words if word not in amounts]
    each = _each(material.question.whole, rest)
    rows = [row for one in each for row in amount_rows(material.archive, material.scope, filter, one, one)]
    if rows:
        return sorted({row["quote"]: row for row in rows}.values(), key=lambda row: row["date"] or "")
    for way in dict.fromkeys((" ".join(rest), " ".join(word.partition("-")[0] for word in rest), " ".join(words))):
        rows = amount_rows(material.archive, material.scope, filter, way, " ".join(words)) if way else []
        if rows:
            return rows
    price = understood(material.archive, material.scope, " ".join(amounts))
    return [row for row in _mentioned(material, filter, words) if covered_text(price, row["quote"]) == 1]


def _each(whole: str, words: Sequence[str]) -> list[str]:
    """The two things asked about together: *avgiften för halvdagen och kursdagen*."""
    pair = " och ".join(words)
    return list(words) if len(words) == 2 and pair in whole.lower() else []


def _first_part(match: re.Match[str]) -> str:
    """The word before the word for matter, with the ending that a joint takes away: *skolläkar* of *skolläkare*."""
    parts = analysis.analyse_word(match[0]).parts
    first = match[1].rstrip("-")
    return next((part for part in parts if part.startswith(first)), f"{first}e" if first.endswith("ar") else first)
