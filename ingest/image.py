"""A page image made fit for OCR: even light, no scanner borders, turned straight, specks and pen strokes off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
MAX_SKEW_DEGREES = 6.0
# Below this the letters' own slant outweighs the skew: turning only blurs.
MIN_SKEW_DEGREES = 0.15
# Width that the angle is searched at: 0.1 degrees is still one pixel across the page.
SKEW_WIDTH = 800
# Paper darker than this share of its own white over a tenth of the page is unevenly lit; scanners stay above 0.93.
EVEN_LIGHT = 0.85
# A speck is smaller than this part of an inch each way with nothing within the next; a dot over i is near its letter.
SPECK_INCH, SPECK_APART_INCH = 1 / 45, 1 / 12
# Pen strokes and stamp frames: wider than so many letter heights and with less ink in their box than any letter.
SCRAWL_HEIGHTS, SCRAWL_INK = 2.2, 0.22
# Blots, logos and punched holes: both ways larger than so many letter heights and compact.
BLOT_HEIGHTS, BLOT_INK = 2.6, 0.6

# Greys are asked for hundreds of times a page; sorting 4 million pixels each time was a fifth of the reading.
SAMPLED_PIXELS, SAMPLED_STEP = 100_000, 3
# An empty page with specks and shade: dark pixels under this share; blocks of 16 pixels differ by 1-2 greys from those
# around them, under blurred text by 10 and more.
EMPTY_INK, EMPTY_SHADE = 0.0015, 6.0
# A page with one short line (*Justeras*) has as little ink as specks have, but in pieces as tall as small letters are.
LETTER_SHARE, FEWEST_LETTERS = 1 / 220, 4


def ink_of(grey: Grey) -> Grey:
    """White where there is ink, told from its surroundings, so that uneven light does not matter."""
    import cv2

    made = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    return np.asarray(made, dtype=np.uint8)


def even_light(grey: Grey) -> Grey:
    """The page as if lit evenly: divided by its background where that varies, otherwise as it is."""
    import cv2

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    background = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    white = float(np.percentile(background, 95))
    if float(np.percentile(background, 10)) > EVEN_LIGHT * white:
        return grey
    full = cv2.resize(background, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    # Where the background itself is dark there is a dark picture or a border, not paper in shade.
    lit = np.where(full > white * 0.35, full, white).astype(np.float32)
    return np.clip(grey.astype(np.float32) * (245.0 / np.maximum(lit, 1.0)), 0, 255).astype(np.uint8)


def without_borders(grey: Grey) -> Grey:
    """The dark frame that a scanner's lid or a copier leaves, painted with paper."""
    import cv2

    dark = (grey < 110).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, labels = cv2.connectedComponents(solid)
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    touching = np.setdiff1d(np.unique(edge), [0])
    if count < 2 or not touching.size:
        return grey
    mask = cv2.dilate(np.isin(labels, touching).astype(np.uint8), np.ones((13, 13), np.uint8))
    made = grey.copy()
    made[mask > 0] = paper(grey)
    return made


def paper(grey: Grey) -> int:
    """The grey of the paper."""
    return level(grey, 0.90)


def level(grey: Grey, share: float) -> int:
    """The grey that `share` of the pixels are darker than or as dark as; of large images every third row and column."""
    import cv2

    step = SAMPLED_STEP if grey.size > SAMPLED_PIXELS else 1
    counted = cv2.calcHist([np.ascontiguousarray(grey[::step, ::step])], [0], None, [256], [0, 256]).ravel().cumsum()
    return int(np.searchsorted(counted, share * counted[-1]))


def skew_degrees(grey: Grey) -> float:
    """The angle that makes text rows sharpest (projection profile), searched coarse then fine."""
    rough, ink = _small_ink(grey, SKEW_WIDTH // 2), _small_ink(grey, SKEW_WIDTH)
    coarse = max(np.arange(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES + 0.1, 0.5), key=lambda angle: _sharpness(rough, angle))
    return float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=lambda angle: _sharpness(ink, angle)))


def lies_on_side(grey: Grey) -> bool:
    """True when the text runs up or down the page: turned a quarter its rows are sharper, whatever the skew."""
    ink = _small_ink(grey, SKEW_WIDTH // 2)
    angles = np.arange(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES + 0.1, 1.0)
    upright, turned_once = (max(_sharpness(one, angle) for angle in angles) for one in (ink, np.rot90(ink)))
    return turned_once > upright


def _small_ink(grey: Grey, size: int) -> Grey:
    import cv2

    cv2.setNumThreads(1)  # a worker a core: more threads only wait for each other
    scale = size / max(min(grey.shape), 1)
    return ink_of(np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8))


def _sharpness(ink: Grey, angle: float) -> float:
    rows = turned(np.ascontiguousarray(ink), angle, 0, rough=True).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def turned(grey: Grey, angle: float, background: int = 255, *, rough: bool = False) -> Grey:
    """Turned by `angle` degrees (positive: counterclockwise) about its middle, same size."""
    import cv2

    method = cv2.INTER_NEAREST if rough else cv2.INTER_CUBIC
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    made = cv2.warpAffine(grey, matrix, (width, height), flags=method, borderValue=background)
    return np.asarray(made, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Blots:
    """The ink of an image in connected pieces: which each pixel belongs to (0: paper), and OpenCV's figures of each."""

    ink: Grey
    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]


def blots(grey: Grey) -> Blots:
    """The image's ink in pieces."""
    import cv2

    ink = ink_of(grey)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return Blots(ink, np.asarray(labels, np.int32), np.asarray(stats, np.int32))


def without_marks(grey: Grey, pieces: Blots, dpi: int) -> Grey:
    """Specks, pen strokes, stamp frames and blots of the image painted over; the letters stay."""
    import cv2

    ink, labels, stats = pieces.ink, pieces.labels, pieces.stats
    count, width, height, area = len(stats), stats[:, 2], stats[:, 3], stats[:, 4]
    small = (np.maximum(width, height) <= max(2, dpi * SPECK_INCH)) & (np.arange(count) > 0)
    letters = ~small & (height > dpi / 30) & (height < dpi / 3)
    if not letters[1:].any():
        return grey
    tall = float(np.median(height[1:][letters[1:]]))
    share = area / np.maximum(width * height, 1)
    scrawl = (width > SCRAWL_HEIGHTS * tall) & (height > 1.2 * tall) & (share < SCRAWL_INK)
    blot = (np.minimum(width, height) > BLOT_HEIGHTS * tall) & (share > BLOT_INK) & (width < 8 * tall)
    scrawl[0] = blot[0] = False
    bad = (scrawl | blot)[labels] | _lonely(small[labels], ink, dpi)
    if not bad.any():
        return grey
    made = grey.copy()
    made[cv2.dilate(bad.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = paper(grey)
    return made


def _lonely(specks: npt.NDArray[np.bool_], ink: Grey, dpi: int) -> npt.NDArray[np.bool_]:
    """Those of the specks that have no letter near."""
    import cv2

    others = ((ink > 0) & ~specks).astype(np.uint8)
    reach = int(dpi * SPECK_APART_INCH) * 2 + 1
    return np.asarray(specks & (cv2.dilate(others, np.ones((reach, reach), np.uint8)) == 0))


def ink_share(grey: Grey) -> float:
    """The share of dark pixels."""
    return float((grey < level(grey, 0.95) * 0.6).mean())


def is_empty(grey: Grey) -> bool:
    """Whether nothing stands on the page: hardly an ink pixel, no blurred grey of text, and no pieces as tall as letters."""
    import cv2

    small = cv2.resize(grey, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    inner = small[2:-2, 2:-2].astype(np.float32)
    shade = inner - cv2.medianBlur(small, 11)[2:-2, 2:-2]
    if ink_share(grey) >= EMPTY_INK or float(np.percentile(np.abs(shade), 99.5)) >= EMPTY_SHADE:
        return False
    tall = blots(grey).stats[1:, 3] >= min(grey.shape) * LETTER_SHARE
    return int(tall.sum()) < FEWEST_LETTERS
