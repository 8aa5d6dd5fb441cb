"""What kind of document a part is: by its title, its file name, or its shape."""

from __future__ import annotations

import re

from corpus.records import Fact
from corpus.swedish.dates import find_dates
from ingest.header import ADJUSTED, Header, Hint

# Kinds by the words of the title or file name, the first that fits; a new name is one line here.
KINDS: tuple[tuple[str, str], ...] = (
    ("utkast", r"\butkast\b|\bej justerat\b|\bojusterat\b|\barbetsversion\b"),
    ("justerat protokoll", r"\bjusterat protokoll\b|\bprotokollet (?:är|har) justerat"),
    ("bilaga", r"\A\W*bilaga\b"),
    ("kallelse", r"\bkallelse\b|\binbjudan till\b|\bvälkom(?:na|men) till (?:möte|nätverks|sammanträde|träff|vårens|höstens|nästa)|\bkalla[sr] till\b"),
    ("protokoll", r"\b(?:sammanträdes|mötes|styrelse|besluts|års(?:mötes)?|presidie|konferens|\w*råds)?protokoll\b|\bprotokollsutdrag\b"),
    ("anteckningar", r"\b(?:minnes|mötes|nätverks|träff|dag|stöd|kort|konferens|arbets)?anteckning(?:ar(?:na)?)?\b|\bmötesnoteringar\b"),
    ("anteckningar", r"\bnoteringar från\b|\bsammanfattning av möte|\b(?:mötes|träff)?noter\b(?= från|\W*\d|\n)|\bbesluts?logg\b|\bmöteslogg\b"),
    ("verksamhetsplan", r"\bverksamhetsplan\w*|\bårsplan\b|\bhandlingsplan\b|\barbetsplan\b|\baktivitetsplan\b"),
    ("yttrande", r"\byttrande\b|\bremissvar\b|\bsvar på remiss|\bskrivelse (?:om|till|med|angående|från|över)\b|\A\W*skrivelse\b|\bhemställan\b"),
    ("dagordning", r"^[ \t]*(?:förslag till )?(?:dagordning|föredragningslista|agenda|ärendelista)\b"),
    ("bildspel", r"\bbildspel\b|\bpresentation\b"),
    ("underlag", r"\b(?:besluts)?underlag\b|\btjänsteskrivelse\b|\bmissiv\b|\bpm\b"),
    ("underlag", r"\A\W*(?:riktlinjer?|rutin|policy|strategi|utredning|delrapport|rapport) (?:för|om|av|kring)\b"),
    ("bilaga", r"^[ \t]*bilaga\b"),
    ("förslag", r"^[ \t]*förslag\b"),
)  # fmt: skip
# How far down the title may stand below a letterhead and labels.
MAX_KIND_LINES = 10
_KIND_LINE = re.compile(
    r"(?i:(?:\w*protokoll|\w*anteckningar|kallelse|dagordning|föredragningslista))(?: (?:nr|nummer))?[\d ./:–-]*"
)
# Notes give their agenda below who was there: only above it is what the paper is.
_THERE = re.compile(
    r"(?:närvar\w+|deltagare|deltog|på plats|medverkande|beslutande|frånvarande|förhinder|med|ej med|inte med)\b(?! ?(?:före|anmäl))",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"dagordning|föredragningslista", re.IGNORECASE)
SLIDES = (".pptx", ".ppt", ".odp")


def kind_of(header: Header, hint: Hint, *, has_paragraphs: bool, is_met: bool) -> Fact[str]:
    """By the title, then the file name; else what the form tells (§ are minutes, people or a day with items notes)."""
    if hint.file_name.lower().endswith(SLIDES):
        return Fact(value="bildspel", certainty="stated")
    first = "\n".join(line.text for line in header.lines[:6])
    named = kind_in(first) or kind_in(header.margin) or kind_in(header.body_text) or _titled_kind(header)
    told = kind_in(hint.file_name.replace("_", " "))
    if (told == "utkast" and named in (None, "protokoll", "anteckningar")) or (
        told == "justerat protokoll" and named in (None, "protokoll")
    ):
        named = told
    if named == "protokoll" and _is_adjusted(header.text):
        named = "justerat protokoll"
    if named or told:
        return Fact(value=named or told, certainty="stated" if named else "inferred")
    if has_paragraphs or is_met:
        return Fact(value="protokoll" if has_paragraphs else "anteckningar", certainty="inferred")
    return Fact()


def _titled_kind(header: Header) -> str | None:
    """The kind that is a line of its own among the first, with nothing but a number or a day: *Protokoll nr 3/2024*."""
    lines = header.whole.lines(header.start, header.start + len(header.text))[:MAX_KIND_LINES]
    first = next((n for n, line in enumerate(lines) if _THERE.match(line.text)), len(lines))
    titles = [
        line.text
        for n, line in enumerate(lines)
        if _KIND_LINE.fullmatch(line.text) and (n < first or not _AGENDA.match(line.text))
    ]
    return kind_in(titles[0]) if titles else None


def kind_in(text: str) -> str | None:
    """The kind that the words of a title or a name tell."""
    return next((kind for kind, pattern in KINDS if re.search(pattern, text, re.IGNORECASE | re.MULTILINE)), None)


def _is_adjusted(text: str) -> bool:
    return any(find_dates(match.group()) for match in ADJUSTED.finditer(text))
