"""Tables of attendance, and the headings that open a list of people."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus.records import Presence
from corpus.swedish.wording import fold_letters
from ingest.called import called
from ingest.persons import NAME, Row, is_name, mark_of, read_row
from ingest.running import Line, says_something

# What opens a list, what its names then are, and their role where the heading gives one. Folded letters.
# A new heading is one line here and one case in tests/cases/attendance.toml.
HEADINGS: tuple[tuple[str, Presence, str | None], ...] = (
    (r"(?:(?:har |hade )?(?:anmalt|anmald|anmalda|meddelat|lamnat|fatt)(?: om)? (?:forhinder|franvaro|aterbud))", "frånvarande", None),
    (r"franvarande(?: ledamoter| deltagare)?(?: (?:med|utan) (?:giltig )?(?:anmalan|forfall))?|(?:anmalt |anmalda )?forfall|"
     r"(?:hade )?forhindrad[e]?|(?:hade |har )?forhinder|franvaro|(?:gav )?aterbud(?: fran)?|franv\.?(?=:)|"
     r"saknades|saknas|"
     r"hemma(?: sjuka?)?|sjuka?|borta|uteblev|uteblivna", "frånvarande", None),
    (r"(?:inbjud(?:en|na) men |kallad(?:e)? men )(?:ej|inte) (?:med|narvarande|har|pa plats)", "frånvarande", None),
    (r"(?:ej|inte|icke)[ -](?:narvarande|narv\.?|nar\.?|med|har|deltagande|pa plats)|deltog (?:inte|ej)|ej(?=:)|"
     r"kunde (?:inte|ej)(?: (?:delta|komma|medverka|vara med))?", "frånvarande", None),
    (r"(?:(?:ej |icke )?tjanstgorande |narvarande |ovriga )?(?:ersattare|suppleanter)(?: \(ej tjanstgorande\))?|(?:ej|icke) tjanstgorande",
     "ersättare", None),
    (r"delvis(?: narvarande)?|(?:del|delar) av motet|(?:del|delar) av (?:tiden|dagen)", "delvis", None),
    (r"adjungerade?", "närvarande", "adjungerad"),
    (r"(?:representanter )?for (?:arbetsgivaren|arbetstagarna|personalen|de (?:anstallda|fackliga organisationerna)|personalorganisationerna|facken)|"
     r"(?:arbetsgivar|arbetstagar)representanter|fackliga (?:foretradare|representanter|organisationer)", "närvarande", None),
    (r"(?:inbjudna )?gaster|gast|inbjudna", "närvarande", "gäst"),
    (r"dessutom(?: (?:deltog|deltar|narvarade|narvarande|medverkade))?(?=:)|ordinarie(?: ledamoter)?|fortroendevalda|politiker|"
     r"fran (?:forvaltningen|kansliet)(?=[:\t])", "närvarande", None),
    (r"(?:ovriga )?(?:narvarande|(?:motes)?deltagare|deltagande|deltar|medverkande|ledamoter|tjansteman|tjanstepersoner)"
     r"(?: (?:ledamoter|deltagare|fortroendevalda|politiker|tjansteman|tjanstepersoner|pa motet|vid motet|vid sammantradet|"
     r"pa plats|pa distans|pa lank|i rummet|digitalt|via \w+|for dagen|var))?", "närvarande", None),
    (r"(?:ovriga)(?=:)", "närvarande", None),
    (r"(?:foljande )?deltog(?: i motet| pa motet| gjorde| var)?|beslutande(?: ledamoter)?|medverkade|(?:med )?digitalt|"
     r"(?:kansliet|sekretariatet|forvaltningen|personal)(?=$)", "närvarande", None),
    (r"(?:med )?(?:pa|via|over) (?:plats|lank|distans|skarm|teams|zoom|webben)|(?:med )?(?:vid|bakom|pa) skarm(?:en)?|(?:i|pa) (?:rummet|salen|lokalen)|"
     r"uppkopplade|pa teams", "närvarande", None),
    (r"(?:runt|kring|vid) bordet(?: satt)?(?=:)|vi som (?:satt|var|kom|sags|traffades|deltog|mottes)(?: [a-z]+){0,4}|"
     r"med (?:i samtalet|vid samtalet|denna gang)|"
     r"(?:deltagare|narvarande|narvaro) (?:enligt|i|fran|vid) [a-z]+(?: [a-z]+)?|nytt ansikte|"
     r"nya ansikten|vi var(?: det)?|(?:de )?som (?:var med|deltog|kom)|vilka vi var", "närvarande", None),
    (r"har var(?: vi)?(?=:)|har|narv?\.?(?=:)|(?:vi som (?:ar|var) )?har", "närvarande", None),
    (r"deltagar(?:lista|forteckning)|narvaro(?:lista|forteckning|ande ledamoter)?|uppslutning", "närvarande", None),
    (r"(?:vi )?(?:som |vilka )?(?:(?:var )?med (?:pa|vid|under) (?:motet|traffen|dagen|sammantradet)(?: var)?|"
     r"(?:var|ar) med|med(?: var)?|motte upp|var dar|kom)|"
     r"vi som (?:var|traffades|sags|kom)|vilka var med", "närvarande", None),
    (r"(?:vilka|vem) (?:kom|var har|var dar)\??", "närvarande", None),
)  # fmt: skip
_WHEN = r"(?: (?:i ?dag|idag|pa motet|vid motet|denna gang|den har gangen|i kvall))?"
_OPENED = r"[ \t]*(?:\([^)]*\)|(?:\d+|[a-z]{2,6}) (?:st\b|stycken|personer)|\d+)?[ \t]*(?::\**|\t|–|-(?= )|$)[ \t]*"
_HEADING = re.compile("|".join(f"(?P<h{n}>(?:{pattern}))" for n, (pattern, _, _) in enumerate(HEADINGS)))
_HEADED = re.compile(f"(?:{_HEADING.pattern}){_WHEN}{_OPENED}")
# Headings that are verbs need no mark before the first name.
_VERBAL = re.compile(
    r"(?:deltog gjorde|deltagare var|narvarande var|med pa motet var|pa plats var|med var|de som deltog var) "
)
_INNER = re.compile(rf"(?<=[.;,)] )(?:{_HEADING.pattern}){_WHEN}[ \t]*:[ \t]*")
COLUMNS = {
    "name": r"namn|deltagare|beslutande|tjanstgorande|ledam(?:ot|oter)?|person|vem|representant|har i dag|har idag",
    "seat": r"kommun|organisation|enhet|skola|huvudman|forvaltning|ort|representerar|arbetsplats|natverk|verksamhet",
    "role": r"uppdrag|uppdr|roll|funktion|befattning|titel",
    "party": r"parti(?:beteckning)?|partitillhorighet",
    "presence": r"narv|narvaro|narvarande|franv|deltog|med|status|franvaro|franvarande|ers|ersattare|delvis",
}


# Titles of columns where there is room for few letters.
SHORT = {
    "narv": "narvarande",
    "franv": "franvarande",
    "ers": "ersattare",
    "ej narv": "franvarande",
    "deltog": "narvarande",
}


@dataclass(slots=True)
class Block:
    """A list of people: where it stands among the lines, its rows with their offsets, and its torn-off places."""

    first: int
    last: int
    rows: list[tuple[Row, int, int]] = field(default_factory=list)
    presence: Presence | None = None
    role: str | None = None


def heading_of(line: Line) -> tuple[Presence, str | None, str] | None:
    """Presence and role that a heading gives its list, and what stands after it on the line."""
    folded = fold_letters(line.text)
    match = _HEADED.match(folded)
    verbal = _VERBAL.match(folded)
    if verbal and is_opened_by_name(line.text[verbal.end() :]):
        return "närvarande", None, line.text[verbal.end() :]
    if not match or (line.text[0].islower() and not (line.bullet and ":" in match.group())):
        return None
    _, presence, role = HEADINGS[int((match.lastgroup or "h0")[1:])]
    return presence, role, line.text[match.end() :].strip()


def is_opened_by_name(text: str) -> bool:
    """Whether the text begins with a name of two words, or with one that is known as a first name."""
    match = re.match(NAME, text)
    return match is not None and is_name(match.group())


def in_headings(presence: Presence, text: str) -> list[tuple[Presence, str]]:
    """The text after a heading parted where another heading begins on the same line (*… Frånv: Bo Alm*)."""
    inner = [
        (match.start(), match.end(), HEADINGS[int((match.lastgroup or "h0")[1:])][1])
        for match in _INNER.finditer(fold_letters(text))
        if text[match.start()].isupper() or text[: match.start()].endswith("; ")
    ]
    starts = [(0, presence), *((end, told) for _, end, told in inner)]
    stops = [*(start for start, _, _ in inner), len(text)]
    return [(told, text[start:stop]) for (start, told), stop in zip(starts, stops, strict=True)]


def columns_of(line: Line) -> tuple[str, ...]:
    """The columns of an attendance table's header row, empty for other lines."""
    found = tuple(_column(cell) for cell in line.cells if says_something(cell))
    if found[:1] == ("presence",) and ("seat" in found or "party" in found) and "name" not in found:
        found = ("name", *found[1:])  # *Närvarande, Kommun*: the people themselves
    named = [one for one in found if one]
    good = "name" in named and len(set(named)) >= 2 and len(named) >= len(found) - 1
    return tuple(one or "" for one in found) if good else ()


def _column(cell: str) -> str | None:
    folded = fold_letters(cell).strip(" .:*")
    return next((name for name, pattern in COLUMNS.items() if re.fullmatch(pattern, folded)), None)


def read_table(lines: Sequence[Line], n: int, seats: Collection[str]) -> Block | None:
    """Rows under a header row until a line that names nobody."""
    has_marks = "presence" in columns_of(lines[n]) or _are_marked(lines, n)
    block = Block(n, n, presence=None if has_marks else "närvarande")
    are_substitutes = heading_of_cell(lines[n].cells[0]) == "ersättare"
    for at in range(n + 1, len(lines)):
        row = read_row(clean_text(lines[at]), clean_cells(lines[at]), seats) or _half_name(lines[at])
        row = row or (_by_one_name(lines[at], seats) if has_marks else None)
        is_officer = len(lines[at].cells) < 2 and re.match(
            r"\w+:", lines[at].text
        )  # *Justerare: Eva Ek* below the table
        if row is None or is_officer or (len(lines[at].cells) < 2 and len(lines[at].text) > 60):
            break
        block.last = at
        crossed = _crossed(lines[n], lines[at])
        is_part = crossed == "närvarande" and (row.note or "").startswith("§")
        row = replace(row, presence="delvis" if is_part else crossed or row.presence)
        row = (
            replace(row, presence="ersättare") if are_substitutes and row.presence in ("närvarande", "delvis") else row
        )
        block.rows.append((_marked(row, block), lines[at].start, lines[at].end))
    if has_marks and _has_crosses_only(lines[n + 1 : block.last + 1]):
        block.rows = [(replace(row, presence=row.presence or "frånvarande"), a, b) for row, a, b in block.rows]
    return block


def _are_marked(lines: Sequence[Line], n: int) -> bool:
    """Whether most rows, not all, have a cross that no title stands over (a column of ticks)."""
    rows = [line for line in lines[n + 1 : n + 16] if len(line.cells) > 1]
    crossed = [line for line in rows if re.fullmatch(r"[xX✓✔√]{1,2}", line.cells[-1])]
    return len(rows) > len(crossed) >= max(2, len(rows) / 2)


def _has_crosses_only(lines: Sequence[Line]) -> bool:
    """Whether the table tells presence by crosses: then a row without one was not there."""
    marks = [cell.lower() for line in lines for cell in line.cells if mark_of(cell)]
    return len(marks) >= 2 and all(re.fullmatch(r"[x✓✔√]{1,2}", mark) for mark in marks)


def _crossed(head: Line, line: Line) -> Presence | None:
    """The presence whose column has the mark, in a table with one column for each."""
    titles = [heading_of_cell(cell) if _column(cell) == "presence" else None for cell in head.text.split("\t")]
    if len({title for title in titles if title}) < 2:
        return None
    cells = line.text.split("\t")
    marked = [
        title
        for title, cell in zip(titles, cells, strict=False)
        if title and cell.strip() and mark_of(cell) != "frånvarande"
    ]
    return marked[0] if len(marked) == 1 else None


def heading_of_cell(cell: str) -> Presence | None:
    """The presence that a column's title names."""
    folded = fold_letters(cell).strip(" .:*")
    match = _HEADING.fullmatch(SHORT.get(folded, folded))
    return HEADINGS[int((match.lastgroup or "h0")[1:])][1] if match else None


def _half_name(line: Line) -> Row | None:
    """A row of a table whose name lost a word in the scan: kept as it stands, so that nobody is dropped."""
    cells = clean_cells(line)
    if len(cells) < 3 or not re.fullmatch(r"[A-ZÅÄÖ][a-zåäöé-]+", cells[0]) or mark_of(cells[-1]) is None:
        return None
    row = read_row("", (f"{cells[0]} Xx", *cells[1:]), ())
    return replace(row, name=cells[0]) if row else None


def _by_one_name(line: Line, seats: Collection[str]) -> Row | None:
    """A row of a table with marks whose person has one name (*Eva (ny, Öby)*)."""
    cells = clean_cells(line)
    if len(cells) < 2 or not any(mark_of(re.split(r",", cell)[0]) for cell in cells[1:]):
        return None
    row = called(cells[0], seats)
    return replace(row, presence=None) if row and " " not in row.name else None


def _marked(row: Row, block: Block) -> Row:
    """Who has a task at the meeting was there, also where the scan lost the mark."""
    if row.presence is None and block.presence is None and row.role and re.match(r"justerare|.*sekreterare", row.role):
        return replace(row, presence="närvarande")
    if row.presence == "närvarande" and row.role and "tjänstgörande" in row.role:
        return replace(row, presence="ersättare")
    return replace(row, presence=row.presence or block.presence)


def clean(text: str) -> str:
    return re.sub(r"\s[:;‘’'`|.]+(?=\s)", "", text).strip(" |;:.'‘’`")


def clean_text(line: Line) -> str:
    """What the line says, a lone letter in a column of its own apart (*M* for the party)."""
    cells = clean_cells(line)
    return cells[0] if len(cells) == 1 < len(line.cells) else clean(line.text)


def clean_cells(line: Line) -> tuple[str, ...]:
    cells = [clean(cell) for cell in line.cells]
    return tuple(cell for cell in cells if says_something(cell) or mark_of(cell))


def settled(row: Row, block: Block) -> Row:
    presence = block.presence
    if row.presence and (presence in ("närvarande", None) or row.presence == "delvis"):
        presence = row.presence
    if (
        row.role
        and re.match(r"tjänstgörande ersättare|tj\.? ?ers|ersättare (?:för|till)|tjänstgör(?:ande)? för", row.role)
        and presence == "närvarande"
    ):
        presence = "ersättare"
    return replace(row, presence=presence, role=row.role or block.role)
