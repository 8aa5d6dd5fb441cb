"""What is asked: kind, value, matter, period, body, people; a follow-up made whole from the history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Limit, Moment, Question, QuestionKind, Turn, Value
from assistant.due_asked import at_meeting
from assistant.focus import focus_words
from assistant.followup import Whole, make_whole
from assistant.kinds import kind_of
from assistant.naming import Known, Mention, blanked, named_bodies, named_people, named_seats
from assistant.papers import PAPER_KINDS, paper_of
from assistant.parts import parts_of
from assistant.spoken import plain
from assistant.undecided import asks_decision
from assistant.values import asked_value
from corpus.records import Filter
from corpus.swedish.dates import FoundPeriod, find_period
from corpus.swedish.days import MONTHS
from corpus.swedish.wording import fold_letters

__all__ = ["Asked", "Known", "find_limits", "kind_of", "understand"]

_OWN = re.compile(r"\b(vi|vår|vårt|våra|oss)\b", re.IGNORECASE)
_MONTH_MEETING = re.compile(
    rf"\b(?P<m>{'|'.join(MONTHS)}|vår|höst|sommar|vinter)(?:s?möte[tn]?s?|träffen)(?:\s+(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_PAPER_FROM = re.compile(
    rf"\b(\w*protokoll\w*|\w*anteckning\w*|\w*möte[tn]?s?|kallelse\w*|utkast\w*|bildspel\w*|beslut(?:en|et)?) från (?:den )?(?:i )?"
    rf"(?=(\d\S*|{'|'.join(MONTHS)}|[vh]t\b|våren|hösten|förra|läsåret|vårterminen|höstterminen))(?!.*\b(?:framåt|till|tills)\b)",
    re.IGNORECASE,
)
# A period limits the meetings only where the words say that it is the time of a meeting or of what was done there.
_MEETING_WORD = re.compile(
    r"\b(\w*mote\w*|\w*traff\w*|sammantrad\w*|\w*protokoll\w*|anteckning\w*|minnesanteckning\w*|kallelse\w*|dagordning\w*|utkast\w*|"
    r"beslut(?!et? (fran|av|den))\w*|bestam\w*|klubba\w*|besl(o|u)t\w*|rekommendera\w*|foreslog\w*|avslog\w*|enades|antog\w*|"
    r"bordla\w*|aterremit\w*|stallning|fram till|deltog|narvarande|franvarande|togs upp|tog .* upp|diskutera\w*|berattades?|"
    r"rapporterades?|redovisades?|sades|sas|sa|reserverade|rostade|sk[oj][tu]\w* (?:\w+ ){0,2}upp|framkom|hande|gick .* igenom|uppe|visade|lovade)\b"
)
_OF_MEETING = re.compile(r"möte|träff|sammanträde|senast|sist|gång|tillfälle", re.IGNORECASE)
_INSIDE = frozenset(("last_in", "first_in"))
_JOINT = re.compile(r"\bgemensam(?:ma|t) (?:nätverks)?(?:möte|träff|sammanträde)", re.IGNORECASE)
_NOW = re.compile(r"i ?dag\b|nu\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(var|ar|satt|holl|ledde|forde|skrev|fanns)\b.{0,20}\b(\w*ordforande|sekreterare|justerare|protokollforare|motet|traffen|protokoll)\b|\bjusterade\b"
)
# *Kom Tuna på mötet?* asks the attendance list, where what came is somebody or a municipality.
_CAME = re.compile(
    r"(?:och |men )?(?:kom|dök|dok) (?P<who>.+?)(?: upp)? (?:på|pa|till) (?:\w+ )?(?:möte|mote|träff|traff|sammanträde)\w*",
    re.IGNORECASE,
)
_WHICH_PERSON = re.compile(r"(?:och |men )?vilken (?:av )?$", re.IGNORECASE)
MEETING_KINDS: frozenset[QuestionKind] = frozenset(
    ("overview", "attendance", "decision", "said", "list", "open_actions")
)
# Kinds whose answer is what was decided or said, whatever else the words ask for (*vem som ska betala*).
VALUELESS: frozenset[QuestionKind] = frozenset(
    ("decision", "said", "yes_no", "overview", "keyword", "timeline", "list")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user gave: the words, what went before, the day, filters set by hand, limits taken away."""

    text: str
    history: Sequence[Turn] = ()
    today: date
    filter: Filter = Filter()
    without: Sequence[str] = ()


def understand(asked: Asked, known: Known) -> Question:
    """The understood question. Limits only narrow; each is shown so that it can be taken away."""
    asked = _written(asked)
    whole = make_whole(asked.text, asked.history)
    text = _MONTH_MEETING.sub(_month_meeting, whole.text)
    text = _PAPER_FROM.sub(
        lambda m: f"{m[1]} {'den' if re.match(r'[0-3]?[0-9](?![0-9])|(?:19|20)[0-9]{2}-', m[2]) else 'i'} ", text
    )
    parts = parts_of(whole.text)
    kind = _kind(asked.text, whole, parts)
    text = at_meeting(text) if kind == "open_actions" else text
    bodies = _bodies(text, whole, known)
    limits = [Limit(what="body", label=one.label, value=one.value) for one in bodies if one.value not in asked.without]
    period = find_period(text, asked.today, _newest(known, [one.value for one in bodies]))
    found = _period_limit(text, period, kind, known, [one.value for one in bodies])
    moment = _moment(period) if not found else None
    if not found and len(set(known.joint)) == 1 and _JOINT.search(text):
        found = _limit("det gemensamma mötet", known.joint[0], known.joint[0])
    if found and found.value not in asked.without:
        limits.append(found)
    people = named_people(text, known)
    if people and _WHICH_PERSON.match(text[: people[0].start]):
        kind = "who"
    seats = named_seats(text, known)
    came = _CAME.match(text)
    if came and any((one.start, one.end) == came.span("who") for one in (*people, *seats)):
        kind = "attendance"
    paper = None if kind == "comparison" else _paper_limit(paper_of(whole.text), limits, known)
    if paper and paper.value not in asked.without:
        limits.append(paper)
    matter = _matter(at_meeting(whole.own) if kind == "open_actions" else whole.own, bodies, period, known)
    return Question(
        asked=asked.text,
        whole=whole.text,
        kind=kind,
        topic=tuple(focus_words(matter)),
        filter=_narrowed(asked.filter, limits),
        limits=tuple(limits),
        today=asked.today,
        value=None if kind in VALUELESS else _value(whole, parts),
        matter=matter,
        context=_matter(whole.context, bodies, period, known),
        moment=moment,
        people=tuple(dict.fromkeys(one.value for one in people)),
        seats=tuple(dict.fromkeys(one.value for one in seats)),
        paper=paper_of(whole.text),
        parts=parts,
    )


def _written(asked: Asked) -> Asked:
    """The question and those before it in written Swedish."""
    return replace(
        asked, text=plain(asked.text), history=[replace(one, question=plain(one.question)) for one in asked.history]
    )


def _month_meeting(match: re.Match[str]) -> str:
    """*novembermötet 2023* as *mötet i november 2023*, *vårmötet* as *mötet våren*."""
    word = match["m"].lower()
    when = f"i {match['m']}" if word in MONTHS else {"vinter": "vintern", "sommar": "sommaren"}.get(word, f"{word}en")
    return f"mötet {when} {match['y'] or ''}".strip()


def _paper_limit(paper: str | None, limits: Sequence[Limit], known: Known) -> Limit | None:
    """The kind of document named as the source, where there is such a one within the other limits."""
    if paper is None:
        return None
    within, kinds = _narrowed(Filter(), limits), PAPER_KINDS.get(paper, (paper,))
    there = any(
        kind in kinds
        and (not within.bodies or set(bodies) & set(within.bodies))
        and (within.date_from is None or (day is not None and day >= within.date_from))
        and (within.date_to is None or (day is not None and day <= within.date_to))
        for kind, bodies, day in known.papers
    )
    return Limit(what="kind", label=paper, value=paper) if there else None


def find_limits(text: str, today: date, known: Known) -> list[Limit]:
    """Bodies and period named in a text, as limits."""
    bodies = named_bodies(text, known)
    limits = [Limit(what="body", label=one.label, value=one.value) for one in bodies]
    period = find_period(text, today, _newest(known, [one.value for one in bodies]))
    if period and period.firm and (period.date_from or period.date_to):
        limits.append(_limit(period.label, period.date_from, period.date_to))
    return limits


def _kind(text: str, whole: Whole, parts: Sequence[str]) -> QuestionKind:
    """A follow-up's kind is its own; an ellipsis has the kind of what it completes; of two questions the first's counts."""
    if whole.context and kind_of(whole.context) == "next_meeting":
        if kind_of(whole.own) == "attendance":
            return "attendance"
        if not focus_words(whole.own):
            return "next_meeting"
    if whole.asks and kind_of(whole.own) in ("free", "keyword"):
        return kind_of(whole.asks)
    if len(parts) > 1 and not whole.context:
        return kind_of(f"{parts[0]}?")
    return kind_of(whole.own if whole.context or whole.own == whole.text else text)


def _value(whole: Whole, parts: Sequence[str]) -> Value | None:
    """The sort of value asked for; that of the question before where the follow-up has no word for one."""
    own = asked_value(whole.own if len(parts) < 2 or whole.context else parts[0])
    return own or (asked_value(whole.asks) if whole.asks else None)


def _bodies(text: str, whole: Whole, known: Known) -> list[Mention]:
    """The bodies named; a follow-up's own before those of the question it leans on; *vi* is the asker's own."""
    own = named_bodies(whole.own, known) if whole.context else []
    found = own or named_bodies(text, known)
    if not found and known.own_body and _OWN.search(text):
        return [Mention(0, 0, known.own_body, known.own_body)]
    return list({one.value: one for one in found}.values())


def _newest(known: Known, bodies: Sequence[str]) -> date | None:
    days = [day for day, of in known.meetings if not bodies or set(of) & set(bodies)]
    return max(days, default=None)


def _period_limit(
    text: str, period: FoundPeriod | None, kind: QuestionKind, known: Known, bodies: Sequence[str]
) -> Limit | None:
    if period is None:
        return None
    start, end = period.date_from, period.date_to
    if period.which:
        counts = period.which != "next" and _OF_MEETING.search(period.label)
        placed = _placed(period, known, bodies) if counts else None
        if placed:
            return _limit(period.label, *placed)
        return _limit(period.label, start, end) if period.which in _INSIDE and (start or end) else None
    asks_role = kind == "who" and bool(_ROLE.search(fold_letters(text)))
    if not period.firm and not asks_role and not _names_meeting(text, period):
        return None
    if asks_role:  # who chaired is asked of a meeting
        return _limit(period.label, start, end) if start or end else None
    of_meeting = kind in MEETING_KINDS or kind == "yes_no" and asks_decision(text)
    if not (start or end) or not (of_meeting or _names_meeting(text, period)):
        return None
    if (of_meeting and kind != "list") or _MEETING_WORD.search(fold_letters(text)):
        return _limit(period.label, start, end) if _is_past(start, kind, text, period) else None
    return None


def _is_past(start: date | None, kind: QuestionKind, text: str, period: FoundPeriod) -> bool:
    """A period right after what the meeting did (*beslutades om simtider våren 2022*) may be the matter's own time."""
    before = fold_letters(text[: period.start])
    of_matter = re.search(r"\b(om|for|till|infor)\s+(?:\w+\s+){0,4}$", before) and not re.search(
        r"\b(mote|traff|protokoll)\w*\s*(?:i|den|fran|pa|av)?\s*$", before
    )
    return not of_matter or bool(re.match(r"(den|i|under|hösten|våren)\b", fold_letters(period.label))) or period.date_from == period.date_to  # fmt: skip


def _names_meeting(text: str, period: FoundPeriod) -> bool:
    """Whether the words just around the period are of a meeting or its papers."""
    around = fold_letters(text[max(0, period.start - 45) : period.end + 12])
    return bool(
        re.search(
            r"\b(\w*mote\w*|\w*traff(en)?|sammantrad\w*|\w*protokoll\w*|"
            r"anteckning\w*|kallelse\w*|utkast\w*|\w*dagordning\w*)\b",
            around,
        )
    )


def _placed(period: FoundPeriod, known: Known, bodies: Sequence[str]) -> tuple[date, date] | None:
    """The days, first and last, of the meetings named by their place in order, among the bodies named."""
    days = sorted({day for day, of in known.meetings if not bodies or set(of) & set(bodies)})
    start, end = period.date_from or date.min, period.date_to or date.max
    if period.which in _INSIDE:
        inside = [day for day in days if start <= day <= end]
        day = (inside[-1] if period.which == "last_in" else inside[0]) if inside else None
        return (day, day) if day else None
    if period.which == "previous":
        return (days[-2], days[-2]) if len(days) > 1 else None
    if period.which == "first":
        return (days[0], days[0]) if days else None
    count = max(1, period.count)
    return (days[-count], days[-1]) if len(days) >= count else None


def _limit(label: str, start: date | None, end: date | None) -> Limit:
    return Limit(what="period", label=label, value=f"{start or ''}/{end or ''}")


def _moment(period: FoundPeriod | None) -> Moment | None:
    if (
        period is None
        or not (period.date_from or period.date_to)
        or (period.which and period.which not in _INSIDE)
        or _NOW.match(period.label)
    ):
        return None
    return Moment(label=period.label, start=period.date_from, end=period.date_to)


def _matter(text: str, bodies: Sequence[Mention], period: FoundPeriod | None, known: Known) -> str:
    """The text without the words that became limits."""
    for mention in named_bodies(text, known):
        if mention.value in {one.value for one in bodies}:
            text = blanked(text, [mention])
    if period:
        text = re.sub(re.escape(period.label), " ", text, flags=re.IGNORECASE)
    return _MONTH_MEETING.sub(" ", text)


def _narrowed(filter: Filter, limits: Sequence[Limit]) -> Filter:
    bodies = tuple(limit.value for limit in limits if limit.what == "body")
    papers = [kind for limit in limits if limit.what == "kind" for kind in PAPER_KINDS.get(limit.value, (limit.value,))]
    if bodies and not filter.bodies:
        filter = replace(filter, bodies=bodies)
    if papers and not filter.kinds:
        filter = replace(filter, kinds=tuple(papers))
    for limit in limits:
        if limit.what == "period" and not (filter.date_from or filter.date_to):
            start, _, end = limit.value.partition("/")
            filter = replace(
                filter,
                date_from=date.fromisoformat(start) if start else None,
                date_to=date.fromisoformat(end) if end else None,
            )
    return filter
