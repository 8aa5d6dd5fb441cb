"""The commands that answer: ask, search, has-been-discussed, brief, chat."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import BadInputError, MotesminneError
from corpus.records import Scope
from corpus.settings import PREFIX, Settings
from ui.cli_call import PERIOD, Call, command, day, print_json, print_line, say, tell
from ui.safe import one_line

if TYPE_CHECKING:
    from assistant.answer import Answer, Turn
    from assistant.assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent


def add_to(app: typer.Typer) -> None:
    """Register the commands on `app`."""
    command(app, "ask", PERIOD)(ask)
    command(app, "search", PERIOD)(search)
    command(app, "has-been-discussed")(has_been_discussed)
    command(app, "brief")(brief)
    command(app, "chat")(chat)


def ask(
    call: Call,
    question: Annotated[str | None, typer.Argument(help="Frågan, på svenska.")] = None,
    history: Annotated[Path | None, typer.Option("--history", help="Tidigare frågor och svar (JSON).")] = None,
    today: Annotated[str | None, typer.Option("--today", help="Räkna från denna dag.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="En fråga per rad (JSONL), ett svar per rad.")] = None,
) -> None:
    """Svarar på en fråga, med sidan bakom varje mening."""
    from assistant.assistant import Assistant

    if (question is None) == (batch is None):
        raise typer.BadParameter("Ange en fråga eller --batch FIL.jsonl.")
    with call.open() as archive:
        assistant = Assistant(archive, call.settings)
        if batch:
            _ask_many(call, assistant, batch, day(today, "--today"))
            return
        turns = _turns(_read_json(history)) if history else ()
        answer = assistant.answer(question or "", turns, today=day(today, "--today"), filter=call.filter)
    if call.as_json:
        from assistant.wire import answer_json

        print_json(answer_json(answer))
    else:
        show_answer(answer)


def show_answer(answer: Answer) -> None:
    """An answer as text: its sentences, its sources with their words, and what was searched."""
    if answer.question.whole != answer.question.asked:
        tell(f"Jag tolkar frågan så här: {answer.question.whole}")
    say(answer.text)
    sources = answer.citations or answer.near
    if sources:
        say("\nKällor" if answer.citations else "\nNärmast")
    for source in sources:
        say(f"[{source.number}] {source.label} ({one_line(source.file)}): «{one_line(source.quote)}»")
    if answer.withheld:
        tell(f"{len(answer.withheld)} meningar hölls inne därför att källorna inte bär dem.")


def _ask_many(call: Call, assistant: Assistant, batch: Path, today: date | None) -> None:
    from assistant.wire import answer_json

    failed = 0
    for number, row in enumerate(_read_lines(batch), 1):
        name = row.get("id") or str(number)
        try:
            asked = day(str(row["today"]), "today") if row.get("today") else today
            answer = assistant.answer(
                str(row["question"]), _turns(row.get("history") or ()), today=asked, filter=call.filter
            )
            print_line({"id": name, **answer_json(answer)})
        except KeyError:
            failed += 1
            print_line({"id": name, "error": _error("Raden saknar fältet question", str(batch))})
        except MotesminneError as error:
            failed += 1
            print_line({"id": name, "error": {"what": error.what, "where": error.where, "do": error.do}})
    if failed:
        raise typer.Exit(1)


def _error(what: str, where: str) -> dict[str, str]:
    return {"what": what, "where": where, "do": "Jämför raden med användarguiden."}


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError("Filen går inte att läsa som JSON", str(path), "Rätta filen.") from error


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError(number)
                yield row
    except (OSError, ValueError) as error:
        raise BadInputError("Filen går inte att läsa som JSONL", str(path), "Ett JSON-objekt per rad.") from error


def _turns(rows: object) -> tuple[Turn, ...]:
    """Earlier turns, from a list of {"question", "answer"} or of whole answers as `ask --json` prints them."""
    from assistant.answer import Turn

    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) and "question" in row for row in rows):
        raise BadInputError("Historiken går inte att läsa", "--history", 'Ange [{"question": …, "answer": …}].')
    return tuple(
        Turn(question=str(row["question"]), answer=str(row.get("answer", row.get("text", "")))) for row in rows
    )


def search(
    call: Call,
    query: Annotated[str, typer.Argument(help="Det du söker.")],
    count: Annotated[int, typer.Option("-k", min=1, max=200, help="Antal stycken.")] = 10,
) -> None:
    """Söker stycken, bästa först, utan att svara."""
    from assistant.search import Searcher
    from assistant.wire import search_json

    with call.open() as archive:
        result = Searcher(archive).search(query, count, call.filter)
    rows = search_json(result.evidence)
    for typed, used in result.corrected:
        tell(f"Sökte på {used} i stället för {typed}.")

    def show() -> None:
        for row in rows:
            say(f"{row['rank']}. {one_line(row['file'])}, s. {row['page']} · {one_line(row['heading'])}")
            say(f"   {one_line(row['text'])}\n")
        if not rows:
            say("Inget hittades.")

    call.give(rows, show)


def has_been_discussed(
    call: Call, text: Annotated[str, typer.Argument(help="Ett utkast till punkt, eller en fil med ett.")]
) -> None:
    """Har vi haft uppe det här förut? Tidigare behandling, senaste utfall, lösa trådar."""
    from assistant.briefing import has_been_discussed as look_up

    draft = read_text(Path(text), call.settings) if len(text) < 300 and Path(text).is_file() else text
    with call.open() as archive:
        found = look_up(archive, Scope(), draft)
    from ui.briefing_text import discussed_lines

    call.give(found, lambda: say("\n".join(discussed_lines(found))))


def brief(
    call: Call,
    file: Annotated[Path, typer.Argument(help="Dagordningen, i något av de format som läses.")],
    word: Annotated[Path | None, typer.Option("--word", help="Skriv underlaget som Word till denna fil.")] = None,
) -> None:
    """Inför mötet: per punkt tidigare beslut, öppna åtaganden och bordlagda frågor."""
    from assistant import briefing
    from ui.briefing_text import briefing_lines

    agenda = read_text(file, call.settings)
    with call.open() as archive:
        made = briefing.brief(archive, Scope(), agenda)
    if word:
        word.write_bytes(briefing.briefing_docx(made))
        tell(f"Skrev {word}.")
    call.give(made, lambda: say("\n".join(briefing_lines(made))))


def read_text(path: Path, settings: Settings) -> str:
    """The text of a file of any kind that is read."""
    from ingest.read import read_file

    if not path.is_file():
        raise BadInputError("Filen finns inte", str(path), "Kontrollera sökvägen.")
    return "\n".join(page.text for page in read_file(path, settings).pages)


def chat(
    call: Call,
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Port på 127.0.0.1.")] = 8501,
) -> None:
    """Startar webbgränssnittet på den här datorn."""
    with call.open(create=True):
        pass
    address = f"http://127.0.0.1:{port}"
    tell(f"Mötesminne öppnas på {address} (avsluta med Ctrl+C).")
    if call.as_json:
        print_line({"url": address})
    options: tuple[str, ...] = (
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        "--browser.gatherUsageStats=false",
    )
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform.startswith("linux"):
        options += ("--server.headless=true",)
    # The theme and the upload limit stand in .streamlit/ beside the rooms, which Streamlit looks for where it starts.
    environment = {**os.environ, **_as_environment(call.settings)}
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "ui.serve", *options], environment)


def _as_environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, so that the web face has them wherever it starts."""
    values = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    values["archive"] = settings.archive.resolve()
    return {PREFIX + name.upper(): str(value) for name, value in values.items()}
