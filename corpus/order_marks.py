"""Where each document gives orders to a program: found once, when it is read in, and kept in the ledger."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from corpus import ledger
from corpus.directory import may_see
from corpus.ledger import documents, pages
from corpus.records import Scope, Span
from corpus.store import Store
from corpus.swedish import orders

_KEPT = select(ledger.orders.c.document_id, ledger.orders.c.version, ledger.orders.c.spans).where(
    ledger.orders.c.document_id.in_(bindparam("ids", expanding=True))
)


def mark(connection: Connection, document_id: str, texts: Sequence[str]) -> None:
    """Find and keep them; `texts` are those of the document's pages, in order."""
    spans = [[span.page, span.start, span.end] for span in orders.spans(texts)]
    row = insert(ledger.orders).values(document_id=document_id, version=orders.version(), spans=json.dumps(spans))
    new = {name: row.excluded[name] for name in ("version", "spans")}
    connection.execute(row.on_conflict_do_update(index_elements=["document_id"], set_=new))


def unmarked(connection: Connection) -> list[str]:
    """Documents that were read in before there were marks, or by other rules."""
    is_current = (ledger.orders.c.document_id == documents.c.document_id) & (
        ledger.orders.c.version == orders.version()
    )
    query = select(documents.c.document_id).where(~select(ledger.orders).where(is_current).exists())
    return list(connection.execute(query).scalars())


def mark_missing(store: Store) -> None:
    """Mark those; a document at a time, so that nobody who writes waits long."""
    with store.reading() as connection:
        waiting = unmarked(connection)
    for document_id in waiting:
        with store.writing() as connection:
            mark(connection, document_id, _texts(connection, document_id))


def marks(
    store: Store, connection: Connection, scope: Scope, document_ids: Collection[str]
) -> Mapping[str, tuple[Span, ...]]:
    """The stretches by document, of those that the asker may see and that have any."""
    seen = [one for one in document_ids if may_see(store, connection, scope, one)]
    kept = {row.document_id: row for row in connection.execute(_KEPT, {"ids": seen})}
    found = {}
    for one in seen:
        row = kept.get(one)
        if row is not None and row.version == orders.version():
            found[one] = tuple(Span(page=page, start=start, end=end) for page, start, end in json.loads(row.spans))
        else:  # the reader-in has not come to it yet
            found[one] = orders.spans(_texts(connection, one))
    return {one: spans for one, spans in found.items() if spans}


def _texts(connection: Connection, document_id: str) -> list[str]:
    query = select(pages.c.text).where(pages.c.document_id == document_id).order_by(pages.c.number)
    return list(connection.execute(query).scalars())
