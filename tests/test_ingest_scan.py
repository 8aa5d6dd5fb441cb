"""Scans as schools have them: askew, stamped, signed, ruled, dark at the edges, upside down; read with nothing lost."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from corpus.records import Page
from ingest.layout import compose
from ingest.scan import read_image

FONTS = Path("/usr/share/fonts/truetype/liberation")
DPI = 200
INK, PAPER = 25, 250
ROWS = [
    ["Namn", "Kommun", "Uppdrag", "Närvaro"],
    ["Åsa Lindqvist", "Tjärnö", "ordförande", "Ja"],
    ["Bo Öman", "Ängelholm", "", "Ja"],
    ["Cecilia Ek", "Åmål", "", "Nej"],
    ["Göran Sjöö", "Boxholm", "justerare", "X"],
    ["Märta Höglund", "Ödeshög", "", "Ja"],
    ["Jörgen Nyström", "Storfors", "", "§§ 1–5"],
    ["Ulla Svärd", "", "sekreterare", "Ja"],
]


def font(size: int, *, face: str = "LiberationSans-Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{face}.ttf"), size)


def sheet() -> Image.Image:
    return Image.new("L", (1654, 2339), PAPER)


def write(image: Image.Image, lines: Sequence[str], *, left: int = 180, top: int = 250, face: str = "") -> Image.Image:
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((left, top + 56 * number), line, font=font(33, face=face or "LiberationSans-Regular"), fill=INK)
    return image


def scanned(image: Image.Image, *, skew: float = 0.0, noise: float = 4.0) -> Image.Image:
    """As it comes out of an office scanner."""
    turned = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=PAPER).filter(
        ImageFilter.GaussianBlur(0.5)
    )
    pixels = np.asarray(turned, dtype=np.float32)
    pixels = pixels + np.random.default_rng(7).normal(0, noise, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def page_of(image: Image.Image, dpi: int = DPI) -> Page:
    return compose([read_image(image, 1, dpi)])[0]


def text_of(image: Image.Image) -> list[str]:
    """Lines with every dash as the short one: print tells them apart by a hair."""
    return page_of(image).text.replace("–", "-").splitlines()


def plain(lines: Sequence[str]) -> list[str]:
    return [line.replace("–", "-") for line in lines]


SIGNS = [
    "§ 14 Andelen behöriga lärare är 87,5 % i årskurs 9",
    "Frågor besvaras av anna.strom@storfors.se före den 12/3",
    "§§ 3–7 justeras omedelbart enligt 6 kap. 27 § skollagen",
    "Frånvaron var 3 % i årskurs 7 och 45 % i gymnasiet",
]


@pytest.mark.parametrize("face", ["LiberationSans-Regular", "LiberationSerif-Regular", "LiberationSans-Bold"])
def test_signs_that_the_swedish_data_cannot_spell_are_read(face: str) -> None:
    assert text_of(scanned(write(sheet(), SIGNS, face=face))) == plain(SIGNS)


def table(image: Image.Image, rows: Sequence[Sequence[str]], widths: Sequence[int], *, height: int = 62) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for at, row in enumerate(rows):
        left, top = 180, 500 + at * height
        for cell, width in zip(row, widths, strict=True):
            draw.rectangle([left, top, left + width, top + height], outline=INK, width=2)
            draw.multiline_text((left + 14, top + 12), cell, font=font(30), fill=INK, spacing=8)
            left += width
    return image


@pytest.mark.parametrize("skew", [0.0, 1.1, -2.3])
def test_no_cell_of_a_ruled_attendance_table_is_lost_on_a_scan_askew(skew: float) -> None:
    image = scanned(table(write(sheet(), ["Närvarande vid mötet"]), ROWS, [400, 340, 330, 220]), skew=skew)
    rows = [line.split("\t") for line in text_of(image)[1:]]
    assert sum(bool(cell) for row in rows for cell in row) == sum(bool(cell) for row in ROWS for cell in row)
    assert rows == [plain(row) for row in ROWS]


def test_a_cell_of_several_lines_stays_one_cell_of_its_row() -> None:
    rows = [
        ["Vem", "Vad", "När"],
        ["Åsa Ek", "Tar fram ett förslag\ntill gemensam rutin", "15/9"],
        ["Bo Öman", "Bokar\nlokal", "30/9"],
    ]
    page = page_of(scanned(table(sheet(), rows, [300, 620, 200], height=110), skew=0.7))
    assert page.text.splitlines() == [
        "Vem\tVad\tNär",
        "Åsa Ek\tTar fram ett förslag till gemensam rutin\t15/9",
        "Bo Öman\tBokar lokal\t30/9",
    ]


TEXT = ["Skolchefsgruppen beslutar att avgiften höjs", "från 1 050 till 1 150 kronor per deltagare."]


def test_a_stamp_set_askew_stays_in_the_raw_text_only() -> None:
    stamp = Image.new("L", (430, 150), PAPER)
    draw = ImageDraw.Draw(stamp)
    draw.rectangle([4, 4, 425, 145], outline=INK, width=5)
    draw.multiline_text((30, 22), "INKOM\n2024-05-03", font=font(40, face="LiberationSans-Bold"), fill=INK)
    image = write(sheet(), TEXT)
    image.paste(stamp.rotate(8, expand=True, fillcolor=PAPER), (1000, 20))
    page = page_of(scanned(image))
    assert page.text.splitlines() == TEXT
    assert "2024-05-03" in page.raw


def test_a_signature_does_not_become_text() -> None:
    dice, image = random.Random(4), write(sheet(), [*TEXT, "", "", "", "Åsa Lindqvist"])
    x, y, points = 200, 470, []
    for _ in range(16):
        points.append((x, y))
        x, y = x + dice.randint(14, 30), 450 + dice.randint(-55, 45)
    ImageDraw.Draw(image).line(points, fill=40, width=4, joint="curve")
    assert page_of(scanned(image)).text.splitlines() == [*TEXT, "Åsa Lindqvist"]


def test_uneven_light_and_a_dark_border_are_no_hindrance() -> None:
    pixels = np.asarray(write(sheet(), SIGNS), dtype=np.float32) * np.linspace(1.0, 0.45, 1654)[None, :]
    pixels[:60] = pixels[:, :45] = 15
    assert text_of(scanned(Image.fromarray(pixels.astype(np.uint8)))) == plain(SIGNS)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_is_read_upright_and_marked_where_it_lies(quarters: int) -> None:
    image = scanned(write(sheet(), [*TEXT * 3, "Sida 3 (12)"], top=150), skew=1.0).rotate(90 * quarters, expand=True)
    page = page_of(image)
    assert page.text.splitlines()[:6] == TEXT * 3
    box = next(box for box in page.boxes if page.raw[box.raw_start : box.raw_end] == "1")
    crop = image.crop((*(int(v) for v in (box.left * image.width, box.top * image.height)),
                       *(int(v) for v in (box.right * image.width, box.bottom * image.height))))  # fmt: skip
    assert np.asarray(crop).min() < 120 < np.asarray(crop).max()


def test_bullets_are_told_from_quotes_and_letters() -> None:
    lines = [
        f"• {line}" for line in ("Eva Nyström yrkar bifall", "Kuratorerna i Åmål hinner inte med", "Ökad samverkan")
    ]
    image = sheet()
    for number, line in enumerate(lines):
        draw = ImageDraw.Draw(image)
        draw.text((180, 250 + 56 * number), line[0], font=font(33), fill=INK)
        draw.text((225, 250 + 56 * number), line[2:], font=font(33), fill=INK)
    assert page_of(scanned(image)).text.splitlines() == lines


def test_labels_of_a_diagram_stay_in_the_raw_text_only() -> None:
    image = write(sheet(), TEXT)
    draw = ImageDraw.Draw(image)
    for number, label in enumerate(["Frånvaro 3 dagar:\nmentor", "10 procent:\nsamtal hem", "15 procent:\nutredning"]):
        left = 180 + number * 430
        draw.rectangle([left, 600, left + 360, 800], outline=INK, width=2)
        draw.multiline_text((left + 25, 640), label, font=font(28), fill=INK)
    page = page_of(scanned(image))
    assert page.text.splitlines() == TEXT
    assert "samtal hem" in page.raw


def test_an_empty_page_is_read_and_says_that_it_is_empty() -> None:
    page = page_of(scanned(sheet()))
    assert (page.status, page.text, page.reason) == ("read", "", "Sidan är tom")


def test_an_illegible_page_is_unreadable_and_says_why() -> None:
    small = write(sheet(), SIGNS * 6).resize((90, 127), Image.Resampling.BOX)
    page = page_of(scanned(small.resize((1654, 2339), Image.Resampling.BICUBIC), noise=12))
    assert page.status == "unreadable"
    assert page.reason in ("Bilden är för otydlig för att läsas", "Ingen text hittades i bilden")
