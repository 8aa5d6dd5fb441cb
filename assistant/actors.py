"""Who a question asks about, by what they are or do: the holder of an office, one who spoke; and whether a sentence tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Question
from assistant.values import NAME
from corpus.swedish import analysis, roots

# Offices and trades by how their words end. *Ansvarig* and *kontakt* are none: what they do is told with other words.
_OFFICE = re.compile(
    r"\w*(?:ordförande|föredragande|lärare|läkare|ledare|vägledare|föreläsare|samordnare|handläggare|utredare|sekreterare|mästare|"
    r"bibliotekarie|jurist|chef|sköterska|psykolog|logoped|pedagog|ekonom|strateg|ombud)|\w{3,}(?:tor|tör|ist)"
)
_SHORT = {"ordförande": "ordf", "sekreterare": "sekr"}
_ASKS_HOLDER = re.compile(
    r"^(?:och |men |så )?(?:vem|vilka|vad) (?:är|var|blir|blev|heter|hette)(?: det som (?:är|var|blir|blev))?\s+(?P<who>(?:[\w-]+\s?){1,3})",
    re.IGNORECASE,
)
# Whose words or decisions are asked for.
_ASKS_ACTOR = re.compile(
    r"\b(?:vad|hur) (?P<verb>sa|sade|säger|tyckte|tycker|ansåg|anser|menade|menar|berättade|svarade|ville|vill|lovade|skrev|beskrev|klagade|"
    r"beslutade|beslöt|bestämde)\s+"
    r"(?!(?:vi|ni|man|de|det|den|du|jag|om|att|alla|andra|folk|någon)\b)(?:den |det |de )?(?P<who>\w[\w-]{2,})",
    re.IGNORECASE,
)
_DECIDES = frozenset("beslutade beslöt bestämde".split())
_BODIES = ("nätverk", "nätverket", "gruppen", "rådet", "utskottet", "nämnden", "forum", "forumet", "mötet")
_VICE = re.compile(r"\b(?:vice|v\.)\s?ordf\w*|\bviceordf\w*", re.IGNORECASE)
_CHAIR = re.compile(r"\bordf\w*", re.IGNORECASE)
# How somebody is said to be or to become what the heading or the sentence before names.
_VERB = (
    r"(?:heter|hette|är|var|blir|blev|börja\w*|tillträd\w*|anställ\w*|utse\w*|utsåg\w*|vald\w*|väljs|valts?|efterträd\w*|ersätt\w*|"
    r"vikariera\w*|tar över|tog över|rekryter\w*)"
)
_BECOMES = re.compile(
    rf"^(?:Hon|Han|Hen)\b|{NAME.pattern}(?:,[^,]{{1,60}},)?,?\s(?:som |har |kommer att )?{_VERB}\b|\b{_VERB}\s(?:nu |då )?{NAME.pattern}"
)
# After these words stands one who is spoken with or of.
_OBJECT = frozenset("med till hos mot för om inför åt mellan".split())
_WITH = frozenset("med hos mot åt".split())
# What somebody's words are called: *juristens bedömning är att …*
_WORDS = re.compile(
    r"(?:\w*bedömning|svar|\w*besked|\w*åsikt|\w*synpunkt|\w*mening|\w*uppfattning|\w*krav|\w*förslag|\w*inställning|\w*kritik|"
    r"\w*önskemål|\w*yttrande|\w*rapport|\w*uttalande|\w*kommentar|\w*beslut|\w*råd|\w*slutsats)(?:\w{0,3})",
    re.IGNORECASE,
)


def office_of(question: Question) -> str | None:
    """The lemma of the office whose holder is asked for: *Vem är ny kurator på …?*, *Vad heter förbundets jurist?*"""
    found = _ASKS_HOLDER.match(question.whole) if question.value == "person" else None
    for word in found["who"].lower().split() if found else ():
        lemma = analysis.analyse_word(word).lemma
        if _OFFICE.fullmatch(lemma):
            return lemma
    return None


def is_holder_told(office: str, text: str, above: str) -> bool:
    """Whether a sentence tells who holds the office: names it, or says under its heading or after it that somebody is or becomes it."""
    if any(before not in _WITH for before, _, _ in _places(_names_of(office), text)):
        return True
    return bool(_BECOMES.search(text)) and bool(_names_of(office) & analysis.terms(above))


def is_of_rank(question: str, text: str) -> bool:
    """Whether a text is of the rank asked for: the vice chair is not the chair, nor the other way round."""
    if _VICE.search(question):
        return bool(_VICE.search(text))
    return not (_CHAIR.search(question) and _VICE.search(text)) or bool(_CHAIR.search(_VICE.sub(" ", text)))


def _names_of(office: str) -> frozenset[str]:
    """The office by its own word, its head, its short form and its verb: *skolläkare* by *läkaren*, *föreläsare* by *föreläser*."""
    short = {brief for long, brief in _SHORT.items() if office.endswith(long)}
    verb = {f"~{roots.root(office.removesuffix('re'))}"} if office.endswith("are") else set()
    return frozenset((office, *analysis.analyse_word(office).parts[-1:], f"~{roots.root(office)}", *short, *verb))


def actor_of(question: Question) -> str | None:
    """Who is asked to have said or decided something, where that is none of the question's limits: *Vad sa facket om …*"""
    found = _ASKS_ACTOR.search(question.whole)
    who = found["who"].lower() if found else ""
    return who if who and who not in " ".join(limit.label for limit in question.limits).lower() else None


def speaker_of(question: Question) -> frozenset[str]:
    """The terms of who is asked to have said something, where that is no body of the archive."""
    found, who = _ASKS_ACTOR.search(question.whole), actor_of(question)
    is_speaker = found and who and found["verb"].lower() not in _DECIDES and not who.endswith(_BODIES)
    return analysis.terms(who) if is_speaker and who else frozenset()


def is_only_spoken_of(actor: str, text: str) -> bool:
    """Whether a sentence names the one asked to have acted only as somebody spoken with or of: *En dialog med facken inleds.*"""
    found = list(_places(analysis.terms(actor), text))
    return bool(found) and not any(_may_act(actor, *place) for place in found)


def _may_act(actor: str, before: str, word: str, after: str) -> bool:
    owns = (
        word != actor
        and word.endswith("s")
        and analysis.analyse_word(word).lemma != word
        and not _WORDS.fullmatch(after)
    )
    return before not in _OBJECT and not owns


def _places(terms: frozenset[str], text: str) -> Iterator[tuple[str, str, str]]:
    """The words of a text that are one of the terms, each with the word before it and the one after."""
    words = ["", *re.findall(r"\w[\w-]*", text.lower()), ""]
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if terms & analysis.terms(word):
            yield before, word, after
