"""Damage told page by page; damaged pages repaired with their trail, undamaged ones left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.alignment import apply_edits, to_raw
from corpus.records import Page, Repair
from corpus.swedish.spelling import Edit, Speller, trail

VERSION = "2"
# Share of å, ä and ö among letters: clean Swedish never fell below 2.5 % in 100 words, wrong-language text has none.
MAX_DAMAGED_SHARE = 0.012
MIN_LETTERS = 150
# Share of words that are Swedish only when their marks are given back. Stripped Swedish never had under 9 % of them in
# 60 words, English and lists of names never over 2 %.
MIN_STRIPPED_SHARE = 0.04
# OCR's confusions around words; each stands only where no Swedish text has it, and keeps its length, so that places in
# the text stay what they are.
_AROUND: tuple[tuple[str, str, str], ...] = (
    ("paragraftecken", r"(?m)(?<![\w$])\$(?= ?\d+\b(?![ \d]*(?:dollar|USD|[.,]\d)))", "§"),
    ("streck för I", r"(?<![\w|])[|l](?= [a-zåäö])(?<!\| .)", "I"),
    ("punkt i lista", r"(?m)(?<=^)(\s*)[e«](?= [A-ZÅÄÖ])", r"\1•"),
    ("AI", r"\bAl(?=[ -](?!\w*[A-ZÅÄÖ]))\b|\bAl(?=[).,:;?!\n])", "AI"),
    ("å ena sidan", r"\ba(?= (?:ena|andra) sidan)", "å"),
    ("å ena sidan", r"\bA(?= (?:ena|andra) sidan)", "Å"),
    ("kl", r"\bk[I1|](?=\.? ?\d)", "kl"),
)
_MARKS = frozenset("åäöÅÄÖ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What a text shows of lost letters: its letters, the share of å, ä, ö among them, the share of stripped words."""

    letters: int
    share: float
    stripped: float

    @property
    def is_damaged(self) -> bool:
        return self.share < MAX_DAMAGED_SHARE and self.stripped >= MIN_STRIPPED_SHARE


def damage(text: str, speller: Speller) -> Damage:
    """What the text shows; words are looked up only where the letters are suspicious."""
    letters = sum(char.isalpha() for char in text)
    marked = sum(char in _MARKS for char in text)
    share = marked / letters if letters else 0.0
    stripped = speller.stripped_share(text) if letters and share < MAX_DAMAGED_SHARE else 0.0
    return Damage(letters=letters, share=share, stripped=stripped)


def repair_document(
    pages: Sequence[Page], known: Mapping[str, int], texts: Callable[[], Iterable[str]] | None = None
) -> tuple[Page, ...]:
    """The pages, damaged ones repaired; a short page follows what the document as a whole shows.

    `known` are the words of the archive's undamaged pages, `texts` gives those pages.
    """
    speller = Speller(known, texts)
    whole = damage("\n".join(page.text for page in pages), speller).is_damaged
    return tuple(repair_page(page, speller) if _is_damaged(page, whole, speller) else page for page in pages)


def _is_damaged(page: Page, whole: bool, speller: Speller) -> bool:
    found = damage(page.text, speller)
    if found.letters < MIN_LETTERS:
        return bool(page.text) and whole and found.share < MAX_DAMAGED_SHARE
    return found.is_damaged


def repair_page(page: Page, speller: Speller) -> Page:
    """The page repaired; its alignment and trail carried along, the trail's places being those of the raw text."""
    edits, flags = find_edits(page.text, speller)
    text, alignment = apply_edits(page.text, page.alignment, [edit[:3] for edit in edits])
    repairs = (*trail(page.raw, _in_raw(page, edits)), *trail(page.raw, _in_raw(page, flags), unsure=True))
    return replace(page, text=text, alignment=alignment, repairs=(*page.repairs, *repairs))


def _in_raw(page: Page, edits: Sequence[Edit]) -> list[Edit]:
    spans = ((to_raw(page.alignment, start, end), new, rule) for start, end, new, rule in edits)
    return [(*span, new, rule) for span, new, rule in spans if span]


def find_edits(text: str, speller: Speller) -> tuple[list[Edit], list[Edit]]:
    """The edits on the text in order, and what is flagged as unsure."""
    around = _around_edits(text)
    before, _ = apply_edits(text, (), [edit[:3] for edit in around])
    words = speller.repair_text(before)
    changed = {edit[0] for edit in words.edits}
    return sorted([*(edit for edit in around if edit[0] not in changed), *words.edits]), list(words.flags)


def _around_edits(text: str) -> list[Edit]:
    edits = [
        (match.start(), match.end(), match.expand(new), rule)
        for rule, pattern, new in _AROUND
        for match in re.finditer(pattern, text)
    ]
    edits.sort()
    return [one for n, one in enumerate(edits) if n == 0 or one[0] >= edits[n - 1][1]]


def repair_text(text: str, known: Mapping[str, int] | None = None) -> tuple[str, bool, tuple[Repair, ...]]:
    """A text file's text: repaired, whether it was damaged, and the trail."""
    speller = Speller(known)
    if not damage(text, speller).is_damaged:
        return text, False, ()
    edits, flags = find_edits(text, speller)
    repaired, _ = apply_edits(text, (), [edit[:3] for edit in edits])
    return repaired, True, (*trail(text, edits), *trail(text, flags, unsure=True))
