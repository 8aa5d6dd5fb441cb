"""Headings of meetings: which belong to every meeting's frame, and what is left without number, year and date."""

from __future__ import annotations

import re

# Headings that name no matter. Matched on the bare heading in lower case; a new one is one piece here.
_FORMALITY = re.compile(
    r"^(?:mötets? )?(?:öppn|avslut|inledning|välkom|närvar(?:ande|o$|olista)|frånvarande|deltagar|dagordning|föredragningslista|övrig|kommande möten"
    r"|nästa (?:möte|träff|sammanträde)|föregående|val av|justering|justerare|information$|rapporter$|aktuellt$|laget runt|bifogas"
    r"|runda|bilag|beslut$|att göra$|åtgärder$|uppdrag$|presentation$|incheckning|utvärdering av mötet|genomgång av föregående"
    r"|ordförande(?:n)? |mötesformalia|formalia|upprop|godkännande av|fastställande av|datum|tid och plats|kontakt|underskrift"
    r"|nytt från|anmälan|kaffe|fika|lunch|paus|mötesplats|plats\b|protokoll$|anteckningar$|rundan?$)"
)
_NUMBER = re.compile(r"^\s*(?:§+\s*\d+(?:[-–]\d+)?|\d+(?:\.\d+)*[.)]?(?=\s)|[•*–-]|#+)\s*")
# What a heading carries of one meeting only: years, dates, terms.
_OF_ITS_DAY = re.compile(
    r"\b(?:20\d\d(?:[/–-]\d+)?|ht|vt|\d{1,2}/\d{1,2}|(?:höst|vår)terminen|läsåret|(?:i |den )?\d{1,2} (?:januari|februari|mars|april|maj|juni|juli|augusti"
    r"|september|oktober|november|december)|sommaren|våren|hösten|vintern)\b",
    re.IGNORECASE,
)


def is_formality(heading: str) -> bool:
    """Whether the heading belongs to every meeting (opening, next meeting, other questions)."""
    return bool(_FORMALITY.match(without_number(heading).lower()))


def without_number(heading: str) -> str:
    return " ".join(_NUMBER.sub("", heading).split())


def bare(heading: str) -> str:
    """The heading without its number and without what ties it to one meeting (a year, a date)."""
    return " ".join(_OF_ITS_DAY.sub(" ", without_number(heading)).split()).strip(" :–-,")
