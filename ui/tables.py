"""How the registers' rows look as tables: Swedish headings and cells, and CSV that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ui.safe import as_cell

Row = Mapping[str, Any]
Cell = Callable[[Row], object]
Columns = Sequence[tuple[str, Cell]]


def _key(name: str) -> Cell:
    return lambda row: row.get(name)


def _day(row: Row) -> str:
    """A meeting's date in words that tell how sure it is."""
    day = row["date"]
    if day["value"]:
        return f"{day['value']} (uppskattat)" if day["certainty"] == "inferred" else str(day["value"])
    if day["from"] or day["to"]:
        return f"{day['from'] or '…'} – {day['to'] or '…'} (uppskattat)"
    return "okänt"


def _changed(row: Row) -> str:
    return "; ".join(
        f"{one.get('relation') or 'senare beslut'} {one['date'] or 'okänt datum'}"
        + ("" if one["link"] != "suggested" else " (förslag)")
        for one in row["changed_by"]
    )


def _done(row: Row) -> str:
    done = row["done"]
    if isinstance(done, Mapping):
        return f"{done.get('date') or 'ja'}"
    return str(done) if done else ""


def _next(row: Row) -> str:
    following = row["next_meeting"] or {}
    if not isinstance(following, Mapping):
        return str(following)
    whose = f" ({following['body']})" if following.get("body") else ""
    return f"{following['date']}{whose}" if following.get("date") else ""


def _when(row: Row) -> str:
    """A row's day, or the bounds of an estimated one."""
    if row.get("date") or not (row.get("date_from") or row.get("date_to")):
        return str(row.get("date") or "")
    return f"{row.get('date_from') or '…'} – {row.get('date_to') or '…'} (uppskattat)"


def _silent(row: Row) -> str:
    quiet = row.get("silent_after")
    if not quiet:
        return ""
    meetings = "1 möte" if quiet["meetings"] == 1 else f"{quiet['meetings']} möten"
    return f"{meetings}, {'till nu' if quiet['last'] else 'till ' + str(quiet['to'])}"


_ITEM: Cell = lambda row: " ".join(str(row[key]) for key in ("item", "item_title") if row.get(key))  # noqa: E731 - a table's cell
_WHO: Cell = lambda row: ", ".join(row["who"])  # noqa: E731 - a table's cell
_DATE, _BODY, _FILE, _PAGE = _when, _key("body"), _key("file"), _key("page")

COLUMNS: Mapping[str, Columns] = {
    "meetings": (
        ("Datum", _day),
        ("Nätverk", _BODY),
        ("Slag", _key("kind")),
        ("Ordförande", _key("chair")),
        ("Plats", _key("place")),
        ("Deltagare", lambda row: len(row["participants"])),
        ("Punkter", lambda row: len(row["items"])),
        ("Nästa möte", _next),
        ("Fil", _FILE),
    ),
    "decisions": (
        ("Datum", _DATE),
        ("Nätverk", _BODY),
        ("Punkt", _ITEM),
        ("Beslut", _key("text")),
        ("Styrka", _key("strength")),
        ("Utfall", _key("outcome")),
        ("Senare", _changed),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
    "actions": (
        ("Datum", _DATE),
        ("Nätverk", _BODY),
        ("Vem", _WHO),
        ("Vad", _key("what")),
        ("Senast", _key("by")),
        ("Klart", _done),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
    "attendance": (
        ("Datum", _DATE),
        ("Nätverk", _BODY),
        ("Namn", _key("name")),
        ("Plats", _key("seat")),
        ("Roll", _key("role")),
        ("Närvaro", _key("presence")),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
    "timeline": (
        ("Datum", _DATE),
        ("Nätverk", _BODY),
        ("Punkt", _ITEM),
        ("Skede", _key("stage")),
        ("Citat", _key("quote")),
        ("Sedan tyst", _silent),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
    "differs": (
        ("Vad", _key("kind")),
        ("Förut", _key("before")),
        ("Nu", _key("now")),
        ("Datum", _DATE),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
    "gaps": (
        ("Saknas", _key("what")),
        ("Datum", _DATE),
        ("Nätverk", _BODY),
        ("Nämns så", _key("text")),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
    "glossary": (
        ("Förkortning", _key("short")),
        ("Betyder", _key("long")),
        ("Nätverk", _BODY),
        ("Fil", _FILE),
        ("Sida", _PAGE),
    ),
}


def cells(register: str, rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a register, unknown values as empty text."""
    columns = COLUMNS[register]
    heads = [head for head, _ in columns]
    return heads, [[_as_text(cell(row)) for _, cell in columns] for row in rows]


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def as_csv(register: str, rows: Sequence[Row]) -> str:
    """A register as CSV with semicolons, the way a Swedish spreadsheet opens it by double click (with a BOM)."""
    heads, lines = cells(register, rows)
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([as_cell(cell) for cell in line] for line in lines)
    return "\ufeff" + target.getvalue()
