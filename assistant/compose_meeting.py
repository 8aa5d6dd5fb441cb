"""Answers about meetings as such: the next one, what a meeting took up, and what the archive holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.answer import Computation
from assistant.compose_list import _cite_top
from assistant.material import Composed, Material, Writer
from assistant.outcomes import best_parts
from assistant.papers import paper_of
from assistant.references import meeting_name, said_day
from assistant.registers import kind_rank, meeting_ids
from assistant.sentences import BULLET, Piece, pieces_of
from assistant.timeline import MINUTES_RANK
from corpus.records import Anchor, Fact, Filter, NextMeeting, Part, Passage, Span
from corpus.swedish.dates import find_dates, find_period, say_date
from corpus.swedish.days import MONTHS
from corpus.swedish.wording import fold_letters

MAX_ITEMS = 25
# Of each slide so many lines are told: its points in short.
SLIDE_LINES = 4
_FORMAL = re.compile(
    r"^(öppnande|inledning|val av justerare|dagordning|föregående|mötet öppnas|"
    r"mötets öppnande|avslutning|närvarande|deltagare|frånvarande)\b",
    re.IGNORECASE,
)

_OUTCOME = re.compile(r"\b(beslut|besloto?|bordla|rekommender|forord|enades|avslog|antog|aterremit)")
_ASKS_AGENDA = re.compile(
    r"\b(dagordning|foredragningslista|agenda|arendelista)\w*|\b(?:arenden|punkter)(?:na)?\b.*\bkallelse"
)
# A body by its genitive before the word for its meeting or its papers: *ishallsrådets senaste möte*.
_OF_BODY = re.compile(
    r"\b\w{3,}(?:natverket|gruppen|radet|namnden|utskottet|styrelsen|forumet|forum|teamet|beredningen|kommitten)s"
    r"\s+(?:\S+\s+){0,3}(?:\w*mote|\w*traff|sammantrade|protokoll|anteckning|dagordning|kallelse)"
)
_AGENDA = re.compile(r"\b(mote|traff|ses|traffas)")
# The days after the next one: *Därefter den 12 september*, *Mötesdagar därefter: 15 maj och 18 september*.
_LATER = re.compile(
    r"(?:(?:Mötesdagar|Mötes(?:datum|tider)|Möten|Träffar|Datum|Sammanträden|Sammanträdesdagar|Vi ses)\s+)?"
    r"\b(?:därefter|därpå|Kommande (?:möten|träffar|datum|mötesdagar|sammanträden)|Övriga (?:möten|träffar|mötesdagar))\b"
    rf"[^.\n]{{0,40}}?\d{{1,2}}(?:/\d{{1,2}}|\s+(?:{'|'.join(MONTHS)}))\b(?:\.(?=\d)|[^.]){{0,120}}",
    re.IGNORECASE,
)
LATER_WITHIN = 140
# The days of a whole year are told at one meeting.
_AHEAD = timedelta(days=400)
# *Nästa möte* is no period of its own beside one that the question names: *nästa möte i augusti*.
_NEXT = re.compile(r"\bnästa (?:\w*möte|\w*träff|\w*sammanträde|gång)\w*", re.IGNORECASE)
_MEETS = frozenset(("ses", "träffas", "möts", "sammanträder"))
Announced = tuple[Part, NextMeeting]


def next_meeting(material: Material) -> Composed | None:
    """The last announced meeting of the body asked about; told as past when its day has gone."""
    bodies = material.question.filter.bodies
    every = [
        (part, one)
        for part in material.all_parts()
        for one in part.next_meetings
        if one.anchor and one.date.value and (not bodies or (one.body or part.body) in bodies or set(bodies) & {fact.value for fact in part.bodies})
    ]  # fmt: skip
    chosen = _announced(material, every)
    if chosen is not None and (met := _met_since(material, chosen)):
        chosen = _told_on(material, chosen, met + timedelta(days=1), date.max) or None
    if chosen is None:
        return None
    if not chosen:
        return Composed()
    writer = Writer(material)
    for part, one in chosen:
        assert one.anchor and one.date.value
        later = _later_days(material, part, one.anchor)
        text = _told(part, one, material.question.today, len(chosen) > 1 or later is not None)
        writer.claim(text, [writer.cite(part, one.anchor)])
        if later is not None and later[0].start != one.anchor.start:
            writer.claim(f"Därefter: «{' '.join(later[1].split()).rstrip(' .')}»", [writer.cite(part, *later)])
    return writer.done()


def _met_since(material: Material, chosen: Sequence[Announced]) -> date | None:
    """The day the body has met after the one taken for its next: then what that meeting announced was not read."""
    question = material.question
    period = find_period(_NEXT.sub(" ", question.whole), question.today)
    if len(chosen) != 1 or not question.filter.bodies or period:
        return None
    told = chosen[0][1].date.value or date.max
    return max((day for part in material.parts() if (day := part.meeting_date.value) and day > told), default=None)


def _later_days(material: Material, part: Part, anchor: Anchor) -> tuple[Span, str] | None:
    """The sentence right after an announcement that tells of the meetings after that one, with their days."""
    page = material.archive.page_texts(material.scope, part.document_id)[anchor.page - 1]
    start = max(anchor.start, 0)
    found = _LATER.search(page, start, anchor.end + LATER_WITHIN)
    if found is None:
        return None
    quote = found[0].rstrip()
    return Span(page=anchor.page, start=found.start(), end=found.start() + len(quote)), quote


def _announced(material: Material, every: Sequence[Announced]) -> list[Announced] | None:
    """The announcements asked for: after or within a period, else the newest, of each body where none is named."""
    question = material.question
    if not question.filter.bodies and len({part.body for part, _ in every}) > 1 and not question.filter.date_from:
        return _of_each_body(every, question.today) if _MEETS.issuperset(question.topic) else None
    period = find_period(_NEXT.sub(" ", question.whole), question.today)
    if period and period.which in (None, "last_in") and (period.date_from or period.date_to):
        start, end = period.date_from or date.min, period.date_to or date.max
        if _AGENDA.search(fold_letters(question.whole)) is None and not question.filter.bodies:
            return None
        within = [one for one in every if start <= (one[1].date.value or date.min) <= end]
        after = [one for one in every if start <= (one[0].meeting_date.value or date.min) <= end]
        within = within or _told_on(material, every, start, end)
        if re.search(r"\befter\b", fold_letters(question.whole)):
            if period.date_to is None:  # "efter januari 2025": the first one announced for a day since then
                return sorted(within, key=lambda one: one[1].date.value or date.max)[:1]
            return after
        return within or after
    if not every:
        return None
    newest = max(every, key=lambda one: (_told_at(*one), -kind_rank(one[0])))[0]
    return sorted((one for one in every if one[0] == newest), key=lambda one: one[1].date.value or date.max)[:2]


def _told_on(material: Material, every: Sequence[Announced], start: date, end: date) -> list[Announced]:
    """The days of a period that are told beside the next meeting of all: *Därefter den 12 september*."""
    found = []
    for part, one in every:
        day = one.date.value
        if not one.anchor or not day or not date.min < start or not start - _AHEAD <= day <= end:
            continue
        later = _later_days(material, part, one.anchor)
        days = [told.date for told in find_dates(later[1], day, "after") if told.date] if later else []
        if later and (met := next((day for day in days if start <= day <= end), None)):
            span, quote = later
            anchor = Anchor(page=span.page, start=span.start, end=span.end, quote=quote)
            found.append((part, NextMeeting(date=Fact(value=met, certainty="inferred"), body=one.body, anchor=anchor)))
    return found[:1]


def _told_at(part: Part, one: NextMeeting) -> date:
    """When a meeting was announced: at its part's meeting, which without a day is taken to lie as early as it may."""
    told = part.meeting_date
    return told.value or told.earliest or one.date.value or date.min


def _of_each_body(every: Sequence[Announced], today: date) -> list[Announced]:
    """What each body announced last: the days to come first, then those that have passed, the newest first."""
    newest: dict[str, list[Announced]] = {}
    for part, one in sorted(every, key=lambda pair: (_told_at(*pair), -kind_rank(pair[0]))):
        of_body = newest.setdefault(one.body or part.body or "", [])
        newest[one.body or part.body or ""] = [*(pair for pair in of_body if pair[0] == part), (part, one)]
    days = sorted((_next_of(told, today) for told in newest.values()), key=lambda pair: pair[1].date.value or date.max)
    to_come = [pair for pair in days if (pair[1].date.value or date.max) >= today]
    return to_come + [pair for pair in reversed(days) if pair not in to_come]


def _next_of(announced: Sequence[Announced], today: date) -> Announced:
    """Of the days that one paper announces the first to come, else the last."""
    days = sorted(announced, key=lambda pair: pair[1].date.value or date.max)
    return next((pair for pair in days if (pair[1].date.value or date.max) >= today), days[-1])


def _told(part: Part, one: NextMeeting, today: date, several: bool) -> str:
    assert one.anchor and one.date.value
    day = f"den {say_date(one.date.value)}"
    if part.meeting_date.certainty != "stated":  # then the year is inferred too, and stands nowhere
        day = day.removesuffix(f" {one.date.value.year}")
    details = "".join(f", {piece}" for piece in (one.time and f"kl. {one.time}", one.place) if piece)
    quote = " ".join(one.anchor.quote.split()).strip(" .:")
    body = one.body or part.body or "nätverket"
    if one.date.value < today:
        lead = "Ett aviserat möte" if several else "Det senast aviserade mötet"
        return (
            f"{lead} i {body} var {day}{details}; inget senare finns i underlaget: «{quote}»"
            if not several
            else f"{lead} i {body} var {day}{details}: «{quote}»"
        )
    return f"Nästa möte i {body} är {day}{details}, enligt {meeting_name(part)}: «{quote}»"


def overview(material: Material) -> Composed | None:
    """Per item of the meeting one line: what it was about and its outcome."""
    parts = material.parts()
    if not parts or _names_unknown_body(material):
        return Composed()
    part = _chosen(parts, paper_of(material.question.whole), material.question.whole)
    if not _is_pointed(material) or part is None:
        return None
    if (
        part.items
        and part.kind.value in ("kallelse", "dagordning")
        and _ASKS_AGENDA.search(fold_letters(material.question.whole))
    ):
        return _agenda(material, part)
    passages = [
        one for one in material.archive.passages_of(material.scope, part.document_id) if one.part_id == part.part_id
    ]
    if part.kind.value == "bildspel":
        return _slides(material, part, passages)
    lines = _lines(part, passages)
    if not lines:
        return None
    writer = Writer(material)
    for title, piece, passage in lines[:MAX_ITEMS]:
        number = writer.cite(part, piece.span, piece.text, passage.passage_id)
        text = " ".join((piece.shown or piece.text).split()).rstrip(" .")
        above = writer.cite_title(part, title, passage.spans) if not _is_said(title, text) else None
        if (
            above and kind_rank(part) <= MINUTES_RANK and _OUTCOME.search(fold_letters(text))
        ):  # an outcome stands in its own words beside the heading
            text = f"«{text}»"
        writer.claim(f"{title}: {text}" if above else text, [number, *([above] if above else [])])
    first = writer.sentences[0]
    writer.lead(f"{meeting_name(part)}. ", first)
    return writer.done()


def _names_unknown_body(material: Material) -> bool:
    """Whether the meeting asked about is of a body that the archive knows no meeting of: another's meeting is no answer."""
    return not material.question.filter.bodies and bool(_OF_BODY.search(fold_letters(material.question.whole)))


def _slides(material: Material, part: Part, passages: Sequence[Passage]) -> Composed | None:
    """Slide by slide its heading with the first of its lines."""
    writer = Writer(material)
    for passage in passages[:MAX_ITEMS]:
        title = passage.heading[-1] if passage.heading else ""
        lines = [
            piece for piece in pieces_of(passage) if piece.text.strip() and not _is_said(piece.text.strip(), title)
        ]
        if not lines:
            continue
        told = lines[:SLIDE_LINES]
        above = writer.cite_title(part, title, passage.spans) if title else None
        numbers = [writer.cite(part, one.span, one.text, passage.passage_id) for one in told]
        text = "; ".join(" ".join((one.shown or BULLET.sub("", one.text)).split()).rstrip(" .;") for one in told)
        writer.claim(f"{title}: {text}" if above else text, [*([above] if above else []), *numbers])
    if writer.sentences:
        writer.lead(f"{meeting_name(part)}. ", writer.sentences[0])
    return writer.done()


def _is_said(title: str, text: str) -> bool:
    """Whether a line says its heading itself, as words of their own: *Praon* does not say *Prao*."""
    return bool(re.search(rf"(?<!\w){re.escape(title)}(?!\w)", text, re.IGNORECASE))


def _agenda(material: Material, part: Part) -> Composed | None:
    """The items of an agenda, each as its heading stands."""
    writer = Writer(material)
    for item in part.items[:MAX_ITEMS]:
        number = writer.cite_title(part, item.title, item.spans)
        if number is not None:
            writer.claim(f"{item.number + ' ' if item.number else ''}{item.title}", [number])
    if writer.sentences:
        writer.lead(f"{meeting_name(part)}: ", writer.sentences[0])
    return writer.done()


def _is_pointed(material: Material) -> bool:
    """Whether a meeting is named: by body, period or paper."""
    question = material.question
    return bool(
        question.filter.bodies
        or question.filter.date_from
        or question.filter.date_to
        or paper_of(question.whole)
        or not question.topic
    )


def _chosen(parts: Sequence[Part], kind: str | None, text: str) -> Part | None:
    """Of the newest meeting the part that counts most, or the paper that the question names."""
    agenda = _ASKS_AGENDA.search(fold_letters(text))
    kind = None if kind == "dagordning" else kind
    wanted = [part for part in parts if kind is None or part.kind.value == kind]
    if kind is None and agenda:
        wanted = [part for part in parts if part.kind.value in ("kallelse", "dagordning")] or list(parts)
    if re.search(r"\bgemensam", fold_letters(text)):
        wanted = [part for part in wanted if len(part.bodies) > 1] or wanted
    return max(wanted, key=lambda one: (one.meeting_date.value or date.min, -kind_rank(one)), default=None)


def _lines(part: Part, passages: Sequence[Passage]) -> list[tuple[str, Piece, Passage]]:
    """(title, the sentence that tells most, its passage) per item and inner title; a passage is an item where none are known.

    The first of an item stands under the item's own title: *Diskussion* and *Att göra* come again under each.
    """
    found: dict[tuple[str, str], tuple[Piece, Passage, int]] = {}
    for passage in passages:
        item = re.sub(r"^(?:§+\s*)?\d+[.)]?\s+", "", passage.heading[-1]) if passage.heading else ""
        inner = ""
        for piece in pieces_of(passage):
            if _is_inner_title(piece):
                inner = " ".join(piece.text.split())
                continue
            key = (item or passage.passage_id, inner)
            weight = _weight(part, piece)
            if len(piece.text.split()) >= 4 and not _is_roll(piece.text) and (key not in found or weight > found[key][2]):  # fmt: skip
                found[key] = (piece, passage, weight)
    told: list[tuple[str, Piece, Passage]] = []
    items: set[str] = set()
    for (item, inner), (piece, passage, _) in found.items():
        if _FORMAL.match(re.sub(r"^\W*\d*\W*", "", inner or item)) or _FORMAL.match(re.sub(r"^\W*\d*\W*", "", item)):
            continue
        is_first = item not in items and item != passage.passage_id
        items.add(item)
        told.append((item if is_first or not inner and item != passage.passage_id else inner, piece, passage))
    return told


def _weight(part: Part, piece: Piece) -> int:
    """How much a sentence tells of what came out: a decision most, then a proposal."""
    held = [
        2 if one.strength != "förslag" else 1
        for one in part.decisions
        if one.anchor.page == piece.span.page and piece.span.start <= one.anchor.start < piece.span.end
    ]
    return max(held, default=0)


def _is_roll(text: str) -> bool:
    """Whether a line is of an attendance list: most words with capitals, or a bullet with a name first."""
    words = re.findall(r"[^\W\d_]+", text)
    capitals = sum(word[0].isupper() for word in words)
    return capitals > len(words) / 2 or bool(re.match(r"[-•–*]\s*[A-ZÅÄÖ]\w+ [A-ZÅÄÖ]\w+,", text))


def _is_inner_title(piece: Piece) -> bool:
    text = piece.text.strip()
    return len(text) <= 60 and "\n" not in text and not text.endswith((".", "!", "?", ":", ",")) and 0 < len(text.split()) <= 8  # fmt: skip


def collection(material: Material) -> Composed | None:
    """What the archive holds: its bodies with meetings and years; its newest or oldest meeting."""
    folded = fold_letters(material.question.whole)
    dated = [part for part in material.parts() if part.meeting_date.value]
    if dated and re.search(r"\b(nyaste|senaste|sista)\b", folded):
        return _edge(material, max(dated, key=lambda one: one.meeting_date.value or date.min), "Det nyaste mötet är")
    if dated and re.search(r"\b(aldsta|forsta|langt (tillbaka|bakat))\b", folded):
        return _edge(material, min(dated, key=lambda one: one.meeting_date.value or date.max), "Det äldsta mötet är")
    return _bodies(material)


def _edge(material: Material, part: Part, lead: str) -> Composed | None:
    writer = Writer(material)
    rule = "newest" if "nyaste" in lead else "oldest"
    day = part.meeting_date.value.isoformat() if part.meeting_date.value else ""
    text = f"{lead} {meeting_name(part)} ({day})"
    computation = Computation(rule=rule, values=(day,), filter=material.question.filter, about=(part.body or "",))
    writer.computed(text, [_cite_top(writer, material, part)], computation)
    return writer.done()


def _bodies(material: Material) -> Composed | None:
    writer = Writer(material)
    wanted = material.question.filter.bodies
    ids = meeting_ids(material.archive.links(material.scope))
    for body in material.archive.bodies(material.scope):
        if wanted and body not in wanted:
            continue
        filter = Filter(bodies=(body,))
        mine = best_parts(material.archive.parts(material.scope, filter), ids)
        met = material.archive.meetings(material.scope, filter)
        years = sorted({one.date.value.year for one in met if one.date.value})
        ends = [str(year) for year in sorted({*years[:1], *years[-1:]})]
        if not mine:
            continue
        number = _cite_top(writer, material, mine[0])
        text = f"{body}: {len(met)} {'möte' if len(met) == 1 else 'möten'}, {'–'.join(ends) or 'odaterat'}"
        writer.computed(text, [number], Computation(rule="meetings_and_years", values=(str(len(met)), *ends), filter=filter, about=(body,)))  # fmt: skip
        if wanted:
            days = ", ".join(said_day(part.meeting_date) for part in mine)
            numbers = [_cite_top(writer, material, part) for part in mine]
            writer.computed(f"Möten i {body}: {days}", numbers, Computation(rule="meetings", values=(), filter=filter))
    return writer.done()
