"""Answers about people: who was there, who holds a role, who has which action; people of the same name kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant import attending
from assistant.asking import MEETING
from assistant.clauses import Clause
from assistant.compose_comparison import searched
from assistant.compose_decision import LEAST_MATTER, names_matter, on_the_matter
from assistant.compose_presence import (
    ABSENT,
    asked_seats,
    asks_municipalities,
    is_of_other_body,
    municipalities,
    of_seats,
    tell_present,
    with_note,
)
from assistant.compose_roles import ROLES
from assistant.compose_seats import seated
from assistant.due_asked import asks_by_day, is_due
from assistant.focus import focus_words
from assistant.material import Composed, Material, Writer
from assistant.naming import named_seats
from assistant.recount import described
from assistant.references import meeting_name
from assistant.registers import kind_rank
from assistant.sureness import is_refused
from corpus.records import Action, Part, Participant, Passage
from corpus.swedish import analysis
from corpus.swedish.dates import say_date
from corpus.swedish.wording import fold_letters, promise_pattern

_COMING = re.compile(r"\b(?:nasta|kommande) (?:\w+ )?(?:\w*mote|\w*traff|sammantrade)\b")
_WHEN_DECIDED = re.compile(r"\b(?:när|då)\s+(.+?)\s*\??$", re.IGNORECASE)
MAX_ACTIONS = 20
# What is left to do is told without what is reported done.
_ASKS_LEFT = re.compile(
    r"\b(kvar\w*|aterstar|pa (?:sitt|\w+s) bord|oppna|ogjord\w*|utestaende|inte (?:gjort|klart|fardigt))\b"
)
# Whether somebody, or somebody from a place, came: *Kom Alby på mötet?*, *Hade Sundet någon på plats?*
_NOT_THERE = r"(?!.*\b(?:overens|fram|kom upp|forslag\w*|frag\w+|med (?!pa|i|vid|sist|under|den|da|nar)\w+))"
_PRESENCE = re.compile(
    rf"^(?:och |men )?(?:(?:kom|dok|var|satt|fanns|deltog|narvarade)\b{_NOT_THERE}.*"
    rf"(?:\b(?:pa|till|vid|i|under) (?:\w+ ){{0,3}}{MEETING}\b|\b(?:med|dar|narvarande|pa plats|representera\w*|sist)\b)"
    r"|(?:hade|skickade)\b.*\b(?:(?:nagon|ngn|folk|nan) (?:\w+ )?(?:med|dar|narvarande|pa plats|dit)|representant\w*)\b)"
)
_ASKS_ALL = re.compile(r"^(?:och )?(?:var|kom|deltog|narvarade|medverkade) (?:alla|samtliga)\b")
# Words of a question that say that somebody's tasks are asked for, not which.
_OF_ACTIONS = re.compile(
    r"(bord(et)?|kvar|lova\w*|fixa\w*|ordna\w*|gora|gjort|atagande\w*|uppdrag\w*|uppgift\w*|ansvar\w*|punkt\w*|lista\w*|"
    r"ata(git|r)|todo|(att[ -]?)?gora[ -]?lista\w*|lott(en)?|moten?|motet|traff\w*|nasta|gang|redan|hinna|aterstar|oppna|utestaende|ogjorda|kvarstaende)$"
)


def attendance(material: Material) -> Composed | None:
    """Who was present or absent at the meeting asked about; ja or nej for a person or a municipality."""
    if _COMING.search(fold_letters(material.question.whole)):
        return Composed()  # nobody is listed yet at a meeting that is only announced
    sat = seated(material)
    return sat if sat or is_of_other_body(material) else _attended(material)


def _attended(material: Material) -> Composed | None:
    part = _meeting(material)
    if part is None:
        has_limit = material.question.filter.date_from or material.question.filter.date_to
        return Composed() if has_limit and not material.parts() else None
    folded = fold_letters(material.question.whole)
    role = next((name for name, pattern in ROLES if re.search(rf"\b({pattern})\b", folded)), None)
    people = list(part.participants)
    asked = _asked_people(material, people)
    if asked is not None:
        return _was_there(material, part, asked)
    left = attending.who_came_or_left(material, part)
    if left is not None:
        return _listed(material, part, left, absent=False) or Composed()
    absent = bool(ABSENT.search(folded))
    if asks_municipalities(material):
        return municipalities(material, part, absent=absent)
    seats = asked_seats(material)
    if seats and not role:
        return of_seats(material, part, seats, absent=absent)
    if role in ("gäst", "ersättare"):
        people = [one for one in people if role in fold_role(one) or one.presence == role]
    else:
        people = [one for one in people if one.present is (not absent)]
    if _ASKS_ALL.search(folded) and not role:
        return _were_all_there(material, part)
    if not people:
        return None
    return _listed(material, part, people, absent=absent)


def came(material: Material) -> Composed | None:
    """Ja or nej where a person or a seat is asked to have been at a meeting, by its list; None where none is named."""
    question = material.question
    if not _PRESENCE.search(fold_letters(question.whole)) or not (question.people or question.seats):
        return None
    part = _meeting(material)
    asked = _asked_people(material, part.participants) if part else None
    return _was_there(material, part, asked) if part and asked is not None else None


def _were_all_there(material: Material, part: Part) -> Composed | None:
    """Nej with those who were away; ja, with those who came, where nobody is said to have been."""
    away = [one for one in part.participants if one.present is False and one.anchor]
    there = [one for one in part.participants if one.present and one.anchor]
    if not away and not there:
        return None
    writer = Writer(material)
    lead, which = ("Nej. Frånvarande", "frånvarande") if away else ("Ja. Med", "närvarande")
    told = away or there
    text = f"{lead}, {meeting_name(part)}: {'; '.join(with_note(one) for one in told)}"
    tell_present(writer, part, text, which, told)
    return writer.done()


def fold_role(one: Participant) -> str:
    return f"{one.role or ''} {one.seat or ''} {one.note or ''} {one.name}".lower()


def _meeting(material: Material) -> Part | None:
    """The meeting asked about: by the limits, else by the decision that the question dates it with."""
    parts = [part for part in material.parts() if part.participants]
    question = material.question
    clause = _WHEN_DECIDED.search(question.whole)
    if clause and question.topic and not question.filter.date_from or not parts and clause:
        day = _decided_at(material, clause[1])
        same = [part for part in material.all_parts() if day and part.body == day.body and part.meeting_date.value == day.date]  # fmt: skip
        parts = [part for part in same if part.participants]
    if not question.filter.bodies and not question.filter.date_from and not clause and len({p.body for p in parts}) > 1:
        return None
    return max(parts, key=lambda one: (one.meeting_date.value or date.min, -kind_rank(one)), default=None)


def _decided_at(material: Material, clause: str) -> Passage | None:
    """The passage of the decision that the clause (*när avgiften 2022 bestämdes*) tells of, of its year where it has one."""
    question = material.question
    matter = re.sub(r"\b(?:19|20)\d\d\b", " ", clause)
    own = replace(question, matter=matter, topic=tuple(focus_words(matter)), kind="decision", moment=None)
    limited = searched(replace(material, question=own, _kept={}), clause)
    found = limited.ranked()
    decided = [
        one for one in found if one.decision and names_matter(limited, one) and one.features["near"] >= LEAST_MATTER
    ]
    years = re.findall(r"\b(?:19|20)\d\d\b", question.whole)
    if years:
        decided.sort(key=lambda one: (-_is_of_year(one, years[0]), -one.score))
        decided = [one for one in decided if _is_of_year(one, years[0])]
    else:
        decided = on_the_matter(found, own) or decided
    best = decided or ([] if is_refused(found) else found[:1])
    return best[0].passage if best else None


def _is_of_year(one: Clause, year: str) -> int:
    """2 where the decision names the year, 1 where it is of that year and names no other, else 0."""
    years = set(re.findall(r"\b(?:19|20)\d\d\b", f"{' '.join(one.passage.heading)} {one.text}"))
    if years:
        return 2 * (year in years)
    return int(one.passage.date is not None and str(one.passage.date.year) == year)


def _asked_people(material: Material, people: Sequence[Participant]) -> list[Participant] | str | None:
    """The people of the list that the question asks for by name or seat; a name that is not there as itself."""
    text = re.split(r"\b(?:när|då|på mötet|vid)\b", material.question.whole, maxsplit=1)[0]
    if not re.match(
        r"(och |men )?(var|kom|dök|hade|skickade|deltog|hur länge|medverkade|närvarade|satt|stannade|fanns)\b",
        text.strip(),
        re.IGNORECASE,
    ):
        return None
    folded = analysis.fold(text)
    named = [one for one in people if one.name and analysis.fold(_bare(one.name)) in folded]
    if named:
        return attending.of_their_seat(material, named)
    seats = named_seats(text, material.known)
    if seats:
        value = seats[0].value
        return [one for one in people if analysis.fold(value) in analysis.fold(fold_role(one))] or value
    asked = [
        one for one in material.question.people if any(word in folded.split() for word in analysis.fold(one).split())
    ]
    if not asked:
        return None
    rows = [one for one in people if one.name and analysis.fold(_bare(one.name)) == analysis.fold(asked[0])]
    return rows or asked[0]


def _bare(name: str) -> str:
    return " ".join(name.split()[:2])


def _was_there(material: Material, part: Part, asked: list[Participant] | str) -> Composed | None:
    writer = Writer(material)
    if isinstance(asked, str):
        numbers = [writer.cite(part, one.anchor) for one in part.participants if one.anchor][:12]
        if not numbers:
            return None
        writer.claim(f"Nej. {asked} står inte i närvarolistan, {meeting_name(part)}", numbers)
        return writer.done()
    there = [one for one in asked if one.present]
    word = "Ja." if there else "Nej."
    for number, one in enumerate([one for one in there or asked if one.anchor]):
        which = "närvarande" if one.present else "frånvarande"
        note = f" ({one.note})" if one.note else ""
        lead = f"{word} " if not number else ""
        text = f"{lead}{described(one)} var {which}{note}, {meeting_name(part)}"
        tell_present(writer, part, text, which, [one])
    return writer.done()


def _listed(material: Material, part: Part, people: Sequence[Participant], *, absent: bool) -> Composed | None:
    told = [one for one in people if one.anchor]
    if not told:
        return None
    writer = Writer(material)
    which = "frånvarande" if absent else "närvarande"
    text = f"{'Frånvarande' if absent else 'Med'}, {meeting_name(part)}: {'; '.join(with_note(one) for one in told)}"
    tell_present(writer, part, text, which, told)
    return writer.done()


def actions(material: Material) -> Composed | None:
    """What a person, or a meeting, took on: by when, and whether it is reported done."""
    every = [
        (part, one)
        for part in sorted(material.parts(), key=lambda one: one.meeting_date.value or date.min, reverse=True)
        for one in part.actions
    ]
    people = material.question.people or _first_named(material, every)
    text, today = material.question.whole, material.question.today
    of_them = [row for row in every if not people or any(_is_by(row[1], n) for n in people)]
    found = _asked_for(material, people, [row for row in of_them if is_due(text, row[1].by.value, today)])
    if not found and _names_somebody(material) and (asks_by_day(text) or not _takes_on(material)):
        return Composed()
    if not found or not (people or asks_by_day(text) or material.question.filter != type(material.question.filter)()):
        return None
    done = {link.action_id for link in material.archive.links(material.scope).actions}
    if _ASKS_LEFT.search(fold_letters(text)):
        found = [row for row in found if row[1].action_id not in done] or found
    writer = Writer(material)
    for part, one in found[:MAX_ACTIONS]:
        _took_on(writer, part, one, "; återrapporterat" if one.action_id in done else "")
    return writer.done()


def _names_somebody(material: Material) -> bool:
    """Whether the question has a name beyond its first word that is no body or place: *Vad ska Nina göra?*"""
    question = material.question
    taken = {word for one in (*question.filter.bodies, *question.seats) for word in analysis.fold(one).split()}
    names = re.findall(r"(?<=\s)[A-ZÅÄÖ][a-zåäöé]{2,}\b", question.whole)
    return bool(question.people) or any(analysis.fold(name).removesuffix("s") not in taken for name in names)


def _takes_on(material: Material) -> bool:
    """Whether somebody whom the question names promises something in the surest sentence."""
    found = material.ranked()
    names = "|".join(re.findall(r"(?<=\s)[A-ZÅÄÖ][a-zåäöé]{2,}\b", material.question.whole))
    by = re.compile(rf"\b(?:{names})\b[^.,:;]{{0,40}}?\b{promise_pattern()}")
    return bool(found) and by.search(found[0].text) is not None


def _took_on(writer: Writer, part: Part, one: Action, state: str) -> None:
    """An action with who and by when; a surname or a day that its own words lack is cited where it stands."""
    quote = analysis.fold(one.anchor.quote)
    numbers, who = [writer.cite(part, one.anchor)], list[str]()
    for name in one.who:
        row = next((row for row in part.participants if row.name == name and row.anchor), None)
        is_whole = analysis.fold(name.split()[-1]) in quote
        if not is_whole and row and row.anchor:
            numbers.append(writer.cite_line(part, row.anchor))
        who.append(name if is_whole or row else name.split()[0])
    by = f" ({one.by_text.rstrip(' .')})" if one.by_text and one.by_text not in one.what else ""
    if one.by.value:
        met = [next_one.anchor for next_one in part.next_meetings if next_one.date.value == one.by.value]
        is_dated = re.search(rf"(?<!\d)0?{one.by.value.day}(?!\d)", one.anchor.quote)
        if not is_dated and met and met[0]:
            numbers.append(writer.cite(part, met[0]))
        by = f" (senast den {say_date(one.by.value)})" if is_dated or met and met[0] else by
    what = " ".join(one.what.split()).rstrip(" .")
    if one.by.value and say_date(one.by.value) in what:
        by = ""
    lead = f"{', '.join(who)}: " if who and not what.startswith(tuple(who)) else "" if who else "Ingen namngiven: "
    writer.claim(f"{lead}{what}{by}{state}, {meeting_name(part)}", numbers)


def _first_named(material: Material, every: Sequence[tuple[Part, Action]]) -> tuple[str, ...]:
    """Those who took something on and are named in the question by their first name only."""
    words = {analysis.fold(word).removesuffix("s") for word in re.findall(r"\w+", material.question.whole) if word[0].isupper()}  # fmt: skip
    names = dict.fromkeys(name for _, one in every for name in one.who if len(name.split()) > 1)
    return tuple(name for name in names if analysis.fold(name.split()[0]).removesuffix("s") in words)


def _asked_for(material: Material, people: Sequence[str], rows: list[tuple[Part, Action]]) -> list[tuple[Part, Action]]:
    """The rows of the seat and the matter that the question names beside the person; none where they speak of other things."""
    seats = [analysis.fold(one.value) for one in named_seats(material.question.whole, material.known)]
    of_seat = [row for row in rows if any(seat in analysis.fold(row[1].anchor.quote) for seat in seats)]
    names = {word for name in (*people, *seats) for word in analysis.fold(name).split()}
    words = [one for one in material.question.topic if analysis.fold(one).removesuffix("s") not in names and analysis.fold(one) not in names]  # fmt: skip
    matter = {lemma for word in words if not _OF_ACTIONS.match(fold_letters(word)) for lemma in analysis.content_words(word)}  # fmt: skip
    rows = of_seat or rows
    if not matter or not people:
        return rows
    return [row for row in rows if matter & set(analysis.analyse(f"{row[1].what} {row[1].anchor.quote}").terms)]


def _is_by(action: Action, name: str) -> bool:
    wanted = set(analysis.fold(name).split())
    return any(wanted >= set(analysis.fold(one).split()) and one for one in action.who)
