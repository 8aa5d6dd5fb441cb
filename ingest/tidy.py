"""Words as they are printed: bullets told by their shape, one sign for a dash, specks off."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ingest.image import Grey, paper
from ingest.words import SINGLE_WIDTH, Line, Word, merged

# % before a letter, § after one: a space was lost.
_GLUED = re.compile(r"%(?=[^\W\d_])|[^\W\d_](?=§)")
_DOUBLE = re.compile(r"([^\W\d_])([^\W\d_])(\.?)")
_SEAM = re.compile(r"\w[/@]? [/@]|[/@] \w")
# Gaps beside a slash that were no spaces in print were under half of the line's others; half a dot's width.
NARROW_GAP, MIN_GAPS, DOT_WIDTH = 0.75, 3, 0.3
_KEPT = re.compile(r"[\w§%@*#°•–+-]")
# Two paragraph signs, of which a look may give one as a figure.
_PARAGRAPHS = re.compile(r"[§8$]*§[§8$]+|[8$]+§")
# Signs without letters or digits under this are specks; printed ones lie above.
SIGN_CONFIDENCE = 0.62
_DASHES = re.compile(r"-[-–—]+|[–—][-–—]+|—")


def tidied(line: Line, aspect: float) -> Line:
    """Dashes as the one of Swedish print (`swe` spells it as two signs), and what is no sign of writing taken out."""
    words = [replace(word, text=_settled(word.text)) for word in line.words]
    kept = [word for word in words if word.confidence >= SIGN_CONFIDENCE or _KEPT.search(word.text)]
    single = [_single(word, aspect, line.is_row or not at) for at, word in enumerate(kept)]
    return replace(line, words=tuple(single if line.is_row else _joined(single)))


def _joined(words: list[Word]) -> list[Word]:
    """Words parted at a slash or an @ (*2027 / 679*) joined where the gap is less than the line's other gaps are."""
    gaps = [after.left - before.right for before, after in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) >= MIN_GAPS else 0.0
    made = words[:1]
    for word, gap in zip(words[1:], gaps, strict=True):
        if gap < NARROW_GAP * usual and _SEAM.search(f"{made[-1].text[-2:]} {word.text[:2]}"):
            made[-1] = merged(made[-1].text + word.text, [made[-1], word])
        else:
            made.append(word)
    return made


def _settled(text: str) -> str:
    text = _DASHES.sub("–", text)
    return "§§" if _PARAGRAPHS.fullmatch(text) else _GLUED.sub(r"\g<0> ", text)


def _single(word: Word, aspect: float, is_capital: bool) -> Word:
    """A letter alone is read as capital and small letter at once (*Xx*, *Pp.*): the box has room for one."""
    double = _DOUBLE.fullmatch(word.text)
    if not double or not double[1].isupper() or double[1].lower() != double[2]:
        return word
    if word.right - word.left >= (SINGLE_WIDTH + DOT_WIDTH * bool(double[3])) * word.height * aspect:
        return word
    return replace(word, text=double[1 if is_capital else 2] + double[3])


def bulleted(grey: Grey, line: Line) -> Line:
    """The line with the filled dot or square that it begins with read as a bullet, parted from the word after it."""
    if line.is_aside or line.is_row or len(line.words) < 2 or line.words[0].text[:1].isupper():
        return line
    first, rest = line.words[0], line.words[1:]
    is_alone = len(first.text) == 1 or not any(map(str.isalnum, first.text))
    if not is_alone and first.text[0].isalnum():
        return line
    split = _dot_end(grey, first, line)
    if split is None or (not is_alone and split >= first.right):
        return line
    dot = replace(first, text="•", right=min(split, first.right))
    if is_alone:
        return replace(line, words=(dot, *rest))
    return replace(line, words=(dot, replace(first, text=first.text[1:], left=split), *rest))


def _dot_end(grey: Grey, word: Word, line: Line) -> float | None:
    """Where the word's first blot of ink ends (share of the width), when it is a filled dot in the middle of the row."""
    height, width = grey.shape
    top, bottom = (int(np.median([getattr(w, side) for w in line.words]) * height) for side in ("top", "bottom"))
    left, right = int(word.left * width), int(word.right * width) + 1
    crop = grey[max(top, 0) : bottom + 1, left:right]
    if crop.shape[0] < 6 or crop.shape[1] < 2:
        return None
    dark = crop < (int(crop.min()) + paper(grey)) // 2
    columns = np.flatnonzero(dark.any(axis=0))
    gap = next((n for n in range(1, columns.size) if columns[n] > columns[n - 1] + 1), columns.size)
    blot = dark[:, columns[0] : columns[gap - 1] + 1]
    rows = np.flatnonzero(blot.any(axis=1))
    tall, wide, all_rows = rows[-1] - rows[0] + 1, blot.shape[1], crop.shape[0]
    filled = blot[rows[0] : rows[-1] + 1].mean()
    middle = (rows[0] + rows[-1]) / 2 / all_rows
    is_dot = filled > 0.68 and 0.7 < wide / tall < 1.45 and 0.15 < tall / all_rows < 0.62 and 0.3 < middle < 0.75
    return (left + float(columns[gap - 1]) + 1) / width if is_dot else None
