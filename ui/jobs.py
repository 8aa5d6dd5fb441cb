"""Uploads as jobs: stored at once, worked off in order by one child process, their progress told by the ledger."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from dataclasses import fields
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.archive import Archive
from corpus.errors import ArchiveLockedError, MotesminneError, TooLargeError
from corpus.records import Job
from corpus.settings import PREFIX, Settings, load_settings
from ingest.pipeline import FileResult, Progress, ingest
from ui import texts
from ui.child_process import ROOT, child_environment
from ui.safe import one_line

FOLDER, LOCK = "inkommet", "inkommet.lock"
MAX_UPLOAD_MB = 50
MAX_NAME_CHARS = 150
# How long the worker looks for more before it ends, and how often it tries an archive that another reads into.
IDLE_S, LOCKED_S = 2.0, 1.0


def add(archive: Archive, name: str, data: bytes) -> int:
    """Store an upload and queue it; when this returns it will be read, also after a crash."""
    if len(data) > MAX_UPLOAD_MB << 20:
        raise TooLargeError(f"Filen är större än {MAX_UPLOAD_MB} MB", safe_name(name), "Dela upp den.")
    folder = archive.folder / FOLDER / uuid.uuid4().hex
    folder.mkdir(parents=True)
    path = folder / safe_name(name)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return archive.add_job(path.name, path)


def safe_name(name: str) -> str:
    """A file name that stands for itself: no folders, no control or direction characters, no leading dot."""
    last = one_line(name.replace("\\", "/").rpartition("/")[2]).lstrip(". ")
    stem, dot, ending = last.rpartition(".")
    whole = f"{stem[: MAX_NAME_CHARS - len(ending)]}{dot}{ending}" if stem and len(ending) < 10 else last
    return whole[:MAX_NAME_CHARS] or "namnlös"


def start_worker(settings: Settings) -> None:
    """Start the child process that works the jobs off; where one runs already, a second ends at once."""
    values = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    values["archive"] = settings.archive.resolve()
    environment = child_environment() | {PREFIX + name.upper(): str(value) for name, value in values.items()}
    subprocess.Popen([sys.executable, "-m", "ui.jobs"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)


def work(settings: Settings) -> int:
    """Work the queue off; gives how many files were read or refused. Returns 0 at once where another worker runs."""
    try:
        with (
            FileLock(settings.archive / LOCK, timeout=0),
            Archive.open(settings.archive, settings=settings) as archive,
        ):
            done, idle_since = 0, time.monotonic()
            while time.monotonic() - idle_since < IDLE_S:
                taken = archive.take_job()
                if taken is None:
                    time.sleep(IDLE_S / 10)
                    continue
                done += _one(archive, *taken)
                idle_since = time.monotonic()
            return done
    except Timeout:
        return 0


def _one(archive: Archive, job: Job, path: Path) -> int:
    """The gate: whatever goes wrong with one upload is its reason."""
    try:
        result = _read(archive, job, path)
        archive.end_job(job.job_id, "failed" if result.status == "failed" else "done", result.reason)
    except ArchiveLockedError:
        archive.end_job(job.job_id, "queued")
        time.sleep(LOCKED_S)
        return 0
    except MotesminneError as error:
        archive.end_job(job.job_id, "failed", one_line(str(error)))
    except Exception as error:  # noqa: BLE001 - an upload may fail in any way, and stops no other
        archive.end_job(job.job_id, "failed", f"{texts.UNEXPECTED} ({type(error).__name__}). {texts.TRY_AGAIN}")
    shutil.rmtree(path.parent, ignore_errors=True)
    return 1


def _read(archive: Archive, job: Job, path: Path) -> FileResult:
    def tick(progress: Progress) -> None:
        if progress.pages:
            archive.job_progress(job.job_id, progress.page, progress.pages)

    report = ingest([path], archive, settings=archive.settings, progress=tick)
    result = report.files[0]
    archive.job_progress(job.job_id, result.pages, result.pages)
    return result


if __name__ == "__main__":
    work(load_settings())
