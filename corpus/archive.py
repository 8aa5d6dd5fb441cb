"""`Archive`: the one door to what is stored; reading in, asking, people's writes and care all go through it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

import numpy as np

from corpus import care, ledger, order_marks
from corpus.embedding import Embedder, load_embedder
from corpus.errors import ArchiveLockedError, NotInArchiveError
from corpus.finding import Finding
from corpus.people import OWN_BODIES, OWN_THESAURUS, People
from corpus.place import check_place, reader_in_lock
from corpus.reads import Reads
from corpus.records import (
    Abbreviation,
    Conversation,
    Correction,
    Coverage,
    Document,
    Feedback,
    Filter,
    Hit,
    Job,
    Links,
    Meeting,
    Page,
    Part,
    Passage,
    Problem,
    QueryTerm,
    Scope,
    Span,
)
from corpus.settings import Settings
from corpus.store import Store
from corpus.writer import Writer, catch_up

__all__ = ["Archive", "Writer"]
NO_FILTER = Filter()


class Archive:
    """An open archive. Safe to use from several threads; other processes may ask, and one may read in, meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store, self._reads, self._people = store, Reads(store), People(store)
        self._finding = Finding(store)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        embedder: Embedder | None = None,
        create: bool = False,
        settings: Settings = Settings(),
    ) -> Archive:
        """Raises NotInArchiveError where there is none, ArchivePlaceError where SQLite would be unsafe."""
        check_place(folder)
        file = folder / ledger.FILE_NAME
        if not file.exists() and not create:
            raise NotInArchiveError(
                "Här finns inget arkiv", str(folder), "Läs in dokument med motesminne ingest, eller ange --archive."
            )
        engine = ledger.connect(file)
        with ledger.translated(engine):
            (folder / "index").mkdir(parents=True, exist_ok=True)
        ledger.prepare_schema(engine)
        archive = cls(Store(folder, engine, embedder or load_embedder(settings.embedder), settings))
        archive._recover()
        return archive

    def _recover(self) -> None:
        """What was committed and not indexed is indexed now, and an index of an older version made anew.

        Left to the reader-in where one is at work.
        """
        self._people.purge_expired(datetime.now())
        is_old = self._reads.has_old_words()
        if not is_old and not self._reads.has_pending():
            return
        try:
            with reader_in_lock(self.folder):
                if is_old:
                    care.rebuild(self._store)
                catch_up(self._store)
                order_marks.mark_missing(self._store)
        except ArchiveLockedError:
            return  # the reader-in that holds the lock is doing it

    @property
    def folder(self) -> Path:
        return self._store.folder

    @property
    def settings(self) -> Settings:
        return self._store.settings

    @property
    def embedder(self) -> Embedder:
        return self._store.embedder

    def close(self) -> None:
        self._store.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading in

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one who reads documents in. Raises ArchiveLockedError at once when another does.

        An archive made by another embedder is embedded anew first: vectors are never mixed.
        """
        with reader_in_lock(self.folder):
            catch_up(self._store)
            if self.has_other_embedder():
                care.rebuild(self._store)
            try:
                yield Writer(self._store)
            finally:
                self._store.end_writing()

    # Reads

    def snapshot(self) -> AbstractContextManager[None]:
        """All reads of this thread within see one moment, and are quicker; not to be held for minutes."""
        return self._store.snapshot()

    def documents(self, scope: Scope) -> list[Document]:
        return self._reads.documents(scope)

    def document(self, scope: Scope, document_id: str) -> Document:
        return self._reads.document(scope, document_id)

    def find_document(self, scope: Scope, name: str) -> Document:
        return self._reads.find_document(scope, name)

    def file_name(self, scope: Scope, document_id: str) -> str:
        return self._reads.file_name(scope, document_id)

    def file_names(self, scope: Scope, document_ids: Collection[str]) -> dict[str, str]:
        return self._reads.file_names(scope, document_ids)

    def original(self, scope: Scope, document_id: str) -> Path:
        return self._reads.original(scope, document_id)

    def pages(self, scope: Scope, document_id: str) -> list[Page]:
        return self._reads.pages(scope, document_id)

    def page(self, scope: Scope, document_id: str, number: int) -> Page:
        return self._reads.page(scope, document_id, number)

    def page_texts(self, scope: Scope, document_id: str) -> list[str]:
        return self._reads.page_texts(scope, document_id)

    def orders(self, scope: Scope, document_ids: Collection[str]) -> Mapping[str, tuple[Span, ...]]:
        """Where documents give orders to a program; those without any are not in it."""
        return self._reads.orders(scope, document_ids)

    def page_states(self, scope: Scope) -> dict[str, dict[str, int]]:
        return self._reads.page_states(scope)

    def parts(self, scope: Scope, filter: Filter = NO_FILTER) -> list[Part]:
        return self._reads.parts(scope, filter)

    def part(self, scope: Scope, part_id: str) -> Part:
        return self._reads.part(scope, part_id)

    def meetings(self, scope: Scope, filter: Filter = NO_FILTER) -> list[Meeting]:
        return self._reads.meetings(scope, filter)

    def links(self, scope: Scope) -> Links:
        return self._reads.links(scope)

    def passages(self, scope: Scope, ids: Sequence[str]) -> list[Passage]:
        return self._reads.passages(scope, ids)

    def passages_of(self, scope: Scope, document_id: str) -> list[Passage]:
        return self._reads.passages_of(scope, document_id)

    def all_passages(self, scope: Scope) -> Iterator[Passage]:
        return self._reads.all_passages(scope)

    def search_lexical(
        self,
        scope: Scope,
        terms: Sequence[QueryTerm],
        limit: int,
        filter: Filter = NO_FILTER,
        every: bool = False,
    ) -> list[Hit]:
        """The best by the terms; with `every` also what the filter lets through and holds none of them, last."""
        return self._finding.search_lexical(scope, terms, limit, filter, every)

    def search_dense(self, scope: Scope, vector: np.ndarray, limit: int, filter: Filter = NO_FILTER) -> list[Hit]:
        return self._finding.search_dense(scope, vector, limit, filter)

    def holding(
        self, scope: Scope, terms: Sequence[QueryTerm], share: float, limit: int, filter: Filter = NO_FILTER
    ) -> list[str]:
        """The passages that say groups of terms weighing at least `share` of all; see `LexicalIndex.holding`."""
        return self._finding.holding(scope, terms, share, limit, filter)

    def glossary(self, scope: Scope) -> list[tuple[Abbreviation, Part]]:
        return self._reads.glossary(scope)

    def coverage(self, scope: Scope, filter: Filter = NO_FILTER) -> Coverage:
        return self._reads.coverage(scope, filter)

    def bodies(self, scope: Scope) -> list[str]:
        return self._reads.bodies(scope)

    def vocabulary(self, scope: Scope) -> Mapping[str, int]:
        return self._reads.vocabulary(scope)

    def undamaged_texts(self, limit: int) -> list[str]:
        """The texts of at most `limit` undamaged pages, those read in last first: what stands beside what."""
        return self._reads.undamaged_texts(limit)

    def revision(self) -> int:
        return self._reads.revision()

    def has_other_embedder(self) -> bool:
        """Whether the index was made by another embedder than the one chosen: `rebuild` is due."""
        return self._finding.has_other_embedder()

    def own_thesaurus(self, scope: Scope) -> str:
        return self.value(OWN_THESAURUS) or ""

    def set_own_thesaurus(self, text: str) -> None:
        self.set_value(OWN_THESAURUS, text)

    def own_bodies(self) -> str:
        return self.value(OWN_BODIES) or ""

    def set_own_bodies(self, text: str) -> None:
        self.set_value(OWN_BODIES, text)

    # People's writes

    def correct(self, correction: Correction) -> int:
        return self._people.correct(correction)

    def corrections(self, scope: Scope) -> list[Correction]:
        return self._people.corrections(scope)

    def remove_correction(self, correction_id: int) -> None:
        self._people.remove_correction(correction_id)

    def add_feedback(self, given: Feedback) -> int:
        return self._people.add_feedback(given)

    def feedback(self) -> list[Feedback]:
        return self._people.feedback()

    def save_conversation(self, kept: Conversation) -> None:
        self._people.save_conversation(kept)

    def conversations(self) -> list[Conversation]:
        return self._people.conversations()

    def conversation(self, conversation_id: str) -> Conversation:
        return self._people.conversation(conversation_id)

    def delete_conversation(self, conversation_id: str) -> None:
        self._people.delete_conversation(conversation_id)

    def add_job(self, name: str, path: Path) -> int:
        return self._people.add_job(name, path)

    def jobs(self) -> list[Job]:
        return self._people.jobs()

    def take_job(self) -> tuple[Job, Path] | None:
        return self._people.take_job()

    def job_progress(self, job_id: int, done: int, total: int) -> None:
        self._people.job_progress(job_id, done, total)

    def end_job(self, job_id: int, status: str, reason: str | None = None) -> None:
        self._people.end_job(job_id, status, reason)

    def value(self, name: str) -> str | None:
        return self._people.value(name)

    def set_value(self, name: str, value: str) -> None:
        self._people.set_value(name, value)

    # Care

    def check(self) -> list[Problem]:
        return care.check(self._store)

    def remove(self, document_id: str) -> None:
        """Raises ArchiveLockedError while documents are read in."""
        with reader_in_lock(self.folder):
            care.remove(self._store, document_id)

    def backup(self, file: Path) -> None:
        care.backup(self._store, file)

    @staticmethod
    def restore(file: Path, folder: Path, embedder: Embedder | None = None) -> None:
        """Into a new or empty folder; the indexes are made anew there."""
        check_place(folder)
        care.unpack_backup(file, folder)
        with Archive.open(folder, embedder=embedder) as archive:
            archive.rebuild()

    def rebuild(self) -> None:
        """Make all that is derived anew from the ledger."""
        with reader_in_lock(self.folder):
            care.rebuild(self._store)
