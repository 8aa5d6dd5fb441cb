"""The commands that fill, correct and look after the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import BadInputError
from corpus.records import Scope
from ui.cli_call import Call, command, print_json, read_csv, say, show_table, tell

if TYPE_CHECKING:
    from ingest.pipeline import Progress, Report

STATUS = {"added": "nytt", "unchanged": "oförändrat", "replaced": "ersatt", "failed": "misslyckades"}


def add_to(app: typer.Typer) -> None:
    """Register the commands on `app`."""
    command(app, "ingest")(ingest)
    command(app, "pages")(pages)
    command(app, "repair")(repair)
    command(app, "correct")(correct)
    command(app, "remove")(remove)
    command(app, "backup")(backup)
    command(app, "restore")(restore)
    command(app, "check")(check)


def ingest(
    call: Call,
    paths: Annotated[list[Path], typer.Argument(help="Filer och mappar.", metavar="PATH…")],
    body: Annotated[str | None, typer.Option("--body", help="Nätverket som dokumenten hör till.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Läs om även det som redan är läst.")] = False,
) -> None:
    """Läser in filer och mappar. Rapporterar varje fil: lästa, delvis lästa och oläsliga sidor."""
    from ingest.pipeline import ingest as read_in

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise BadInputError("Sökvägen finns inte", ", ".join(missing), "Kontrollera sökvägen.")
    with call.open(create=True) as archive, _progress() as tick:
        report = read_in(paths, archive, settings=call.settings, body=body, progress=tick, again=again)
    call.give(report, lambda: _show_report(report))
    if any(file.status == "failed" for file in report.files):
        raise typer.Exit(1)


class _progress:
    """A progress bar on a terminal's stderr; silence elsewhere."""

    def __enter__(self) -> Callable[[Progress], None]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._bar.start()
        self._task = self._bar.add_task("Läser", total=None)
        return self._tick

    def _tick(self, progress: Progress) -> None:
        from ui.safe import one_line

        self._bar.update(
            self._task,
            description=one_line(getattr(progress, "file", ""))[:50],
            completed=getattr(progress, "done", 0),
            total=getattr(progress, "total", None),
        )

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def _show_report(report: Report) -> None:
    heads = ["Fil", "Status", "Sidor", "Lästa", "Delvis", "Oläsliga", "Stycken", "Sekunder", "Skäl"]
    show_table(
        heads,
        [
            [
                file.file,
                STATUS.get(file.status, file.status),
                str(file.pages),
                str(file.read),
                str(file.partly),
                str(file.unreadable),
                str(file.passages),
                f"{file.seconds:.1f}",
                file.reason or "",
            ]
            for file in report.files
        ],
    )
    for advice in _lines(report.advice):
        tell(advice)
    for name in _lines(report.missing):
        tell(f"Finns inte längre i mappen, men är kvar i arkivet: {name}")
    failed = [file for file in report.files if file.status == "failed"]
    if failed:
        tell(f"{len(failed)} av {len(report.files)} filer kunde inte läsas:")
        for file in failed:
            tell(f"  {file.file}: {file.reason}")


def _lines(value: Any) -> list[str]:
    if not value:
        return []
    return [value] if isinstance(value, str) else [str(one) for one in value]


def pages(
    call: Call, file: Annotated[str, typer.Argument(help="Ett dokument i arkivet: namn eller början av id.")]
) -> None:
    """Texten på varje sida, så som den lästes."""
    with call.open() as archive:
        document = archive.find_document(Scope(), file)
        rows = [
            {
                "page": page.number,
                "label": page.label,
                "origin": page.origin,
                "legibility": page.legibility,
                "status": page.status,
                "reason": page.reason,
                "text": page.text,
                "repairs": len(page.repairs),
            }
            for page in archive.pages(Scope(), document.document_id)
        ]

    def show() -> None:
        for row in rows:
            say(f"── sida {row['page']} ({row['status']}) ──\n{row['text']}\n")

    call.give(rows, show)


def repair(
    call: Call,
    file: Annotated[Path | None, typer.Argument(help="En textfil.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Gör om arkivets rättningar med allt som lästs sedan dess.")
    ] = False,
) -> None:
    """Återställer å, ä och ö i en text som lästs på fel språk. Siffror ändras aldrig."""
    from ui.repairing import repair_archive, repair_file

    if again == (file is not None):
        raise typer.BadParameter("Ange antingen en fil eller --again.")
    if file is not None:
        made = repair_file(file, call)
        call.give(made, lambda: say(made["text"]))
        return
    rows = repair_archive(call)
    changed = [row for row in rows if row["status"] == "replaced"]
    failed = [row for row in rows if row["status"] == "failed"]
    call.give(
        {"files": rows}, lambda: say(f"{len(rows)} dokument med rättningar lästes om; {len(changed)} blev annorlunda.")
    )
    for row in failed:
        tell(f"  {row['file']}: {row['reason']}")
    if failed:
        raise typer.Exit(1)


def correct(
    call: Call,
    file: Annotated[str | None, typer.Argument(help="Dokumentet: namn eller början av id.")] = None,
    field: Annotated[str | None, typer.Argument(help="date, body, kind, decision.strength, link, word …")] = None,
    value: Annotated[str | None, typer.Argument(help="Det rätta värdet; datum som 2024-03-18.")] = None,
    quote: Annotated[str, typer.Option("--quote", help="Orden som rättas: beslutets text, ett namn, ett ord.")] = "",
    part: Annotated[int, typer.Option("--part", min=0, help="Vilken del av dokumentet, från 0.")] = 0,
    who: Annotated[str, typer.Option("--who", help="Vem som rättar.")] = "kommandoraden",
    batch: Annotated[Path | None, typer.Option("--batch", help="CSV: file;field;value;quote;part;who.")] = None,
    undo: Annotated[int | None, typer.Option("--undo", help="Ta bort rättningen med detta nummer.")] = None,
) -> None:
    """Sätter ett värde för hand. Det vinner över det lästa och överlever en ny läsning. Utan värde: listar."""
    from ui.correcting import Wish, correct_all, follow_up, make_correction

    with call.open() as archive:
        if undo is not None:
            undone = next((one for one in archive.corrections(Scope()) if one.correction_id == undo), None)
            archive.remove_correction(undo)
            follow_up(archive, call.settings, [undone.source] if undone and undone.path == "word" else [])
        wishes = [Wish.from_row(row) for row in read_csv(batch)] if batch else []
        if file is not None:
            if not field or value is None:
                raise typer.BadParameter("Ange FILE FIELD VALUE, --batch eller --undo.")
            wishes.append(Wish(file=file, path=field, value=value, quote=quote, part=part, who=who))
        made = [make_correction(archive, wish, datetime.now().astimezone()) for wish in wishes]
        correct_all(archive, call.settings, made)
        rows = archive.corrections(Scope())
    heads = ["Nr", "Dokument", "Del", "Fält", "Värde", "Gäller", "Vem", "Läget"]
    cells = [
        [
            str(c.correction_id),
            c.source,
            str(c.part),
            c.path,
            c.value,
            c.quote,
            c.who,
            "fästet saknas" if c.lost else "gäller",
        ]
        for c in rows
    ]
    call.give(rows, lambda: show_table(heads, cells) if rows else say("Inga rättningar är gjorda."))


def remove(
    call: Call,
    file: Annotated[str, typer.Argument(help="Dokumentet: namn eller början av id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Fråga inte.")] = False,
) -> None:
    """Tar bort ett dokument och allt som gjorts av det."""
    from ui.correcting import follow_up

    with call.open() as archive:
        document = archive.find_document(Scope(), file)
        name = archive.file_name(Scope(), document.document_id)
        if not (yes or call.as_json):
            typer.confirm(f"Ta bort {name} och allt som gjorts av det?", abort=True, err=True)
        archive.remove(document.document_id)
        follow_up(archive, call.settings)
    call.give({"removed": name, "document_id": document.document_id}, lambda: say(f"Borttaget: {name}"))


def backup(call: Call, file: Annotated[Path, typer.Argument(help="Filen som kopian skrivs till.")]) -> None:
    """En hel och sammanhängande kopia av arkivet i en fil."""
    with call.open() as archive:
        archive.backup(file)
    size = file.stat().st_size
    call.give({"file": str(file), "bytes": size}, lambda: say(f"Kopian ligger i {file} ({size / 1e6:.1f} MB)."))


def restore(call: Call, file: Annotated[Path, typer.Argument(help="En fil som backup har skrivit.")]) -> None:
    """Lägger tillbaka en kopia, i en mapp där inget arkiv finns."""
    from corpus.archive import Archive

    if not file.is_file():
        raise BadInputError("Filen finns inte", str(file), "Ange en fil som backup har skrivit.")
    Archive.restore(file, call.settings.archive)
    place = str(call.settings.archive)
    call.give({"archive": place}, lambda: say(f"Arkivet är tillbaka i {place}."))


def check(
    call: Call,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Gör index och vektorer nya ur liggaren först.")] = False,
) -> None:
    """Är allt helt? Original mot kontrollsumma, liggare mot index, sidor som inte gick att läsa."""
    with call.open() as archive:
        if rebuild:
            archive.rebuild()
        problems = archive.check()
    if call.as_json:
        print_json({"ok": not problems, "problems": problems})
    else:
        for one in problems:
            say(f"{one.what} ({one.where}). {one.do}")
        say(f"{len(problems)} fel." if problems else "Allt är helt.")
    if problems:
        raise typer.Exit(1)
