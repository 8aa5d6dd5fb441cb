"""Lists that the documents themselves hold: points under a line or a heading, steps, and *Ämnena är A, B och C*, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses import Clause
from assistant.material import Composed, Material, Writer
from assistant.matter import HELD, Matter, held_in
from assistant.references import meeting_name
from assistant.sentences import terms_of
from corpus.records import Passage, Span
from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

# How much of the matter must stand in the list's introduction, its headings and the passage. With less, another matter's
# list under the same sort of word (*önskemål, undantag*) was told.
LEAST_MATTER = 0.66
# A list with points answers before a sentence with three things in it.
POINTS_WORTH = 0.2
# The first of the evidence that is looked through, and the words an introduction may have.
MAX_PASSAGES, MAX_INTRO_WORDS, MAX_POINTS = 12, 30, 30
_ASKS = re.compile(
    r"^(?:och |men )?(?:(?:i|på|för|till|från|med|om|inom) )?(?:vilka|vad för|lista|räkna upp|nämn|ge mig|visa)\b",
    re.IGNORECASE,
)
_SKIPPED = frozenset(
    "olika alla samtliga fler flera andra nya viktiga viktigaste gemensamma konkreta stora mer mest ska skulle är var har hade som"
    " av de dessa våra era två tre fyra fem sex sju åtta nio tio vilka vilket vilken vad för upp mig".split()
)
# What the registers answer, whatever else the words mean.
_OF_REGISTERS = re.compile(
    r"(?:mote|beslut|natverk|dokument|protokoll|anteckning|person|deltagare|ledamot|ledamoter|kommun|franvarande|narvarande|"
    r"arende|fil|traff|sammantrade|reservation|atagande|uppdrag)\w*$"
)
_POINT = re.compile(
    r"[ \t]*(?:[-•–*»○▪‣●◦]|\d{1,2}[.)]|[a-hA-H]\)|(?:Steg|Fas|Del|Nivå|Etapp)\s+\d{1,2}\s*[.:–-]?)[ \t]+(?=\S)"
)
_STEP = re.compile(r"[ \t]*(steg|fas|del|nivå|etapp)\s+\d", re.IGNORECASE)
_THREE = re.compile(r"\w[^.;:]*, [^.;:]*\b(?:och|samt|eller) \w|\w+ (?:och|samt) \w+")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list in a passage: what introduces it, and its points, each with its place on the page."""

    passage: Passage
    intro: tuple[Span, str] | None
    points: tuple[tuple[Span, str], ...]


def enumeration(material: Material) -> Composed | None:
    """The whole list that the question asks for by its name; None where it asks for none or none is found."""
    name = asked_name(material.question.whole)
    if name is None or not material.evidence:
        return None
    about = material.about()
    ways = _ways(about, name)
    best = max(_lists(material, about, ways, name), key=lambda pair: pair[0], default=None)
    said = _sentence(material, ways)
    if best and (said is None or best[0] + POINTS_WORTH >= said.features["near"]):
        return _told(material, best[1])
    return _quoted(material, said) if said else None


def asked_name(text: str) -> str | None:
    """The plural noun that a question asks the instances of: *Vilka ämnen hade lovskolan?* gives *ämnen*."""
    if not _ASKS.match(text):
        return None
    words: list[str] = re.findall(r"[\w-]+", text)
    name: str | None = next(
        (word for word in words if fold_letters(word) not in _SKIPPED and word.lower() not in _SKIPPED), None
    )
    if name is None or len(name) < 3 or name[0].isupper() or _OF_REGISTERS.match(fold_letters(name)):
        return None
    return name


def _ways(about: Matter, name: str) -> tuple[tuple[str, float], ...]:
    """The ways to say the name; those of the matter where it is one of its words."""
    lemmas = set(analysis.analyse(name).lemmas)
    for group in about.groups:
        if group.ways and group.ways[0][0] in lemmas:
            return group.ways
    return tuple((lemma, 1.0) for lemma in lemmas)


def _is_named(ways: Sequence[tuple[str, float]], text: str) -> bool:
    terms = terms_of(text)
    return any(worth >= HELD and held_in(terms, term) for term, worth in ways)


def _lists(
    material: Material, about: Matter, ways: Sequence[tuple[str, float]], name: str
) -> Iterator[tuple[float, _Listed]]:
    """The lists of the evidence that bear the name, each with its share of the matter."""
    for one in material.evidence[:MAX_PASSAGES]:
        title = material.part(one.passage.part_id).title or ""
        heading = "\n".join((*one.passage.heading, one.passage.body or "", title))
        for found in _in_passage(material, one.passage):
            intro = found.intro[1] if found.intro else ""
            steps = _STEP.match(found.points[0][1])
            is_named = _is_named(ways, f"{intro}\n{one.passage.heading[-1] if one.passage.heading else ''}")
            if not is_named and not (steps and fold_letters(name).startswith(fold_letters(steps[1][:3]))):
                continue
            share = about.share(terms_of(f"{heading}\n{one.passage.text}"))
            if share >= LEAST_MATTER:
                yield share + one.score * 0.01, found


def _in_passage(material: Material, passage: Passage) -> Iterator[_Listed]:
    """Points in a row, with the line before them."""
    for span in passage.spans:
        page = material.archive.page_texts(material.scope, passage.document_id)[span.page - 1]
        intro: tuple[Span, str] | None = None
        points: list[tuple[Span, str]] = []
        slides = passage.kind == "bildspel"
        for place, text in _blocks(page, span):
            if _POINT.match(text) or slides and (points or intro or not _is_heading(text, passage)):
                points.append((place, text))
                continue
            if len(points) > 1:
                yield _Listed(passage, intro, tuple(points[:MAX_POINTS]))
            points, intro = [], (place, text) if len(text.split()) <= MAX_INTRO_WORDS else None
        if len(points) > 1:
            yield _Listed(passage, intro, tuple(points[:MAX_POINTS]))


def _is_heading(text: str, passage: Passage) -> bool:
    return any(fold_letters(" ".join(text.split())) in fold_letters(" ".join(one.split())) for one in passage.heading)


def _blocks(page: str, span: Span) -> Iterator[tuple[Span, str]]:
    """The span's points with the lines they run over, and its other lines one by one."""
    start = end = span.start
    text = ""
    for line in page[span.start : span.end].splitlines(keepends=True):
        at, bare = end, line.strip()
        end += len(line)
        runs_on = text and _POINT.match(text) and bare and not _POINT.match(line) and not re.search(r"[.!?:]\s*$", text) and bare[0].islower()  # fmt: skip
        if runs_on:
            text = page[start:at] + line.rstrip()
            continue
        if text:
            yield Span(page=span.page, start=start, end=start + len(text)), text
        text = bare
        start = at + len(line) - len(line.lstrip()) if bare else at
    if text:
        yield Span(page=span.page, start=start, end=start + len(text)), text


def _sentence(material: Material, ways: Sequence[tuple[str, float]]) -> Clause | None:
    """The surest sentence near the matter that names the sort of thing and three of them, or two."""
    return next(
        (
            one
            for one in material.ranked()
            if one.features["near"] >= LEAST_MATTER
            and not one.features["row"]
            and one.features["wrong_time"] != 1
            and _is_named(ways, one.text)
            and _THREE.search(_after_verb(one.text))
        ),
        None,
    )


def _after_verb(text: str) -> str:
    """What the sentence says that the things are."""
    match = re.search(
        r"\b(?:är|var|blir|blev|omfattar|omfattade|består av|bestod av|ingår|heter|gäller|gällde|:)\s+(.+)", text
    )
    return match[1] if match else ""


def _quoted(material: Material, one: Clause) -> Composed | None:
    part = material.part(one.passage.part_id)
    writer = Writer(material)
    writer.claim(f"{one.text.rstrip(' .')} ({meeting_name(part)})", [writer.cite(part, one)])
    return writer.done()


def _told(material: Material, found: _Listed) -> Composed | None:
    """What introduces the list with its meeting, then each point as it stands."""
    part = material.part(found.passage.part_id)
    writer = Writer(material)
    lead = f"{meeting_name(part)}: "
    if found.intro:
        span, text = found.intro
        number = writer.cite(part, span, text, found.passage.passage_id)
        writer.claim(f"{' '.join(text.split()).rstrip(' .:')} ({meeting_name(part)}):", [number])
        lead = ""
    for span, text in found.points:
        number = writer.cite(part, span, text, found.passage.passage_id)
        plain = re.sub(r"^\s*[-•–*»○▪‣●◦]\s+", "", " ".join(text.split()))
        writer.claim(f"{lead}{plain.rstrip(' .,;')}", [number])
        lead = ""
    return writer.done()
