"""Harder scans than the samples': invented minutes drawn, worn and read; word errors and figures per kind of page."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from evals.reading import PageScore, page_score, totals
from ingest.layout import compose
from ingest.scan import read_image

DPIS, QUICK_DPIS = (150, 200, 300), (200,)
A4_INCHES, MARGIN_INCHES = (8.27, 11.69), 0.9
LEADING = 1.4
FONT_FOLDERS = (Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts/opentype"))
FONTS = (
    "LiberationSans-Regular.ttf",
    "LiberationSerif-Regular.ttf",
    "DejaVuSans.ttf",
    "DejaVuSerif.ttf",
    "NimbusSansNarrow-Regular.otf",
    "P052-Roman.otf",
)
_FOREIGN = re.compile(r"[^\W\d_a-zåäöéA-ZÅÄÖÉ]")
FIRST = "Hülya Åsa Zoë José Søren Märta René Jürgen Agnès Bjørn Örjan Zlatka Müşerref Chloé Günther Ýrr".split()
LAST = "Petrović Ibrahimović Sjöö Müller Nyström-Høj Béres Lindén Kovačević Østergaard Wikén Hägg Núñez Öztürk".split()
SEATS = "Tjärnö Älvkroken Norra Ås Lillhärad Sörbråten Öja Åby Väsby-Ek".split()
SENTENCES = (
    "{name} hälsar alla välkomna och konstaterar att {name} har lämnat förhinder den {slash}.",
    "Enligt {paragraph} skollagen ska underlaget lämnas senast den {day} kl. {time}.",
    "Kostnaden blir {amount} kronor per läsår, en ökning med {percent} % sedan {year}.",
    "{name} redovisar läget i {seat}: {count} elever, varav {count} i introduktionsprogram.",
    "Gruppen beslutar att {name} och {name} tar fram ett förslag till {slash}.",
    "Nästa möte är {day} kl. {time}–{time} i {seat}, sal {room}.",
    "Frågor om p. {item} ställs till {mail} före den {slash}.",
    "{seat} har {percent} % behöriga lärare i årskurs {grade}; målet är {percent} %.",
    "{paragraph} {name} anmäler jäv och deltar inte i {paragraph}.",
    "Diarienummer KS {year}/{count}-{item}, bilaga {item}.",
    "Ärendet återremitteras: {name} begär kompletterande uppgifter om åtgärdsprogram och närvaro.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """What happened to a page: greys of its ink and paper, degrees askew, blur, noise and JPEG quality."""

    ink: int = 25
    paper: tuple[int, int, int] = (250, 250, 250)
    skew: float = 0.4
    blur: float = 0.5
    noise: float = 5.0
    quality: int = 70
    stamped: bool = False
    tabled: bool = False


KINDS = {
    "rak": Wear(),
    "sned": Wear(skew=-2.2),
    "blek": Wear(ink=150, noise=7.0),
    "färgat papper": Wear(paper=(238, 214, 140)),
    "blått papper": Wear(paper=(176, 204, 232), ink=40),
    "stämplad": Wear(stamped=True, skew=0.8),
    "tabell": Wear(tabled=True, skew=1.2),
    "hårt packad": Wear(quality=32, blur=0.8),
}


def measure(quick: bool = False, seed: int = 4, shown: bool = False) -> dict[str, Any]:
    """Per kind and resolution and in all: WER, å ä ö and figures in per cent; `shown` adds the words read wrong."""
    scores: dict[str, list[PageScore]] = {}
    wrong: list[str] = []
    pairs: list[tuple[str, str]] = []
    for kind, dpi, image, truth in drawn(QUICK_DPIS if quick else DPIS, seed):
        text = compose([read_image(image, 1, dpi)])[0].text
        pairs.append((truth, text))
        score = page_score(truth, text, file=kind, page=1, form="image", dpi=dpi)
        for name in (kind, f"{dpi} dpi", "alla"):
            scores.setdefault(name, []).append(score)
        wrong += [f"{kind} {dpi}: {line}" for line in _differences(truth, text)] if shown else []
    rows = {name: _row(found) for name, found in scores.items()}
    rows["främmande"] = _foreign_right(pairs)
    return {**rows, **({"wrong": wrong} if shown else {})}


def _row(scores: Sequence[PageScore]) -> dict[str, float]:
    found = totals(scores)
    return {name: round(found[name], 2) for name in ("wer", "å ä ö", "siffror och datum", "ord")}


def _foreign_right(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Per cent of the words with letters beyond å, ä, ö and é that came out right."""
    true = Counter(word for truth, _ in pairs for word in truth.split() if _FOREIGN.search(word))
    read = Counter(word for _, text in pairs for word in text.split())
    right = sum(min(count, read[word]) for word, count in true.items())
    return {"främmande bokstäver": round(100 * right / max(sum(true.values()), 1), 2), "ord": sum(true.values())}


def _differences(truth: str, text: str) -> Iterator[str]:
    from rapidfuzz.distance import Levenshtein

    true, read = truth.split(), text.split()
    for block in Levenshtein.opcodes(true, read):
        if block.tag != "equal":
            was, now = true[block.src_start : block.src_end], read[block.dest_start : block.dest_end]
            yield f"{' '.join(was)} -> {' '.join(now)}"


def drawn(dpis: Sequence[int], seed: int) -> Iterator[tuple[str, int, Image.Image, str]]:
    """Every kind at every resolution: its name, the resolution, the worn image and its true text."""
    for number, (kind, wear) in enumerate(KINDS.items()):
        for at, dpi in enumerate(dpis):
            dice = random.Random(f"{seed} {kind} {dpi}")
            image, truth = _page(wear, dpi, FONTS[(number + at) % len(FONTS)], dice)
            yield kind, dpi, _worn(image, wear, dice), truth


def _page(wear: Wear, dpi: int, face: str, dice: random.Random) -> tuple[Image.Image, str]:
    width, height = (round(side * dpi) for side in A4_INCHES)
    margin, size = round(MARGIN_INCHES * dpi), 11 * dpi / 72
    font = ImageFont.truetype(str(_font(face)), size)
    image = Image.new("RGB", (width, height), wear.paper)
    draw = ImageDraw.Draw(image)
    y, lines = float(margin), []
    if wear.tabled:
        rows = [_attendance(dice) for _ in range(9)]
        y = _table(draw, rows, font, (margin, y, width - margin), wear)
        lines += ["\t".join(row) for row in rows]
    while y < height - margin - (1.5 * dpi if wear.stamped else 0):
        for line in _wrapped(_sentence(dice), font, width - 2 * margin):
            draw.text((margin, y), line, font=font, fill=(wear.ink,) * 3)
            lines.append(line)
            y += size * LEADING
        y += size * 0.6
    if wear.stamped:
        _stamp(image, dpi, dice)
    return image, "\n".join(lines)


def _font(face: str) -> Path:
    return next(file for folder in FONT_FOLDERS for file in folder.rglob(face))


def _attendance(dice: random.Random) -> tuple[str, ...]:
    return _name(dice), dice.choice(SEATS), dice.choice(("Ja", "Nej", "§§ 1–5", "X"))


def _table(
    draw: ImageDraw.ImageDraw,
    rows: Sequence[Sequence[str]],
    font: ImageFont.FreeTypeFont,
    area: tuple[float, float, float],
    wear: Wear,
) -> float:
    left, top, right = area
    tall, wide = font.size * 1.9, (right - left) / 3
    for row in rows:
        for at, cell in enumerate(row):
            x = left + at * wide
            draw.rectangle([x, top, x + wide, top + tall], outline=(wear.ink,) * 3, width=2)
            draw.text((x + font.size * 0.4, top + font.size * 0.3), cell, font=font, fill=(wear.ink,) * 3)
        top += tall
    return top + font.size * 1.5


def _stamp(image: Image.Image, dpi: int, dice: random.Random) -> None:
    made = Image.new("RGBA", (round(2.2 * dpi), round(0.8 * dpi)), (0, 0, 0, 0))
    draw, font = ImageDraw.Draw(made), ImageFont.truetype(str(_font(FONTS[2])), 10 * dpi / 72)
    draw.rectangle([3, 3, made.width - 4, made.height - 4], outline=(40, 40, 150, 255), width=max(2, dpi // 60))
    draw.multiline_text((dpi * 0.15, dpi * 0.12), f"INKOM\n{_slot('iso', dice)}", font=font, fill=(40, 40, 150, 255))
    turned = made.rotate(dice.choice((-7, 5, 9)), expand=True, resample=Image.Resampling.BICUBIC)
    image.paste(turned, (round(4.6 * dpi), round(9.9 * dpi)), turned)


def _worn(image: Image.Image, wear: Wear, dice: random.Random) -> Image.Image:
    turned = image.rotate(wear.skew, resample=Image.Resampling.BICUBIC, fillcolor=wear.paper)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(wear.blur)), dtype=np.float32)
    noise = np.random.default_rng(dice.randrange(1 << 30)).normal(0, wear.noise, pixels.shape[:2])
    noisy = Image.fromarray(np.clip(pixels + noise[..., None], 0, 255).astype(np.uint8))
    held = io.BytesIO()
    noisy.save(held, "JPEG", quality=wear.quality)
    return Image.open(held).convert("RGB")


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


def _sentence(dice: random.Random) -> str:
    made = dice.choice(SENTENCES)
    while "{" in made:
        start, end = made.index("{"), made.index("}")
        made = made[:start] + _slot(made[start + 1 : end], dice) + made[end + 1 :]
    return made


def _name(dice: random.Random) -> str:
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def _slot(slot: str, dice: random.Random) -> str:
    """What stands in a slot: figures as minutes print them, thin spaces in amounts."""
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(2016, 2027)
    makers = {
        "name": lambda: _name(dice),
        "seat": lambda: dice.choice(SEATS),
        "slash": lambda: f"{day}/{month}",
        "day": lambda: f"{day} {'januari februari mars april maj juni augusti oktober'.split()[month % 8]} {year}",
        "iso": lambda: f"{year}-{month:02}-{day:02}",
        "paragraph": lambda: f"§ {dice.randint(1, 128)}",
        "time": lambda: f"{dice.randint(8, 16):02}.{dice.choice(('00', '15', '30', '45'))}",
        "amount": lambda: f"{dice.randint(1, 940)}\u2009{dice.randint(0, 999):03}",
        "percent": lambda: f"{dice.randint(1, 98)},{dice.randint(0, 9)}",
        "year": lambda: str(year),
        "count": lambda: str(dice.randint(3, 1900)),
        "room": lambda: f"{dice.choice('ABC')}{dice.randint(101, 420)}",
        "item": lambda: str(dice.randint(1, 24)),
        "mail": lambda: f"{dice.choice(('anna.ek', 'bo.sjo', 'ulla-karin.as'))}@{dice.choice(('tjarno', 'oja'))}.se",
        "grade": lambda: str(dice.randint(1, 9)),
    }
    return makers[slot]()
