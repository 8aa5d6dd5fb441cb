"""Page text against its truth: CER and WER, å ä ö apart, digits and dates apart, damaged words restored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corpus.swedish.hunspell import is_word
from evals.questions import normalise
from evals.truth import Truth

SCANNED = ("scan_pdf", "image", "mixed_pdf")
DAMAGED = ("txt_eng_ocr",)
MIN_DPI = 200
_NUMERIC = re.compile(r"\d")
_LETTERS = str.maketrans("åäöÅÄÖ", "aaoAAO")
_EDGES = '.,;:!?()"«»'


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """One page against its truth. Counts are of true words and characters; errors are edits."""

    file: str
    page: int
    form: str
    dpi: int
    words: int
    word_errors: int
    characters: int
    character_errors: int
    swedish: int
    swedish_right: int
    numeric: int
    numeric_right: int
    damaged: int = 0
    restored: int = 0
    undamaged: int = 0
    spoiled: int = 0


def page_score(truth_text: str, read_text: str, **where: object) -> PageScore:
    """Score one page; white space is normalised, quotes and dashes too, hyphenation at line ends is not an error."""
    true_words, words = _words(truth_text), _words(read_text)
    errors = Levenshtein.distance(true_words, words)
    pairs = aligned(true_words, words)
    swedish = [(a, b) for a, b in pairs if a != a.translate(_LETTERS)]
    numeric = [(a, b) for a, b in pairs if _NUMERIC.search(a)]
    true_text, text = " ".join(true_words), " ".join(words)
    return PageScore(
        words=len(true_words),
        word_errors=errors,
        characters=len(true_text),
        character_errors=Levenshtein.distance(true_text, text),
        swedish=len(swedish),
        swedish_right=sum(a == b for a, b in swedish),
        numeric=len(numeric),
        numeric_right=sum(a.strip(_EDGES) == (b or "").strip(_EDGES) for a, b in numeric),
        **where,  # type: ignore[arg-type]
    )


def repair_counts(truth_text: str, raw: str, repaired: str) -> dict[str, int]:
    """Of the true words: how many the raw text had lost and the repair restored, how many it spoiled."""
    true_words = _words(truth_text)
    before = [b == a for a, b in aligned(true_words, _words(raw))]
    after = [b == a for a, b in aligned(true_words, _words(repaired))]
    pairs = list(zip(before, after, strict=True))
    return {
        "damaged": sum(not was for was, _ in pairs),
        "restored": sum(not was and now for was, now in pairs),
        "undamaged": sum(was for was, _ in pairs),
        "spoiled": sum(was and not now for was, now in pairs),
    }


def health(raw: str, repaired: str) -> dict[str, int]:
    """What a repair did to a text whose truth is not at hand, by the words that the Swedish dictionary knows.

    Of the words of running text (small letters, three or more): how many were unknown, how many of those places hold a
    known word now (`restored`), and how many known words became unknown (`spoiled`).
    """
    was, now = _running(raw), _running(repaired)
    pairs = list(aligned(was, now))
    unknown = [after for word, after in pairs if not is_word(word)]
    return {
        "words": len(was),
        "unknown": len(unknown),
        "restored": sum(after is None or is_word(after) for after in unknown),
        "left_unknown": sum(not is_word(word) for word in now),
        "spoiled": sum(is_word(word) and after is not None and not is_word(after) for word, after in pairs),
    }


def _running(text: str) -> list[str]:
    return [
        word
        for word in re.findall(r"(?<![\w@./-])[^\W_]+(?![\w@/-])", text)
        if word.islower() and len(word) > 2 and word[-1].isalpha() and word[0].isalpha()
    ]


def aligned(true_words: Sequence[str], words: Sequence[str]) -> list[tuple[str, str | None]]:
    """Each true word with the word read in its place (None where none was), along the cheapest edit path."""
    result: list[tuple[str, str | None]] = []
    for block in Levenshtein.opcodes(true_words, words):
        source, target = true_words[block.src_start : block.src_end], words[block.dest_start : block.dest_end]
        result += [(word, target[i] if i < len(target) else None) for i, word in enumerate(source)]
    return result


def _words(text: str) -> list[str]:
    joined = re.sub(r"(?<=[a-zåäöé])-\n(?!(?:och|eller|samt)\b)(?=[a-zåäöé])", "", text.replace("\r", ""))
    return [
        word for word in normalise(joined.replace("•", " ").replace("|", " ")).split() if word not in ("-", "*", "_")
    ]


def totals(scores: Iterable[PageScore]) -> dict[str, float]:
    """Rates over the pages together, in per cent."""
    pages = list(scores)
    share = {
        "wer": ("word_errors", "words"),
        "cer": ("character_errors", "characters"),
        "å ä ö": ("swedish_right", "swedish"),
        "siffror och datum": ("numeric_right", "numeric"),
        "återställda": ("restored", "damaged"),
        "förstörda": ("spoiled", "undamaged"),
    }
    rates = {name: _percent(pages, top, bottom) for name, (top, bottom) in share.items()}
    return {**rates, "sidor": float(len(pages)), "ord": float(sum(p.words for p in pages))}


def _percent(pages: Sequence[PageScore], top: str, bottom: str) -> float:
    whole = sum(getattr(page, bottom) for page in pages)
    return 100 * sum(getattr(page, top) for page in pages) / whole if whole else float("nan")


def groups(scores: Sequence[PageScore]) -> Mapping[str, list[PageScore]]:
    """The pages by what was hard about them."""
    return {
        "skannade, minst 200 dpi": [s for s in scores if s.form in SCANNED and s.dpi >= MIN_DPI],
        "skannade, under 200 dpi": [s for s in scores if s.form in SCANNED and s.dpi < MIN_DPI],
        "lästa på fel språk, rättade": [s for s in scores if s.form in DAMAGED],
        "med textlager": [s for s in scores if s.form not in SCANNED + DAMAGED],
    }


def form_of(truth: Truth) -> tuple[str, int]:
    """How the file was made and at what resolution (0 when it is not an image)."""
    return str(truth.get("form", "")), int(truth.get("dpi") or 0)
