"""The whole order of work: files become pages, repaired text, minutes, passages and rows in the archive."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.errors import ArchiveLockedError, DiskFullError, MotesminneError
from corpus.records import Document, Fact, Part, ReadDocument, Scope, Source, Versions
from corpus.settings import Settings
from ingest import formats
from ingest.read import VERSION as READER_VERSION
from ingest.read import looks_scanned, read_with
from ingest.sandbox import Pool
from ingest.who_again import people_in_full

if TYPE_CHECKING:
    from corpus.archive import Archive, Writer
    from ingest.minutes import Hint

logger = logging.getLogger(__name__)
PROBE_TIMEOUT_S = 20.0
# Undamaged pages that teach the repair what stands beside what; 2 000 take some two seconds to count.
MAX_TEACHING_PAGES = 2_000
# A page of image takes some 30 times a page of text: what the time left is reckoned with.
SCAN_WEIGHT = 30
OLD_OFFICE_ADVICE = "{count} filer i äldre Office-format hoppades över: installera LibreOffice och läs in mappen igen."
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the reading is: the file at hand, files done of all, its pages, and seconds left when they can be told."""

    file: str
    done: int
    total: int
    page: int = 0
    pages: int = 0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """How one file went; `read` + `partly` + `unreadable` is `pages`."""

    file: str
    status: Literal["added", "unchanged", "replaced", "failed"]
    reason: str | None = None
    pages: int = 0
    read: int = 0
    partly: int = 0
    unreadable: int = 0
    passages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every file's result, files that are gone from the folder but kept, and advice."""

    files: tuple[FileResult, ...]
    missing: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, what it is called in the archive, and whether it must be read from images."""

    path: Path
    name: str
    is_scan: bool = False


@dataclass(slots=True)
class _Run:
    """What one reading-in passes along."""

    archive: Archive
    writer: Writer
    pool: Pool
    settings: Settings
    body: str | None
    again: bool
    progress: Callable[[Progress], None]
    started: float = field(default_factory=time.monotonic)


def ingest(  # noqa: PLR0913 -- the public seam; all but two are options by name
    paths: Sequence[Path],
    archive: Archive,
    *,
    settings: Settings,
    body: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    again: bool = False,
) -> Report:
    """Read files and folders into the archive: text before scans, newest first. What is in already is left alone.

    Raises ArchiveLockedError when another reader-in is at work and DiskFullError when there is no room; every other
    fault is one file's reason.
    """
    with archive.writing() as writer, Pool(settings.worker_count, settings.memory_mb) as pool:
        run = _Run(archive, writer, pool, settings, body, again, progress)
        found = in_order(pool, [file for path in paths for file in find_files(path)])
        results = _repaired_again(run, found, tuple(_read_in(run, found)))
        if writer.links_dirty():
            _named_in_full(run)
            people_in_full(archive, writer, [one.file for one in results if one.status in ("added", "replaced")])
            _link(run)
        writer.finish()
    return Report(files=results, missing=_missing(archive, paths, found), advice=_advice(results))


def read_again(archive: Archive, settings: Settings, sources: Sequence[str]) -> tuple[FileResult, ...]:
    """Read documents of the archive anew from their originals (a word was corrected, later documents taught names).

    One that fails has its reason, and the others are read. Raises ArchiveLockedError.
    """
    if not sources:
        return ()
    with archive.writing() as writer, Pool(settings.worker_count, settings.memory_mb) as pool:
        run = _Run(archive, writer, pool, settings, None, True, lambda _: None)
        results = tuple(_gated(name, partial(_reread, run, name)) for name in sources)
        if writer.links_dirty():
            _named_in_full(run)
            people_in_full(archive, writer, sources)
            _link(run)
        writer.finish()
    return results


def _reread(run: _Run, name: str) -> FileResult:
    archive, scope = run.archive, Scope()
    document = archive.find_document(scope, name)
    first = next((part for part in archive.parts(scope) if part.document_id == document.document_id), None)
    by_person = first is not None and bool(first.bodies) and first.bodies[0].origin == "person"
    run = replace(run, body=document.owner_body if by_person else None)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(name).name
        shutil.copyfile(archive.original(scope, document.document_id), copy)
        return _read_one(run, Found(copy, name), Progress(file=name, done=0, total=1))


def repair_again(archive: Archive, settings: Settings) -> tuple[FileResult, ...]:
    """Read the documents with repairs once more, for what later documents taught. Raises ArchiveLockedError."""
    scope = Scope()
    held = [document.document_id for document in archive.documents(scope)]
    names = [archive.file_name(scope, one) for one in held if _has_repairs(archive, one)]
    return read_again(archive, settings, names)


def _repaired_again(run: _Run, found: Sequence[Found], results: tuple[FileResult, ...]) -> tuple[FileResult, ...]:
    """The results after damaged documents were read once more, so that the order of a folder's files does not matter:
    those read last know no less than those read first."""
    news = [n for n, result in enumerate(results) if result.status in ("added", "replaced")]
    if len(news) < 2:
        return results
    made = list(results)
    run = replace(run, again=True)
    for n in news:
        digest = _document_id(found[n].path)
        if not found[n].is_scan and _has_repairs(run.archive, digest):
            late = _one_file(run, found[n], Progress(file=found[n].name, done=n, total=len(found)))
            if late.status != "failed":
                made[n] = replace(late, status=made[n].status, seconds=round(made[n].seconds + late.seconds, 3))
    return tuple(made)


def _named_in_full(run: _Run) -> None:
    """Records made anew where a body stands by its letters or a shorter name (*BUC-gruppen*, *Rektorsforum*) and
    another document has its name in full."""
    from corpus.swedish.bodies import load_history, with_names
    from ingest.minutes import read_parts
    from ingest.passages import make_passages

    archive, scope = run.archive, Scope()
    parts = archive.parts(scope)
    full = _full_names(archive, parts)
    history = with_names(load_history(archive.own_bodies()), full)
    due = sorted({part.document_id for part in parts if any(_is_short(fact, full) for fact in part.bodies)})
    for document_id in due:
        document, pages = archive.document(scope, document_id), tuple(archive.pages(scope, document_id))
        known = tuple(one for one in archive.bodies(scope) if one not in full)
        hint = replace(_hint(run, document.names[0]), body=None, known=known, history=history)
        new = read_parts(document_id, pages, hint)
        owned = replace(document, owner_body=new[0].body or document.owner_body)
        made = ReadDocument(document=owned, pages=pages, parts=new, passages=make_passages(document_id, pages, new))
        run.writer.add(Source(path=document.names[0], document_id=document_id), made)


def _full_names(archive: Archive, parts: Sequence[Part]) -> dict[str, str]:
    """The short names of bodies to their names in full, from the whole archive."""
    from corpus.swedish.one_body import one_name

    paths = {document.document_id: document.names[0] for document in archive.documents(Scope())}
    folders: dict[str, set[str]] = {}
    for part in parts:
        for fact in part.bodies:
            if fact.value:
                folders.setdefault(fact.value, set()).add(paths[part.document_id].rpartition("/")[0].split("/")[0])
    return one_name(folders, [(one.short, one.long) for part in parts for one in part.abbreviations])


def _is_short(fact: Fact[str], full: Mapping[str, str]) -> bool:
    return fact.origin != "person" and fact.value in full


def _has_repairs(archive: Archive, document_id: str) -> bool:
    return any(page.repairs for page in archive.pages(Scope(), document_id))


def _document_id(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def find_files(path: Path) -> Iterator[Found]:
    """The files of a folder by their path in it, or the one file by its name; leftovers of programs passed over."""
    if path.is_file():
        yield Found(path, path.name)
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden and not formats.is_leftover(file):
            yield Found(file, file.relative_to(path).as_posix())


def in_order(pool: Pool, files: Sequence[Found]) -> list[Found]:
    """Text before scans, then newest first by the last year named in the path, else by when the file was changed."""
    scanned = pool.map(looks_scanned, ((file.path,) for file in files), PROBE_TIMEOUT_S)
    told = [Found(file.path, file.name, is_scan is True) for file, is_scan in zip(files, scanned, strict=True)]
    return sorted(told, key=lambda file: (file.is_scan, -_age_key(file)[0], -_age_key(file)[1], file.name))


def _age_key(file: Found) -> tuple[int, float]:
    changed = file.path.stat().st_mtime
    years = [int(year) for year in _YEAR.findall(file.name)]
    return (years[-1] if years else datetime.fromtimestamp(changed, UTC).year), changed


def _read_in(run: _Run, found: Sequence[Found]) -> Iterator[FileResult]:
    weights = [SCAN_WEIGHT if file.is_scan else 1 for file in found]
    for at, file in enumerate(found):
        spent, passed = time.monotonic() - run.started, sum(weights[:at])
        left = spent / passed * sum(weights[at:]) if passed else None
        where = Progress(file=file.name, done=at, total=len(found), seconds_left=left)
        run.progress(where)
        yield _one_file(run, file, where)
    if found:
        run.progress(Progress(file=found[-1].name, done=len(found), total=len(found), seconds_left=0.0))


def _one_file(run: _Run, file: Found, where: Progress) -> FileResult:
    return _gated(file.name, lambda: _read_one(run, file, where))


def _gated(name: str, read: Callable[[], FileResult]) -> FileResult:
    """The gate: whatever goes wrong with one file is its reason, and the next file is read."""
    begun = time.monotonic()
    try:
        return read()
    except (ArchiveLockedError, DiskFullError):
        raise
    except MotesminneError as error:
        reason = f"{error.what}. {error.do}"
    except Exception as error:  # one file in a batch may fail in any way, and stops nobody else
        logger.exception("a file could not be read in")
        reason = f"Oväntat fel ({type(error).__name__}). Försök igen, eller spara om filen."
    return FileResult(file=name, status="failed", reason=reason, seconds=time.monotonic() - begun)


def _read_one(run: _Run, file: Found, where: Progress) -> FileResult:
    begun = time.monotonic()
    document_id = _document_id(file.path)
    changed = datetime.fromtimestamp(file.path.stat().st_mtime, UTC)
    source = Source(path=file.name, document_id=document_id, modified=changed)
    if not run.again and run.writer.is_current(document_id, versions()):
        run.writer.add_source(source)
        pages = run.archive.pages(Scope(), document_id)
        status: Literal["added", "unchanged", "replaced"] = "unchanged"
        passages = len(run.archive.passages_of(Scope(), document_id))
    else:
        made = _made(run, file, document_id, where)
        run.writer.store_original(file.path)
        status = run.writer.add(source, made)
        pages, passages = list(made.pages), len(made.passages)
    counts = Counter(page.status for page in pages)
    return FileResult(
        file=file.name,
        status=status,
        pages=len(pages),
        read=counts["read"],
        partly=counts["partly"],
        unreadable=counts["unreadable"],
        passages=passages,
        seconds=round(time.monotonic() - begun, 3),
    )


def _made(run: _Run, file: Found, document_id: str, where: Progress) -> ReadDocument:
    """File → pages → repaired pages → parts → passages, nothing stored yet."""
    from ingest.by_hand import with_words
    from ingest.minutes import read_parts
    from ingest.passages import make_passages
    from ingest.repair import repair_document

    def tick(page: int, pages: int) -> None:
        run.progress(Progress(file=file.name, done=where.done, total=where.total, page=page, pages=pages))

    reading = read_with(run.pool, file.path, run.settings, tick)
    archive = run.archive
    pages = repair_document(
        reading.pages, archive.vocabulary(Scope()), lambda: archive.undamaged_texts(MAX_TEACHING_PAGES)
    )
    pages = with_words(pages, [one for one in archive.corrections(Scope()) if one.source == file.name])
    parts = read_parts(document_id, pages, _hint(run, file.name))
    document = Document(
        document_id=document_id,
        names=(file.name,),
        media_type=reading.media_type,
        page_count=len(pages),
        size_bytes=reading.size_bytes,
        added=datetime.now(UTC),
        owner_body=run.body or (parts[0].body if parts else None),
        versions=versions(),
        metadata=reading.metadata,
    )
    return ReadDocument(document=document, pages=pages, parts=parts, passages=make_passages(document_id, pages, parts))


def _hint(run: _Run, name: str) -> Hint:
    """What stands outside the text of the document that the archive calls `name`."""
    from corpus.swedish.bodies import load_history
    from ingest.minutes import Hint

    place = Path(name)
    return Hint(
        file_name=place.name,
        folders=tuple(place.parts[:-1]),
        body=run.body,
        known=tuple(run.archive.bodies(Scope())),
        history=load_history(run.archive.own_bodies()),
    )


def versions() -> Versions:
    """The makers of what is stored today."""
    from ingest import minutes, passages, repair

    return Versions(reader=READER_VERSION, repair=repair.VERSION, records=minutes.VERSION, passages=passages.VERSION)


def _link(run: _Run) -> None:
    from ingest.link import relink

    relink(run.archive, run.writer)


def _missing(archive: Archive, paths: Sequence[Path], found: Sequence[Found]) -> tuple[str, ...]:
    """Files that were in a folder when it was last read and are not there now; what was read of them is kept."""
    gone: list[str] = []
    for folder in (path for path in paths if path.is_dir()):
        key = f"mapp:{folder.resolve()}"
        now = {file.name for file in found if file.path.is_relative_to(folder)}
        before = set(json.loads(archive.value(key) or "[]"))
        gone += sorted(before - now)
        archive.set_value(key, json.dumps(sorted(before | now), ensure_ascii=False))
    return tuple(gone)


def _advice(results: Sequence[FileResult]) -> tuple[str, ...]:
    old = sum("LibreOffice finns" in (result.reason or "") for result in results)
    return (OLD_OFFICE_ADVICE.format(count=old),) if old else ()
