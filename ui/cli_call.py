"""What every command shares: its `--archive` and `--json`, the filters, and how results reach the screen."""

from __future__ import annotations

import calendar
import csv as csv_module
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date, datetime
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from corpus.errors import BadInputError
from corpus.records import Filter
from corpus.settings import Settings, load_settings
from ui.safe import clean, one_line

if TYPE_CHECKING:
    from corpus.archive import Archive

SHARED: dict[str, tuple[Any, Any]] = {
    "archive": (
        Annotated[Path | None, typer.Option("--archive", help="Arkivets mapp (annars inställningen).")],
        None,
    ),
    "as_json": (Annotated[bool, typer.Option("--json", help="Resultatet som JSON.")], False),
}
PERIOD: dict[str, tuple[Any, Any]] = {
    "body": (Annotated[list[str] | None, typer.Option("--body", help="Bara detta nätverk (kan upprepas).")], None),
    "date_from": (
        Annotated[str | None, typer.Option("--from", help="Från och med: 2024, 2024-03 eller 2024-03-18.")],
        None,
    ),
    "date_to": (Annotated[str | None, typer.Option("--to", help="Till och med, skrivet på samma sätt.")], None),
}
REGISTER: dict[str, tuple[Any, Any]] = {
    **PERIOD,
    "person": (Annotated[list[str] | None, typer.Option("--person", help="Bara denna person.")], None),
    "seat": (Annotated[list[str] | None, typer.Option("--seat", help="Bara denna kommun eller enhet.")], None),
    "as_csv": (Annotated[bool, typer.Option("--csv", help="Resultatet som CSV.")], False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One run of a command: settings, limits and the form of its output."""

    settings: Settings
    filter: Filter = Filter()
    as_json: bool = False
    as_csv: bool = False
    archive_given: bool = False

    def open(self, *, create: bool = False) -> Archive:
        """The archive of the settings. Raises NotInArchiveError where there is none and `create` is false."""
        from corpus.archive import Archive

        return Archive.open(self.settings.archive, create=create, settings=self.settings)

    def give(self, data: object, show: Callable[[], None]) -> None:
        """Print `data` as JSON when asked for, else what `show` prints."""
        if self.as_json:
            print_json(data)
        else:
            show()


def command(
    app: typer.Typer, name: str, *shared: dict[str, tuple[Any, Any]]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function `(call, own parameters…)` as a command that also takes the shared options."""
    options = {key: value for group in (*shared, SHARED) for key, value in group.items()}

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(function, include_extras=True)
        own = list(signature(function).parameters.values())[1:]
        parameters = [one.replace(annotation=hints[one.name], kind=Parameter.KEYWORD_ONLY) for one in own]
        parameters += [
            Parameter(key, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for key, (kind, default) in options.items()
        ]

        def run(**values: Any) -> None:
            taken = {key: values.pop(key) for key in options}
            function(_call(taken), **values)

        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # how Typer reads a wrapper
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        app.command(name, help=function.__doc__)(run)
        return function

    return decorate


def _call(taken: dict[str, Any]) -> Call:
    settings = load_settings()
    if taken.get("archive"):
        settings = replace(settings, archive=taken["archive"])
    limits = Filter(
        bodies=tuple(taken.get("body") or ()),
        date_from=day(taken.get("date_from"), "--from"),
        date_to=day(taken.get("date_to"), "--to", last=True),
        people=tuple(taken.get("person") or ()),
        seats=tuple(taken.get("seat") or ()),
    )
    return Call(
        settings=settings,
        filter=limits,
        as_json=taken["as_json"],
        as_csv=bool(taken.get("as_csv", False)),
        archive_given=bool(taken.get("archive")),
    )


def day(text: str | None, where: str, *, last: bool = False) -> date | None:
    """A date written as 2024, 2024-03 or 2024-03-18; its first or last day. Raises BadInputError."""
    if not text:
        return None
    try:
        numbers = [int(piece) for piece in text.split("-")]
        if not 1 <= len(numbers) <= 3:
            raise ValueError(text)
        year = numbers[0]
        month = numbers[1] if len(numbers) > 1 else (12 if last else 1)
        end = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, numbers[2] if len(numbers) > 2 else end)
    except (ValueError, IndexError) as error:
        raise BadInputError("Datumet går inte att läsa", f"{where} {text}", "Skriv det som 2024-03-18.") from error


def print_json(data: object) -> None:
    """`data` on stdout; records become objects, dates ISO."""
    print(json.dumps(data, ensure_ascii=False, indent=1, default=as_plain))  # noqa: T201 - the command's result


def print_line(data: object) -> None:
    """`data` as one line of JSON on stdout."""
    print(json.dumps(data, ensure_ascii=False, default=as_plain), flush=True)  # noqa: T201 - the command's result


def as_plain(value: object) -> object:
    """What json cannot write by itself: records, dates, paths, sets."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def say(text: str) -> None:
    """A line of the result on stdout, harmless whatever a document put in it."""
    print(clean(text))  # noqa: T201 - the command's result


def tell(text: str) -> None:
    """A line about the work on stderr."""
    print(clean(text), file=sys.stderr, flush=True)  # noqa: T201 - told beside the result


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """A table on stdout, as wide as the terminal, or 160 characters into a file or pipe."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", ratio=3 if head in ("Beslut", "Vad", "Citat") else None)
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(table)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a heading, semicolons or commas. Raises BadInputError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("Filen går inte att läsa", str(path), "Spara den som CSV i UTF-8.") from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    return [
        {(key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(value, str | None)}
        for row in csv_module.DictReader(text.splitlines(), delimiter=delimiter)
    ]
