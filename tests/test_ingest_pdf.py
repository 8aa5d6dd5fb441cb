"""Text layers of PDFs: kept when good, read again from the image when not, laid out with their tables."""

from __future__ import annotations

import io
import resource
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import TooLargeError
from corpus.records import Page
from corpus.settings import Settings
from ingest.read import read_with
from ingest.sandbox import Pool

FONT = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
SWEDISH = [
    "Ordföranden hälsar välkommen och öppnar mötet klockan nio.",
    "Elevhälsan får i uppdrag att återkomma med ett förslag.",
    "Rådet beslutar att avgiften höjs från och med hösten.",
    "Frågan om skolskjuts återremitteras för närmare utredning.",
    "Nästa möte hålls i Åmål, där även kuratorerna bjuds in.",
]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, 1024) as made:
        yield made


def pages_of(pool: Pool, folder: Path, data: bytes) -> list[Page]:
    path = folder / "prov.pdf"
    path.write_bytes(data)
    return list(read_with(pool, path, Settings(), lambda done, total: None).pages)


def new() -> FPDF:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.add_font("Body", fname=FONT)
    pdf.set_font("Body", size=12)
    return pdf


def write(pdf: FPDF, lines: list[str]) -> None:
    pdf.add_page()
    for number, line in enumerate(lines):
        pdf.text(20, 30 + 8 * number, line)


def scan(pdf: FPDF, lines: list[str], *, strips: int = 1) -> None:
    """A page that is a picture, whole or in strips as some scanners save it."""
    image = Image.new("L", (1654, 2339), 252)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((160, 240 + 60 * number), line, font=ImageFont.truetype(FONT, 33), fill=20)
    pdf.add_page()
    height = 2340 // strips
    for n in range(strips):
        held = io.BytesIO()
        image.crop((0, n * height, 1654, min((n + 1) * height, 2339))).save(held, "PNG")
        pdf.image(held, x=0, y=n * 297 / strips, w=210, h=297 / strips)


def hidden(pdf: FPDF, lines: list[str]) -> None:
    """An invisible layer, as OCR programs put it."""
    with pdf.local_context(text_mode="INVISIBLE"):
        for number, line in enumerate(lines):
            pdf.text(20, 30 + 8 * number, line)


def test_a_scanned_page_between_digital_ones_is_read(pool: Pool, tmp_path: Path) -> None:
    pdf = new()
    write(pdf, SWEDISH)
    scan(pdf, SWEDISH[::-1])
    write(pdf, SWEDISH[:2])
    pages = pages_of(pool, tmp_path, bytes(pdf.output()))
    assert [page.origin for page in pages] == ["text", "ocr", "text"]
    assert pages[1].text.splitlines() == SWEDISH[::-1]


@pytest.mark.parametrize(
    ("layer", "strips"),
    [
        ([line.translate(str.maketrans("åäöÅ", "aaoA")) for line in SWEDISH], 1),
        ([" ".join(line.replace(" ", "")) for line in SWEDISH], 1),
        (["".join(line.split()) for line in SWEDISH], 1),
        (["Dnr BUN 2024/113 Inkom 2024-05-03"], 1),
        ([], 5),
    ],
    ids=["wrong language", "chopped", "glued", "a registry's stamp", "in strips"],
)
def test_a_scan_with_a_layer_that_people_do_not_see_is_read_again(
    pool: Pool, tmp_path: Path, layer: list[str], strips: int
) -> None:
    pdf = new()
    scan(pdf, SWEDISH, strips=strips)
    hidden(pdf, layer)
    page = pages_of(pool, tmp_path, bytes(pdf.output()))[0]
    assert (page.origin, page.text.splitlines()) == ("ocr", SWEDISH)


def test_a_good_layer_over_a_scan_is_kept(pool: Pool, tmp_path: Path) -> None:
    pdf = new()
    scan(pdf, SWEDISH)
    hidden(pdf, SWEDISH)
    assert pages_of(pool, tmp_path, bytes(pdf.output()))[0].origin == "text"


def test_a_page_in_english_is_left_alone(pool: Pool, tmp_path: Path) -> None:
    pdf = new()
    write(
        pdf,
        ["The minutes of the meeting are in English for the guests of the network.", "They list what is decided."] * 4,
    )
    assert pages_of(pool, tmp_path, bytes(pdf.output()))[0].origin == "text"


def test_a_ruled_table_keeps_rows_and_cells_that_run_on(pool: Pool, tmp_path: Path) -> None:
    pdf = new()
    write(pdf, SWEDISH[:1])
    rows = [
        ["Vem", "Vad", "När"],
        ["Åsa Ek", "Tar fram ett förslag|till gemensam rutin", "15/9"],
        ["Bo Öman", "Bokar lokal", ""],
    ]
    for at, row in enumerate(rows):
        for cell, left, width in zip(row, (20, 60, 140), (40, 80, 30), strict=True):
            pdf.rect(left, 50 + 14 * at, width, 14)
            for number, part in enumerate(cell.split("|")):
                pdf.text(left + 2, 55 + 14 * at + 5 * number, part)
    assert pages_of(pool, tmp_path, bytes(pdf.output()))[0].text.splitlines() == [
        SWEDISH[0],
        "Vem\tVad\tNär",
        "Åsa Ek\tTar fram ett förslag till gemensam rutin\t15/9",
        "Bo Öman\tBokar lokal",
    ]


def inflating(unit: bytes, megabytes: int) -> bytes:
    """A page whose contents are a megabyte or two on disk."""
    squeeze, data = zlib.compressobj(9), b""
    for _ in range(megabytes):
        data += squeeze.compress(unit * ((1 << 20) // len(unit)))
    data += squeeze.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def test_a_small_pdf_that_inflates_is_one_reason_and_costs_the_parent_nothing(pool: Pool, tmp_path: Path) -> None:
    data = inflating(b"0 0 m 9 9 l S\n", 1000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLargeError, match="för mycket minne"):
        pages_of(pool, tmp_path, data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 << 10
    after = new()
    write(after, SWEDISH)
    assert pages_of(pool, tmp_path, bytes(after.output()))[0].text.splitlines() == SWEDISH
