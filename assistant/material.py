"""What composing works with: the question, the evidence with its sentences ranked, the parts, and citing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant import clauses, matter, query, signs, sureness
from assistant.answer import Computation, Evidence, Question, Sentence, Status
from assistant.clauses import Clause
from assistant.evidence import Taken, clean_part
from assistant.focus import focus_pairs
from assistant.matter import Matter
from assistant.naming import Known
from assistant.papers import paper_of
from assistant.references import References
from assistant.sentences import terms_of
from corpus.archive import Archive
from corpus.records import Anchor, Filter, Part, Scope, Span
from corpus.swedish import analysis, thesaurus

# How many characters above an item's text its heading is looked for.
TITLE_ABOVE = 200

# A neighbouring word finds a passage; that the passage speaks of the matter it does not show.
SURE = query.QueryOptions(neighbours=False)


@dataclass(frozen=True, slots=True)
class Composed:
    """Sentences with their citations; nothing where the documents do not answer. `partial` when a half is missing."""

    sentences: tuple[Sentence, ...] = ()
    references: References | None = None
    status: Status = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that composing looks at; reads what it needs from the archive, which keeps decoded parts."""

    archive: Archive
    scope: Scope
    question: Question
    evidence: tuple[Evidence, ...]
    known: Known
    out: Taken = field(default_factory=dict)
    _kept: dict[str, list[Part]] = field(default_factory=dict)
    _ranked: dict[tuple[Question, tuple[str, ...]], list[Clause]] = field(default_factory=dict)
    _about: dict[Question, Matter] = field(default_factory=dict)

    def parts(self) -> list[Part]:
        """The parts within the question's limits."""
        if "parts" not in self._kept:
            found = self.archive.parts(self.scope, self.question.filter)
            self._kept["parts"] = [clean_part(one, self.out) for one in found]
        return self._kept["parts"]

    def all_parts(self) -> list[Part]:
        if "all" not in self._kept:
            self._kept["all"] = [clean_part(one, self.out) for one in self.archive.parts(self.scope, Filter())]
        return self._kept["all"]

    def file(self, document_id: str) -> str:
        return self.archive.file_name(self.scope, document_id)

    def asked(self) -> query.Query:
        """The whole question as search terms."""
        words = thesaurus.load(self.archive.own_thesaurus(self.scope))
        return query.understand(self.question.whole, words, query.short_forms(self.archive, self.scope))

    def about(self) -> Matter:
        """The question's matter as weighted words with the other ways to say them; every meeting's sentences ask for it."""
        if self.question not in self._about:
            self._about[self.question] = self._about_anew()
        return self._about[self.question]

    def _about_anew(self) -> Matter:
        words = thesaurus.load(self.archive.own_thesaurus(self.scope))
        short = query.short_forms(self.archive, self.scope)
        pairs = self._pairs()
        own = query.understand(_joined(pairs), words, short, SURE)
        context = query.understand(self.question.context, words, short, SURE) if self.question.context.strip() else None
        return matter.matter(own, _words([token for _, token in pairs], self.question.whole), context)

    def unheard(self) -> str:
        """The rarest noun or name of the question that nothing of what was found says; empty where all are said."""
        about, held = self.about(), frozenset(self._found_terms())
        tokens = [token for _, token in self._pairs()]
        left = [
            (group.weight, token)
            for group, token in zip(about.groups, tokens, strict=False)
            if (group.noun or group.specific) and not token.isdigit() and group.strength(held) < matter.HELD
        ]
        token = max(left, default=(0.0, ""))[1]
        at = self.question.whole.lower().find(token)
        return self.question.whole[at : at + len(token)] if token and at >= 0 else token

    def _found_terms(self) -> Iterator[str]:
        for one in self.evidence:
            yield from terms_of("\n".join((*one.passage.heading, one.passage.text)))

    def _pairs(self) -> list[tuple[str, str]]:
        """The question's words of matter, without those for the paper it names as its source."""
        return [pair for pair in focus_pairs(self.question.matter) if not paper_of(f"i {pair[1]}")]

    def ranked(self, evidence: Sequence[Evidence] | None = None) -> list[Clause]:
        """The sentences of the evidence, the surest answer first; kept by question and passages, as composers ask again."""
        chosen = self.evidence if evidence is None else evidence
        key = self.question, tuple(one.passage.passage_id for one in chosen)
        if key not in self._ranked:
            self._ranked[key] = self._ranked_anew(chosen)
        return list(self._ranked[key])

    def _ranked_anew(self, chosen: Sequence[Evidence]) -> list[Clause]:
        found = clauses.clauses(chosen, self.about(), signs.wanted(self.question, self.known))
        ids = {one.passage.part_id for one in chosen}
        return sureness.ranked(found, self.question, {one: self.part(one) for one in ids})

    def part(self, part_id: str) -> Part:
        return clean_part(self.archive.part(self.scope, part_id), self.out)


def _joined(pairs: Sequence[tuple[str, str]]) -> str:
    return " ".join(token for _, token in pairs)


def _words(tokens: Sequence[str], whole: str) -> list[matter.Word]:
    nouns = signs.nouns(whole, tokens)
    return [
        matter.Word(
            parts=analysis.analyse_word(token).parts if not token[0].isdigit() else (),
            specific=_is_specific(token, whole),
            noun=nouns[token],
        )
        for token in tokens
    ]


def _is_specific(token: str, whole: str) -> bool:
    """A name or a number: written with a capital inside the question, or with a digit."""
    if any(char.isdigit() for char in token):
        return True
    at = whole.lower().find(token)
    return at > 0 and whole[at].isupper()


class Writer:
    """Sentences of one answer with their citations numbered in order of appearance."""

    def __init__(self, material: Material) -> None:
        self._material, self.references = material, References()
        self.sentences: list[Sentence] = []

    def cite(self, part: Part, place: Anchor | Clause | Span, quote: str = "", passage_id: str = "") -> int:
        """The number of the citation of a record's anchor, a clause, or a span with its words."""
        if isinstance(place, Clause):
            span, quote, passage_id = place.span, place.quote, place.passage.passage_id
        elif isinstance(place, Anchor):
            span, quote = Span(page=place.page, start=place.start, end=place.end), place.quote
        else:
            span = place
        return self.references.cite(part, self._material.file(part.document_id), span, quote, passage_id)

    def cite_told(self, part: Part, one: Clause) -> list[int]:
        """The numbers of a sentence; of a table's row also of the line that names its columns, where that has figures."""
        numbers = [self.cite(part, one)]
        return [*numbers, self.cite(part, *one.header)] if one.header else numbers

    def cite_line(self, part: Part, anchor: Anchor) -> int:
        """The number of the whole line that an anchor stands on: a name with its seat."""
        page = self._material.archive.page_texts(self._material.scope, part.document_id)[anchor.page - 1]
        start = page.rfind("\n", 0, anchor.start) + 1
        end = page.find("\n", anchor.end)
        line = page[start : end if end >= 0 else len(page)]
        start += len(line) - len(line.lstrip())
        quote = line.strip()
        return self.cite(part, Span(page=anchor.page, start=start, end=start + len(quote)), quote)

    def cite_title(self, part: Part, title: str, spans: Sequence[Span]) -> int | None:
        """The number of a heading's own place, near the first of the spans; None where it stands nowhere there."""
        bare = re.sub(r"^(?:§+\s*)?\d+[.)]?\s+", "", title).strip()
        for place in spans if bare else ():
            page = self._material.archive.page_texts(self._material.scope, part.document_id)[place.page - 1]
            at = page.find(bare, max(0, place.start - TITLE_ABOVE), place.end)
            if at >= 0:
                return self.cite(part, Span(page=place.page, start=at, end=at + len(bare)), bare)
        return None

    def claim(self, text: str, numbers: Iterable[int]) -> None:
        self._add(text, "claim", numbers, None)

    def computed(self, text: str, numbers: Iterable[int], computation: Computation) -> None:
        self._add(text, "computed", numbers, computation)

    def mark_last(self, numbers: Sequence[int]) -> None:
        """The numbers that the last sentence already bears inside its text."""
        self.sentences[-1] = replace(self.sentences[-1], citations=tuple(dict.fromkeys(numbers)))

    def lead(self, words: str, sentence: Sentence) -> None:
        """Put words before a sentence that is already written."""
        at = self.sentences.index(sentence)
        self.sentences[at] = replace(sentence, text=words + sentence.text)

    def note(self, text: str) -> None:
        self.sentences.append(Sentence(text=text, kind="note"))

    def _add(self, text: str, kind: str, numbers: Iterable[int], computation: Computation | None) -> None:
        cited = tuple(dict.fromkeys(numbers))
        body, end = (text[:-1], text[-1]) if text.endswith((".", ":", ";")) else (text, ".")
        marks = "".join(f"[{number}]" for number in cited)
        told = f"{body} {marks}{end}" if marks else f"{body}{end}"
        self.sentences.append(
            Sentence(
                text=told, kind="computed" if kind == "computed" else "claim", citations=cited, computation=computation
            )
        )

    def take(self, other: Composed) -> None:
        """The sentences of another answer, its citations numbered on from here."""
        numbers: dict[int, int] = {}
        for one in other.references.citations if other.references else ():
            numbers[one.number] = self.references.take(one)
        told = {sentence.text for sentence in self.sentences}
        for sentence in other.sentences:
            text = re.sub(r"\[(\d+)\]", lambda m: f"[{numbers[int(m[1])]}]", sentence.text)
            cited = tuple(numbers[number] for number in sentence.citations)
            if text not in told:
                self.sentences.append(replace(sentence, text=text, citations=cited))

    def done(self, status: Status = "answered") -> Composed | None:
        """What was written, or None when nothing was."""
        return Composed(tuple(self.sentences), self.references, status) if self.sentences else None


def newest_first(day: date | None) -> date:
    return day or date.min
