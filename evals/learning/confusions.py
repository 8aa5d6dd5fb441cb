"""Counts what Tesseract's English model reads for Swedish letters: pages drawn, scanned, read, laid beside their truth.

`python -m evals.learning.confusions TEXT.txt… --fonts FOLDER… --pages N` writes `corpus/swedish/confusions.tsv`.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

OUT = Path("corpus/swedish/confusions.tsv")
A4_INCHES = (8.27, 11.69)
MARGIN_INCHES = 0.9
SIZES_PT = (10, 11, 11, 12, 12, 14)
DPIS = (150, 200, 200, 300)
MAX_GROUP_CHARS = 3
# A pair seen fewer times is as likely a speck on the page as a habit of the reader.
MIN_COUNT = 2
_WORD = re.compile(r"\S+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--fonts", nargs="+", type=Path, required=True, help="folders with .ttf files")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lines = [line for text in options.texts for line in text.read_text(encoding="utf-8").splitlines() if line.strip()]
    fonts = sorted(font for folder in options.fonts for font in folder.rglob("*.ttf"))
    counts = learn(lines, fonts, options.pages, random.Random(options.seed))
    write(counts, OUT)


def learn(lines: Sequence[str], fonts: Sequence[Path], pages: int, dice: random.Random) -> Counter[tuple[str, str]]:
    """How often each printed group of letters was read as which other group, plain readings included."""
    counts: Counter[tuple[str, str]] = Counter()
    for _ in range(pages):
        image, truth = page(dice.sample(lines, min(len(lines), 40)), dice.choice(fonts), dice)
        for true, seen in word_pairs(truth, read(image)):
            counts.update(letter_pairs(true, seen))
    return counts


def page(paragraphs: Sequence[str], font_file: Path, dice: random.Random) -> tuple[Image.Image, str]:
    """A page with as many of the paragraphs as fit, scanned a little askew; and the words on it."""
    dpi = dice.choice(DPIS)
    width, height = (round(side * dpi) for side in A4_INCHES)
    margin = round(MARGIN_INCHES * dpi)
    size = dice.choice(SIZES_PT) * dpi / 72
    font = ImageFont.truetype(str(font_file), size)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    y, words = float(margin), []
    for line in (line for one in paragraphs for line in wrapped(one, font, width - 2 * margin)):
        if y > height - margin:
            break
        draw.text((margin, y), line, font=font, fill=dice.randrange(0, 60))
        words.append(line)
        y += size * 1.35
    return scanned(image, dice), "\n".join(words)


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


def scanned(image: Image.Image, dice: random.Random) -> Image.Image:
    """Skew, blur and noise of an office scanner."""
    image = image.rotate(dice.uniform(-0.8, 0.8), resample=Image.Resampling.BICUBIC, fillcolor=252)
    image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0.2, 1.0)))
    noise = np.random.default_rng(dice.randrange(2**32)).normal(0, dice.uniform(1, 9), (image.height, image.width))
    return Image.fromarray(np.clip(np.asarray(image, dtype=np.float32) + noise, 0, 255).astype(np.uint8))


def read(image: Image.Image) -> str:
    with tempfile.NamedTemporaryFile(suffix=".png") as held:
        image.save(held.name)
        command = ["tesseract", held.name, "-", "-l", "eng"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def word_pairs(truth: str, seen: str) -> Iterator[tuple[str, str]]:
    """Printed and read words that stand in each other's place, one for one."""
    true_words, read_words = _WORD.findall(truth), _WORD.findall(seen)
    for tag, a, b, c, d in _edits(true_words, read_words):
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            yield from zip(true_words[a:b], read_words[c:d], strict=True)


def letter_pairs(true: str, seen: str) -> Iterator[tuple[str, str]]:
    """Each printed letter with what was read for it; neighbouring edits go together as one group."""
    group_true = group_seen = ""
    for tag, a, b, c, d in _edits(true, seen):
        if tag == "equal":
            if group_true or group_seen:
                yield group_true, group_seen
            group_true = group_seen = ""
            yield from ((letter, letter) for letter in true[a:b])
        elif tag == "replace":
            yield from zip(true[a : b - 1], seen[c : d - 1], strict=True)
            group_true, group_seen = true[b - 1], seen[d - 1]
        else:
            group_true, group_seen = group_true + true[a:b], group_seen + seen[c:d]
    if group_true or group_seen:
        yield group_true, group_seen


def _edits(true: Sequence[str], seen: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    for block in Levenshtein.opcodes(true, seen):
        yield block.tag, block.src_start, block.src_end, block.dest_start, block.dest_end


def write(counts: Counter[tuple[str, str]], file: Path) -> None:
    """The table: printed, read, count; the letters' own totals first."""
    rows = [(true, seen, n) for (true, seen), n in counts.items() if is_kept(true, seen, n)]
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    file.write_text("".join(f"{true}\t{seen}\t{n}\n" for true, seen, n in rows), encoding="utf-8")


def is_kept(true: str, seen: str, count: int) -> bool:
    short = 0 < len(true) <= MAX_GROUP_CHARS and len(seen) <= MAX_GROUP_CHARS
    return short and count >= MIN_COUNT and any(letter.isalpha() for letter in true)


if __name__ == "__main__":
    main()
