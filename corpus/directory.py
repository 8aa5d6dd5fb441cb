"""Which parts an asker may see and a filter lets through: a small table of all parts, held per revision."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from corpus.ledger import documents, parts
from corpus.records import Filter, Scope
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """What is needed of a part to let it through or not, and where its passages' vectors stand."""

    part_id: str
    document_id: str
    kind: str | None
    bodies: tuple[str, ...]
    date: str | None
    seats: tuple[str, ...]
    people: tuple[str, ...]
    slots: tuple[int, int]
    owner: str | None


def entries(store: Store, connection: Connection) -> list[Entry]:
    """All parts in the order newest first, unknown dates last."""
    return store.cached("entries", store.revision(connection), lambda: _load(connection))


def _load(connection: Connection) -> list[Entry]:
    columns = (parts.c.part_id, parts.c.document_id, parts.c.kind, parts.c.bodies, parts.c.date, parts.c.seats)
    more = (parts.c.people, parts.c.first_slot, parts.c.slot_count, documents.c.owner_body)
    rows = connection.execute(
        select(*columns, *more)
        .join(documents, documents.c.document_id == parts.c.document_id)
        .order_by(parts.c.date.desc(), parts.c.document_id, parts.c.ordinal)
    )
    return [
        Entry(
            row.part_id,
            row.document_id,
            row.kind,
            tuple(json.loads(row.bodies)),
            row.date,
            tuple(json.loads(row.seats)),
            tuple(json.loads(row.people)),
            (row.first_slot, row.slot_count),
            row.owner_body,
        )
        for row in rows
    ]


def chosen(store: Store, connection: Connection, scope: Scope, wanted: Filter) -> list[Entry]:
    """The parts within scope and filter."""

    def find() -> list[Entry]:
        tests = _tests(wanted)
        here = _of_documents(store, connection, wanted.documents) if wanted.documents else entries(store, connection)
        return [entry for entry in here if _is_visible(entry, scope) and all(test(entry) for test in tests)]

    return store.cached(("chosen", scope, wanted), store.revision(connection), find)


def _of_documents(store: Store, connection: Connection, document_ids: Iterable[str]) -> list[Entry]:
    """The parts of some documents, in the order of all: without looking at the thousands of others."""

    def place() -> dict[str, list[tuple[int, Entry]]]:
        found: dict[str, list[tuple[int, Entry]]] = {}
        for number, entry in enumerate(entries(store, connection)):
            found.setdefault(entry.document_id, []).append((number, entry))
        return found

    places = store.cached("entries by document", store.revision(connection), place)
    numbered = [pair for one in set(document_ids) for pair in places.get(one, ())]
    return [entry for _, entry in sorted(numbered, key=lambda pair: pair[0])]


def may_see(store: Store, connection: Connection, scope: Scope, document_id: str) -> bool:
    """Whether a document is within scope: its owner body is, or, where it has none, all bodies of its parts."""
    if scope.bodies is None:
        return True
    return document_id in visible_documents(store, connection, scope)


def visible_documents(store: Store, connection: Connection, scope: Scope) -> frozenset[str]:
    """The documents within a limited scope; one whose body nobody knows is in no limited scope."""

    def find() -> frozenset[str]:
        everything = entries(store, connection)
        hidden = {e.document_id for e in everything if not _is_visible(e, scope)}
        rows = connection.execute(select(documents.c.document_id, documents.c.owner_body))
        owned = {row.document_id for row in rows if row.owner_body in (scope.bodies or ())}
        return frozenset(({e.document_id for e in everything} - hidden) | owned)

    return store.cached(("visible", scope), store.revision(connection), find)


def _is_visible(entry: Entry, scope: Scope) -> bool:
    if scope.bodies is None:
        return True
    if entry.owner is not None:
        return entry.owner in scope.bodies
    return bool(entry.bodies) and set(entry.bodies) <= scope.bodies


def _tests(wanted: Filter) -> list[Callable[[Entry], bool]]:
    """What a part must pass, only of what the filter speaks of: an archive has thousands of parts."""
    bodies, seats = _folded(wanted.bodies), _folded(wanted.seats)
    first = wanted.date_from.isoformat() if wanted.date_from else ""
    last = wanted.date_to.isoformat() if wanted.date_to else "9999-12-31"
    people = [set(name.casefold().split()) for name in wanted.people]
    tests: list[tuple[object, Callable[[Entry], bool]]] = [
        (wanted.documents, lambda entry: entry.document_id in wanted.documents),
        (bodies, lambda entry: any(one.casefold() in bodies for one in entry.bodies)),
        (wanted.kinds, lambda entry: entry.kind in wanted.kinds),
        (wanted.date_from or wanted.date_to, lambda entry: entry.date is not None and first <= entry.date <= last),
        (seats, lambda entry: any(one.casefold() in seats for one in entry.seats)),
        (people, lambda entry: _names(entry.people, people)),
    ]
    return [test for is_wanted, test in tests if is_wanted]


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _names(have: Iterable[str], wanted: Iterable[set[str]]) -> bool:
    """Each word of a wanted name is a word of one person's name: *Berg* finds *Karin Berg*."""
    return any(words <= set(name.casefold().split()) for name in have for words in wanted)
