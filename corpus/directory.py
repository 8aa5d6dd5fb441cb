"""Which parts an asker may see and a filter lets through: a small table of all parts, held per revision."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    key = ("chosen", scope, wanted)
    return store.cached(
        key,
        store.revision(connection),
        lambda: [e for e in entries(store, connection) if _is_visible(e, scope) and _passes(e, wanted)],
    )


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


def _passes(entry: Entry, wanted: Filter) -> bool:
    return (
        _among(entry.bodies, wanted.bodies)
        and (not wanted.kinds or entry.kind in wanted.kinds)
        and _within(entry.date, wanted)
        and _among(entry.seats, wanted.seats)
        and _names(entry.people, wanted.people)
        and (not wanted.documents or entry.document_id in wanted.documents)
    )


def _among(have: Iterable[str], wanted: Iterable[str]) -> bool:
    allowed = {one.casefold() for one in wanted}
    return not allowed or any(one.casefold() in allowed for one in have)


def _within(day: str | None, wanted: Filter) -> bool:
    if wanted.date_from is None and wanted.date_to is None:
        return True
    if day is None:
        return False
    after = wanted.date_from is None or day >= wanted.date_from.isoformat()
    return after and (wanted.date_to is None or day <= wanted.date_to.isoformat())


def _names(have: Iterable[str], wanted: Iterable[str]) -> bool:
    """Each word of a wanted name is a word of one person's name: *Berg* finds *Karin Berg*."""
    asked = [set(name.casefold().split()) for name in wanted]
    return not asked or any(words <= set(name.casefold().split()) for name in have for words in asked)
