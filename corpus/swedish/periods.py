"""Single periods of Swedish text (*våren 2024*, *i höstas*, *Q2*, *v. 12*): tables of patterns, each with its reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from corpus.swedish.days import MONTHS, find_dates, full_year, give_year, make_date, month_number, month_span

Span = tuple[date | None, date | None]
Which = Literal["latest", "previous", "first", "next", "last_in", "first_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeriod:
    """The period that text[start:end] means; an open end is None.

    `which` points at a meeting by its place in order: `latest` (the `count` newest), `previous` (the one before the
    newest), `first`, `next`, `last_in` (the last inside the dates: *mötet före sommaren*). With `newest` known,
    `latest` also has its date. `firm` is False where the words may be the matter and not the time of the meeting
    (*antagningen 2025*).
    """

    start: int
    end: int
    label: str
    date_from: date | None
    date_to: date | None
    which: Which | None = None
    count: int = 1
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    today: date
    newest: date | None


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Clock], Span | None]


# --- single periods ---------------------------------------------------------------------------------------------


def _year(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


def _spring(year: int) -> Span:
    return date(year, 1, 1), date(year, 6, 30)


def _autumn(year: int) -> Span:
    return date(year, 7, 1), date(year, 12, 31)


def _summer(year: int) -> Span:
    return date(year, 6, 1), date(year, 8, 31)


def _winter(year: int) -> Span:
    """The winter that ends in `year`."""
    return date(year - 1, 12, 1), month_span(year, 2)[1]


def _school_year(year: int) -> Span:
    """The school year that begins in `year`: terms as the statistics count them, July to June."""
    return date(year, 7, 1), date(year + 1, 6, 30)


_SEASONS: dict[str, Callable[[int], Span]] = {
    "vår": _spring,
    "vt": _spring,
    "höst": _autumn,
    "ht": _autumn,
    "som": _summer,
    "vint": _winter,
}


def _season_maker(word: str) -> Callable[[int], Span]:
    lowered = word.lower().replace(".", "").replace(" ", "")
    return next(make for start, make in _SEASONS.items() if lowered.startswith(start))


def _season_with_year(match: re.Match[str], clock: Clock) -> Span | None:
    make = _season_maker(match["s"])
    year = full_year(match["y"])
    return make(year + 1 if make is _winter and "/" in match.group() else year)


def _season_gone(match: re.Match[str], clock: Clock) -> Span | None:
    """*I våras*: the latest one that is well under way (said in February it is last year's)."""
    make = _season_maker(match["s"])
    gone = timedelta(days=_GONE_DAYS.get(match["s"].lower()[:3], 30))
    begun = (make(clock.today.year + step) for step in (1, 0, -1, -2))
    return next(s for s in begun if s[0] and s[0] + gone <= clock.today)


# So many days into the season (which begins in January, July, June and December here) it is spoken of as gone.
_GONE_DAYS = {"vår": 90, "hös": 60, "som": 30, "vin": 30}


def _season_before(match: re.Match[str], clock: Clock) -> Span | None:
    """The latest one that has begun; *förra våren* the latest that has ended before the one now running."""
    make = _season_maker(match["s"])
    spans = [make(clock.today.year + step) for step in (1, 0, -1, -2)]
    past = [s for s in spans if s[0] and s[0] <= clock.today]
    previous = bool(match["f"]) and past[0][1] is not None and clock.today <= past[0][1]
    return past[1 if previous else 0]


def _season_coming(match: re.Match[str], clock: Clock) -> Span | None:
    make = _season_maker(match["s"])
    spans = [make(clock.today.year + step) for step in (0, 1)]
    return next((s for s in spans if s[1] and s[1] >= clock.today), None)


def _term(match: re.Match[str], clock: Clock) -> Span | None:
    today = clock.today
    now = _spring(today.year) if today.month <= 6 else _autumn(today.year)
    before = _autumn(today.year - 1) if today.month <= 6 else _spring(today.year)
    return before if re.match(r"förra|föregående|senaste", match["f"], re.IGNORECASE) else now


def _school_year_named(match: re.Match[str], clock: Clock) -> Span | None:
    first = full_year(match["y"])
    return _school_year(first)


def _school_year_relative(match: re.Match[str], clock: Clock) -> Span | None:
    running = clock.today.year if clock.today.month >= 7 else clock.today.year - 1
    back = 1 if re.match(r"förra|föregående", match["f"], re.IGNORECASE) else 0
    ahead = 1 if re.match(r"nästa|kommande", match["f"], re.IGNORECASE) else 0
    return _school_year(running - back + ahead)


def _relative_year(match: re.Match[str], clock: Clock) -> Span | None:
    word = match.group().lower()
    steps = ((r"förfjol", -2), (r"fjol|förra|föregående", -1), (r"nästa|kommande", 1))
    return _year(clock.today.year + next((n for p, n in steps if re.search(p, word)), 0))


def _relative_month(match: re.Match[str], clock: Clock) -> Span | None:
    first = clock.today.replace(day=1)
    if re.match(r"förra|föregående", match.group(), re.IGNORECASE):
        first = (first - timedelta(days=1)).replace(day=1)
    return month_span(first.year, first.month)


def _relative_week(match: re.Match[str], clock: Clock) -> Span | None:
    monday = clock.today - timedelta(days=clock.today.weekday())
    if re.match(r"förra|föregående", match.group(), re.IGNORECASE):
        monday -= timedelta(days=7)
    return monday, monday + timedelta(days=6)


COUNTS = {"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "tio": 10}
COUNT = r"(?:\d+|" + "|".join(COUNTS) + ")"


def read_count(word: str | None) -> int:
    return 1 if not word else int(word) if word.isdigit() else COUNTS[word.lower()]


def _last_stretch(match: re.Match[str], clock: Clock) -> Span | None:
    """*de senaste tre månaderna*, *senaste halvåret*, *det gångna året*: counted back from today."""
    unit, count = match["u"].lower(), read_count(match["n"])
    if unit.startswith("veck"):
        return clock.today - timedelta(days=7 * count), clock.today
    return _months_back(
        clock.today, count * (1 if unit.startswith("mån") else 6 if "halv" in unit else 12)
    ), clock.today


def _months_back(day: date, months: int) -> date:
    first = day.year * 12 + day.month - 1 - months
    year, month = divmod(first, 12)
    return date(year, month + 1, min(day.day, month_span(year, month + 1)[1].day))


def _years_ago(match: re.Match[str], clock: Clock) -> Span | None:
    """*för två år sedan*, *våren för ett år sedan*: the calendar year, or that season of it."""
    year = clock.today.year - read_count(match["n"])
    return _season_maker(match["s"])(year) if match["s"] else _year(year)


def _quarter(match: re.Match[str], clock: Clock) -> Span | None:
    """*första kvartalet 2024*, *Q3*, *kvartal 2*: without a year the latest that has begun."""
    number = _place(match["q"] or match["o"] or match["k"], 4)
    return _part_of_year(match["y"], clock, 3 * number - 2, 3 * number)


def _half(match: re.Match[str], clock: Clock) -> Span | None:
    number = _place(match["o"], 2)
    return _part_of_year(match["y"], clock, 6 * number - 5, 6 * number)


def _place(word: str, last: int) -> int:
    """`första`, `2:a`, `3` as a number; `sista` as the last."""
    return last if word.lower() == "sista" else ORDINALS.get(word.lower(), 0) or int(re.sub(r"\D", "", word))


def _part_of_year(named: str | None, clock: Clock, first: int, last: int) -> Span:
    year = full_year(named) if named else clock.today.year - (first > clock.today.month)
    return date(year, first, 1), month_span(year, last)[1]


def _month_with_year(match: re.Match[str], clock: Clock) -> Span | None:
    month = month_number(match["m"])
    return month_span(full_year(match["y"]), month) if month else None


def _month_relative_year(match: re.Match[str], clock: Clock) -> Span | None:
    month = month_number(match["m"])
    back = {"fjol": 1, "förr": 1, "år": 0}
    step = next((n for w, n in back.items() if w in match["r"].lower()), 0)
    return month_span(clock.today.year - step, month) if month else None


def _month_past(match: re.Match[str], clock: Clock) -> Span | None:
    month = month_number(match["m"])
    if not month:
        return None
    year = clock.today.year if month <= clock.today.month else clock.today.year - 1
    return month_span(year, month)


def _short_year(match: re.Match[str], clock: Clock) -> Span | None:
    """*mars 23*, *april -24*."""
    month = month_number(match["m"])
    return month_span(full_year(match["y"]), month) if month else None


def _day(match: re.Match[str], clock: Clock) -> Span | None:
    words = re.sub(r"(?<=[a-zåäö.])\s+(?=[1-4]\d$)", " -", match.group(), flags=re.IGNORECASE)
    found = [f for f in find_dates(words, clock.today, "before") if f.date]
    return (found[0].earliest, found[0].latest) if found else None


def _day_in_words(match: re.Match[str], clock: Clock) -> Span | None:
    """*den sjätte februari*, *elfte april 2024*."""
    month, number = month_number(match["m"]), ORDINALS[match["d"].lower()]
    year = full_year(match["y"]) if match["y"] else None
    if not month:
        return None
    day = make_date(year, month, number) if year else give_year(month, number, clock.today, "before")
    return (day, day) if day else None


def _yesterday(match: re.Match[str], clock: Clock) -> Span | None:
    steps = {"i förrgår": 2, "igår": 1, "i går": 1}
    day = clock.today - timedelta(days=steps.get(match.group().lower(), 0))
    return day, day


def _week(match: re.Match[str], clock: Clock) -> Span | None:
    words = re.sub(r"i fjol|förra året", str(clock.today.year - 1), match.group(), flags=re.IGNORECASE)
    found = find_dates(words, clock.today, "before")
    return (found[0].earliest, found[0].latest) if found and found[0].date else None


def _bare_year(match: re.Match[str], clock: Clock) -> Span | None:
    return _year(int(match["y"]))


def _year_range(match: re.Match[str], clock: Clock) -> Span | None:
    first, last = int(match["y"]), full_year(match["z"])
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _feast(match: re.Match[str], clock: Clock) -> Span | None:
    """Feasts and breaks as borders in *före jul*, *efter påsk*, *efter nyår*: the latest up to today."""
    make = next(make for word, make in _FEASTS if re.match(word, match["f"], re.IGNORECASE))
    spans = [make(clock.today.year + step) for step in (1, 0, -1)]
    return next((span for span in spans if span[0] and span[0] <= clock.today), spans[-1])


def _feast_gone(match: re.Match[str], clock: Clock) -> Span | None:
    """*i julas*, *i påskas*: the weeks around it."""
    start, end = _feast(match, clock) or (None, None)
    return (start - timedelta(days=10), end + timedelta(days=10)) if start and end else None


def _easter(year: int) -> date:
    """Gregorian Easter Sunday (the anonymous computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    month, day = divmod(d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114, 31)
    return date(year, month, day + 1)


def _midsummer(year: int) -> Span:
    eve = next(day for day in range(19, 26) if date(year, 6, day).weekday() == 4)
    return date(year, 6, eve), date(year, 6, eve) + timedelta(days=1)


def _weeks(year: int, first: int, last: int) -> Span:
    return date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 7)


_FEASTS: tuple[tuple[str, Callable[[int], Span]], ...] = (
    ("jullov", lambda year: (date(year, 12, 20), date(year + 1, 1, 8))),
    ("jul", lambda year: (date(year, 12, 24), date(year, 12, 26))),
    ("nyår|årsskift", lambda year: (date(year, 1, 1), date(year - 1, 12, 31))),
    ("påsk", lambda year: (_easter(year), _easter(year))),
    ("midsommar", _midsummer),
    ("lucia", lambda year: (date(year, 12, 13), date(year, 12, 13))),
    ("höstlov|läslov", lambda year: _weeks(year, 44, 44)),
    ("sportlov", lambda year: _weeks(year, 7, 10)),
    ("semester|industrisemester", lambda year: (date(year, 6, 20), date(year, 8, 15))),
    ("skolstart|terminsstart", lambda year: (date(year, 8, 15), date(year, 8, 25))),
    ("skolavslutning", lambda year: (date(year, 6, 8), date(year, 6, 16))),
)


def _rule(pattern: str, read: Callable[[re.Match[str], Clock], Span | None]) -> _Rule:
    return _Rule(re.compile(rf"(?<![\w/])(?:{pattern})", re.IGNORECASE), read)


_MONTH_WORD = "(?P<m>" + "|".join(MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)(?![a-zåäö])\.?"
_SEASON_WORD = r"(?P<s>vår(?:en|terminen|termin)?|höst(?:en|terminen|termin)?|sommar(?:en)?|sommren|vintern?)"
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
# Two digits are a year where a mark says so, or where they can be no hour, number of pupils or day.
_TWO_DIGITS = r"(?P<y>[1-4]\d)(?![\d.:,%]|\s*(?:/|-\d|%|procent|elev|st\b|kr|person|plats|barn|komm|dag|veck|tim))"
_ORDINAL_WORDS = (
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde "
    "sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde "
    "tjugoåttonde tjugonionde trettionde trettioförsta"
).split()
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, 1)} | {"förste": 1}
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_PLACE = r"(?P<o>första|andra|tredje|fjärde|sista|[1-4](?::?[ae])?)"
_OF_YEAR = r"(?:\s+(?:av\s+|under\s+|i\s+)?(?:året\s+|år\s+)?" + _YEAR + ")?"
_YEAR_AFTER = r"\s*,?\s+(?:år\s+)?(?:19|20)\d\d(?!\d)|\s*[-–'’]\s?\d\d(?![\d.:-])|\s+" + _TWO_DIGITS.replace(
    "?P<y>", ""
)
_DAY_FORMS = (
    r"\d{4}-\d\d-\d\d",
    r"\d\d-\d\d-\d\d",
    r"(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    rf"(?:den\s+)?\d{{1,2}}(?::?[ea])?\s+(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)(?![a-zåäö])\.?(?:{_YEAR_AFTER})?",
    r"\d{1,2}/\d{1,2}(?:[ -]\d{2,4})?(?!\d)",
)
_RULES = (
    _rule(r"läs\s?år(?:et)?\s*(?P<y>(?:19|20)?\d\d)\s*[/–-]\s*(?:20)?\d\d(?!\d)", _school_year_named),
    _rule(r"(?P<y>20\d\d)/\d\d(?!\d)", _school_year_named),
    _rule(
        r"(?P<f>förra|föregående|det här|detta|innevarande|pågående|nästa|kommande)\s+läs\s?året?",
        _school_year_relative,
    ),
    _rule(r"(?P<s>vt|ht|v\.\s?t\.?|h\.\s?t\.?)\s*[-–']?\s*(?P<y>(?:20)?\d\d)(?!\d)", _season_with_year),
    _rule(
        rf"(?:(?P<s>våren|vårterminen|hösten|höstterminen|sommaren|vintern)\s+)?för\s+(?P<n>{COUNT})\s+år\s+se(?:da)?n",
        _years_ago,
    ),
    _rule(
        rf"{_SEASON_WORD}\s+(?:i fjol|ifjol|förra året)(?P<f>x?)", lambda m, c: _season_maker(m["s"])(c.today.year - 1)
    ),
    _rule(rf"{_SEASON_WORD}\s+(?:i år)(?!\w)", lambda m, c: _season_maker(m["s"])(c.today.year)),
    _rule(rf"{_SEASON_WORD}\s*[-–'’]\s?(?P<y>\d\d)(?![\d-])", _season_with_year),
    _rule(rf"{_SEASON_WORD}\s+{_TWO_DIGITS}", _season_with_year),
    _rule(rf"(?:{_PLACE}\s+kvartalet|(?P<q>q[1-4])|kvartal\s+(?P<k>[1-4])){_OF_YEAR}(?!\w)", _quarter),
    _rule(rf"{_PLACE}\s+(?:halvåret|halvan|hälften){_OF_YEAR}(?!\w)", _half),
    _rule(rf"{_SEASON_WORD}\s+(?:år\s+)?(?P<y>(?:19|20)\d\d)(?:/\d\d(?:\d\d)?)?(?!\d)", _season_with_year),
    _rule(r"(?P<f>förra|föregående|senaste|den här|denna|innevarande)\s+termin(?:en)?", _term),
    _rule(r"i (?P<s>vår|höst|som|vint)(?:as|ras)(?!\w)", _season_gone),
    _rule(r"i\s+(?P<f>jul|påsk|midsomr|midsommar)as(?!\w)", _feast_gone),
    _rule(rf"(?P<f>förra|föregående)\s+{_SEASON_WORD}", _season_before),
    _rule(r"(?:i|till)\s+(?P<s>vår|höst|sommar|vinter)(?!\w)", _season_coming),
    _rule(r"(?P<f>)(?P<s>våren|vårterminen|hösten|höstterminen|sommaren|vintern|sommarlovet)(?!\w)", _season_before),
    _rule(r"(?P<y>20\d\d)\s*(?:[-–—]|till|och)\s*(?P<z>(?:20)?\d\d)(?![\d-])", _year_range),
    _rule(rf"(?:den\s+)?(?P<d>{_ORDINAL})\s+(?:i\s+)?{_MONTH_WORD}(?:\s+{_YEAR})?", _day_in_words),
    _rule("|".join(_DAY_FORMS), _day),
    _rule(r"(?:v\.?|vecka)\s*\d\d?(?:\s*,?\s*(?:år\s+)?(?:20\d\d|i fjol|förra året))?(?!\d)", _week),
    _rule(rf"{_MONTH_WORD}\s+(?P<r>i fjol|förra året|i år|ifjol)(?!\w)", _month_relative_year),
    _rule(rf"{_MONTH_WORD}\s*,?\s*(?:år\s+)?{_YEAR}", _month_with_year),
    _rule(rf"{_MONTH_WORD}\s*[-–'’]\s?(?P<y>\d\d)(?![\d.:-])", _short_year),
    _rule(rf"{_MONTH_WORD}\s+{_TWO_DIGITS}", _short_year),
    _rule("(?P<m>" + "|".join(MONTHS) + r")(?:\s?månad)?(?!\w)", _month_past),
    _rule(
        r"(?:(?<=\bi )|(?<=\bunder )|(?<=\bsedan )|(?<=\btill ))(?P<m>jan|feb|apr|jun|jul|aug|sept?|okt|nov|dec)(?![a-zåäö])",
        _month_past,
    ),
    _rule(
        rf"(?P<m>jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)(?=\s?[-–]\s?(?:{'|'.join(name[:3] for name in MONTHS)}))",
        _month_past,
    ),
    _rule(
        rf"(?:de(?:n|t)?\s+)?(?:(?P<n>{COUNT})\s+)?(?:senaste|sista|gångna)\s+(?:(?P<n2>{COUNT})\s+)?(?P<u>veck\w+|månad\w*|halvår\w*|år(?:et|en)?)(?!\w)",
        lambda m, c: _last_stretch(_NumberedMatch(m), c),  # type: ignore[arg-type]  # reads two groups as one
    ),
    _rule(
        r"(?:i förfjol|i fjol|ifjol|förra året|föregående år|i år|under året|nästa år|kommande år)(?!\w)",
        _relative_year,
    ),
    _rule(r"(?:förra|föregående|denna|den här) månad(?:en)?", _relative_month),
    _rule(r"(?:förra|föregående|denna|den här) vecka(?:n)?", _relative_week),
    _rule(r"(?:i förrgår|i ?går|i ?dag)(?!\w)", _yesterday),
    _rule(
        r"(?P<f>jul(?:en|lovet|helgen)?|påsk(?:en|lovet)?|nyår(?:et)?|årsskiftet|midsommar(?:en)?|lucia|höstlovet|läslovet|sportlovet|semest(?:er|ern|rarna)|skolstart(?:en)?|terminsstart(?:en)?|skolavslutning(?:en|arna)?)(?!\w)",
        _feast,
    ),
    _rule(_YEAR + r"(?![-–]\d)", _bare_year),
)


class _NumberedMatch:
    """A match whose group `n` is whichever of `n` and `n2` stands in the text."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match

    def __getitem__(self, name: str) -> str | None:
        return self._match["n"] or self._match["n2"] if name == "n" else self._match[name]


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    span: Span
    firm: bool


def simple_periods(text: str, clock: Clock) -> list[_Piece]:
    pieces: list[_Piece] = []
    for rule in _RULES:
        for match in rule.pattern.finditer(text):
            if any(match.start() < p.end and p.start < match.end() for p in pieces):
                continue
            span = rule.read(match, clock)
            if span and _is_time(rule, match, text):
                pieces.append(_Piece(match.start(), match.end(), span, _is_firm(rule, match, text)))
    return sorted(pieces, key=lambda p: p.start)


def _is_time(rule: _Rule, match: re.Match[str], text: str) -> bool:
    """Feasts count only after a word of time (*före jul*)."""
    if rule.read is _feast:
        return re.search(r"(?:före|innan|efter|sedan|till|kring)\s+$", text[: match.start()], re.I) is not None
    return True


def _is_firm(rule: _Rule, match: re.Match[str], text: str) -> bool:
    if rule.read is not _bare_year:
        return True
    before = text[: match.start()].lower()
    return (
        re.search(
            r"(?:\b(?:under|i|år|sedan|före|innan|efter|från|mellan|till|t\.?o\.?m\.?|fr\.?o\.?m\.?)(?:\s+år)?|^)\s*$",
            before,
        )
        is not None
    )


def joined(text: str, pieces: list[_Piece]) -> FoundPeriod | None:
    """*mellan mars och maj 2024*, *januari–mars 2023*, *våren och hösten 2024*, *från våren 2022 till hösten 2023*."""
    if len(pieces) < 2:
        return None
    first, second = pieces[0], pieces[1]
    between = text[first.end : second.start]
    if not re.fullmatch(rf"\s*(?:[-–—,]|till|och|samt|{_ONWARDS})\s*(?:den\s+|i\s+|under\s+)?", between, re.I):
        return None
    span = _reaching(first, second, text)
    if between.strip().lower() in ("och", "samt", ",") and not re.search(
        r"mellan\s+(?:den\s+)?$", text[: first.start], re.I
    ):
        return (
            None if first.span[0] == first.span[1] or not all(span) else _with_lead(text, first.start, second.end, span)
        )
    return _period(text, first.start, second.end, span)


_ONWARDS = r"fram till|till och med|t\.?o\.?m\.?"


def _reaching(first: _Piece, second: _Piece, text: str) -> Span:
    """From the first's start to the second's end; a first without a year has that of the second, or the one before."""
    start, end = first.span[0], second.span[1]
    if start and end and start > end:
        start = start.replace(year=end.year if start.replace(year=end.year) <= end else end.year - 1)
    elif start and end and _has_year(text[second.start : second.end]) and not _has_year(text[first.start : first.end]):
        moved = start.replace(year=end.year)
        start = moved if moved <= end else moved.replace(year=end.year - 1)
    return start, end


def _has_year(text: str) -> bool:
    return re.search(r"(?:19|20)\d\d", text) is not None


_CONNECTORS: tuple[tuple[str, Callable[[Span], Span]], ...] = (
    (r"(?:ända\s+)?(?:sedan|alltsedan|från och med|fr\.?\s?o\.?\s?m\.?|från)", lambda s: (s[0], None)),
    (r"efter", lambda s: (s[1] + timedelta(days=1) if s[1] else None, None)),
    (r"(?:till och med|t\.?\s?o\.?\s?m\.?|fram till|senast)", lambda s: (None, s[1])),
    (r"(?:före|innan)", lambda s: (None, s[0] - timedelta(days=1) if s[0] else None)),
)


_PART = re.compile(
    r"(?<!\w)(?:(?:i|under|mot|sedan|från)\s+)?(?P<part>början|inledningen|mitten|slutet)\s+(?:av|på)\s+(?:år(?:et)?\s+)?$",
    re.IGNORECASE,
)


def connected(text: str, piece: _Piece) -> FoundPeriod:
    """The period with the words before it that open or close it (*sedan*, *före*) or take a part of it (*slutet av*)."""
    before = text[: piece.start]
    for word, change in _CONNECTORS:
        match = re.search(rf"(?<!\w){word}\s+(?:slutet av\s+|början av\s+|i\s+|den\s+)?$", before, re.IGNORECASE)
        if match:
            return _period(text, match.start(), piece.end, change(piece.span))
    if onward := re.match(r"\s+och\s+(?:framåt|framöver|senare)\b", text[piece.end :]):
        return _period(text, piece.start, piece.end + onward.end(), (piece.span[0], None))
    part = _PART.search(before)
    if part and piece.span[0] and piece.span[1]:
        return _period(text, part.start(), piece.end, _part_of(piece.span[0], piece.span[1], part["part"].lower()))
    return replace(_with_lead(text, piece.start, piece.end, piece.span), firm=piece.firm)


def _part_of(start: date, end: date, part: str) -> Span:
    """The first, middle or last part: a third of a year, half of what is shorter (people are not that exact)."""
    days = (end - start).days + 1
    if days > 300:
        third = (date(start.year, 1, 1), date(start.year, 4, 30)), (date(start.year, 9, 1), date(start.year, 12, 31))
        return third[part == "slutet"] if part != "mitten" else (date(start.year, 4, 1), date(start.year, 9, 30))
    share = (days + 1) // 2
    if part == "mitten":
        return (start + timedelta(days=days // 4), end - timedelta(days=days // 4))
    return (start, start + timedelta(days=share - 1)) if part != "slutet" else (end - timedelta(days=share - 1), end)


def _with_lead(text: str, start: int, end: int, span: Span) -> FoundPeriod:
    lead = re.search(r"(?<!\w)(?:under|i|på)\s+$", text[:start], re.IGNORECASE)
    return _period(text, lead.start() if lead else start, end, span)


def _period(text: str, start: int, end: int, span: Span) -> FoundPeriod:
    return FoundPeriod(
        start=start, end=end, label=text[start:end].strip(), date_from=span[0], date_to=span[1], firm=True
    )
