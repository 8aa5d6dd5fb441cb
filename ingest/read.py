"""A file's pages: what kind it is, which pages have a usable text layer, and which images are read."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import FileDamagedError, MotesminneError, TooLargeError
from corpus.records import Page
from corpus.settings import Settings
from ingest import formats
from ingest.layout import compose
from ingest.sandbox import Pool
from ingest.words import RawPage

VERSION = "4"
CHUNK_PAGES = 40
PAGE_IMAGE_TIMEOUT_S = 20.0
# Clean Swedish never fell below 2.5 % å, ä and ö in 100 words; text read in the wrong language has 0 %.
MIN_SWEDISH_SHARE, MIN_LETTERS = 0.015, 200
MAX_BROKEN_SHARE = 0.02
# What a registry stamps on a scan (diary number, date, signature's text) has fewer letters than any page of minutes.
MAX_STAMP_LETTERS = 120
# Swedish has one lone letter in 20 words (i, å) and compounds up to some 35 letters; layers that are chopped or glued
# lie far above: over half of the words one letter, or most letters in words longer than any.
MAX_LONE_SHARE, MAX_WORD, MAX_GLUED_SHARE = 0.4, 32, 0.2
_SWEDISH = frozenset("och att det som en av med den till inte om ett ska har vid i".split())
_FOREIGN = frozenset(
    "the of and to is for with that this are og ikke til und der die das mit nicht on ja ei ovat".split()
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one file gave."""

    media_type: str
    pages: tuple[Page, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    size_bytes: int = 0


def read_file(path: Path, settings: Settings, progress: Progress = lambda done, total: None) -> Reading:
    """All pages of a file, read in child processes. Raises a MotesminneError with one reason for the whole file."""
    with Pool(settings.worker_count, settings.memory_mb) as pool:
        return read_with(pool, path, settings, progress)


def read_with(pool: Pool, path: Path, settings: Settings, progress: Progress) -> Reading:
    """As read_file, with workers that are already running."""
    size = path.stat().st_size
    if size > settings.max_file_mb << 20:
        raise TooLargeError(f"Filen är större än {settings.max_file_mb} MB", path.name, "Dela upp den.")
    try:
        kind, count, metadata = pool.call(outline, path, timeout_s=settings.page_timeout_s)
        if kind in formats.CONVERTED:
            with tempfile.TemporaryDirectory() as folder:
                pdf = _convert(path, Path(folder))
                return replace(read_with(pool, pdf, settings, progress), media_type=kind, size_bytes=size)
        if count > settings.max_pages:
            raise TooLargeError(f"Filen har {count} sidor", path.name, "Dela upp den.")
        pages = compose(_raw_pages(pool, path, (kind, count), settings, progress))
    except MotesminneError as error:
        raise type(error)(error.what, error.where or path.name, error.do) from error
    return Reading(media_type=kind, pages=pages, metadata=metadata, size_bytes=size)


def _convert(path: Path, folder: Path) -> Path:
    from ingest.office import converted

    return converted(path, folder)


def outline(path: Path) -> tuple[str, int, tuple[tuple[str, str], ...]]:
    """In the child: media type, number of pages, and what the file says of itself."""
    kind = formats.kind_of(path)
    if kind == formats.PDF:
        from ingest import pdf

        return kind, pdf.page_count(path), pdf.describe(path)
    return kind, _frames(path) if kind in formats.IMAGES else 1, ()


def _frames(path: Path) -> int:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise FileDamagedError("Bilden är skadad", path.name, "Skanna om eller spara om den.") from error


def _raw_pages(pool: Pool, path: Path, kind: tuple[str, int], settings: Settings, progress: Progress) -> list[RawPage]:
    media_type, count = kind
    if media_type in formats.IMAGES:
        pages = [RawPage(number=n, origin="ocr", is_scan=True) for n in range(1, count + 1)]
    elif media_type == formats.PDF:
        spans = [(path, n, min(n + CHUNK_PAGES - 1, count)) for n in range(1, count + 1, CHUNK_PAGES)]
        pages = []
        for chunk in pool.map(layer_pages, spans, settings.page_timeout_s):
            if isinstance(chunk, MotesminneError):
                raise chunk
            pages += chunk
    else:
        return list(pool.call(plain_pages, path, media_type, timeout_s=settings.page_timeout_s))
    return _with_scans_read(pool, path, pages, settings, progress)


def _with_scans_read(
    pool: Pool, path: Path, pages: list[RawPage], settings: Settings, progress: Progress
) -> list[RawPage]:
    wanted = _longest_first([page for page in pages if needs_reading(page)])
    found = list(pages)
    done = len(pages) - len(wanted)
    for number, read in zip(
        wanted, pool.map(scan_page, ((path, n) for n in wanted), settings.page_timeout_s), strict=True
    ):
        found[number - 1] = _chosen(found[number - 1], read)
        done += 1
        progress(done, len(pages))
    return found


def _longest_first(pages: Sequence[RawPage]) -> list[int]:
    """The pages' numbers, those that take longest first, so that no worker is left alone with one at the end.

    The stored size of a page's picture tells: it went with the seconds of 16 scans at 0.96.
    """
    return [page.number for page in sorted(pages, key=lambda page: -page.image_bytes)]


def _chosen(layer: RawPage, read: Any) -> RawPage:
    """The image's words, or the text layer as it is when the image could not be read or holds less."""
    if isinstance(read, MotesminneError):
        if layer.lines:
            return replace(layer, status="partly", legibility=0.5, reason=f"{read.what}: textlagret används")
        return replace(layer, status="unreadable", legibility=0.0, reason=read.what, origin="ocr")
    if layer.lines and not is_damaged(layer) and _letters(read) < _letters(layer):
        return layer
    keeps_layer = layer.lines and read.status == "unreadable"
    return replace(layer, status="partly", legibility=0.5) if keeps_layer else replace(read, label=layer.label)


def _letters(page: RawPage) -> int:
    return sum(char.isalpha() for line in page.lines for char in line.text)


def needs_reading(page: RawPage) -> bool:
    """True for a page without text, for a scan with no more than a stamp of text, and for a damaged text layer."""
    return _letters(page) < (MAX_STAMP_LETTERS if page.is_scan else 1) or is_damaged(page)


def is_damaged(page: RawPage) -> bool:
    """Whether a text layer is one that people would not see on the page.

    Broken glyphs, words glued together or chopped to letters, or Swedish words without å, ä and ö: a layer put there
    by OCR in the wrong language. Pages in other languages are left alone.
    """
    text = " ".join(line.text for line in page.lines)
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    letters = _letters(page)
    broken = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    if broken > MAX_BROKEN_SHARE * len(text):
        return True
    if letters < MIN_LETTERS:
        return False
    lone, glued = sum(len(word) == 1 for word in words), sum(len(word) for word in words if len(word) > MAX_WORD)
    if lone > MAX_LONE_SHARE * len(words) or glued > MAX_GLUED_SHARE * letters:
        return True
    swedish = sum(char in "åäöÅÄÖ" for char in text)
    return swedish < MIN_SWEDISH_SHARE * letters and not _is_foreign(words)


def _is_foreign(words: list[str]) -> bool:
    """Whether the small words are rather another language's than Swedish ones."""
    small = [word.lower().strip(".,;:") for word in words]
    return sum(word in _FOREIGN for word in small) > max(sum(word in _SWEDISH for word in small), len(small) // 20)


def looks_scanned(path: Path) -> bool:
    """In the child: whether the file's first page must be read from its image; a file that cannot be opened is not."""
    kind = formats.kind_of(path)
    if kind == formats.PDF:
        return needs_reading(layer_pages(path, 1, 1)[0])
    return kind in formats.IMAGES


def layer_pages(path: Path, first: int, last: int) -> list[RawPage]:
    """In the child: the text layer of pages first to last."""
    from ingest import pdf

    return [page.packed() for page in pdf.text_pages(path, first, last)]


def plain_pages(path: Path, media_type: str) -> list[RawPage]:
    """In the child: the pages of a format that has no images of pages."""
    from ingest import office

    readers: dict[str, Callable[[Path], list[RawPage]]] = {
        formats.DOCX: office.docx_pages,
        formats.PPTX: office.pptx_pages,
        formats.HTML: office.html_pages,
    }
    return readers.get(media_type, office.text_pages)(path)


def scan_page(path: Path, number: int) -> RawPage:
    """In the child: page `number` read from its image."""
    from ingest import scan

    image, dpi = _image(path, number, None)
    return scan.read_image(image, number, dpi).packed()


def _image(path: Path, number: int, dpi: int | None) -> tuple[Any, int]:
    if formats.kind_of(path) == formats.PDF:
        from ingest import pdf

        return pdf.render(path, number, dpi)
    from PIL import Image

    with Image.open(path) as image:
        image.seek(number - 1)
        stated = float(image.info.get("dpi", (0, 0))[0] or 0)
        # A picture without a resolution is taken for a whole A4 page: 8.27 inches across.
        return image.convert("RGB"), int(stated if stated >= 72 else min(image.size) / 8.27) or 200


def stream_texts(path: Path) -> Any:
    """The text layer of a PDF page by page, in this process: for files that are trusted, such as a bench's."""
    from ingest import pdf

    return pdf.stream_texts(path)


def page_image(path: Path, number: int, dpi: int = 110) -> Any:
    """The page as a PIL image, rendered in a child process; None for formats without page images or a failed page."""
    from PIL import Image

    with Pool(1, Settings().memory_mb) as pool:
        try:
            data = pool.call(page_png, path, number, dpi, timeout_s=PAGE_IMAGE_TIMEOUT_S)
        except MotesminneError:
            return None
    return Image.open(io.BytesIO(data)) if data else None


def page_png(path: Path, number: int, dpi: int) -> bytes | None:
    """In the child: the page as PNG bytes."""
    if formats.kind_of(path) not in (formats.PDF, *formats.IMAGES):
        return None
    image, own_dpi = _image(path, number, dpi)
    if own_dpi > dpi:
        image.thumbnail((image.width * dpi // own_dpi, image.height * dpi // own_dpi))
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
