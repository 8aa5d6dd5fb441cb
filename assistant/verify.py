"""Checks whatever made the words: citations, quotes, values, names, meaning, language; pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant import checks, marks, verify_meaning, verify_names, verify_values
from assistant.answer import Citation, Computation, Sentence, Withheld
from corpus.records import Span
from corpus.swedish import orders
from corpus.swedish.dates import find_dates
from corpus.swedish.wording import fold_letters

# What is said of a sentence that is held back.
REASONS = {
    "citation": "källhänvisningen finns inte",
    "quote": "citatet står inte på sidan",
    "markup": "meningen innehåller kod eller länkar",
    "order": "texten är en order till ett program, inte innehåll",
    "language": "meningen är inte på svenska",
    "number": "en siffra står inte i källan",
    "unit": "siffran gäller något annat i källan",
    "section": "paragrafen står inte i källan",
    "date": "ett datum står inte i källan",
    "name": "ett namn står inte i källan",
    "elsewhere": "källan handlar om något annat",
    "negation": "ett nej har blivit ett ja, eller tvärtom",
    "strength": "det som sägs är beslutat är inte beslutat, eller tvärtom",
    "outcome": "ärendet fick en annan utgång",
    "hedge": "ett förbehåll i källan har fallit bort",
    "turned": "meningen säger motsatsen till källan",
    "recount": "räkningen gav ett annat resultat när den gjordes om",
    "value": "räkningens resultat står inte i meningen",
}
_HTML = re.compile(r"<\s*/?\s*[a-zA-Z!?][^>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.IGNORECASE)
_LINK = re.compile(r"(?:https?|ftp|file|javascript|data|mailto)\s*:|\bwww\.\S+", re.IGNORECASE)
_CODE = re.compile(r"```|`[^`]+`|^\s*[{\[].*[}\]]\s*$|\{\s*[\"'].*:|<\||\|>|\\[a-z]+\{|\$\$")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f]")
# Words outside the Latin alphabet in a Swedish sentence are a name at most.
MAX_FOREIGN_LETTERS = 0.2
# How far above a quote its heading is looked for, and how long one is at most.
OVER_CHARS, HEADING_CHARS = 900, 70
_PAGE_OF_LABEL = re.compile(r",? s\. \d+$")
_QUOTED = re.compile(r"[«»”\"“]([^«»”\"“]{8,})[«»”\"“]")

Recompute = Callable[[Computation], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page as it is quoted: its repaired text, and the raw text that the repair trail leads back to.

    `orders` are the stretches that give orders to a program, where the archive has told them.
    """

    text: str
    raw: str = ""
    orders: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one citation bears: its words, what stands over them (heading, label), and the meeting's day.

    `near` is the text around a quote: it shows what the quote is about, and bears no value and no name.
    """

    words: str
    about: str = ""
    near: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What sentences are checked against.

    `grounds` by citation number give more than the quote to stand on (a model's sentence: the whole passage).
    """

    citations: Mapping[int, Citation]
    pages: Mapping[tuple[str, int], str | PageText]
    recompute: Recompute | None = None
    grounds: Mapping[int, Ground] = field(default_factory=dict)

    def ground(self, number: int) -> Ground:
        return self.grounds.get(number) or ground_of(self.citations[number])


def verify(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    pages: Mapping[tuple[str, int], str | PageText],
    recompute: Recompute | None = None,
    around: Mapping[int, str] | None = None,
) -> tuple[list[Sentence], list[Withheld]]:
    """The sentences that hold, and those that do not with the reason. `pages` by document id and page number.

    `recompute` gives the values of a computed sentence anew (`recount.recounter`); without it none can hold. `around`
    tells by citation number what stands over the quote (the item's title): content of its source like the label.
    """
    basis = Basis(
        citations={one.number: one for one in citations},
        pages=pages,
        recompute=recompute,
        grounds={one.number: _composed_ground(one, around or {}, pages) for one in citations},
    )
    kept: list[Sentence] = []
    withheld: list[Withheld] = []
    for sentence in sentences:
        reason = None if sentence.kind == "note" else fault(sentence, basis)
        if reason:
            withheld.append(Withheld(text=sentence.text, reason=REASONS[reason]))
        else:
            kept.append(sentence)
    return kept, withheld


def _composed_ground(
    citation: Citation, around: Mapping[int, str], pages: Mapping[tuple[str, int], str | PageText]
) -> Ground:
    page = _text(pages.get((citation.document_id, citation.page), ""))
    over = _lines_over(page[: citation.span.start])
    return replace(ground_of(citation, f"{around.get(citation.number, '')}\n{over}"), near=page)


def _lines_over(before: str) -> str:
    """The nearest lines above a quote that look like headings: short, without a full stop, one column."""
    lines = [line.strip() for line in before[-OVER_CHARS:].split("\n")[:-1]]
    headings = [line for line in lines if 3 < len(line) < HEADING_CHARS and line[-1] not in ".,;" and "\t" not in line]
    return "\n".join(headings[-2:])


def ground_of(citation: Citation, around: str = "") -> Ground:
    """The quote, and the label with its body, date and item; the label's page number is no content."""
    about = _PAGE_OF_LABEL.sub("", citation.label)
    days = [found.date for found in find_dates(about) if found.date and found.precision == "day"]
    return Ground(words=citation.quote, about=f"{about}\n{around}", day=days[0] if days else None)


def fault(sentence: Sentence, basis: Basis) -> str | None:
    """Why a claim or a computed sentence does not hold, as a key of REASONS; None when it does."""
    numbers = set(marks.numbers(sentence.text))
    computed = sentence.computation if sentence.kind == "computed" else None
    if not (numbers or _counts_nothing(computed)):
        return "citation"
    if numbers != set(sentence.citations) or not numbers <= set(basis.citations):
        return "citation"
    cited = [basis.citations[number] for number in sorted(numbers)]
    if not all(stands(one.quote, basis.pages.get((one.document_id, one.page), "")) for one in cited):
        return "quote"
    if any(orders.gives_orders(one.quote) or _is_among_orders(one, basis) for one in cited):
        return "order"
    text = marks.without(sentence.text)
    grounds = [basis.ground(number) for number in sorted(numbers)]
    if computed is None:
        return form_fault(text, grounds) or _segment_fault(sentence.text, basis)
    return _computed_fault(computed, basis.recompute, text, grounds)


def _is_among_orders(citation: Citation, basis: Basis) -> bool:
    """Whether the quote stands in a block that gives orders to a program: a forged decision among them is no decision."""
    page = basis.pages.get((citation.document_id, citation.page))
    if isinstance(page, PageText) and page.orders is not None:
        return any(_overlap(citation.span, one) for one in page.orders)
    of_document = {number: page for (document, number), page in basis.pages.items() if document == citation.document_id}
    texts = [_text(of_document.get(number, "")) for number in range(1, max(of_document) + 1)]
    return any(one.page == citation.page and _overlap(citation.span, one) for one in orders.spans(texts))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _text(page: str | PageText) -> str:
    return page.text if isinstance(page, PageText) else page


def _counts_nothing(computed: Computation | None) -> bool:
    """Only a count of nothing has no row to cite."""
    return computed is not None and set(computed.values) == {"0"}


def _computed_fault(
    computed: Computation, recompute: Recompute | None, text: str, grounds: Sequence[Ground]
) -> str | None:
    if recompute is None or recompute(computed) != computed.values:
        return "recount"
    values = " ".join(computed.values)
    if verify_values.unsupported(values, text, None):
        return "value"
    # Parted from what stands before it: *s. 1* and a count of 100 on the next line would be read as 1 100.
    about = "\n".join((f"; {values}", *computed.about, *computed.filter.bodies))
    source = "\n".join((*(f"{one.words}\n{one.about}" for one in grounds), about))
    return form_fault(text, grounds) or _value_fault(text, source, grounds)


# --- form -------------------------------------------------------------------------------------------------------


def form_fault(text: str, grounds: Sequence[Ground] = ()) -> str | None:
    """What is wrong with the sentence itself, whatever its source says."""
    if _HTML.search(text) or _CODE.search(text) or _UNSEEN.search(text) or not _links_stand(text, grounds):
        return "markup"
    if orders.gives_orders(text):
        return "order"
    return None if is_swedish(text) else "language"


def _links_stand(text: str, grounds: Sequence[Ground]) -> bool:
    """An address may be told only as it stands in a source; a link that hides its address never."""
    if re.search(r"!\[|\]\(|\]:\s", text):
        return False
    source = " ".join(one.words for one in grounds)
    return all(address.rstrip('.,;:)»”"') in source for address in _addresses(text))


def _addresses(text: str) -> list[str]:
    return [text[match.start() :].split()[0] for match in _LINK.finditer(text)]


def is_swedish(text: str) -> bool:
    """By the small words of the sentence outside its quotes; a sentence without any is not judged by them."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", _QUOTED.sub(" ", text))]
    letters = [char for char in text if char.isalpha()]
    foreign = sum(char > "\u024f" for char in letters)
    if letters and foreign / len(letters) > MAX_FOREIGN_LETTERS:
        return False
    counts = {name: len(known.intersection(words)) for name, known in checks.languages().items()}
    others = max(count for name, count in counts.items() if name != "sv")
    return others < 2 or counts["sv"] >= others


def _segment_fault(text: str, basis: Basis) -> str | None:
    """Each stretch of the sentence against what it cites itself: *A [1] och B [2]*."""
    faults = (
        content_fault(stretch, [basis.ground(number) for number in numbers])
        for stretch, numbers in marks.segments(text)
        if re.search(r"\w", stretch)
    )
    return next((found for found in faults if found), None)


# --- content ----------------------------------------------------------------------------------------------------


def content_fault(text: str, grounds: Sequence[Ground]) -> str | None:
    """What the sentence says beyond or against its sources."""
    words = "\n".join(one.words for one in grounds)
    about = "\n".join(one.about for one in grounds)
    near = "\n".join(one.near for one in grounds)
    if not all(stands(quote, words) for quote in _QUOTED.findall(text)):
        return "quote"
    found = _value_fault(text, f"{words}\n{about}", grounds)
    return found or verify_meaning.fault(text, words, f"{about}\n{near}")


def _value_fault(text: str, source: str, grounds: Sequence[Ground]) -> str | None:
    days: list[date | None] = list(dict.fromkeys(one.day for one in grounds if one.day)) or [None]
    first = verify_values.unsupported(text, source, days[0])
    # No day gives a missing § back.
    if first == "section" or first and all(verify_values.unsupported(text, source, day) for day in days[1:]):
        return first
    return "name" if verify_names.unsupported(text, source) else None


def stands(quote: str, page: str | PageText) -> bool:
    """Whether the quote stands on the page: exactly; else but for white space and marks; else in the raw text."""
    text, raw = (page.text, page.raw) if isinstance(page, PageText) else (page, "")
    if not quote.strip():
        return False
    return quote in text or _flat(quote) in _flat(text) or (bool(raw) and _flat(quote) in _flat(raw))


def _flat(text: str) -> str:
    """One line without marks, soft hyphens and the difference between kinds of dashes and quotation marks."""
    plain = re.sub(r"\u00ad|(?<=\w)-\n(?=[a-zåäö])", "", text)
    plain = re.sub(r"[‐‑–—−]", "-", re.sub(r"[“”„»«’‘`´]", "'", plain)).replace('"', "'")
    return " ".join(fold_letters(plain).split())
