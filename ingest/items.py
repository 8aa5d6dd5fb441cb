"""Agenda items: headings with § or numbers, CAPITALS, bold or short lines alone, slide titles; and their spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.records import AgendaItem
from corpus.swedish.wording import fold_letters
from ingest.alone import CLOSED, DIRT, HEAD_LABEL, LABELS, bare_lines, inner_labels, is_called, is_finished, is_prose
from ingest.kinds import kind_in
from ingest.running import Line, Running, says_something, wrap_width

MAX_TITLE_CHARS = 110
# Forms of numbered headings, the first that fits a line. A new form is one line here and one case in
# tests/cases/items.toml. `mark` tells the family: only one family numbers the items of a part.
NUMBERED: tuple[tuple[str, str], ...] = (
    ("§", r"(?P<number>(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5} ?)?§§? ?\d{1,3}(?:[.:]\d+)?(?: ?[-–] ?\d+)?(?:/\d{2,4})?)[ \t]*[.:–-]?(?:[ \t]+|$)(?P<title>.*)"),
    ("§", r"(?P<number>\d{1,3} ?§)[ \t]*[.:–-]?(?:[ \t]+|$)(?P<title>.*)"),
    ("word", r"(?P<number>(?i:punkt|ärende|dagordningspunkt|pkt\.?|arende|fråga|dp|p) ?\d{1,3})\b[ \t]*[.:)–-]?[ \t]*(?P<title>.*)"),
    ("sub", r"(?P<number>\d{1,2}\.(?![0-5][05]\b)\d{1,2}(?:\.\d+)?)\.?[ \t]+(?P<title>[^\W\d_].*)"),
    ("dot", r"[.,·' ]?(?P<number>\d{1,2})[.)][ \t]*(?P<title>[^\W\d_].*)"),
    ("loose", r"[(\[#]?(?P<number>\d{1,2})(?:[\])]|:(?=\s)|[ \t]+[–—-](?=\s))[ \t]*(?P<title>[A-ZÅÄÖ].*)"),
    ("bare", r"(?P<number>\d{1,2})[ \t]+(?P<title>[A-ZÅÄÖ][^\t]*)"),
    ("roman", r"(?P<number>[IVX]{1,5})[.)][ \t]+(?P<title>[A-ZÅÄÖ].*)"),
    ("letter", r"(?P<number>[A-N])[.)][ \t]+(?P<title>[A-ZÅÄÖ].*)"),
)  # fmt: skip
_NUMBERED = tuple((mark, re.compile(pattern)) for mark, pattern in NUMBERED)
# So many headings of one family a part must have; letters and Roman numbers chance into initials and lists.
FEWEST = {"§": 1, "word": 1, "dot": 2, "bare": 2, "loose": 2, "roman": 3, "letter": 3}
# Marks that number alternatives and grades too: headings only where text stands under each.
_WEAK = ("loose", "roman", "letter")
_ROMAN = {"I": 1, "V": 5, "X": 10}
# What Tesseract makes of § before a number, seen at 150–300 dpi: $, 8, 3, S, &, 5.
_MISREAD = re.compile(r"(?P<mark>[$&]|[83S5](?= \d{1,3} [A-ZÅÄÖ]))[ \t]?(?P<number>\d{1,3})[ \t]+(?P<title>.*)")
# What numbered items are divided into, and documents without numbers have as sections of their own.
_IN_ITEMS = re.compile(
    r"(?:att gora|atgarder|uppfoljning|fortsatt arbete|nasta steg|uppdrag|vem gor vad|info|information|synpunkter|fragor)\W*"
)
# Headings that end an item but open none: what is appended to the minutes.
_ASIDE = re.compile(r"Bilag(?:a|or)\b")
# The number that a matter has in the register, beside its paragraph (*Dnr 2024/123*).
_DIARY = re.compile(
    r"(?:d(?:nr|iarienr|iarienummer)[ .:]*)?[A-ZÅÄÖ]{0,6}[ -]?(?:19|20)\d\d[/:-]\d+(?:[ -]\d+)?", re.IGNORECASE
)
_AGENDA = re.compile(
    r"(?:forslag till )?(?:dagordning|foredragningslista|agenda|arendelista|arenden|innehall(?:sforteckning)?)\W*"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at lines[line]: its number as printed, title, level, and the line where its text begins."""

    line: int
    number: str | None
    title: str
    mark: str
    value: int = 0
    level: int = 1
    after: int = 0


def find_items(
    whole: Running, lines: Sequence[Line], taken: Collection[int], end: int, *, is_slides: bool = False
) -> tuple[AgendaItem, ...]:
    """The items of a part in the order of the text; lists of attendance end the item that stands before them."""
    headings = _slide_titles(lines) if is_slides else find_headings(lines, taken)
    headings, aside = (
        [one for one in headings if not _ASIDE.match(one.title)],
        [one for one in headings if _ASIDE.match(one.title)],
    )
    stops = sorted(
        {lines[one.line].start for one in aside}
        | {lines[n].start for n in taken}
        | {lines[one.line].start for one in headings}
        | {end}
    )
    found = []
    for one in headings:
        start = lines[one.line].start
        stop = next(at for at in stops if at > start)
        found.append(
            AgendaItem(
                number=one.number,
                title=" ".join(one.title.split()),
                spans=whole.spans(start, stop),
                level=one.level,
            )
        )
    return tuple(found)


def _slide_titles(lines: Sequence[Line]) -> list[Heading]:
    """The first line of each slide but the first, which is the title of them all."""
    return [Heading(n, None, line.text, "slide") for n, line in enumerate(lines) if line.is_first][1:]


def find_headings(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """Numbered headings where the part has them, with the unnumbered ones between them a level down."""
    numbered = _numbered(lines, taken) or _table_rows(lines, taken)
    bare = [Heading(n, None, _title(lines[n].text), "bare") for n in bare_lines(lines, taken)]
    if not numbered and not bare:
        bare = [Heading(n, None, _title(lines[n].text), "bare") for n in bare_lines(lines, taken, ":")]
    if len(numbered) < 2 and len(bare) > len(numbered) and not any(one.mark in ("§", "word") for one in numbered):
        numbered = []
    matters = [] if numbered else _matters(lines, taken)
    if matters:
        return matters
    if not numbered:
        return bare[_title_lines(lines, bare) :] or _matter_rows(lines, taken) or _run_in(lines, taken)
    first = numbered[0].line
    used = {n for one in numbered for n in (one.line, one.after)}
    inner = [one for one in bare if one.line > first and one.line not in used]
    below = [
        Heading(one.line, None, one.title, "bare", level=2)
        for one in inner
        if not _IN_ITEMS.fullmatch(fold_letters(one.title))
    ]
    return sorted([*numbered, *below], key=lambda one: one.line)


# What a calling paper sets over the matters that it lists by kind.
_KINDS_OF_MATTERS = re.compile(
    r"(?:besluts?|informations?|diskussions?|anmalnings?|rapport|ovriga|staende )[ -]?(?:arende|punkt|fraga|fragor)\w*|"
    r"for (?:beslut|information|diskussion)|"
    r"(?:att )?(?:besluta om|informera om|diskutera)|(?:besluts|informations|diskussions)?fragor"
)
MAX_MATTER_WORDS = 14


def _matters(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """The rows of an agenda that lists its matters by kind (*Beslutsärenden*), rows under other headings of it too."""
    heads = [n for n, line in enumerate(lines) if _KINDS_OF_MATTERS.fullmatch(fold_letters(line.text).strip(" .:*"))]
    if not any(_is_matter(lines, n + 1) for n in heads):
        return []
    return [
        Heading(n, None, _title(lines[n].text), "matter")
        for n in range(heads[0] + 1, len(lines))
        if n not in taken and _is_matter(lines, n)
    ]


def _is_matter(lines: Sequence[Line], n: int) -> bool:
    if n >= len(lines):
        return False
    text = lines[n].text
    return bool(lines[n].bullet) and len(text.split()) <= MAX_MATTER_WORDS and not re.search(r"[.!?]\s", text)


def _table_rows(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """The rows of an agenda set as a table (*Nr, Ärende, Föredragande, Tid*)."""
    for at, line in enumerate(lines):
        heads = [fold_letters(cell).strip(" .:") for cell in line.text.split("\t")]
        if at in taken or not (_NUMBERS.intersection(heads) and _MATTERS.intersection(heads)):
            continue
        number = next(n for n, head in enumerate(heads) if head in _NUMBERS)
        matter = next(n for n, head in enumerate(heads) if head in _MATTERS and n != number)
        return _rows(lines, at + 1, number, matter)
    return []


_NUMBERS = frozenset(("nr", "nummer", "punkt", "pkt", "§", "#", "arendenr"))
_MATTERS = frozenset(("arende", "arenden", "rubrik", "fraga", "amne", "innehall", "vad"))


def _rows(lines: Sequence[Line], start: int, number: int, matter: int) -> list[Heading]:
    found = []
    for n in range(start, len(lines)):
        cells = lines[n].text.split("\t")
        printed = cells[number].strip() if len(cells) > max(number, matter) else ""
        if not re.fullmatch(r"(?:§ ?)?\d{1,3}[.)]?", printed):
            break
        found.append(_heading(n, _number(printed), cells[matter].strip(), "dot"))
    return found


_TOLD_OF = frozenset(
    "anteckning anteckningar beslut diskussion kommentar kommentarer information sammanfattning notering".split()
)


def _matter_rows(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """The rows of minutes that are one table without numbers (*Ärende, Anteckningar, Ansvarig*)."""
    for at, line in enumerate(lines):
        heads = [fold_letters(cell).strip(" .:") for cell in line.text.split("\t")]
        if at in taken or heads[0] not in _MATTERS or not _TOLD_OF.intersection(heads[1:]):
            continue
        stop = next((n for n in range(at + 1, len(lines)) if "\t" not in lines[n].text), len(lines))
        titles = [(n, lines[n].text.split("\t")[0].strip()) for n in range(at + 1, stop)]
        return [
            Heading(n, None, _title(title), "row") for n, title in titles if says_something(title) and _is_title(title)
        ]
    return []


# A matter before its text on one line: *Ekonomi: Budgeten för hösten är klar …*; three make a style.
_RUN_IN = re.compile(r"(?P<title>[A-ZÅÄÖ][\wåäöÅÄÖ /&-]{2,45}?)(?::| [–—-]) (?=\S.{25})")
MIN_RUN_IN = 3
# What a form asks about one matter: labels of its fields, not matters.
_FORM_LABEL = re.compile(
    r"(?i:syfte|mål(?:grupp)?|fråga|svar|ansvarig\w*|info(?:rmation)?|obs!?|kommentar(?:er)?|klart?|not|tips|länk|kontakt\w*|tel(?:efon)?|anmäl\w*|pris|"
    r"kostnad|deadline|innehåll|resultat|problem|lösning|exempel|nästa\b.*|övriga deltagare|gäster?|uppdrag|beslut\w*|underlag|till|från|ämne|hej)"
)


def _run_in(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    """Headings that stand before their text on the same line, of documents without any others."""
    width, found = wrap_width(lines), []
    for n, line in enumerate(lines):
        match = _RUN_IN.match(line.text)
        if (
            n == 0
            or n in taken
            or not match
            or line.bullet
            or len(line.cells) > 1
            or not is_finished(lines, n - 1, width)
        ):
            continue
        title = match["title"]
        is_label = HEAD_LABEL.match(line.text) or LABELS.fullmatch(fold_letters(title)) or _FORM_LABEL.fullmatch(title)
        if not is_label and len(title.split()) <= 6 and not is_called(title):
            found.append(Heading(n, None, _title(title), "run-in"))
    titles = {one.title for one in found}
    return found if len(titles) == len(found) >= MIN_RUN_IN else []


def _title_lines(lines: Sequence[Line], bare: Sequence[Heading]) -> int:
    """How many of the first headings are the document's own title lines: those before any running text."""
    count, labels = 0, inner_labels(lines, ())
    for one in bare:
        before = lines[: one.line]
        if any(len(line.text) > 60 and CLOSED.search(line.text) for line in before) or one.line > 8:
            break
        after = lines[one.line + 1] if one.line + 1 < len(lines) else None
        if kind_in(one.title) == "yttrande":
            count += 1
            continue
        is_over_text = is_prose(lines, one.line + 1) or one.line + 1 in labels if after else False
        if is_over_text and one.line > 0:
            break
        count += 1
    return count


def _numbered(lines: Sequence[Line], taken: Collection[int]) -> list[Heading]:
    families: dict[str, list[Heading]] = {}
    for n in range(len(lines)):
        if n in taken:
            continue
        for one in candidates(lines, n):
            families.setdefault(one.mark, []).append(one)
    for mark, fewest in FEWEST.items():
        chain = _chain(lines, families.get(mark, []), mark)
        if len(chain) >= fewest and (mark not in _WEAK or _has_texts(lines, chain)):
            subs = _subs(families.get("sub", []), chain) if mark != "sub" else []
            return sorted([*chain, *subs], key=lambda one: one.line)
    return _chain(lines, _within_one(families.get("sub", [])), "sub")


def _within_one(subs: Sequence[Heading]) -> list[Heading]:
    """Sub-numbers whose first part is the same all through (*24.1, 24.2*: the year's) count by their second part."""
    if len({one.value for one in subs}) != 1:
        return list(subs)
    return [replace(one, value=int(re.findall(r"\d+", one.number or "")[1]), level=1) for one in subs]


def candidates(lines: Sequence[Line], n: int) -> list[Heading]:
    """What numbered headings the line may be; the title may stand on the line after."""
    line = lines[n]
    text = line.text.strip("|;: \t")
    found = []
    misread = _MISREAD.fullmatch(text)
    if misread and _is_title(misread["title"]):
        found.append(_heading(n, f"§ {misread['number']}", misread["title"], "§"))
    for mark, pattern in _NUMBERED:
        match = pattern.fullmatch(text)
        if match is None or line.bullet:
            continue
        title, after = match["title"].strip(), n
        if (not title or _DIARY.fullmatch(title)) and n + 1 < len(lines) and mark in ("§", "word"):
            title, after = lines[n + 1].text, n + 1
        if _is_title(title) and not (mark in ("dot", "bare", "sub") and title[0].islower()):
            found.append(_heading(n, _number(match["number"]), title, mark, after))
        break
    return found


def _number(printed: str) -> str:
    return " ".join(printed.split()).rstrip(".):")


def _heading(line: int, number: str, title: str, mark: str, after: int | None = None) -> Heading:
    level = 1 + number.count(".") if mark == "sub" else 1
    return Heading(line, number, _title(title), mark, _value(number, mark), level, line if after is None else after)


def _value(number: str, mark: str) -> int:
    if mark == "letter":
        return ord(number) - ord("A") + 1
    if mark == "roman":
        values = [_ROMAN[char] for char in number]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return int(re.findall(r"\d+", number)[0])


def _title(text: str) -> str:
    """The title without the dirt of a scan's edge and without the mark that ends it."""
    kept = [cell for cell in re.split(r"\t", text) if says_something(cell)] or [text]
    return DIRT.sub("", kept[0]).strip(" |;:.*_")


def _is_title(title: str) -> bool:
    bare = title.split("\t")[0].strip()
    if (
        not bare
        or len(bare) > MAX_TITLE_CHARS
        or bare.endswith((",", ";"))
        or re.search(r"\.{4}|…{2}|(?:\. ){4}", bare)
    ):
        return False
    return not (bare.endswith(".") and len(bare.split()) > 7)


def _chain(lines: Sequence[Line], found: Sequence[Heading], mark: str) -> list[Heading]:
    """The run of headings whose numbers rise; a list inside an item starts over and is left out. Of an agenda and
    the minutes under the same numbers, the run with more text counts."""
    if mark in ("§", "word"):
        return _rising([one for one in found if mark == "word" or _is_real(lines, one)], 400)
    runs = _runs(found)
    runs = [run for run in runs if len(run) >= 2 or run[0].value > 1]
    return max(runs, key=lambda run: _weight(lines, run), default=[])


def _is_real(lines: Sequence[Line], one: Heading) -> bool:
    """A § that opens a line of running text (*§ 14 i skollagen säger att …*) is no heading."""
    return not (one.title[:1].islower() and len(one.title.split()) > 4)


def _rising(found: Sequence[Heading], step: int) -> list[Heading]:
    kept: list[Heading] = []
    for one in found:
        if not kept or 0 < one.value - kept[-1].value <= step:
            kept.append(one)
    return kept


def _runs(found: Sequence[Heading]) -> list[list[Heading]]:
    """Every rising run from each heading numbered 1 (or the first), steps of at most three."""
    starts = [n for n, one in enumerate(found) if one.value == 1 or n == 0]
    return [_rising(found[n:], 3) for n in starts]


def _has_texts(lines: Sequence[Line], run: Sequence[Heading]) -> bool:
    """Whether running text stands under each heading of the run."""
    return all(
        one.line + 1 < len(lines) and is_prose(lines, one.line + 1) and not lines[one.line + 1].bullet for one in run
    ) and all(after.line - one.line > 1 for one, after in pairwise(run))


def _weight(lines: Sequence[Line], run: Sequence[Heading]) -> tuple[int, int]:
    """Items in the run, then how many lines stand between them: an agenda's run has none."""
    ends = [one.line for one in run[1:]] + [min(len(lines), run[-1].line + 30)]
    between = sum(1 for one, stop in zip(run, ends, strict=True) if stop - one.line > 1)
    return between, len(run)


def _subs(subs: Sequence[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Sub-headings like 3.1 whose first number is that of the item they stand under."""
    found = []
    for one in subs:
        parent = next((above for above in reversed(chain) if above.line < one.line), None)
        if parent and parent.value == one.value:
            found.append(one)
    return found
