"""Questions with known answers: read, checked, and kept apart in tune and hold."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from corpus.errors import BadInputError

FOLDER = Path(__file__).parent / "questions"
SETS = ("tune", "fresh", "hold")
SORTS = ("other_topic", "other_time_or_body", "half", "outside")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedSource:
    """Where the answer stands: the quote is verbatim from the page's true text."""

    file: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalQuestion:
    """A question with what a right answer must and must not hold; see evals/questions/README.md for the fields."""

    id: str
    kind: str
    question: str
    answerable: Literal["yes", "half", "no"]
    history: tuple[Mapping[str, str], ...] = ()
    whole: str | None = None
    sort: str | None = None
    must_contain: tuple[tuple[str, ...], ...] = ()
    must_not_contain: tuple[str, ...] = ()
    sources: tuple[QuotedSource, ...] = ()
    group: str | None = None
    paraphrase: bool = False
    sloppy: bool = False
    today: date | None = None


def load(name: str) -> tuple[EvalQuestion, ...]:
    """The questions of one of SETS or a JSONL file. Raises BadInputError naming the line that cannot be read."""
    path = FOLDER / f"{name}.jsonl" if name in SETS else Path(name)
    if not path.is_file():
        raise BadInputError("Frågefilen finns inte", str(path), "Ange tune, fresh, hold eller en JSONL-fil.")
    default = default_today(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_parse(line, path, number, default) for number, line in enumerate(lines, 1) if line.strip())


def default_today(path: Path) -> date | None:
    """The day the questions beside `path` are asked, from `meta.json`; None when there is none."""
    meta = path.parent / "meta.json"
    return date.fromisoformat(json.loads(meta.read_text(encoding="utf-8"))["today"]) if meta.is_file() else None


def _parse(line: str, path: Path, number: int, default: date | None) -> EvalQuestion:
    try:
        row: dict[str, Any] = json.loads(line)
        return EvalQuestion(
            id=str(row.get("id") or f"{path.stem}-{number}"),
            kind=row.get("kind", "free"),
            question=row["question"],
            answerable=row.get("answerable", "yes"),
            history=tuple(row.get("history") or ()),
            whole=row.get("whole"),
            sort=row.get("sort"),
            must_contain=tuple(
                tuple(fact) if isinstance(fact, list) else (fact,) for fact in row.get("must_contain") or ()
            ),
            must_not_contain=tuple(row.get("must_not_contain") or ()),
            sources=tuple(QuotedSource(**source) for source in row.get("sources") or ()),
            group=row.get("group"),
            paraphrase=bool(row.get("paraphrase")),
            sloppy=bool(row.get("sloppy")),
            today=date.fromisoformat(row["today"]) if row.get("today") else default,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            "En fråga går inte att läsa", f"{path.name}, rad {number}", "Jämför raden med evals/questions/README.md."
        ) from error


def normalise(text: str) -> str:
    """What a quote is compared under: NFC, one kind of quote and dash, single spaces."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    text = re.sub(
        "[\u2010-\u2015\u2212]", "-", re.sub("[\u201c\u201d\u201e«»]", '"', re.sub("[\u2018\u2019]", "'", text))
    )
    return " ".join(text.split())


PageTexts = Mapping[tuple[str, int], str]


def problems(questions: Sequence[EvalQuestion], pages: PageTexts) -> list[str]:
    """All that is wrong with a set: quotes not on their page, facts not in the evidence, duplicates, missing fields.

    `pages` gives the true text of (file, page).
    """
    found = [f"{question.id}: {fault}" for question in questions for fault in _faults(question, pages)]
    for field in ("id", "question"):
        counts = Counter((getattr(q, field).lower(), q.history and str(q.history), q.today) for q in questions)
        found += [f"{field} förekommer {n} gånger: {key[0]}" for key, n in counts.items() if n > 1]
    return found


def _faults(question: EvalQuestion, pages: PageTexts) -> list[str]:
    faults = [
        f"citatet står inte på {source.file} s. {source.page}: {source.quote[:60]}"
        for source in question.sources
        if normalise(source.quote) not in normalise(pages.get((source.file, source.page), ""))
    ]
    evidence = " ".join(normalise(pages.get((s.file, s.page), "")) for s in question.sources).lower()
    faults += [
        f"inget av {list(fact)} står i källorna"
        for fact in question.must_contain
        if question.sources and question.kind not in COMPUTED and not any(_stands(a, evidence) for a in fact)
    ]
    if question.answerable == "yes" and not (question.must_contain and (question.sources or question.kind in COMPUTED)):
        faults.append("en besvarbar fråga behöver must_contain och sources")
    if question.answerable != "yes" and question.sort not in SORTS:
        faults.append(f"sort saknas eller är okänd: {question.sort}")
    return faults


# Kinds whose facts are counted, judged or written out, so that they need not stand in a page.
COMPUTED = (
    "count",
    "list",
    "yes_no",
    "attendance",
    "collection",
    "timeline",
    "overview",
    "comparison",
    "when",
    "next_meeting",
)


def _stands(alternative: str, evidence: str) -> bool:
    return normalise(alternative).lower() in evidence


def leakage(tune: Sequence[EvalQuestion], hold: Sequence[EvalQuestion]) -> list[str]:
    """Questions of `hold` that stand in `tune` too: same words, or the same quote with the same kind."""
    words = {_key(question) for question in tune}
    return [f"{q.id}: samma fråga står i tune" for q in hold if _key(q) in words]


def _key(question: EvalQuestion) -> tuple[frozenset[str], str]:
    return frozenset(re.findall(r"\w+", question.question.lower())), str(question.history)
