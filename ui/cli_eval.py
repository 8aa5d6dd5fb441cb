"""`motesminne eval`: measures, compares, holds to the floors, and makes sheets for people's marks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import BadInputError
from ui.cli_call import Call, command, say, show_table, tell

app = typer.Typer(no_args_is_help=True)
PARTS = ("search", "answers", "reading", "records")
_SET = Annotated[str, typer.Option("--set", help="tune, hold eller en JSONL-fil.")]
_DOCUMENTS = Annotated[Path | None, typer.Option("--documents", help="Mappen med arkivets filer (för jämförelsen).")]
_COMPARE = Annotated[Path | None, typer.Option("--compare", help="En äldre rapport (JSON) att jämföra med.")]
_LOWER = Annotated[str | None, typer.Option("--lower", help="Skälet till att ett golv sänks; sparar golven.")]
_PEERS = Annotated[bool, typer.Option("--peers/--no-peers", help="Mät också de system som vi jämför med.")]
_PIN = Annotated[bool, typer.Option("--pin", help="Spara rapportens siffror som golv.")]


def add_to(parent: typer.Typer) -> None:
    """Register `eval` with its parts on `parent`."""
    for part in (*PARTS, "speed", "all"):
        command(app, part)(_measure_of(part))
    command(app, "sheet")(sheet)
    command(app, "agreement")(agreement)
    parent.add_typer(app, name="eval", help="Mäter hur bra svaren, sökningen, läsningen och posterna är.")


def _measure_of(part: str) -> Any:
    def measure(
        call: Call,
        questions: _SET = "hold",
        documents: _DOCUMENTS = None,
        compare: _COMPARE = None,
        lower: _LOWER = None,
        pin: _PIN = False,
        peers: _PEERS = True,
    ) -> None:
        from evals import run

        parts = PARTS if part == "all" else (part,)
        plan = run.Plan(
            parts=parts, questions=questions, documents=documents, compare=compare, settings=call.settings, peers=peers
        )
        if call.archive_given:
            plan = replace(plan, archive=call.settings.archive)
        result = run.run(plan, tell)
        paths = run.write(result)
        old = _read(compare) if compare else None
        call.give(result, lambda: _show(result))
        tell(f"Rapporten ligger i {paths[1]}.")
        if old:
            _compare(result, old)
        _hold(result, lower, pin, own=call.archive_given)

    measure.__doc__ = f"Mäter {_NAMES[part]}."
    return measure


_NAMES = {
    "search": "sökningen mot frågornas rätta stycken",
    "answers": "svaren: rätt, ärligt inte hittat, fel",
    "reading": "sidornas text mot facit",
    "records": "mötesposterna mot facit",
    "speed": "farten",
    "all": "allt utom farten",
}


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise BadInputError("Rapporten går inte att läsa", str(path), "Ange en rapport i JSON.") from error


def _show(result: dict[str, Any]) -> None:
    from evals import report

    if "answers" in result:
        say(result["answers"]["first_line"])
    for title, heads, rows in report.table(result):
        show_table(heads, rows, title)


def _compare(result: dict[str, Any], old: dict[str, Any]) -> None:
    from evals import run

    if old.get("digests") != result.get("digests"):
        tell("Obs: rapporterna gäller olika frågor eller dokument, så siffrorna kan inte jämföras rakt av.")
    for name, then, now in run.compared(result, old):
        tell(f"{name}: {then:.4g} → {now:.4g}")


def _hold(result: dict[str, Any], lower: str | None, pin: bool, *, own: bool) -> None:
    """Pin the floors, or hold the report to them. Floors speak of the samples: an own archive has none."""
    from evals import run

    if pin or lower:
        run.pin_floors(result, lower)
        tell("Golven är sparade.")
        return
    broken = [] if own else run.broken_floors(result)
    for one in broken:
        tell(str(one))
    if broken:
        raise typer.Exit(1)


def sheet(
    call: Call,
    report: Annotated[Path, typer.Option("--report", help="Rapporten (JSON) vars svar ska bedömas.")] = Path(
        "rapporter/senaste.json"
    ),
    out: Annotated[Path, typer.Option("--out", help="Bladet som skrivs (CSV).")] = Path("bedomning.csv"),
) -> None:
    """Skriver ett blad för blind bedömning: svaren blandade, utan systemets namn."""
    from evals.sheet import write_sheet

    answers = _read(report).get("answers")
    if not answers:
        raise BadInputError("Rapporten har inga svar", str(report), "Kör motesminne eval answers först.")
    key = write_sheet({"Mötesminne": answers["cases"], **answers.get("peer_cases", {})}, out)
    call.give({"sheet": str(out), "key": str(key)}, lambda: say(f"Bladet: {out}. Nyckeln (öppna inte): {key}."))


def agreement(
    call: Call,
    key: Annotated[Path, typer.Argument(help="Nyckeln som sheet skrev.")],
    raters: Annotated[list[Path], typer.Argument(help="Ifyllda blad, ett per bedömare.")],
) -> None:
    """Hur lika bedömarna är, och hur nära den automatiska poängen är dem."""
    from evals.sheet import agreement as agree

    found = agree(key, raters)
    call.give(found, lambda: show_table(["", "värde"], [[name, str(value)] for name, value in found.items()]))
