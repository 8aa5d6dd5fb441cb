"""What people write: corrections, feedback, kept conversations, uploads waiting, small values. Short transactions."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from corpus import ledger
from corpus.codec import from_json, to_json
from corpus.corrections import checked
from corpus.directory import visible_documents
from corpus.errors import NotInArchiveError
from corpus.ledger import conversations, corrections, feedback, jobs, parts, sources, turns
from corpus.records import Conversation, Correction, Feedback, Job, SavedAnswer, Scope
from corpus.store import Store
from corpus.writer import apply_corrections

OWN_THESAURUS, OWN_BODIES = "own_thesaurus", "own_bodies"


class People:
    """People's writes; each waits its turn and never for a whole reading."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def correct(self, correction: Correction) -> int:
        """Store it and replay it at once. Raises BadInputError on an unknown field, NotInArchiveError on the file."""
        with self._store.writing() as connection:
            held = self._parts_of(connection, correction)
            if not held:
                raise NotInArchiveError("Det som ska rättas finns inte", correction.source, "Kontrollera filens namn.")
            row = {"data": to_json(checked(correction)), "source": correction.source, "lost": 0}
            made = connection.execute(corrections.insert().values(row)).inserted_primary_key
            self._replayed(connection, held)
            return int(made[0]) if made else 0

    def corrections(self, scope: Scope) -> list[Correction]:
        with self._store.reading() as connection:
            rows = connection.execute(select(corrections).order_by(corrections.c.correction_id)).all()
            if scope.bodies is not None:
                held = visible_documents(self._store, connection, scope)
                seen = connection.execute(select(sources.c.path).where(sources.c.document_id.in_(held))).scalars()
                rows = [row for row in rows if row.source in set(seen)]
        return [_correction(row.data, row.correction_id, row.lost) for row in rows]

    def remove_correction(self, correction_id: int) -> None:
        with self._store.writing() as connection:
            row = connection.execute(select(corrections).where(corrections.c.correction_id == correction_id)).first()
            if row is None:
                raise NotInArchiveError("Rättelsen finns inte", str(correction_id), "Se listan över rättelser.")
            held = self._parts_of(connection, from_json(Correction, row.data))
            connection.execute(delete(corrections).where(corrections.c.correction_id == correction_id))
            self._replayed(connection, held)

    def _parts_of(self, connection: Connection, correction: Correction) -> list[str]:
        query = (
            select(parts.c.part_id)
            .join(sources, sources.c.document_id == parts.c.document_id)
            .where((sources.c.path == correction.source) & (sources.c.current == 1))
            .where(parts.c.ordinal == correction.part)
        )
        return list(connection.execute(query).scalars())

    def _replayed(self, connection: Connection, part_ids: Sequence[str]) -> None:
        apply_corrections(connection, part_ids)
        ledger.set_value(connection, "links_dirty", "1")
        ledger.bump_revision(connection)

    def add_feedback(self, given: Feedback) -> int:
        with self._store.writing() as connection:
            made = connection.execute(feedback.insert().values(data=to_json(given))).inserted_primary_key
            return int(made[0]) if made else 0

    def feedback(self) -> list[Feedback]:
        with self._store.reading() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.feedback_id)).all()
        return [replace(from_json(Feedback, row.data), feedback_id=row.feedback_id) for row in rows]

    def save_conversation(self, kept: Conversation) -> None:
        """Keep it whole; an earlier one with its id is replaced."""
        with self._store.writing() as connection:
            connection.execute(delete(conversations).where(conversations.c.conversation_id == kept.conversation_id))
            connection.execute(
                insert(conversations).values(
                    conversation_id=kept.conversation_id,
                    title=kept.title,
                    created=kept.created.isoformat(),
                    expires=kept.expires.isoformat(),
                )
            )
            rows = [
                {
                    "conversation_id": kept.conversation_id,
                    "turn": turn.turn,
                    "question": turn.question,
                    "answer": turn.answer,
                    "document_ids": json.dumps(turn.document_ids),
                }
                for turn in kept.turns
            ]
            if rows:
                connection.execute(turns.insert(), rows)

    def conversations(self) -> list[Conversation]:
        """Newest first, without their turns' contents being loaded."""
        with self._store.reading() as connection:
            rows = connection.execute(select(conversations).order_by(conversations.c.created.desc())).all()
        return [_conversation(row, ()) for row in rows]

    def conversation(self, conversation_id: str) -> Conversation:
        with self._store.reading() as connection:
            query = select(conversations).where(conversations.c.conversation_id == conversation_id)
            row = connection.execute(query).first()
            if row is None:
                raise NotInArchiveError("Samtalet finns inte", conversation_id, "Det kan ha gått ut eller tagits bort.")
            of = select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.turn)
            kept = tuple(
                SavedAnswer(turn=t.turn, question=t.question, answer=t.answer, document_ids=_ids(t.document_ids))
                for t in connection.execute(of)
            )
        return _conversation(row, kept)

    def delete_conversation(self, conversation_id: str) -> None:
        with self._store.writing() as connection:
            connection.execute(delete(conversations).where(conversations.c.conversation_id == conversation_id))

    def purge_expired(self, now: datetime) -> int:
        """Delete the conversations whose time is out; gives how many."""
        with self._store.reading() as connection:
            rows = connection.execute(select(conversations.c.conversation_id, conversations.c.expires)).all()
        late = [row.conversation_id for row in rows if _is_past(datetime.fromisoformat(row.expires), now)]
        if late:
            with self._store.writing() as connection:
                connection.execute(delete(conversations).where(conversations.c.conversation_id.in_(late)))
        return len(late)

    def add_job(self, name: str, path: Path) -> int:
        created = datetime.now().isoformat(timespec="seconds")
        row = {"name": name, "path": str(path), "status": "queued", "pages_done": 0, "pages_total": 0}
        with self._store.writing() as connection:
            made = connection.execute(jobs.insert().values(**row, created=created)).inserted_primary_key
            return int(made[0]) if made else 0

    def jobs(self) -> list[Job]:
        with self._store.reading() as connection:
            return [_job(row) for row in connection.execute(select(jobs).order_by(jobs.c.job_id))]

    def take_job(self) -> tuple[Job, Path] | None:
        """The oldest job that waits, now running for this process; one whose worker died waits again."""
        with self._store.writing() as connection:
            for left in connection.execute(select(jobs).where(jobs.c.status == "running")).all():
                if not _is_alive(left.worker):
                    _set_job(connection, left.job_id, {"status": "queued", "worker": None})
            query = select(jobs).where(jobs.c.status == "queued").order_by(jobs.c.job_id).limit(1)
            row = connection.execute(query).first()
            if row is None:
                return None
            _set_job(connection, row.job_id, {"status": "running", "worker": str(os.getpid())})
            return replace(_job(row), status="running"), Path(row.path)

    def job_progress(self, job_id: int, done: int, total: int) -> None:
        with self._store.writing() as connection:
            _set_job(connection, job_id, {"pages_done": done, "pages_total": total})

    def end_job(self, job_id: int, status: str, reason: str | None) -> None:
        with self._store.writing() as connection:
            _set_job(connection, job_id, {"status": status, "reason": reason, "worker": None})

    def value(self, name: str) -> str | None:
        with self._store.reading() as connection:
            return self._store.value(connection, f"own:{name}")

    def set_value(self, name: str, new: str) -> None:
        with self._store.writing() as connection:
            ledger.set_value(connection, f"own:{name}", new)
            if name in (OWN_THESAURUS, OWN_BODIES):
                ledger.bump_revision(connection)


def _correction(data: str, correction_id: int, lost: int) -> Correction:
    return replace(from_json(Correction, data), correction_id=correction_id, lost=bool(lost))


def _conversation(row: Any, kept: tuple[SavedAnswer, ...]) -> Conversation:
    return Conversation(
        conversation_id=row.conversation_id,
        title=row.title,
        created=datetime.fromisoformat(row.created),
        expires=datetime.fromisoformat(row.expires),
        turns=kept,
    )


def _ids(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _is_past(moment: datetime, now: datetime) -> bool:
    return moment <= (now.astimezone(moment.tzinfo) if moment.tzinfo else now.replace(tzinfo=None))


def _job(row: Any) -> Job:
    fields = ("job_id", "name", "status", "pages_done", "pages_total", "reason")
    created = datetime.fromisoformat(row.created)
    return Job(**{name: getattr(row, name) for name in fields}, created=created)


def _set_job(connection: Connection, job_id: int, values: dict[str, object]) -> None:
    connection.execute(update(jobs).where(jobs.c.job_id == job_id).values(values))


def _is_alive(worker: str | None) -> bool:
    if not worker:
        return False
    try:
        os.kill(int(worker), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
