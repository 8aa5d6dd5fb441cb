"""A follow-up made whole from the question before it: *Och när börjar det gälla?*, *Samma fråga för vuxnätverket*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Turn
from assistant.focus import focus_words
from assistant.kinds import kind_of
from assistant.naming import is_common
from assistant.predicates import has_verb
from corpus.swedish.days import MONTHS
from corpus.swedish.wording import fold_letters

# What leans on the question before: an opening conjunction, a pronoun that points, *samma fråga*.
_OPENS = re.compile(r"^\s*(och|men|samma fråga|samma sak|dito|hur är det med|vad gäller då)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(det|den(?!\s+\d)|de|dem|dom|dess|deras|denna|detta|dessa|där|då|dit|han|hon|hans|hennes|honom|henne|samma|innan|dessförinnan"
    r"|därefter|beslutet|frågan|förslaget|förslagen|ärendet)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^\s*(?:och|men|samma fråga|dito)?\s*,?\s*(?P<link>för|om|i|på|"
    r"hos|med|från|till)\s+(?P<new>.+?)\s*(?:då)?\s*\??\s*$",
    re.IGNORECASE,
)
# *Och Tuna?*, *och nästa år?*: the question before with one thing put out for another.
_BARE = re.compile(r"^\s*(?:och|men)\s+(?P<new>.+?)\s*(?:då)?\s*\??\s*$", re.IGNORECASE)
MAX_BARE_WORDS = 4
_SEASONS = "vår|höst|sommar|vinter|våren|hösten|sommaren|vintern|vårterminen|höstterminen|läsåret|vt|ht"
_YEAR = rf"(?:(?:i|under|på|för|från|sedan|till)\s+)?(?:(?:{_SEASONS}|{'|'.join(MONTHS)})\s+)?(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?\b"
_TIME = re.compile(rf"\b{_YEAR}", re.IGNORECASE)
_IS_TIME = re.compile(
    rf"(?:{_YEAR}|(?:{_SEASONS})|nu|numera|året (?:innan|efter|därpå)|(?:efter|före|innan|nästa|förra)\s+\S+(?:\s+\S+)?|"
    r"(?:i|under)\s+(?:år|fjol|våras|höstas|vintras|somras|vår|höst|sommar|vinter))$",
    re.IGNORECASE,
)
# The names of a question beyond its first word; one after a preposition is put out last.
_NAME = re.compile(r"(?<=\s)[A-ZÅÄÖ][\wåäöÅÄÖ-]+")
_AFTER_LINK = re.compile(r"\b(?:i|på|från|vid|hos|av|med|för|till|om|enligt)\s+$", re.IGNORECASE)
# Words of the attendance list name no thing in the place of another: *Och frånvarande?*
_OF_REGISTER = re.compile(
    r"(?:\w*ordforande|sekreterare|justera\w*|franvarande|narvarande|deltagare|ersattare|gast\w*)"
)
# A meeting named by its day is no other question's.
_DATED = re.compile(r"\b(?:möte\w*|träff\w*|sammanträd\w*)\b.*\bden \d", re.IGNORECASE)
# What came of it, and what it was before: told from other meetings than the last answer's.
AFTERWARDS = "Vad hände sedan"
_ASKS_AFTERWARDS = re.compile(
    r"^\s*(?:och |men )?(?:vad|hur)\s+(?:hände|blev|gick|visade|slutade)\b.*\b(?:sen|sedan|därefter|efter det|till slut|senare|efteråt)\b",
    re.IGNORECASE,
)
# What came of it at a time of the follow-up's own, or what is so now: the time of the question before is left out.
_NOW = re.compile(r"\b(?:nu|numera|nuförtiden|idag|i dag|fortfarande)\b", re.IGNORECASE)
_OF_MEETING = re.compile(
    rf"\s+(?:enligt|på|vid|från)\s+(?:(?:mötet|träffen|beslutet|protokollet|anteckningarna)\s+){_YEAR}", re.IGNORECASE
)
# *Vad blev det i mars 2025?*: the same is asked of another time.
_SAME_OF_TIME = re.compile(
    rf"^\s*(?:och\s+|men\s+)?(?:vad|hur)\s+blev\s+det\s+(?:då\s+)?{_YEAR}\s*\??\s*$", re.IGNORECASE
)
# *Hur har den ändrats?*: the pronoun means the matter, and says all else itself.
_COURSE = re.compile(
    r"^(hur\s+(?:har|hade)\s+)(?:den|det|de|dom)(\s+\w+(?:ats|tts|rts|lts|nts|its)\b.*)$", re.IGNORECASE
)
# Where and when of a meeting are told with the meeting.
_PLACE_OR_TIME = re.compile(
    r"^\s*(?:och\s+)?(?:(?:på\s+)?vilken|vilket|var|hur dags|när)\b(?:\s+(?:och|o|samt|plats|tid|lokal|ställe|klockslag|då))*\s*\??\s*$",
    re.IGNORECASE,
)
_ASKS_BEFORE = re.compile(
    r"\b(?:innan|dessförinnan|förut|tidigare|förr|från början)\b|\bföre(?: (?:det|henne|honom|hen|dess|dem))?\s*\??$",
    re.IGNORECASE,
)
# A short word in its definite form (*priset, avgiften, tiden*) means that of the matter before.
_BARE_DEFINITE = re.compile(r"^(?=.{4,9}$)\w+(?:en|et|na|ren)$")
_WH = re.compile(r"(?:vem|vems|vad|vilka|vilken|vilket|hur|när|var|varför|vart)\b", re.IGNORECASE)
_PASSIVE_PAST = re.compile(r"\w{2,}(?:des|tes)")
_LINKED = re.compile(r"(?:i|på|från|vid|hos|av|med|för|till|om|enligt|och)\b", re.IGNORECASE)
# A question with more words of its own than this stands on its own feet unless it opens with och or men.
MAX_OWN_WORDS = 2


@dataclass(frozen=True, slots=True)
class Whole:
    """A question that stands alone, what of it is the follow-up's own, and the matter taken from before.

    `asks` is the question before where the follow-up has its kind and its value.
    """

    text: str
    own: str
    context: str
    asks: str = ""


def make_whole(text: str, history: Sequence[Turn]) -> Whole:
    """The follow-up with the matter of the questions before it; other questions as they are."""
    if not history or not _leans(text):
        return Whole(text, text, "")
    before = make_whole(history[-1].question, history[:-1])
    matter = matter_of(before.text)
    if _has_own_time(text):
        matter = _timeless(matter)
    if _PLACE_OR_TIME.match(text) and kind_of(before.text) == "next_meeting":
        return Whole(before.text, before.text, "")
    if matter and _ASKS_AFTERWARDS.search(text) and not _TIME.search(text):
        matter = _timeless(matter)
        return Whole(f"{AFTERWARDS} – i frågan om {matter}?", AFTERWARDS, matter)
    if matter and asks_before(text):
        return _before(text, before.text, _timeless(matter))
    swapped = _swapped(text, before.text)
    if swapped:
        return Whole(swapped, swapped, "")
    if not matter:
        return Whole(text, text, "")
    opened = re.sub(r"^\s*(och|men)\s+", "", text.strip().rstrip("?. "), flags=re.IGNORECASE)
    if course := _COURSE.match(opened):
        named = f"{course[1]}{matter}{course[2]}?"
        return Whole(named[:1].upper() + named[1:], named, "")
    whole = f"{opened[:1].upper()}{opened[1:]} – i frågan om {matter}?"
    return Whole(whole, opened, matter, before.text if _is_bare(opened) or _SAME_OF_TIME.match(text) else "")


def _has_own_time(text: str) -> bool:
    """Whether a follow-up is of a time that it names itself."""
    return bool(_TIME.search(text) or _NOW.search(text))


def asks_before(text: str) -> bool:
    """Whether a question is of what was so before."""
    return bool(_ASKS_BEFORE.search(text))


def _before(text: str, before: str, matter: str) -> Whole:
    """*Vad var den innan?*: of the same sort as the question before, where it has no word of its own for it."""
    opened = re.sub(r"^\s*(och|men)\s+", "", text.strip().rstrip("?. "), flags=re.IGNORECASE)
    whole = f"{opened[:1].upper()}{opened[1:]} – i frågan om {matter}?"
    return Whole(whole, opened, matter, before)


def _timeless(matter: str) -> str:
    """The matter without the time it was asked of, and without the meeting of that time."""
    return " ".join(_TIME.sub(" ", _OF_MEETING.sub(" ", matter)).split())


def _swapped(text: str, before: str) -> str | None:
    """The question before with the follow-up's time, name or thing put out for its own; None where it is no such one."""
    stem = before.rstrip("?. ")
    bare = _BARE.match(text)
    new = bare["new"] if bare else ""
    if bare and _IS_TIME.match(new) and _is_bare(new):
        return f"{_TIME.sub(f' {new}', stem, count=1) if _TIME.search(stem) else f'{stem} {new}'}?".replace("  ", " ")
    ellipsis = _ELLIPSIS.match(text)
    if ellipsis and not _WH.match(ellipsis["new"]):
        return _ellipsis(ellipsis["new"], ellipsis["link"].lower(), stem)
    if not bare or not _is_bare(new):
        return None
    if new.lower() == "vice":
        return f"{re.sub('ordförande', 'vice ordförande', stem)}?" if "ordförande" in stem else None
    return _renamed(new, stem) or _only_thing(new, stem)


def _renamed(new: str, stem: str) -> str | None:
    """The last name of the question put out for another; it keeps its genitive."""
    if namesake := _of_elsewhere(new, stem):
        return namesake
    names = sorted(_NAME.finditer(stem), key=lambda one: (not _AFTER_LINK.search(stem[: one.start()]), one.start()))
    if not names or not (new[0].isupper() or len(new.split()) == 1 and not is_common(new)):
        return None
    name = names[-1]
    genitive = "s" if name[0].endswith("s") and re.match(r"\s+[a-zåäö]", stem[name.end() :]) and new[-1] != "s" else ""
    return f"{stem[: name.start()]}{new}{genitive}{stem[name.end() :]}?"


def _of_elsewhere(new: str, stem: str) -> str | None:
    """*Karin Ek från Alby* for *Karin Ek från Tuna*: the same name with the place it is of."""
    name, link, _ = new.partition(" från ")
    if not link or name.lower() not in stem.lower():
        return None
    there = re.search(
        rf"{re.escape(name)}(?:\s+(?:från|i)\s+[\wåäöÅÄÖ-]+|,\s+[A-ZÅÄÖ][\wåäöÅÄÖ-]+)?", stem, re.IGNORECASE
    )
    return f"{stem[: there.start()]}{new}{stem[there.end() :]}?" if there else None


def _only_thing(new: str, stem: str) -> str | None:
    """The one word that says what the question is about put out for another."""
    words = focus_words(stem)
    if len(words) != 1 or kind_of(new) not in ("keyword", "free") or _OF_REGISTER.match(fold_letters(new)):
        return None
    return f"{re.sub(re.escape(words[0]), new, stem, count=1, flags=re.IGNORECASE)}?"


def _is_bare(text: str) -> bool:
    """Whether a text names a thing, a name or a time and asks nothing by itself."""
    words = text.split()
    return 0 < len(words) <= MAX_BARE_WORDS and not _WH.match(text) and not has_verb(text)


def _ellipsis(new: str, word: str, stem: str) -> str:
    """*Och för gymnasiet?*: the question before with its own last *för …* or *i …* put out for the new one."""
    found = list(
        re.finditer(rf"\b{word}\s+[\wåäöÅÄÖ-]+(?=$|\s+(?:för|om|i|på|från|till|den|det)\b|\s+\d)", stem, re.IGNORECASE)
    )
    if found:
        return f"{stem[: found[-1].start()]}{word} {new}{stem[found[-1].end() :]}?"
    return (_renamed(new, stem) if new[0].isupper() else None) or f"{stem} {word} {new}?"


def _leans(text: str) -> bool:
    own = focus_words(text)
    if _OPENS.search(text) or _ELLIPSIS.match(text) or _ASKS_AFTERWARDS.search(text):
        return True
    if len(own) <= MAX_OWN_WORDS and own and _BARE_DEFINITE.match(own[0]):
        return True
    short = len(own) <= MAX_OWN_WORDS and len(text.split()) <= 9
    return short and (bool(_POINTS.search(text)) or len(own) <= 1 and not _DATED.search(text))


def matter_of(question: str) -> str:
    """The words of a question that say what it is about: from its first word of matter on."""
    after = re.search(
        r"\b(?:om|kring|angående|gällande|beträffande)\s+(?!det\b)(.{3,}?)\s*\??\s*$", question, re.IGNORECASE
    )
    if after and focus_words(after[1]):
        return after[1].strip(" ?.")
    words = focus_words(question)
    if not words:
        return ""
    folded = fold_letters(question)
    starts = [folded.find(fold_letters(word)) for word in words]
    start = min((at for at in starts if at >= 0), default=0)
    return _without_verb(question[start:].strip(" ?."))


def _without_verb(matter: str) -> str:
    """*höjdes avgiften till poolen* names the fee, not the rise."""
    first, _, rest = matter.partition(" ")
    return rest if _PASSIVE_PAST.fullmatch(first) and focus_words(rest) and not _LINKED.match(rest) else matter
