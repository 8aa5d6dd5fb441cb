"""Speed of asking at 50 000 passages: warm and filtered search, whole answers, a cold question, a document added."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.search import Searcher
from corpus.alignment import identity
from corpus.archive import Archive
from corpus.records import (
    Anchor,
    Decision,
    Document,
    Fact,
    Filter,
    Page,
    Part,
    Participant,
    Passage,
    ReadDocument,
    Scope,
    Source,
    Span,
    Versions,
)

PASSAGES, WORDS, SENTENCE, PER_DOCUMENT = 50_000, 80, 16, 20
BODIES = ("Nätverket för rektorer", "Vuxnätverket", "Gymnasienätverket", "Språkgruppen")
STEMS = (
    "skol elev stöd lokal buss kurs betyg frånvaro vux språk praktik ekonomi plan mat miljö prov lärar kvalitet".split()
)
TAILS = "möte beslut plan grupp fråga samtal rapport modell stöd avtal dialog utbildning uppföljning tid resurs".split()
DECIDED = (3, 8, 13, 18)
FIRST, LAST, SEATS = (
    "Karin Olle Siv Per Lovisa".split(),
    "Berg Ek Lund Ås Strand".split(),
    "Ekvik Tallbo Sundet".split(),
)
SMALL = "och att det som för med till av på den har inte om ett men vi var kan ska från nu under".split()
USUAL_STACK = (
    "import chromadb, sentence_transformers, langchain, langchain_chroma, langchain_community.document_loaders"
)
ASKED = (
    "Vad beslutades om {a}?", "Vad kostar {a}?", "Vad sades om {a} och {b} {year}?", "Vad gäller nu för {a}?",
    "Vem var med på mötet i {body} {year}?", "Hur många gånger har {a} tagits upp sedan {year}?", "När infördes {a}?",
    "Ska {a} införas i {body}?", "Varför ändrades {a}?", "{a}",
)  # fmt: skip
VERSIONS = Versions(reader="bench", repair="1", records="1", passages="1")


def measure(quick: bool = False) -> dict[str, Any]:
    """All figures, JSON-able; `quick` takes a tenth of the passages."""
    count = PASSAGES // 10 if quick else PASSAGES
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "arkiv", create=True) as archive:
        build_s = _fill(archive, count)
        found: dict[str, Any] = {"passages": count, "build_s": round(build_s, 1)}
        found["index_mb"] = round(sum(f.stat().st_size for f in archive.folder.rglob("*") if f.is_file()) / 1e6, 1)
        found["search_ms"] = _searches(archive, Filter())
        limits = Filter(bodies=BODIES[:1], date_from=date(2006, 1, 1))
        found["filtered_ms"] = _searches(archive, limits)
        found["answer_ms"] = _answers(archive)
        found["add_document_ms"] = _adds(archive, count)
        found["cold_ask"] = _cold(["-m", "ui.cli", "ask", "Vad sägs om skolplan?", "--archive", str(archive.folder)])
    found["usual_stack_import"] = _cold(["-c", USUAL_STACK])
    found["times_faster_than_import"] = round(found["usual_stack_import"]["s"] / found["cold_ask"]["s"], 2)
    return found


def _text(chance: random.Random) -> str:
    words = [
        chance.choice(SMALL) if chance.random() < 0.45 else chance.choice(STEMS) + chance.choice(TAILS)
        for _ in range(WORDS)
    ]
    sentences = [" ".join(words[at : at + SENTENCE]).capitalize() for at in range(0, WORDS, SENTENCE)]
    return ". ".join(sentences) + "."


def _document(number: int, chance: random.Random) -> tuple[Source, ReadDocument]:
    decided = {i: f"Mötet beslutar att {_matter(chance)} kostar {chance.randrange(10, 999)} kronor." for i in DECIDED}
    texts = [" ".join(filter(None, (decided.get(i), _text(chance)))) for i in range(PER_DOCUMENT)]
    whole = "\n\n".join(texts)
    one = hashlib.sha256(f"{number}{whole}".encode()).hexdigest()
    body, day = BODIES[number % len(BODIES)], date(2005, 1, 1) + timedelta(days=number * 3 % 7500)
    page = Page(
        number=1, label=None, text=whole, raw=whole, alignment=identity(len(whole)), origin="text", legibility=1.0,
        status="read",
    )  # fmt: skip
    part = Part(
        part_id=f"{one[:24]}-0", document_id=one, ordinal=0, kind=Fact(value="protokoll", certainty="stated"),
        bodies=(Fact(value=body, certainty="stated"),), meeting_date=Fact(value=day, certainty="stated"),
        spans=(Span(page=1, start=0, end=len(whole)),), participants=_people(chance),
        decisions=tuple(_decision(f"{one[:24]}-{i}", i, text, whole.index(text)) for i, text in decided.items()),
    )  # fmt: skip
    starts = np.cumsum([0, *(len(text) + 2 for text in texts)]).tolist()
    passages = tuple(
        Passage(
            passage_id=f"{one[:24]}{i:04d}", document_id=one, part_id=part.part_id, text=text, heading=(body, f"§ {i}"),
            body=body, date=day, kind="protokoll", item_number=f"§ {i}",
            spans=(Span(page=1, start=starts[i], end=starts[i] + len(text)),),
        )
        for i, text in enumerate(texts)
    )  # fmt: skip
    document = Document(
        document_id=one, names=(f"{number}.txt",), media_type="text/plain", page_count=1, size_bytes=len(whole),
        added=datetime.now(), owner_body=body, versions=VERSIONS,
    )  # fmt: skip
    return Source(path=f"{number}.txt", document_id=one), ReadDocument(
        document=document, pages=(page,), parts=(part,), passages=passages
    )


def _matter(chance: random.Random) -> str:
    """One of 4 000 matters: at full size each is decided on in two or three meetings."""
    return f"{chance.choice(STEMS)}{chance.choice(TAILS)}s{chance.choice(TAILS)}"


def _people(chance: random.Random) -> tuple[Participant, ...]:
    pick = [(chance.choice(FIRST), chance.choice(LAST), chance.choice(SEATS)) for _ in range(10)]
    return tuple(Participant(name=f"{first} {last}", seat=seat, presence="närvarande") for first, last, seat in pick)


def _decision(decision_id: str, item: int, text: str, start: int) -> Decision:
    return Decision(
        decision_id=decision_id, text=text, strength="beslut", outcome="bifall", item_number=f"§ {item}", item_title=None,
        anchor=Anchor(page=1, start=start, end=start + len(text), quote=text),
    )  # fmt: skip


def _fill(archive: Archive, count: int) -> float:
    chance, start = random.Random(1), time.perf_counter()
    with archive.writing() as writer:
        for number in range(count // PER_DOCUMENT):
            writer.add(*_document(number, chance))
        writer.finish()
    return time.perf_counter() - start


def _questions(count: int) -> list[str]:
    chance = random.Random(2)
    matters = [chance.choice(STEMS) + chance.choice(TAILS) for _ in range(2 * count)]
    return [f"Vad beslutades om {a} och {b}?" for a, b in zip(matters[::2], matters[1::2], strict=True)]


def _searches(archive: Archive, limits: Filter) -> dict[str, float]:
    searcher = Searcher(archive, Scope())
    for question in _questions(5):
        searcher.search(question, 20, limits)
    times = []
    for question in _questions(100):
        start = time.perf_counter()
        searcher.search(question, 20, limits)
        times.append((time.perf_counter() - start) * 1000)
    return {"p50": round(float(np.percentile(times, 50)), 1), "p95": round(float(np.percentile(times, 95)), 1)}


def _answers(archive: Archive) -> dict[str, float]:
    """Warm answers without a model to questions of many kinds, as many of each."""
    assistant, chance, times = Assistant(archive), random.Random(4), []
    for number in range(5 + 20 * len(ASKED)):
        form = ASKED[number % len(ASKED)]
        matter = {
            "a": _matter(chance),
            "b": _matter(chance),
            "year": chance.randrange(2006, 2024),
            "body": chance.choice(BODIES),
        }
        start = time.perf_counter()
        assistant.answer(form.format(**matter))
        times.append((time.perf_counter() - start) * 1000)
    return {"p50": round(float(np.percentile(times[5:], 50)), 1), "p95": round(float(np.percentile(times[5:], 95)), 1)}


def _adds(archive: Archive, count: int) -> dict[str, float]:
    chance, times = random.Random(3), []
    with archive.writing() as writer:
        for number in range(10):
            made = _document(count + number, chance)
            start = time.perf_counter()
            writer.add(*made)
            times.append((time.perf_counter() - start) * 1000)
    return {"p50": round(float(np.median(times)), 1), "worst": round(max(times), 1)}


def _cold(arguments: list[str]) -> dict[str, float]:
    """Seconds and peak memory of a fresh Python, best of three."""
    code = (
        "import resource, subprocess, sys, time\nstart = time.perf_counter()\n"
        "done = subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "print(time.perf_counter() - start, peak, done.returncode)\n"
    )
    runs = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        seconds, peak, status = (float(value) for value in done.stdout.split())
        runs.append((seconds, peak, status))
    seconds, peak, status = min(runs)
    return {"s": round(seconds, 2), "mb": round(peak, 1), "exit": status}
