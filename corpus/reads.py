"""What is read from the archive: documents, pages, parts, passages and search; scope first, memory flat."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, func, select, text

from corpus import ledger, lexical, order_marks
from corpus.codec import unpack_all
from corpus.directory import Entry, chosen, may_see, visible_documents
from corpus.errors import BadInputError, NotInArchiveError
from corpus.finding import BATCH, batches
from corpus.ledger import documents, layers, links, pages, parts, passages, sources, vocabulary
from corpus.records import (
    Abbreviation,
    ActionLink,
    Coverage,
    DecisionLink,
    Document,
    Filter,
    Gap,
    Links,
    Meeting,
    Page,
    Part,
    Passage,
    Scope,
    Span,
    Topic,
)
from corpus.rows import count_words, document_record, page_record, part_record, passage_record
from corpus.store import Store

LINK_KINDS: dict[str, type[Any]] = {
    "meetings": Meeting,
    "decisions": DecisionLink,
    "actions": ActionLink,
    "gaps": Gap,
    "topics": Topic,
}


class Reads:
    """All reads of an open archive. Each call is one snapshot of the ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents(self, scope: Scope) -> list[Document]:
        with self._store.reading() as connection:
            names = _names(connection)
            rows = connection.execute(select(documents).order_by(documents.c.added, documents.c.document_id))
            seen = [row for row in rows if may_see(self._store, connection, scope, row.document_id)]
            return [document_record(row, names.get(row.document_id, ())) for row in seen]

    def document(self, scope: Scope, document_id: str) -> Document:
        with self._store.reading() as connection:
            row = connection.execute(select(documents).where(documents.c.document_id == document_id)).first()
            if row is None or not may_see(self._store, connection, scope, document_id):
                raise _missing("Dokumentet", document_id)
            return document_record(row, _names(connection, document_id).get(document_id, ()))

    def find_document(self, scope: Scope, name: str) -> Document:
        """By name, by the end of its path, or by the start (6 characters or more) of its id."""
        with self._store.reading() as connection:
            rows = connection.execute(select(sources.c.path, sources.c.document_id).where(sources.c.current == 1))
            found = {row.document_id for row in rows if _is_named(row.path, name)}
            if not found and len(name) >= 6:
                ids = connection.execute(
                    select(documents.c.document_id).where(documents.c.document_id.startswith(name, autoescape=True))
                )
                found = set(ids.scalars())
            seen = [one for one in found if may_see(self._store, connection, scope, one)]
        if len(seen) > 1:
            raise BadInputError("Flera dokument har det namnet", name, "Skriv mer av sökvägen.")
        if not seen:
            raise _missing("Dokumentet", name)
        return self.document(scope, seen[0])

    def file_name(self, scope: Scope, document_id: str) -> str:
        with self._store.reading() as connection:
            revision = self._store.revision(connection)
            names = self._store.cached("names", revision, lambda: _names(connection)).get(document_id, ())
            if not names or not may_see(self._store, connection, scope, document_id):
                raise _missing("Dokumentet", document_id)
            return PurePosixPath(names[0]).name

    def file_names(self, scope: Scope, document_ids: Collection[str]) -> dict[str, str]:
        """The names of several documents, those that the asker may see, in one look."""
        with self._store.reading() as connection:
            names = self._store.cached("names", self._store.revision(connection), lambda: _names(connection))
            seen = [one for one in document_ids if names.get(one) and may_see(self._store, connection, scope, one)]
            return {one: PurePosixPath(names[one][0]).name for one in seen}

    def original(self, scope: Scope, document_id: str) -> Path:
        with self._store.reading() as connection:
            path = self._store.original(document_id)
            if not path.exists() or not may_see(self._store, connection, scope, document_id):
                raise _missing("Originalet", document_id)
            return path

    def pages(self, scope: Scope, document_id: str) -> list[Page]:
        return self._pages(scope, document_id, None)

    def page(self, scope: Scope, document_id: str, number: int) -> Page:
        found = self._pages(scope, document_id, number)
        if not found:
            raise _missing("Sidan", f"{document_id}, sida {number}")
        return found[0]

    def _pages(self, scope: Scope, document_id: str, number: int | None) -> list[Page]:
        same = (layers.c.document_id == pages.c.document_id) & (layers.c.number == pages.c.number)
        query = select(pages, layers.c.data).join(layers, same).where(pages.c.document_id == document_id)
        if number is not None:
            query = query.where(pages.c.number == number)
        with self._store.reading() as connection:
            if not may_see(self._store, connection, scope, document_id):
                raise _missing("Dokumentet", document_id)
            return [page_record(row) for row in connection.execute(query.order_by(pages.c.number))]

    def page_texts(self, scope: Scope, document_id: str) -> list[str]:
        with self._store.reading() as connection:
            if not may_see(self._store, connection, scope, document_id):
                raise _missing("Dokumentet", document_id)
            query = select(pages.c.text).where(pages.c.document_id == document_id).order_by(pages.c.number)
            return list(connection.execute(query).scalars())

    def orders(self, scope: Scope, document_ids: Collection[str]) -> Mapping[str, tuple[Span, ...]]:
        with self._store.reading() as connection:
            return order_marks.marks(self._store, connection, scope, document_ids)

    def page_states(self, scope: Scope) -> dict[str, dict[str, int]]:
        """How many pages of each document stand in each status."""
        query = select(pages.c.document_id, pages.c.status, func.count()).group_by(pages.c.document_id, pages.c.status)
        found: dict[str, dict[str, int]] = {}
        with self._store.reading() as connection:
            for document_id, status, count in connection.execute(query):
                if may_see(self._store, connection, scope, document_id):
                    found.setdefault(document_id, {})[status] = count
        return found

    def parts(self, scope: Scope, wanted: Filter) -> list[Part]:
        with self._store.reading() as connection:
            return self._parts(connection, [e.part_id for e in chosen(self._store, connection, scope, wanted)])

    def part(self, scope: Scope, part_id: str) -> Part:
        with self._store.reading() as connection:
            found = self._parts(connection, [part_id])
            if not found or not may_see(self._store, connection, scope, found[0].document_id):
                raise _missing("Delen", part_id)
            return found[0]

    def _parts(self, connection: Connection, ids: Sequence[str]) -> list[Part]:
        """Parts in the order asked; decoded ones are kept, as they cost 0.2-1 ms each."""
        revision = self._store.revision(connection)
        known = self._store.decoded_parts(revision)
        wanted = [one for one in ids if one not in known]
        for batch in batches(wanted):
            for row in connection.execute(select(parts).where(parts.c.part_id.in_(batch))):
                known[row.part_id] = part_record(row)
        found = [known[one] for one in ids if one in known]
        self._store.trim(known)
        return found

    def meetings(self, scope: Scope, wanted: Filter) -> list[Meeting]:
        """Meetings with a part within scope and filter, each with only the parts that the asker may see."""
        with self._store.reading() as connection:
            seen = {e.part_id for e in chosen(self._store, connection, scope, Filter())}
            let = {e.part_id for e in chosen(self._store, connection, scope, wanted)}
            every: tuple[Meeting, ...] = self._linked(connection, "meetings")
        return [m if seen.issuperset(m.part_ids) else _only(m, seen) for m in every if not let.isdisjoint(m.part_ids)]

    def links(self, scope: Scope) -> Links:
        with self._store.reading() as connection:
            found = {kind: self._linked(connection, kind) for kind in LINK_KINDS}
        if scope.bodies is None:
            return Links(**found)
        return self._visible_links(scope, Links(**found))

    def _linked(self, connection: Connection, kind: str) -> tuple[Any, ...]:
        def load() -> tuple[Any, ...]:
            data = connection.execute(select(links.c.data).where(links.c.kind == kind)).scalar()
            return unpack_all(LINK_KINDS[kind], data) if data else ()

        return self._store.cached(("links", kind), self._store.revision(connection), load)

    def _visible_links(self, scope: Scope, every: Links) -> Links:
        own = self.parts(scope, Filter())
        part_ids = {part.part_id for part in own}
        decided = {d.decision_id for part in own for d in part.decisions}
        acted = {a.action_id for part in own for a in part.actions}
        known = {p.passage_id for topic in every.topics for p in self.passages(scope, topic.passage_ids)}
        return Links(
            meetings=tuple(self.meetings(scope, Filter())),
            decisions=tuple(d for d in every.decisions if {d.earlier_id, d.later_id} <= decided),
            actions=tuple(a for a in every.actions if a.action_id in acted and a.part_id in part_ids),
            gaps=tuple(g for g in every.gaps if g.part_id in part_ids),
            topics=tuple(t for t in every.topics if t.passage_ids and set(t.passage_ids) <= known),
        )

    def passages(self, scope: Scope, ids: Sequence[str]) -> list[Passage]:
        """In the order asked; one that is gone is left out."""
        with self._store.reading() as connection:
            found = {}
            for batch in batches(list(dict.fromkeys(ids))):
                # Bare SQL, as 50 are read in each question: the statement built anew took as long as the reading.
                marks = ", ".join("?" * len(batch))
                query = f"SELECT * FROM passages WHERE passage_id IN ({marks})"
                for row in connection.exec_driver_sql(query, tuple(batch)):
                    if may_see(self._store, connection, scope, row.document_id):
                        found[row.passage_id] = passage_record(row)
            return [found[one] for one in ids if one in found]

    def passages_of(self, scope: Scope, document_id: str) -> list[Passage]:
        query = select(passages).where(passages.c.document_id == document_id).order_by(passages.c.ordinal)
        with self._store.reading() as connection:
            if not may_see(self._store, connection, scope, document_id):
                raise _missing("Dokumentet", document_id)
            return [passage_record(row) for row in connection.execute(query)]

    def all_passages(self, scope: Scope) -> Iterator[Passage]:
        """Every passage, document by document; a batch in memory at a time."""
        last = -1
        while True:
            with self._store.reading() as connection:
                query = select(passages).where(passages.c.slot > last).order_by(passages.c.slot).limit(BATCH)
                rows = connection.execute(query).all()
                seen = [r for r in rows if may_see(self._store, connection, scope, r.document_id)]
            if not rows:
                return
            yield from (passage_record(row) for row in seen)
            last = rows[-1].slot

    def has_old_words(self) -> bool:
        """Whether the lexical index was made by an older version, whose fields or terms were others."""
        with self._store.reading() as connection:
            made_by = ledger.value(connection, "lexical_version")
            return made_by != lexical.VERSION and connection.execute(select(documents).limit(1)).first() is not None

    def has_pending(self) -> bool:
        """Whether a document's words wait to be indexed, or its orders to be marked."""
        with self._store.reading() as connection:
            waits = connection.execute(select(ledger.pending.c.id).limit(1)).first() is not None
            return waits or bool(order_marks.unmarked(connection))

    def glossary(self, scope: Scope) -> list[tuple[Abbreviation, Part]]:
        with self._store.reading() as connection:
            return self._store.cached(
                ("glossary", scope),
                self._store.revision(connection),
                lambda: [(short, part) for part in self.parts(scope, Filter()) for short in part.abbreviations],
            )

    def coverage(self, scope: Scope, wanted: Filter) -> Coverage:
        met = self.meetings(scope, wanted)
        with self._store.reading() as connection:
            let = chosen(self._store, connection, scope, wanted)
            key = ("coverage", scope, wanted)
            return self._store.cached(
                key, self._store.revision(connection), lambda: self._coverage(connection, scope, wanted, let, met)
            )

    def _coverage(
        self, connection: Connection, scope: Scope, wanted: Filter, let: Sequence[Entry], met: Sequence[Meeting]
    ) -> Coverage:
        days = [date.fromisoformat(entry.date) for entry in let if entry.date]
        # A meeting without a date is searched too, and lies within its bounds.
        days += [day for one in met for day in (one.date.earliest, one.date.latest) if day]
        held = {entry.document_id for entry in let}
        if scope.bodies is None and wanted.is_empty:
            held = set(connection.execute(select(documents.c.document_id)).scalars())
        pages_of = self._store.cached("page counts", self._store.revision(connection), lambda: _page_counts(connection))
        counts = [pages_of[one] for one in held if one in pages_of]
        return Coverage(
            meetings=len(met),
            documents=len(held),
            pages=sum(count for count, _ in counts),
            unreadable_pages=sum(bad for _, bad in counts),
            earliest=min(days, default=None),
            latest=max(days, default=None),
            bodies=tuple(sorted({body for entry in let for body in entry.bodies})),
        )

    def bodies(self, scope: Scope) -> list[str]:
        with self._store.reading() as connection:
            every = chosen(self._store, connection, scope, Filter())
            return sorted({body for entry in every for body in entry.bodies})

    def vocabulary(self, scope: Scope) -> Mapping[str, int]:
        """Words of undamaged pages with their counts, lower case."""
        with self._store.reading() as connection:

            def load() -> Mapping[str, int]:
                if scope.bodies is None:
                    rows = connection.execute(select(vocabulary.c.word, vocabulary.c.count)).all()
                    return {word: count for word, count in rows}
                held = visible_documents(self._store, connection, scope)
                query = select(pages.c.document_id, pages.c.text).where(pages.c.clean == 1)
                return count_words(text for one, text in connection.execute(query) if one in held)

            return self._store.cached(("words", scope), self._store.revision(connection), load)

    def undamaged_texts(self, limit: int) -> list[str]:
        """The texts of at most `limit` undamaged pages, those read in last first."""
        query = select(pages.c.text).where(pages.c.clean == 1).order_by(text("rowid desc")).limit(limit)
        with self._store.reading() as connection:
            return list(connection.execute(query).scalars())

    def revision(self) -> int:
        with self._store.reading() as connection:
            return self._store.revision(connection)


def _page_counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """How many pages each document has, and how many of them are unreadable."""
    unreadable = func.sum(pages.c.status == "unreadable")
    rows = connection.execute(select(pages.c.document_id, func.count(), unreadable).group_by(pages.c.document_id))
    return {document_id: (count, bad or 0) for document_id, count, bad in rows}


def _names(connection: Connection, document_id: str | None = None) -> dict[str, list[str]]:
    query = select(sources.c.document_id, sources.c.path).where(sources.c.current == 1).order_by(sources.c.path)
    if document_id is not None:
        query = query.where(sources.c.document_id == document_id)
    names: dict[str, list[str]] = {}
    for row in connection.execute(query):
        names.setdefault(row.document_id, []).append(row.path)
    return names


def _is_named(path: str, name: str) -> bool:
    wanted = name.replace("\\", "/").removeprefix("./")
    return path == wanted or path.endswith("/" + wanted) or wanted.endswith("/" + path)


def _only(meeting: Meeting, seen: set[str]) -> Meeting:
    from dataclasses import replace

    return replace(meeting, part_ids=tuple(one for one in meeting.part_ids if one in seen))


def _missing(what: str, where: str) -> NotInArchiveError:
    return NotInArchiveError(
        f"{what} finns inte i arkivet", where, "Se vilka dokument som finns med motesminne meetings."
    )
