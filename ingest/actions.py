"""Actions: who does what by when, from tables, lists under *Att göra* and sentences with a promise."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import zip_longest

from corpus.records import Action, AgendaItem, Anchor, NextMeeting, Participant
from corpus.swedish import wording
from corpus.swedish.dates import find_dates
from corpus.swedish.hunspell import is_word
from corpus.swedish.names import FIRST, kinds
from corpus.swedish.wording import fold_letters
from ingest.clauses import Clause
from ingest.decided import is_decided
from ingest.decisions import item_of
from ingest.due import due_day, due_words, is_set
from ingest.persons import NAME, is_name
from ingest.running import Line, Running, says_something

COLUMNS = {
    "who": r"vem|ansvarig\w*|vem gor(?: det)?|namn|utforare|agare|ansvar|vem\?",
    "what": r"vad|uppgift|atgard|aktivitet|att gora|insats|uppdrag|vad\?|beskrivning|handelse",
    "when": r"nar|klart?|klart senast|datum|senast|deadline|tid|tidsplan|till nar|nar\?|klardatum|status",
}
# What opens a list of actions. A new heading is one line here and one case in tests/cases/actions.toml.
HEADINGS = (
    r"att gora(?:-lista)?(?: till nasta (?:gang|mote))?",
    r"atgard(?:er|slista)?|atgardslista|aktivitetslista|uppgifter",
    r"uppdrag(?:slista)?|vem gor vad|ansvarsfordelning|hemlaxa",
    r"till nasta (?:gang|mote)|action points|todo|to do",
)
_HEADING = re.compile(rf"(?:{'|'.join(HEADINGS)})\W*")
_GIVEN = re.compile(
    rf"(?:Uppdrag (?:till|åt)|Uppdra(?:s|gs)? åt|Uppdrogs åt) (?P<who>{NAME}|[A-ZÅÄÖ][\wåäö]+)(?: att|:)? (?P<what>.+)",
    re.DOTALL,
)
_MARKED = re.compile(
    rf"(?i:åtgärd|att göra|uppdrag|to do|todo|ap|action)[ \t]*:[ \t]*(?P<text>.+)|"
    rf"@[ \t]*(?P<at>{NAME}|[A-ZÅÄÖ][\wåäö-]+)[: ]+(?P<what>.+)"
)
_ROLES = (
    r"Ordföranden?|Sekreteraren?|Samordnaren?|Projektledaren|Verksamhetschefen|Förvaltningschefen|Utbildningschefen|Skolchefen|"
    r"Sammankallande|Förvaltningen|Kansliet|Arbetsutskottet|Arbetsgruppen|Processledaren|AU|Presidiet|"
    r"Samtliga kommuner|Alla kommuner|Varje kommun"
)
# A day or a word of time that ends a cell whose columns ran together.
_DAY_LAST = re.compile(
    r"\s+[—–-]?\s*((?:\d{1,2}(?:/\d{1,2}| [a-zåäö]{3,9}\.?)(?: \d{4})?|\d{4}-\d\d-\d\d|snarast|omgående|löpande|"
    r"(?:v\.?|vecka) ?\d{1,2}))$"
)


@dataclass(frozen=True, slots=True)
class People:
    """Who may be meant: full names, and what short forms (first names, initials) mean where only one person fits."""

    names: tuple[str, ...] = ()
    short: Mapping[str, str] = field(default_factory=dict)

    def full(self, told: str) -> str:
        return self.short.get(told, told)


@dataclass(frozen=True, slots=True)
class Frame:
    """What actions are read within: the part, its items, its day, its next meeting, its people."""

    part_id: str
    whole: Running
    items: tuple[AgendaItem, ...]
    day: date | None
    next_day: date | None
    people: People


def people_of(participants: Sequence[Participant], initials: Sequence[tuple[str, str]], text: str) -> People:
    """Names of the attendance and of the text; first names and initials that only one of those present has."""
    present = list(dict.fromkeys(one.name for one in participants))
    firsts: dict[str, set[str]] = {}
    for name in present:
        firsts.setdefault(name.split()[0], set()).add(name)
    short = {first: next(iter(full)) for first, full in firsts.items() if len(full) == 1}
    short.update(_by_task(participants))
    short.update(dict(initials))
    return People((*present, *_called(text, present)), short)


# What one of those present is called by the task (*Samordnaren bokar lokal*), and what the attendance calls it.
_TASKS = {
    "Ordföranden": r"\b(?:ordförande|ordf|mötesledare|mötesordförande|sammankallande)\b",
    "Sekreteraren": r"\b(?:sekreterare|sekr|mötessekreterare|antecknar|antecknade|skriver|protokollförare)\b",
    "Samordnaren": r"\w*samordnare\b",
    "Processledaren": r"\w*processledare\b",
    "Projektledaren": r"\w*projektledare\b",
    "Verksamhetschefen": r"\bverksamhetschef\b",
    "Förvaltningschefen": r"\bförvaltningschef\b",
    "Utbildningschefen": r"\butbildningschef\b",
    "Skolchefen": r"\bskolchef\b",
    "Sammankallande": r"\bsammankallande\b",
}


def _by_task(participants: Sequence[Participant]) -> dict[str, str]:
    """Who is meant by a task that only one of those present has; the vice chair is not the chair."""
    told = {}
    for task, pattern in _TASKS.items():
        held = {
            one.name
            for one in participants
            if one.role and re.search(pattern, re.sub(r"\b(?:vice|v\.|bitr\w*) ordf\w*", "", one.role.lower()))
        }
        if len(held) == 1:
            told[task] = held.pop()
    return told


def _called(text: str, present: Sequence[str]) -> list[str]:
    """First names of the text that are nobody's among those present, where they stand without a surname."""
    known = {word for name in present for word in name.split()}
    found = re.findall(r"(?<![A-ZÅÄÖa-zåäö-] )\b([A-ZÅÄÖ][a-zåäöé]{2,}(?:-[A-ZÅÄÖ][a-zåäöé]+)?) (?=[a-zåäö])", text)
    return [
        name
        for name in dict.fromkeys(found)
        if name not in known and FIRST in kinds(name) and not is_word(name.lower())
    ]


def next_day_of(meetings: Sequence[NextMeeting]) -> date | None:
    """The day of the body's own next meeting."""
    return next((one.date.value for one in meetings if one.body is None and one.date.value), None)


def find_actions(frame: Frame, lines: Sequence[Line], clauses: Sequence[Clause]) -> tuple[Action, ...]:
    """All actions: rows of tables and lists first, then sentences that add to them."""
    listed = list(_tables(frame, lines))
    listed += [one for one in _lists(frame, lines) if not _stands_in(one, listed)]
    told = [one for one in _sentences(frame, clauses) if not _stands_in(one, listed)]
    return (*listed, *(one for one in told if not any(_is_same(one, other) for other in listed)))


def _stands_in(one: Action, others: Sequence[Action]) -> bool:
    """Whether its words are those of another action already."""
    at = one.anchor
    return any(
        other.anchor.page == at.page and other.anchor.start < at.end and at.start < other.anchor.end for other in others
    )


def _is_same(one: Action, other: Action) -> bool:
    """Told in a sentence what a table or list has already: the same people and a word in common."""
    names = {word[:5] for name in one.who for word in name.lower().split()}
    heads = [{word[:5] for word in re.findall(r"[a-zåäö]{5,}", action.what.lower())} - names for action in (one, other)]
    return set(one.who) == set(other.who) and bool(heads[0] & heads[1])


def _action(frame: Frame, who: Sequence[str], what: str, when: str, bounds: tuple[int, int]) -> Action:
    anchor: Anchor = frame.whole.anchor(*bounds)
    item = item_of(frame.items, anchor)
    return Action(
        action_id=hashlib.sha256(f"{frame.part_id}:a:{anchor.page}:{anchor.start}".encode()).hexdigest()[:24],
        who=tuple(dict.fromkeys(who)),
        what=" ".join(what.split()).strip(" —–-"),
        by=due_day(when, frame.day, frame.next_day),
        by_text=due_words(when, frame.day),
        item_number=item.number if item else None,
        anchor=anchor,
    )


# --- tables ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    start: int
    end: int
    who: str = ""
    what: str = ""
    when: str = ""


def columns_of(line: Line) -> tuple[str, ...]:
    """The columns of an action table's header row, in order; empty for other lines."""
    words = line.text.strip(" :").split()
    if len(line.cells) == 1 and 1 < len(words) < 4:  # columns of plain text, one space apart: who must stand first
        told = tuple(_column(word) or "" for word in words)
        return told if told[0] == "who" and set(told) in ({"who", "what"}, {"who", "what", "when"}) else ()
    found = [_column(cell) for cell in line.cells if says_something(cell)]
    named = [one for one in found if one]
    if "what" not in named and "who" in named:
        found = [
            "what" if one is None and is_decided(cell) else one for one, cell in zip(found, line.cells, strict=False)
        ]
        named = [one for one in found if one]
        found = [one or ("" if _is_matter(cell) else None) for one, cell in zip(found, line.cells, strict=False)]
    good = {"who", "what"} <= set(named) and len(named) >= len(found) - 1
    return tuple(one or "" for one in found) if good else ()


def _is_matter(cell: str) -> bool:
    return (
        re.fullmatch(r"arende|punkt|fraga|amne|rubrik|nr|sak|diskussion|bakgrund", fold_letters(cell).strip(" .:*"))
        is not None
    )


def _column(cell: str) -> str | None:
    folded = fold_letters(cell).strip(" .:*")
    return next((name for name, pattern in COLUMNS.items() if re.fullmatch(pattern, folded)), None)


def _tables(frame: Frame, lines: Sequence[Line]) -> Iterator[Action]:
    n = 0
    while n < len(lines):
        columns = columns_of(lines[n])
        if not columns:
            n += 1
            continue
        decides = any(map(is_decided, lines[n].cells))
        rows, n = _rows(frame.people, lines, n + 1, columns)
        for row in rows:
            who = names_in(row.who, frame.people)
            if row.what and (not decides or _are_people(who, frame.people)):
                yield _action(frame, who, row.what, row.when, (row.start, row.end))


def _are_people(who: Sequence[str], people: People) -> bool:
    return bool(who) and all(one in people.names or is_name(one) or re.fullmatch(_ROLES, one) for one in who)


def _rows(people: People, lines: Sequence[Line], first: int, columns: tuple[str, ...]) -> tuple[list[_Row], int]:
    rows: list[_Row] = []
    at = first
    while at < len(lines):
        line = lines[at]
        cells = [cell for cell in line.cells if re.search(r"[^\W\d_]{2}|\d", cell)]
        if not cells:  # the rule under a table's head, as plain text draws it
            at += 1
            continue
        if len(cells) == 1 and not _may_go_on(line, rows, people):
            break
        if not rows or _opens_row(cells, columns, people, rows[-1]):
            rows.append(_fill(_Row(line.start, line.end), cells, columns, people))
        else:
            _append(rows[-1], cells, columns)
            rows[-1].end = line.end
        at += 1
    return rows, at


def _may_go_on(line: Line, rows: Sequence[_Row], people: People) -> bool:
    """A line of one cell in a table: a row whose columns ran together, or the rest of the row above."""
    if _leading_name(line.text, people):
        return True
    return bool(rows) and not line.has_gap and line.text[0].islower() and len(line.text) < 50


def _opens_row(cells: Sequence[str], columns: tuple[str, ...], people: People, above: _Row) -> bool:
    at = columns.index("who")
    cell = cells[at] if at < len(cells) else cells[0]
    if at == 0 and above.who and _completes(above.who, cell, people):
        return False
    if at == 0:
        return bool(_leading_name(cell, people)) or (cell[0].isupper() and len(cells) >= min(3, len(columns)))
    return len(cells) >= len(columns) - 1 and cells[0][0].isupper()


def _completes(who: str, cell: str, people: People) -> bool:
    """Whether the cell is the surname that the row above lacks (*Bo Ek och Eva* / *Alm*)."""
    last = re.split(r",| och | & ", who)[-1].strip()
    return any(name == f"{last} {cell}" for name in people.names) or (
        len(last.split()) == 1 and people.full(last).endswith(f" {cell}")
    )


def _leading_name(text: str, people: People) -> str | None:
    """The people a cell or a line opens with, seats after commas included."""
    known = [*people.names, *people.short, "Alla", "Samtliga"]
    one = "|".join([re.escape(name) for name in sorted(known, key=len, reverse=True)] + [NAME])
    match = re.match(
        rf"(?:{one}|{_ROLES})(?: [A-ZÅÄÖ]\b\.?(?= \w))?(?:(?:, | och | & |/)(?:{one}))*(?:,? \(?[A-ZÅÄÖ][\wåäö]+\)?(?= |$))?(?!\w)",
        text,
    )
    found = match.group() if match else None
    if found is None or (found.isupper() and " " in found and found not in known) or _is_wording(found, known):
        return None
    return found


def _is_wording(found: str, known: Sequence[str]) -> bool:
    """*Kontakta Arbetsförmedlingen*: a word of the language before a name is no first name."""
    first, _, rest = found.partition(" ")
    is_told = any(found.startswith(name) for name in known) or re.match(_ROLES, found)
    return bool(rest) and not is_told and first.endswith("a") and is_word(first.lower()) and FIRST not in kinds(first)


def _fill(row: _Row, cells: Sequence[str], columns: tuple[str, ...], people: People) -> _Row:
    """Cells to columns; where columns ran together the name is cut off in front and the day behind."""
    left = list(cells)
    if columns[0] == "who" and len(left) < len(columns):
        head = _leading_name(left[0], people)
        if head and len(head) < len(left[0]):
            left[:1] = [head, left[0][len(head) :].strip()]
    if columns[-1] == "when" and len(left) < len(columns) and "what" in columns:
        left[-1:] = _cut_day(left[-1])
    for name, cell in zip(columns, left, strict=False):
        if name:
            setattr(row, name, cell)
    return row


def _cut_day(cell: str) -> list[str]:
    match = _DAY_LAST.search(cell)
    return [cell[: match.start()], match[1]] if match else [cell]


def _append(row: _Row, cells: Sequence[str], columns: tuple[str, ...]) -> None:
    """The second line of a row: as many cells as columns in order, else by what they look like."""
    names = [name for name in columns if name]
    left = list(cells)
    if len(left) < len(names):
        last = re.split(r",| och | & ", row.who)[-1].strip()
        names = _guess(left, names, is_surname=len(last.split()) == 1 and left[0][0].isupper())
    for name, cell in zip(names, left, strict=False):
        setattr(row, name, f"{getattr(row, name)} {cell}".strip())


def _guess(cells: Sequence[str], names: Sequence[str], *, is_surname: bool) -> list[str]:
    if is_surname:
        return ["who", "what", "when"][: len(cells)]
    if len(cells) > 1:
        return [name for name in names if name != "who"][: len(cells)]
    return (
        ["when"]
        if "when" in names and re.fullmatch(r"[a-zåäö]{3,9}\.?( \d{4})?", cells[0]) and find_dates(f"1 {cells[0]}")
        else ["what"]
    )


def names_in(text: str, people: People) -> list[str]:
    """The people of a cell, short forms made whole; a place beside a name is left out."""
    found: list[str] = []
    for piece in re.split(r",|/|\+| och | samt | & |;", text):
        told = re.sub(r"\([^)]*\)", "", piece).strip(" .:@")
        if not told:
            continue
        full = people.full(told)
        if is_name(full) or full in people.names or not found:
            found.append(full)
    return found


# --- lists -------------------------------------------------------------------------------------------------------


# A row that is ticked off is done.
_TICKED = re.compile(r"\[[xX]\]\s*$")


# Who and when beside or below what is to be done: *Boka lokal. Ansvarig: Eva. Klart: 15/3*.
_ANSWERS = re.compile(
    r"^(?:(?:åtgärd|att göra|uppdrag|uppgift|aktivitet|vad)[ \t]*:[ \t]*)?(?P<what>.*?)"
    r"[\s,.;(–-]*\b(?:ansvarig\w*|ansvar|vem)[ \t]*:?[ \t]+(?P<who>[A-ZÅÄÖ].*?)"
    r"(?:[\s,.;)–-]*\b(?:klart?(?: senast)?|klardatum|när|datum|deadline|senast|slutdatum|tid)[ \t]*:?[ \t]+(?P<when>\S.*))?$",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?:ansvarig\w*|vem|klart?(?: senast)?|klardatum|när|deadline|senast|slutdatum)[ \t]*:[ \t]*\S", re.IGNORECASE
)


def _lists(frame: Frame, lines: Sequence[Line]) -> Iterator[Action]:
    """Rows under *Att göra*, and lines marked *Åtgärd:*, @ or with who answers for it."""
    inside, last = False, -1
    for n, line in enumerate(lines):
        if n <= last:
            continue
        marked = _MARKED.match(line.text)
        last = _answered_to(lines, n)
        answered = _answered(frame, lines, n, last) if marked or inside or last == n else None
        if answered:
            yield answered
            continue
        last = n
        if _HEADING.fullmatch(fold_letters(line.text)):
            inside = True
        elif marked and len(line.cells) == 1:
            yield from _listed(frame, line, marked["text"] or f"{marked['at']}: {marked['what']}")
        elif inside and _TICKED.search(frame.whole.text[max(0, line.start - 6) : line.start]):
            continue
        elif inside and len(line.cells) == 1 and not columns_of(line):
            made = list(_listed(frame, line, line.text))
            inside = bool(made)
            yield from made


def _answered_to(lines: Sequence[Line], n: int) -> int:
    """The last of the lines below that only tell who answers for what lines[n] says, and by when."""
    last = n
    while last + 1 < len(lines) and last < n + 3 and _ANSWERED.match(lines[last + 1].text):
        last += 1
    return last


def _answered(frame: Frame, lines: Sequence[Line], n: int, last: int) -> Action | None:
    text = " ".join(" ".join(line.cells) for line in lines[n : last + 1])
    match = _ANSWERS.match(text)
    who = names_in(match["who"], frame.people) if match else []
    if not match or len(match["what"]) < MIN_WHAT_CHARS or not _are_people(who, frame.people):
        return None
    return _action(frame, who, match["what"], match["when"] or "", (lines[n].start, lines[last].end))


MIN_WHAT_CHARS = 6


def _listed(frame: Frame, line: Line, text: str) -> Iterator[Action]:
    """*Eva Ek: bokar lokal (15 maj)*, *Boka lokal – Eva*, *Eva bokar lokal*."""
    text = re.sub(r"^\(?(?:\d{1,2}|[a-z])[.)]\s+", "", text)
    head = _leading_name(text, frame.people)
    bounds = (line.start, line.end)
    if head:
        yield _action(frame, names_in(head, frame.people), text[len(head) :].strip(" :–-,"), text, bounds)
        return
    held = re.search(r"\s*\((?P<in>[^()]*)\)[.]?$", text)
    who = names_in(held["in"], frame.people) if held else []
    if held and who and all(one in frame.people.names or is_name(one) for one in who):
        yield _action(frame, who, text[: held.start()], held["in"], bounds)
        return
    tail = re.search(
        rf"\s*[–—(:-]\s*(?:ansvarig\w*:?\s*)?(?P<who>{NAME}|[A-ZÅÄÖ][\wåäö]+)(?P<rest>[ ,)].*)?[).]*$", text
    )
    if tail and (is_name(tail["who"]) or tail["who"] in frame.people.short):
        yield _action(frame, names_in(tail["who"], frame.people), text[: tail.start()], text, bounds)


# --- sentences ---------------------------------------------------------------------------------------------------


def _sentences(frame: Frame, clauses: Sequence[Clause]) -> Iterator[Action]:
    known = [*frame.people.names, *frame.people.short]
    one = "|".join(
        [re.escape(name).replace(r"\ ", r"\s+") for name in sorted(known, key=len, reverse=True)]
        + [NAME.replace(" ", r"\s+")]
    )
    person = rf"(?:{one})(?:,?\s+(?:i|från|på)\s+[A-ZÅÄÖ][\wåäö]+|,\s+[A-ZÅÄÖ][\wåäö]+,|\s+\([^)]*\))?"
    opens = re.compile(
        rf"(?:^|[.!?]\s+|,?\s+och\s+|,\s+|;\s+)(?P<who>(?:{person}|{_ROLES})(?:(?:,\s+|\s+och\s+){person})*)\s+(?P<verb>{wording.promise_pattern()}|{wording.promise_pattern(dated=True)})"
    )
    for clause in _with_days(frame.whole, clauses):
        text = frame.whole.text[clause.start : clause.end]
        given = _GIVEN.match(text)
        if given:
            who = names_in(given["who"], frame.people)
            yield _action(frame, who, given["what"], given["what"], (clause.start, clause.end))
            continue
        if _CARRIED.search(text):
            yield _action(frame, (), text, text, (clause.start, clause.end))
            continue
        for match in opens.finditer(text):
            action = _promised(frame, clause, text, match)
            if action:
                yield action
                break


# What the meeting carries over to a later one without saying who does it (*teman som kommer att behandlas vidare vid
# nästa tillfälle*, *frågan behandlas återkommande i juni*).
_CARRIED = re.compile(
    r"\b(?:kommer|ska|skall)(?:\s+att)?\s+(?:behandlas|diskuteras|beredas|bearbetas|följas\s+upp)\s+(?:vidare|återkommande|åter|igen|på\s+nytt)"
    r"\s+(?:vid|på|under|i)\s+\w|"
    r"\b(?:behandlas|diskuteras|bereds)\s+(?:vidare|återkommande|åter|igen|på\s+nytt)\s+(?:vid|på|i|under|till)\s+"
    r"(?:nästa|kommande|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|höst|vår|den\s+\d)",
    re.IGNORECASE,
)
_DAY_TOLD = re.compile(r"(?:Klart?(?: senast)?|Senast|Deadline|Klardatum)\b[: ].{2,30}")


def _with_days(whole: Running, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses, each with the one after it that is only when it is to be done (*Klart: 31 maj.*)."""
    for clause, after in zip_longest(clauses, clauses[1:]):
        is_told = after and after.start - clause.end < 3 and _DAY_TOLD.fullmatch(whole.text[after.start : after.end])
        yield replace(clause, end=after.end) if after and is_told else clause


def _promised(frame: Frame, clause: Clause, text: str, match: re.Match[str]) -> Action | None:
    rest = text[match.end("verb") :]
    told = " ".join(match["verb"].split())
    if not rest.strip(" .") and told not in ("återkommer", "kollar", "undersöker", "ordnar", "fixar"):
        return None
    is_dated = is_set(rest)
    if not re.fullmatch(wording.promise_pattern(), told) and not (
        is_dated and (due_day(rest, frame.day, frame.next_day).value or due_day(rest, frame.day, frame.next_day).latest)
    ):
        return None
    if re.match(r"(?:ska|kommer att) (?:vara|bli|ha|finnas|få|kunna)\b", told) or re.search(
        r"\bnär\s*$", text[: match.start()]
    ):
        return None
    who = names_in(re.sub(r"\s+(?:i|från|på)\s+[A-ZÅÄÖ][\wåäö]+", "", " ".join(match["who"].split())), frame.people)
    who = [
        name
        for name in who
        if " " in name
        or name in frame.people.short.values()
        or name in frame.people.names
        or re.fullmatch(_ROLES, name)
    ]
    start = clause.start + match.start("who")
    return _action(frame, who, frame.whole.text[start : clause.end], rest, (start, clause.end)) if who else None


def week_end(day: date) -> date:
    """The Sunday of the day's week."""
    return day + timedelta(days=6 - day.weekday())
