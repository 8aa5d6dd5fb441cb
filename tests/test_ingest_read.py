"""Files of every kind become pages; hostile ones become one Swedish reason."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pptx
import pypdf
import pytest
from docx.oxml import parse_xml
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from corpus.alignment import to_raw
from corpus.errors import (
    FileDamagedError,
    MotesminneError,
    PasswordNeededError,
    TooLargeError,
    WrongKindError,
)
from corpus.settings import Settings
from ingest.formats import is_leftover
from ingest.read import page_image, read_with
from ingest.sandbox import Pool

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
TEXT = "Ordföranden hälsar välkommen och öppnar mötet.\nNästa möte hålls den 14 november 2024."


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, 1024) as made:
        yield made


def read(pool: Pool, path: Path) -> str:
    pages = read_with(pool, path, Settings(), lambda done, total: None).pages
    return "\f".join(page.text for page in pages)


def pdf_of(pages: list[str]) -> bytes:
    pdf = FPDF()
    pdf.add_font("Deja", fname=FONT)
    pdf.set_font("Deja", size=12)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(0, 8, text)
    return bytes(pdf.output())


def image_of(text: str) -> Image.Image:
    image = Image.new("L", (1654, 2339), 255)
    ImageDraw.Draw(image).multiline_text((150, 300), text, font=ImageFont.truetype(FONT, 36), fill=0, spacing=20)
    return image


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_a_text_file_is_read_in_its_encoding(pool: Pool, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "anteckningar.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read(pool, path) == TEXT


def test_form_feeds_part_pages(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ett\ftvå\f", encoding="utf-8")
    assert read(pool, path) == "ett\ftvå"


def test_a_pdf_keeps_its_text_its_boxes_and_its_alignment(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([TEXT]))
    page = read_with(pool, path, Settings(), lambda done, total: None).pages[0]
    assert page.text == TEXT
    assert (page.origin, page.status) == ("text", "read")
    at = page.text.index("november")
    raw = to_raw(page.alignment, at, at + 8)
    box = next(box for box in page.boxes if (box.raw_start, box.raw_end) == raw)
    assert 0 < box.left < box.right < 1 and 0 < box.top < box.bottom < 0.3


def test_a_picture_is_read_in_swedish_whichever_way_it_is_turned(pool: Pool, tmp_path: Path) -> None:
    for angle in (0, 180, 90):
        path = tmp_path / f"{angle}.png"
        image_of(TEXT).rotate(angle, expand=True).save(path, dpi=(200, 200))
        assert read(pool, path) == TEXT


def test_a_word_file_gives_paragraphs_and_table_rows_in_order(pool: Pool, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Protokoll", 1)
    table = document.add_table(2, 2)
    for at, text in enumerate(["Namn", "Kommun", "Åsa Öberg", "Lerum"]):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("§ 1 Mötet öppnas")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read(pool, path) == "Protokoll\nNamn\tKommun\nÅsa Öberg\tLerum\n§ 1 Mötet öppnas"


def test_a_web_page_gives_its_text_without_scripts(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><script>x()</script></head><body><h1>Möte</h1><p>Välkommen &amp; hej</p></body></html>"
    )
    assert read(pool, path) == "Möte\nVälkommen & hej"


def encrypted() -> bytes:
    writer, held = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of([TEXT]))), io.BytesIO()
    writer.encrypt("hemligt", algorithm="RC4-128")
    writer.write(held)
    return held.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def giant_page() -> bytes:
    writer, held = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(57_600, 57_600)
    writer.write(held)
    return held.getvalue()


HOSTILE: list[tuple[str, bytes, type[MotesminneError], str]] = [
    ("tom.pdf", b"", FileDamagedError, "tom"),
    ("avhuggen.pdf", pdf_of([TEXT])[:600], FileDamagedError, "skadad"),
    ("låst.pdf", encrypted(), PasswordNeededError, "lösenord"),
    ("bild.pdf", b"det har ar ingen pdf", WrongKindError, "något annat"),
    ("trasig.png", b"\x89PNG\r\n\x1a\n" + b"0" * 80, FileDamagedError, "skadad"),
    ("avhuggen.docx", b"PK\x03\x04" + b"0" * 50, FileDamagedError, "skadad"),
    ("bomb.docx", zipped("word/document.xml", b"0" * (60 << 20)), TooLargeError, "orimligt"),
    ("mappar.zip", zipped("../../etc/passwd", b"x"), WrongKindError, "zip"),
    ("program.exe", b"MZ\x00\x01" + bytes(range(256)), WrongKindError, "inte läses"),
]


@pytest.mark.parametrize(("name", "data", "error", "reason"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_a_hostile_file_gives_one_reason(  # the four columns of HOSTILE
    pool: Pool, tmp_path: Path, name: str, data: bytes, error: type[MotesminneError], reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=reason):
        read(pool, path)


def test_a_page_of_57_600_points_is_an_unreadable_page(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    path.write_bytes(giant_page())
    page = read_with(pool, path, Settings(), lambda done, total: None).pages[0]
    assert (page.status, page.reason) == ("unreadable", "Sidan är orimligt stor")


def test_what_programs_leave_behind_is_passed_over() -> None:
    assert all(is_leftover(Path(name)) for name in ("~$protokoll.docx", "Thumbs.db", ".DS_Store"))
    assert not is_leftover(Path("protokoll.docx"))


def test_a_page_image_is_given_at_the_size_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([TEXT]))
    image = page_image(path, 1, dpi=72)
    assert image is not None and abs(image.width - 595) <= 1


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_word_file_gives_its_head_its_text_boxes_its_content_controls_and_what_was_inserted(
    pool: Pool, tmp_path: Path
) -> None:
    path = tmp_path / "protokoll.docx"
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "UTKAST – ej justerat"
    section.footer.paragraphs[0].text = "Sida 1 av 3"
    paragraph = document.add_paragraph("Avgiften är ")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>400</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>450</w:t></w:r></w:ins>"))
    paragraph.add_run(" kronor.")
    box = f"<w:pict {W}><w:txbxContent><w:p><w:r><w:t>Rutans text</w:t></w:r></w:p></w:txbxContent></w:pict>"
    document.add_paragraph("Efter kommer en ruta.").add_run()._r.append(parse_xml(box))
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Datum: 2024-03-18</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    document.save(str(path))
    assert read(pool, path).splitlines() == [
        "Datum: 2024-03-18",
        "Avgiften är 450 kronor.",
        "Efter kommer en ruta.",
        "Rutans text",
        "UTKAST – ej justerat",
    ]


def test_a_head_that_the_text_says_already_is_not_said_twice(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "protokoll.docx"
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Skolchefsnätverket"
    document.add_paragraph("Protokoll från Skolchefsnätverket")
    document.save(str(path))
    assert read(pool, path) == "Protokoll från Skolchefsnätverket"


def test_a_slide_gives_its_title_its_table_and_what_the_speaker_notes(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "bilder.pptx"
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Elevhälsans läge"
    table = slide.shapes.add_table(1, 2, 0, 0, 3_000_000, 500_000).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Åk 9", "87 %"
    slide.notes_slide.notes_text_frame.text = "Påminn om enkäten."
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Frågor"
    deck.save(str(path))
    assert read(pool, path) == "Elevhälsans läge\nÅk 9\t87 %\nPåminn om enkäten.\fFrågor"


def test_each_picture_of_a_tiff_is_a_page(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "skannat.tif"
    first, second = image_of("Ordföranden öppnar mötet."), image_of("Mötet avslutas klockan tolv.")
    first.save(path, save_all=True, append_images=[second], dpi=(200, 200))
    assert read(pool, path) == "Ordföranden öppnar mötet.\fMötet avslutas klockan tolv."


@pytest.mark.parametrize("kind", ["odt", "rtf", "doc"])
def test_an_old_office_file_is_read_through_libreoffice(pool: Pool, tmp_path: Path, kind: str) -> None:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed: nothing makes or reads such a file here")
    path = tmp_path / "protokoll.docx"
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(str(path))
    command = [program, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "Ordföranden hälsar välkommen" in read(pool, path.with_suffix(f".{kind}"))


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is here, so the file is read")
def test_an_old_office_file_without_libreoffice_is_one_reason_with_advice(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "gammal.rtf"
    path.write_text("{\\rtf1 Ordföranden öppnar mötet.}", encoding="latin-1")
    with pytest.raises(WrongKindError, match="LibreOffice"):
        read(pool, path)
