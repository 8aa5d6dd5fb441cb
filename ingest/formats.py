"""What kind a file is, by its first bytes and not by its name; which files are passed over in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path

from corpus.errors import FileDamagedError, TooLargeError, WrongKindError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
OLD_OFFICE = "application/x-ole-storage"
RTF = "application/rtf"
PDF = "application/pdf"
TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
IMAGES = ("image/png", "image/jpeg", "image/tiff")
CONVERTED = (ODT, OLD_OFFICE, RTF)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", RTF),
)
# Files that programs leave behind; nobody wrote them.
_LEFTOVERS = ("thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db")
HEAD_BYTES = 4096
# A Word file's pictures inflate 1-3 times, its XML 10-30, a bomb over 1 000; the limits are a published guard's.
MAX_ENTRIES, MAX_TOTAL_BYTES, MAX_ENTRY_BYTES, MAX_RATIO = 2000, 200 << 20, 50 << 20, 200
ALWAYS_ALLOWED_BYTES = 1 << 20


def is_leftover(path: Path) -> bool:
    """A lock file, a thumbnail store, a hidden file: passed over in silence."""
    name = path.name.lower()
    return name.startswith(("~$", "._", ".~lock")) or name in _LEFTOVERS or name.startswith(".")


def kind_of(path: Path) -> str:
    """The media type. Raises FileDamagedError for an empty file and WrongKindError for one that is not read."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\x00 \r\n\t"):
        raise FileDamagedError("Filen är tom", path.name, "Hämta filen på nytt.")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _zipped_kind(path)
    return _text_kind(path, head)


def _text_kind(path: Path, head: bytes) -> str:
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in head:
        raise WrongKindError("Filen är av ett slag som inte läses", path.name, "Spara den som PDF eller Word.")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return HTML
    if path.suffix.lower() in (".pdf", ".docx", ".pptx", ".png", ".jpg", ".jpeg", ".tif", ".tiff"):
        raise WrongKindError(
            f"Filen heter {path.suffix} men är något annat", path.name, "Hämta filen på nytt eller rätta namnet."
        )
    return {".md": MARKDOWN, ".html": HTML, ".htm": HTML}.get(path.suffix.lower(), TEXT)


def _zipped_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(path, archive.infolist())
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "ppt/presentation.xml" in names:
                return PPTX
            if "mimetype" in names and archive.read("mimetype")[:60].startswith(ODT.encode()):
                return ODT
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise FileDamagedError("Filen är avhuggen eller skadad", path.name, "Hämta filen på nytt.") from error
    raise WrongKindError("Arkivfiler (zip) läses inte", path.name, "Packa upp filen och läs in innehållet.")


def _refuse_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > MAX_ENTRY_BYTES
        or (entry.file_size > ALWAYS_ALLOWED_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1))
        for entry in entries
    )
    if len(entries) > MAX_ENTRIES or total > MAX_TOTAL_BYTES or swollen:
        raise TooLargeError(
            "Filen packar upp till orimligt mycket data", path.name, "Öppna och spara om filen i sitt eget program."
        )
