"""What kind of passage answers: a question for an amount wants one with kronor, one for the next meeting its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.records import QueryTerm
from corpus.swedish import analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A way of asking, the words that answers to it hold, and the signs (`=krona`) that the index keeps of passages."""

    asked: re.Pattern[str]
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


def _cue(pattern: str, words: str = "", signs: str = "") -> Cue:
    return Cue(
        asked=re.compile(pattern, re.IGNORECASE),
        words=tuple(word.strip() for word in words.split(",") if word.strip()),
        signs=tuple(f"={sign}" for sign in signs.split()),
    )


# Each cue that fits adds its words and signs. A new way of asking is one line here and one case.
CUES = (
    _cue(
        r"\b(nästa|kommande|nästkommande) (möte|träff|sammanträde|gång|nätverks)|\bnär (ses|träffas|möts|sammanträder)\b"
        r"|avisera|\b(ses|träffas|mötas) (vi |ni |de |nätverket |gruppen |rådet )?(igen|nästa)",
        "nästa möte, nästa träff, nästa sammanträde, kommande möte, mötesdag, mötestid",
        "datum klockslag",
    ),
    _cue(
        r"\bvem (var |är |blev )?(ordförande|höll i|ledde|leder)|sekreterare|justera|vid protokollet",
        "ordförande, sekreterare, vid protokollet, justerare, justera, protokollförare, sammankallande",
    ),
    _cue(
        r"\b(deltog|deltagare|närvar|frånvar|saknades|förhinder|representera)|\bvilka var\b|\bvem var (med|där)\b"
        r"|\b(var|är) .{2,40} (med|där|på plats|borta)\b",
        "närvarande, frånvarande, deltagare, deltog, förhinder, ersättare, närvarolista, anmält förhinder",
    ),
    _cue(
        r"\b(kosta|dyr|pris|avgift|betal|summa|kronor|pengar|ersättning|belopp|budget|bidrag|tjäna|lön|hyra)\w*",
        signs="krona",
    ),
    _cue(r"\b(hur stor andel|andel|procent|hur stor del)\b", signs="procent"),
    _cue(
        r"\bhur (många|stor|stort|stora|mycket|hög|högt|lång|långt|länge|ofta|gammal|gamla)\b|\bantal(et)?\b",
        signs="tal",
    ),
    _cue(
        r"^(och )?när\b|\bnär (ska|kommer|börjar|blir|är|var|går)\b|\bhur dags|\btill när|\bhur sent|\bfrån och med"
        r"|\b(vilken|vilket|vilka) (dag|datum|månad|dagar|vecka|tid)|\b(sista|senast) (dag|ansökningsdag|datum)",
        signs="datum",
    ),
    _cue(r"\b(hur dags|vilken tid|klockan|klockslag|hur sent)\b", signs="klockslag"),
    _cue(
        r"\b(att göra|åtagande|uppdrag|uppgifter|lovade|vem ska|vem skulle)\b"
        r"|\bskulle (göra|ta|undersöka|skriva|återkomma)\b",
        "senast, ansvarig, uppdrag, återkomma, att göra, åtgärd, vem gör vad",
    ),
)


def terms(text: str, weight: float) -> list[QueryTerm]:
    """Terms for what an answer to `text` would hold, each at `weight`; none for a question without a cue."""
    found: dict[tuple[str, str], QueryTerm] = {}
    for cue in CUES:
        if not cue.asked.search(text):
            continue
        for word in cue.words:
            term = " ".join(analysis.analyse(word).lemmas)
            if term:
                found[term, "body"] = QueryTerm(text=term, field="body", weight=weight)
                found[term, "heading"] = QueryTerm(text=term, field="heading", weight=weight)
        for sign in cue.signs:
            found[sign, "context"] = QueryTerm(text=sign, field="context", weight=weight)
    return list(found.values())
