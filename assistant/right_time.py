"""How far a sentence is from the time asked about: its years, months and seasons, its meeting, and what it goes on telling."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from assistant.answer import Moment, Question, QuestionKind
from corpus.records import Passage
from corpus.swedish.dates import FoundDate, find_dates
from corpus.swedish.days import MONTHS

# What is announced at a meeting without a year comes within so many days: the autumn's conference is planned in winter.
SOON_DAYS = 300
# What came after: *Och vad hände sen? Vad kostar det nu?*
_SINCE = re.compile(r"\b(?:sen|sedan|därefter|efteråt|efter det|senare|nu|numera|idag|i dag|i år)\b", re.IGNORECASE)
LEANS = " – i frågan om "
THEN = re.compile(
    r"\b(var|blev|hade|fick|kostade|deltog|kom|gick|sa|sade|sades|togs?|först|tidigare|förut|\w+(?:ades|ade|ldes|rdes|ttes|kte|ste))\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:var|blev|hade|fick|kom|gick|\w{2,}(?:ade|ades|kte|ktes|ste|stes|tte|ttes|dde|ddes|rde|rdes|lde|ldes|nde|ndes|tog|togs))\b",
    re.IGNORECASE,
)
# A school year is named by both its years and holds an autumn and a spring.
_SCHOOL_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)\b(?!-)")
# Kinds that ask what was said or decided, whatever time it was about.
SPEAKS_AHEAD: frozenset[QuestionKind] = frozenset(("decision", "said", "yes_no", "applies_now", "list", "open_actions"))
# What a thing cost or how many came is known after it only, whatever the heading of the planning says.
OUTCOMES = ("money", "count", "share", "votes")
_SET_AHEAD = re.compile(r"avgift|pris|taxa|ersättning|arvode|budget|höj|sänk", re.IGNORECASE)
# Values that are of the year that the sentence names, and years that only tell since when or beside what.
OF_YEAR = frozenset(("count", "share", "money", "day"))
_REFERS = re.compile(
    r"\b(?:från|sedan|sen|jämfört med|mot|än|efter|mellan|enligt|beslut\w*)\b[^.,;]{0,25}?\b(?:19|20)\d\d\b(?:[/–-]\d{2,4})?"
    r"(?: och (?:19|20)\d\d\b)?",
    re.IGNORECASE,
)
# The day of what comes is told at most so long before.
AHEAD_DAYS = 550
_NEXT = re.compile(r"\bnästa (?!gång|steg)", re.IGNORECASE)
_THIS = re.compile(r"(?:nu )?i (?:år|höst|vår|sommar|vinter)\b|i dag\b|till (?:hösten|våren|sommaren)\b", re.IGNORECASE)
# A month or a season without a year is the last one before the meeting.
LOOSE_DAYS = 330
_SEASON = re.compile(r"\b(vår|höst|sommar|vint)", re.IGNORECASE)
# How soon after it something is looked back on without its time, and how long before it a season is the one to come.
LOOKS_BACK_DAYS, LOOKS_AHEAD_DAYS = 120, 240
_NAMES_TIME = re.compile(rf"\b(?:vår|höst|sommar|vinter|{'|'.join(MONTHS)})", re.IGNORECASE)
_NOW = re.compile(r"\b(?:är|blir|har|ska|kan|bör|kostar|gäller|kommer|får)\b", re.IGNORECASE)
# How wrong a sentence is beside a season without a year.
LOOSE_TIME = 0.4


def wrong_time(question: Question, passage: Passage, text: str) -> float:
    """0 where the sentence, its heading or its meeting is of the moment, half where only the passage may be, else 1."""
    moment = question.moment
    if _is_of_past_next(question, passage, text):
        return 1.0
    if moment is not None and _asks_since(question):
        return float(bool(moment.start and passage.date and passage.date < moment.start))
    if moment is not None and (
        _is_of_year_before(question, moment, text) or _is_long_before(question, moment, passage, text)
    ):
        return 1.0
    if moment is None or _within(moment, passage.date, passage.date):
        return 0.0
    if not re.search(r"\d{4}", moment.label):  # "på hösten" is each autumn, "till hösten" what then applies
        return 0.0 if _names_season(moment, text) else LOOSE_TIME
    heading = " ".join(passage.heading)
    is_set_ahead = bool(_SET_AHEAD.search(f"{question.whole} {heading}"))
    if question.value in OUTCOMES and not is_set_ahead and _is_told_before(question, passage.date):
        return 1.0
    if _speaks_of(moment, heading, None):
        return 0.0  # *Läsårstider 2022/23*, settled the spring before
    if _is_told_before(question, passage.date):
        return 1.0
    if _speaks_of(moment, f"{heading} {text}", passage.date) or _is_announced(moment, text, passage.date):
        return 0.0
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)}
    other = bool(years) and not years & {day.year for day in (moment.start, moment.end) if day}
    has_own = _NAMES_TIME.search(f"{heading} {text}") or _NOW.search(text)
    is_near = not has_own and _is_looked_back_on(question, moment, passage.date)
    return 0.5 if not other and (is_near or _speaks_of(moment, passage.text, passage.date)) else 1.0


def _is_looked_back_on(question: Question, moment: Moment, day: date | None) -> bool:
    """Whether how something went may be told without its time: soon after it, or in a paper without a day."""
    if question.kind in SPEAKS_AHEAD or not THEN.search(question.whole):
        return False
    return day is None or moment.end is not None and 0 < (day - moment.end).days <= LOOKS_BACK_DAYS


def _is_announced(moment: Moment, text: str, day: date | None) -> bool:
    """Whether the season asked about is the one to come that the sentence names: *sammanlagt 1 865 beställs till hösten*."""
    season = _SEASON.search(moment.label)
    is_next = bool(moment.start and day and 0 < (moment.start - day).days <= LOOKS_AHEAD_DAYS)
    return (
        season is not None
        and is_next
        and bool(re.search(rf"\b(?:till|inför) {season[1]}\w*(?! (?:19|20)\d\d)\b", text, re.I))
    )


def _is_of_past_next(question: Question, passage: Passage, text: str) -> bool:
    """Whether the next one is asked for, and the sentence is too old to know of it: *När är nästa konferens?*"""
    if question.value != "day" or question.moment or not _NEXT.search(question.whole) or not passage.date:
        return False
    years = [int(year) for year in re.findall(r"\b20\d\d\b", text)]
    is_ahead = max(years, default=0) >= question.today.year
    return not is_ahead and (question.today - passage.date).days > AHEAD_DAYS


def _is_of_year_before(question: Question, moment: Moment, text: str) -> bool:
    """Whether the sentence tells its value of earlier years than the one asked about, whatever it stands under."""
    if question.value not in OF_YEAR or question.kind in SPEAKS_AHEAD or not moment.start:
        return False
    told = _REFERS.sub(" ", text)
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", told)}
    years |= {int(year[:4]) + 1 for year in _SCHOOL_YEAR.findall(told)}
    return bool(years) and max(years) < moment.start.year


def goes_on_earlier(earlier: bool, question: Question, text: str) -> bool:
    """Whether a sentence is of an earlier year than the one asked about, or goes on telling of it in the past tense."""
    if question.moment is None or not re.search(r"\d{4}", question.moment.label):
        return False
    if re.search(r"\b(?:19|20)\d\d\b|\b[Ii] (?:år|höst|vår|sommar)(?:as)?\b", text):
        return _is_of_year_before(question, question.moment, text)
    return earlier and bool(_PAST.search(text))


def _is_long_before(question: Question, moment: Moment, passage: Passage, text: str) -> bool:
    """Whether a meeting is too old, or tells it as past, to tell a day of what is asked for as *i höst*, *i år*."""
    if question.value != "day" or not _THIS.match(moment.label) or THEN.search(question.whole):
        return False
    if not moment.start or not passage.date or passage.date >= moment.start:
        return False
    is_past = bool(_PAST.search(text)) and not re.search(r"\b(?:är|blir|ska|hålls|äger|infaller)\b", text)
    return is_past or (moment.start - passage.date).days > AHEAD_DAYS


def _asks_since(question: Question) -> bool:
    """Whether a follow-up asks for what came after the moment that it took from the question before it."""
    own, leans, _ = question.whole.partition(LEANS)
    return bool(leans) and bool(_SINCE.search(own))


def _names_season(moment: Moment, text: str) -> bool:
    season = re.search(r"\b(vår|höst|sommar|vint)", moment.label, re.IGNORECASE)
    return bool(season and re.search(rf"\b{season[1]}", text, re.IGNORECASE)) or _speaks_of(moment, text, None)


def _is_told_before(question: Question, day: date | None) -> bool:
    """What was so at a time cannot be known from a meeting before it; what was said or decided of it, or who was to do it, can."""
    moment = question.moment
    if question.kind in SPEAKS_AHEAD or question.value == "person":
        return False
    if question.value in OUTCOMES and _SET_AHEAD.search(question.whole):
        return False
    past = bool(THEN.search(question.whole)) and not re.search(r"\bska(?:ll|lle)?\b", question.whole)
    return past and bool(moment and moment.start and day and day < moment.start)


def _speaks_of(moment: Moment, words: str, anchor: date | None) -> bool:
    dates = _dates(words, anchor)
    if any(_within(moment, one.earliest, one.latest) for one in dates if one.year_given or _is_near(one.date, anchor)):
        return True
    if any(_within(moment, date(int(year), 7, 1), date(int(year) + 1, 6, 30)) for year in _SCHOOL_YEAR.findall(words)):
        return True
    if _names_without_year(moment, words, anchor):
        return True
    wanted = {day.year for day in (moment.start, moment.end) if day}
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b(?!/)", _SCHOOL_YEAR.sub(" ", words))}
    season = re.search(r"\b(vår|höst|sommar|vint)", moment.label, re.IGNORECASE)
    return bool(years & wanted) and (season is None or season[1].lower() in words.lower())


def _names_without_year(moment: Moment, words: str, anchor: date | None) -> bool:
    """Whether the month or the season asked about is named without its year at a meeting soon after it: *i april kom 31*."""
    if not (anchor and moment.start and moment.end) or not 0 <= (anchor - moment.start).days <= LOOSE_DAYS:
        return False
    season = _SEASON.search(moment.label)
    if season:
        return bool(re.search(rf"\b{season[1]}\w*(?! (?:19|20)\d\d)\b", words, re.IGNORECASE))
    is_month = moment.start.day == 1 and (moment.end - moment.start).days < 31
    named = rf"\b(?:i|under|för) {MONTHS[moment.start.month - 1]}\b(?! (?:19|20)\d\d)"
    return is_month and bool(re.search(named, words, re.IGNORECASE))


@lru_cache(maxsize=4000)
def _dates(words: str, anchor: date | None) -> tuple[FoundDate, ...]:
    """The days that a text names; kept, as all sentences of a passage ask for those of the passage."""
    return tuple(one for one in find_dates(words, anchor, "after") if one.date)


def _is_near(day: date | None, anchor: date | None) -> bool:
    """A day without a year lies before its meeting as often as after it: only one soon after is surely after."""
    return day is not None and anchor is not None and (day - anchor).days <= SOON_DAYS


def _within(moment: Moment, start: date | None, end: date | None) -> bool:
    if start is None or end is None:
        return False
    return (moment.start is None or end >= moment.start) and (moment.end is None or start <= moment.end)
