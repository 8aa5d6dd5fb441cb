"""A model's words become checked, cited sentences, one at a time as they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant import marks, verify_meaning
from assistant.answer import Citation, Evidence, Sentence, Withheld
from assistant.prompts import NO_ANSWER
from assistant.references import References, label
from assistant.sentences import sentence_spans
from assistant.verify import REASONS, Basis, Ground, content_fault, fault, form_fault, ground_of
from corpus.records import Part, Span

# A model that goes on and on is stopped; an overview has some twelve sentences.
MAX_SENTENCES = 16
MAX_CHARS = 8_000
# So many sentences of a passage are quoted for one sentence of the answer before the whole passage is.
MAX_QUOTES = 3
# Short forms do not end a sentence: *kl.*, *t.ex.*, *bl.a.*, an initial.
_SHORT = "".join(
    rf"(?<!\b{one})" for one in "kl ca nr kap bl dvs jfr resp st etc osv [A-Za-zÅÄÖåäö] \\.[a-zåäö] \\.ex".split()
).replace(r"(?<!\b\.", r"(?<!\.")
_END = re.compile(
    rf"{_SHORT}[.!?][»\"”)]?(?P<marks>(?:\s*[\[【][^\]】\n]{{1,24}}[\]】])*)\.?(?=\s+[^\s\[【.,;])|\n+(?!\s*[\[【])"
)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_DRESS = re.compile(r"^\s*(?:[-*•]\s+|#{1,6}\s+|>\s+)|\*\*|__")


@dataclass(slots=True)
class Draft:
    """What the model's words have given so far, checked against the evidence of its prompt.

    `pages` by document and number, `parts` by id. The evidence's number in the prompt is what the model cites.
    """

    evidence: Sequence[Evidence]
    parts: Mapping[str, Part]
    pages: Mapping[tuple[str, int], str]
    references: References = field(default_factory=References)
    kept: list[Sentence] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    has_no_answer: bool = False

    def sentences(self, pieces: Iterable[str]) -> Iterator[Sentence]:
        """Each sentence that holds, as soon as its last word has come."""
        for text in split_sentences(pieces):
            if NO_ANSWER in text.upper():
                self.has_no_answer = True
                continue
            sentence = self._checked(marks.normalised(_undressed(text)))
            if sentence:
                self.kept.append(sentence)
                yield sentence
            if len(self.kept) + len(self.withheld) >= MAX_SENTENCES:
                return

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.references.citations

    def _checked(self, text: str) -> Sentence | None:
        if not re.search(r"\w", marks.without(text)):
            return None
        reason = self._fault(text)
        if reason:
            self.withheld.append(Withheld(text=text, reason=REASONS[reason]))
            return None
        return self._cited(text)

    def _fault(self, text: str) -> str | None:
        numbers = marks.numbers(text)
        if not numbers or not set(numbers) <= set(range(1, len(self.evidence) + 1)):
            return form_fault(marks.without(text)) or "citation"
        whole = {number: self._ground(number) for number in numbers}
        citations = {number: self._citation(number) for number in numbers}
        basis = Basis(citations=citations, pages=self.pages, grounds=whole)
        return fault(Sentence(text=text, kind="claim", citations=numbers), basis)

    def _ground(self, number: int) -> Ground:
        passage = self.evidence[number - 1].passage
        about = "\n".join((ground_of(self._citation(number)).about, *passage.heading))
        return Ground(words=passage.text, about=about, day=passage.date)

    def _citation(self, number: int, spans: Sequence[Span] = ()) -> Citation:
        one = self.evidence[number - 1]
        span = spans[0] if spans else one.passage.spans[0]
        return Citation(
            number=number,
            passage_id=one.passage.passage_id,
            document_id=one.passage.document_id,
            file=one.file,
            page=span.page,
            label=label(self.parts[one.passage.part_id], span),
            quote=self._words(one, span),
            span=span,
        )

    def _words(self, one: Evidence, span: Span) -> str:
        return self.pages[one.passage.document_id, span.page][span.start : span.end]

    def _cited(self, text: str) -> Sentence:
        """The sentence with the answer's own numbers: of each passage the sentences that bear what is said."""
        new: dict[int, str] = {}
        for stretch, numbers in marks.segments(text):
            for number in numbers:
                new.setdefault(number, "".join(f"[{n}]" for n in self._cite(stretch, number)))
        told = re.sub(r"\[(\d+)\]", lambda match: new[int(match[1])], text)
        told = marks.normalised(told)
        return Sentence(text=told, kind="claim", citations=marks.numbers(told))

    def _cite(self, stretch: str, number: int) -> list[int]:
        one = self.evidence[number - 1]
        part = self.parts[one.passage.part_id]
        return [
            self.references.cite(part, one.file, span, self._words(one, span), one.passage.passage_id)
            for span in self._bearing(stretch, number)
        ]

    def _bearing(self, stretch: str, number: int) -> list[Span]:
        """The fewest sentences of the passage that bear the stretch alone, in their order; else all of the passage."""
        one = self.evidence[number - 1]
        spans = [span for span in sentence_spans(one.passage) if self._words(one, span).strip()]
        ranked = sorted(spans, key=lambda span: -verify_meaning.overlap(stretch, self._words(one, span)))
        ground = self._ground(number)
        for count in range(1, min(MAX_QUOTES, len(ranked)) + 1):
            few = sorted(ranked[:count], key=lambda span: (span.page, span.start))
            words = "\n".join(self._words(one, span) for span in few)
            if content_fault(stretch, [Ground(words=words, about=ground.about, day=ground.day)]) is None:
                return few
        return list(one.passage.spans)


def split_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences with the marks that follow them, as soon as what comes after shows that they have ended.

    A last one without an end is given too when the words end by themselves. What a model thinks aloud is left out.
    """
    buffer, told = "", 0
    for piece in pieces:
        buffer += piece
        told += len(piece)
        if _is_thinking(buffer):
            continue
        buffer = _THOUGHT.sub("", buffer)
        while match := _END.search(buffer):
            yield buffer[: match.end()].strip()
            buffer = buffer[match.end() :]
        if told > MAX_CHARS:
            return
    rest = _THOUGHT.sub("", buffer).strip()
    if rest:
        yield rest


def _is_thinking(buffer: str) -> bool:
    opened = re.search(r"<think(?:ing)?>", buffer, re.IGNORECASE)
    return bool(opened) and not re.search(r"</think(?:ing)?>", buffer, re.IGNORECASE)


def _undressed(text: str) -> str:
    """Without bullets, headings' signs and bold; a mark after the full stop moves before it."""
    plain = " ".join(_DRESS.sub("", text).split())
    return re.sub(r"([.!?])((?:\s*[\[【][^\]】]{1,24}[\]】])+)\.?$", r"\2\1", plain)
