"""Which kind of question it is, by tables over its folded words; register words apart from the same words of school."""

from __future__ import annotations

import re
from typing import cast

from assistant import asking
from assistant.answer import QuestionKind
from assistant.undecided import asks_decision
from assistant.values import asked_value
from corpus.swedish.wording import fold_letters

# Kinds that a question with its verb first may have; whatever else its words say, it asks for ja or nej.
ASKED_BY_YES_NO = frozenset(("attendance", "collection", "next_meeting", "open_actions", "definition", "yes_no"))
REGISTERS = frozenset(("attendance", "count", "open_actions", "next_meeting"))
_VALUES: dict[str, QuestionKind] = {
    "votes": "how_much", "share": "how_much", "frequency": "how_much", "duration": "how_much", "money": "how_much",
    "count": "how_much", "clock": "when", "week": "when", "day": "when", "person": "who",
}  # fmt: skip
_TABLES: tuple[tuple[str, QuestionKind], ...] = (("who", "who"), ("things", "list"))
_WH = frozenset("vad vem vems vilka vilken vilket hur när nar var varför varfor vart varifrån varifran".split())
_PREPOSITIONS = frozenset(
    "av efter enligt fran for genom hos i infor inom med mellan mot om pa till under ur vid at".split()
)
_VERB_FIRST = re.compile(
    r"^(?:och |men )?(?:ar|har|ska|skall|kan|kommer|finns|fanns|far|fick|var|blir|blev|maste|hade|vill|tanker|ingar|tog|tar|gick|gar|"
    r"star|stod|kom|sa|antog|avslog|\w{2,}(?:de|te)|\w{3,}(?:ar|er))\b"
)
# What happened to something: *Förlängdes avtalet?*, *Delas turen lika?*
_PASSIVE_FIRST = re.compile(
    r"^(?:och |men )?(?:\w{2,}(?:ades|des|tes|ts|gs|logs)|\w{2,}(?:as|eras|es|ars|ers)|"
    r"(?:sank|hoj|stang|krav|bygg|lagg|gor|hall|behall|inga|erbjud|infor|genomfor|ersatt|forlang|flytt|tillat|avslut|utok)s) \w"
)
# What opens an order to the program is no question of ja or nej.
_ORDERS = frozenset(
    "lista visa ge rakna beratta beskriv sammanfatta forklara hamta skriv hitta sok leta jamfor kolla ta redogor".split()
)
# A verb with *det, de, vi …* after it asks though no question mark says so: *klubbades det något*, *diskutera de betyg*.
_VERB_AND_PRONOUN = re.compile(
    r"^(?:och |men )?(?:\w{2,}(?:de|te|des|tes|ades|er|ar|ra|ta|la|na)|blev|gick|kom|togs|sas|fick|far|ska|skulle|gar|star|stod|kor|gor|foljer|tar|ger) "
    r"(?:det|de|vi|ni|man|nagon|nagot|alla|den) \w"
)
# Verbs that open a question in the present or the past, so common that they do it without a question mark.
_ASKING_VERBS = re.compile(
    r"(ar|har|ska|kan|far|finns|blir|blev|maste|galler|ingar|racker|stammer|behover|behovs|kravs|kommer|kostar|gar|gick|fick|kom|deltar|"
    r"beh[ao]lls?|raknas|planeras|anvands|omfattas|omfattar|bor|skulle|kunde|fanns|hade|antogs|togs|andrades|hojdes|sanktes|infordes|inforts) "
    r"(?!och\b)\w"
)
# What a body did, with the body after its verb: *beslutade rådet om taxan*, *sa gruppen ja till bussen*.
_BODY_ACTS = re.compile(
    r"^(?:och |men )?(?:(?:beslutade|bestamde|antog|avslog|godkande) \w+(?<!er)(?<!ar)(?<!or) (?:om|att|i|nagot|en|ett|den|det)|"
    r"(?:sa|sade) (?!att\b|vad\b|hur\b|nar\b|vem\b)\w+ (?:\w+ )?(?:ja|nej) till)\b"
)
_SHORT = re.compile(
    r"^(?:vad|va) (?:är|ar) (?:en |ett |det )?(?P<s>[A-ZÅÄÖ]\w*[A-ZÅÄÖ]\w*|[A-ZÅÄÖ]{2,})\b|"
    r"^(?P<t>[A-ZÅÄÖ]{2,}\w*)\s*[,:–-]?\s*vad (?:är|ar)\b|^vad (?:är|ar) (?P<u>\S+)\s*(?:för (?:något|nåt)|förkortning\w*)",
    re.IGNORECASE,
)


# How many come to the next meeting is no question of when it is.
_COUNTS = re.compile(r"(?:och |men )?hur manga (?!moten|traffar|ganger)")


def kind_of(text: str) -> QuestionKind:
    """The kind by the first pattern that fits; one to three bare words are a keyword."""
    flat = " ".join(text.split())
    folded = fold_letters(flat).strip(" ?.!")
    if asks_for_short_form(flat):
        return "definition"
    found = cast("QuestionKind | None", asking.first("kind", folded))
    if found in REGISTERS and asking.matches("school", folded):
        found = None
    if found not in ASKED_BY_YES_NO and not (found == "comparison" and not asks_decision(flat)) and is_yes_no(flat):
        return "yes_no"
    if found == "next_meeting" and _COUNTS.match(folded):
        found = None
    if found == "decision" and asking.matches("said_first", folded):
        found = None
    if found == "decision" and asked_value(flat) in ("day", "person", "clock", "votes", "reason"):
        found = None
    return found or _by_value(flat, folded)


def _by_value(flat: str, folded: str) -> QuestionKind:
    if is_yes_no(flat):
        return "yes_no"
    if asking.matches("said_first", folded):
        return "said"
    value = asked_value(flat)
    if value in _VALUES:
        return _VALUES[value]
    if asking.matches("said", folded):
        return "said"
    for table, kind in _TABLES:
        if asking.matches(table, folded):
            return kind
    return "keyword" if len(folded.split()) <= 3 and not flat.endswith("?") and not _is_wh(folded) else "free"


def is_yes_no(text: str) -> bool:
    """Whether the question opens with its verb; without a question mark only the commonest verbs count."""
    folded = fold_letters(text.strip())
    words = re.findall(r"\w+", folded)
    if len(words) < 2 or words[0] in _ORDERS or words[1] == "du" or _is_wh(folded) and words[0] != "var":
        return False
    if len(words) < 3 and not (
        _ASKING_VERBS.match(folded) or _PASSIVE_FIRST.match(folded) and text.strip().endswith("?")
    ):
        return False
    if words[0] == "var" and not re.search(
        r"\b(med|dar|narvarande|pa plats|representera\w*|tvungn\w*|overens|beslut\w*)\b", folded
    ):
        return False
    if " eller " in folded and not re.search(r"\beller (inte|ej|hur)\b|\beller$", folded):
        return False  # *Gick vi back eller med vinst?* asks which
    is_marked = text.strip().endswith("?") or bool(_ASKING_VERBS.match(folded))
    opens = _VERB_FIRST.match(folded) or _PASSIVE_FIRST.match(folded)
    return bool(
        _ASKING_VERBS.match(folded)
        or opens
        and is_marked
        or _VERB_AND_PRONOUN.match(folded)
        or _BODY_ACTS.match(folded)
    )


def _is_wh(folded: str) -> bool:
    words = re.findall(r"\w+", folded)
    if words[:1] and words[0] in _PREPOSITIONS and words[1:2] and words[1] in _WH:
        return True  # *efter hur många dagar*, *enligt vilken modell*
    return any(word in _WH for word in words[: 2 if words[:1] in (["och"], ["men"], ["ungefar"]) else 1])


def asks_for_short_form(text: str) -> str | None:
    """The short form that a question asks the meaning of: *Vad är BUF?*, *IM, vad är det?*"""
    match = _SHORT.match(text.strip(" ?"))
    if not match:
        return None
    short = match["s"] or match["t"] or match["u"]
    return short if short and (re.search(r"[A-ZÅÄÖ].*[A-ZÅÄÖ]", short) or match["u"]) else None
