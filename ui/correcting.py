"""A person's wish to set a value made a correction: field and value understood, the words it hangs on found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.archive import Archive
from corpus.corrections import checked, same_words
from corpus.errors import BadInputError
from corpus.records import Correction, Document, Part, Scope
from corpus.settings import Settings
from corpus.swedish.dates import find_dates

# Fields as people call them.
FIELDS = {
    "datum": "date", "mötesdatum": "date", "nätverk": "body", "nämnd": "body", "slag": "kind", "tid": "time", "lokal": "place",
    "plats": "place", "ordförande": "chair", "sekreterare": "secretary", "styrka": "decision.strength", "utfall": "decision.outcome",
    "närvaro": "participant.presence", "kommun": "participant.seat", "namn": "participant.name", "länk": "link", "ord": "word",
}  # fmt: skip
COLUMNS = {"fil": "file", "dokument": "file", "fält": "field", "path": "field", "värde": "value", "citat": "quote", "del": "part", "vem": "who"}  # fmt: skip
MAX_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants set: `quote` are the words it hangs on, empty for the meeting's own fields."""

    file: str
    path: str
    value: str
    quote: str = ""
    part: int = 0
    who: str = "kommandoraden"

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> Wish:
        """A row of `correct --batch`. Raises BadInputError when file or field is missing or the part is no number."""
        known = {COLUMNS.get(key.lower(), key.lower()): value for key, value in row.items()}
        if not known.get("file") or not known.get("field"):
            raise BadInputError(
                "Raden saknar fil eller fält",
                "; ".join(row.values())[:80],
                "Rubrikraden ska vara file;field;value;quote;part;who.",
            )
        if not (known.get("part") or "0").isdigit():
            raise BadInputError("Delens nummer går inte att läsa", known["part"], "Skriv 0 för dokumentets första del.")
        return cls(
            file=known["file"],
            path=known["field"],
            value=known.get("value", ""),
            quote=known.get("quote", ""),
            part=int(known.get("part") or 0),
            who=known.get("who") or "csv",
        )


def make_correction(archive: Archive, wish: Wish, when: datetime) -> Correction:
    """The correction that a wish means. Raises BadInputError or NotInArchiveError when it cannot be placed."""
    document = archive.find_document(Scope(), wish.file)
    parts = sorted(
        (p for p in archive.parts(Scope()) if p.document_id == document.document_id), key=lambda p: p.ordinal
    )
    path = FIELDS.get(wish.path.lower(), wish.path)
    part, page, quote = _place(archive, document, parts, replace(wish, path=path))
    made = Correction(
        source=_source(document, wish.file),
        part=part.ordinal,
        page=page,
        quote=quote,
        context=part.title or "",
        path=path,
        value=_value(path, wish.value, part),
        who=wish.who,
        when=when,
    )
    return checked(made)


def correct_all(archive: Archive, settings: Settings, corrections: Sequence[Correction]) -> None:
    """Store the corrections; words are read anew and links made again, so that everything follows at once."""
    for correction in corrections:
        archive.correct(correction)
    follow_up(archive, settings, [one.source for one in corrections if one.path == "word"])


def follow_up(archive: Archive, settings: Settings, reread: Iterable[str] = ()) -> None:
    """After corrections or a removal: the documents named read anew, then all links. Raises ArchiveLockedError."""
    from ingest.link import relink_if_due
    from ingest.pipeline import read_again

    read_again(archive, settings, sorted(set(reread)))
    relink_if_due(archive)


def _source(document: Document, name: str) -> str:
    wanted = name.replace("\\", "/")
    return next((one for one in document.names if one == wanted or one.endswith("/" + wanted)), document.names[0])


def _place(archive: Archive, document: Document, parts: Sequence[Part], wish: Wish) -> tuple[Part, int | None, str]:
    """The part, the page and the words as they stand; the part given is tried first, then the others."""
    own = [part for part in parts if part.ordinal == wish.part]
    if not own:
        raise BadInputError(
            "Delen finns inte i dokumentet",
            f"{wish.file}, del {wish.part}",
            f"Det har {len(parts)} delar, räknade från 0.",
        )
    if wish.path == "word":
        return own[0], _page_of(archive, document, wish), wish.quote
    find = _QUOTED.get(wish.path)
    if find is None:
        return own[0], None, ""
    if not wish.quote.strip():
        raise BadInputError(
            "Orden som rättas saknas", wish.path, "Ange dem med --quote: beslutets text eller ett namn."
        )
    for part in (*own, *(part for part in parts if part not in own)):
        hits = [row for row in find(part) if same_words(wish.quote, row[0])]
        exact = [row for row in hits if same_words(row[0], wish.quote) == 2] or hits
        if len({row[0] for row in exact}) == 1:
            return part, exact[0][1], exact[0][0]
        if exact:
            raise BadInputError("Orden passar flera ställen", wish.quote[:80], f"Skriv mer av dem: {_shown(exact)}.")
    rows = [row for part in parts for row in find(part)]
    raise BadInputError(
        "Orden finns inte i dokumentet",
        wish.quote[:80],
        f"Här finns: {_shown(rows)}." if rows else "Dokumentet har inga sådana rader.",
    )


def _shown(rows: Sequence[tuple[str, int | None]]) -> str:
    more = f" och {len(rows) - MAX_SHOWN} till" if len(rows) > MAX_SHOWN else ""
    return "; ".join(f"«{text[:70]}»" for text, _ in rows[:MAX_SHOWN]) + more


def _page_of(archive: Archive, document: Document, wish: Wish) -> int:
    for number, text in enumerate(archive.page_texts(Scope(), document.document_id), 1):
        if wish.quote and wish.quote in text:
            return number
    raise BadInputError(
        "Ordet finns inte i dokumentet", wish.quote or wish.file, "Skriv det med --quote så som det står i texten."
    )


def _decisions(part: Part) -> list[tuple[str, int | None]]:
    return [(one.text, one.anchor.page) for one in part.decisions]


def _people(part: Part) -> list[tuple[str, int | None]]:
    return [(one.name, one.anchor.page if one.anchor else None) for one in part.participants]


_QUOTED: Mapping[str, Callable[[Part], list[tuple[str, int | None]]]] = {
    "decision.strength": _decisions,
    "decision.outcome": _decisions,
    "link": _decisions,
    "participant.presence": _people,
    "participant.seat": _people,
    "participant.name": _people,
}


def _value(path: str, value: str, part: Part) -> str:
    """The value as it is stored; dates may be written in any Swedish way."""
    if path != "date" or not value:
        return value.strip()
    found = [one for one in find_dates(value, part.meeting_date.value) if one.date and one.precision == "day"]
    return found[0].date.isoformat() if found and found[0].date else value.strip()
