"""The commands that list: meetings, decisions, actions, attendance, timeline, glossary, what differs, what is missing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from corpus.errors import BadInputError
from corpus.records import Scope
from ui import tables
from ui.cli_call import PERIOD, REGISTER, Call, command, print_json, say, show_table, tell
from ui.limits import known_limits

_CSV = {"as_csv": REGISTER["as_csv"]}
STRENGTHS = ("beslut", "rekommendation", "överenskommelse", "ställningstagande", "förslag", "information")


def add_to(app: typer.Typer) -> None:
    """Register the commands on `app`."""
    command(app, "meetings", REGISTER)(meetings)
    command(app, "decisions", REGISTER)(decisions)
    command(app, "actions", REGISTER)(actions)
    command(app, "attendance", REGISTER)(attendance)
    command(app, "timeline", PERIOD, _CSV)(timeline)
    command(app, "glossary", PERIOD, _CSV)(glossary)
    command(app, "differs", PERIOD, _CSV)(differs)
    command(app, "gaps", PERIOD, _CSV)(gaps)


def meetings(call: Call) -> None:
    """Möten: datum, nätverk, slag, plats, deltagare, punkter."""
    from assistant import registers

    with call.open() as archive:
        _give(call, "meetings", registers.meetings_rows(archive, Scope(), known_limits(archive, Scope(), call.filter)))


def decisions(
    call: Call,
    strength: Annotated[list[str] | None, typer.Option("--strength", help="Bara beslut av denna styrka.")] = None,
) -> None:
    """Beslut i sina egna ord, med styrka, utfall och vad som senare ändrat dem."""
    from assistant import registers

    unknown = [one for one in strength or () if one not in STRENGTHS]
    if unknown:
        raise BadInputError("Okänd styrka", ", ".join(unknown), f"Välj bland {', '.join(STRENGTHS)}.")
    with call.open() as archive:
        rows = registers.decisions_rows(archive, Scope(), known_limits(archive, Scope(), call.filter))
    _give(call, "decisions", [row for row in rows if not strength or row["strength"] in strength])


def actions(
    call: Call,
    only_open: Annotated[bool, typer.Option("--open", help="Bara det som inte rapporterats klart.")] = False,
) -> None:
    """Åtaganden: vem, vad, till när och om det är klart."""
    from assistant import registers

    with call.open() as archive:
        rows = registers.actions_rows(archive, Scope(), known_limits(archive, Scope(), call.filter))
    people = [name.lower() for name in call.filter.people]
    kept = [row for row in rows if not people or any(n in " ".join(row["who"]).lower() for n in people)]
    _give(call, "actions", [row for row in kept if not (only_open and row["done"])])


def attendance(call: Call) -> None:
    """Närvaro: en rad per person och möte."""
    from assistant import registers

    with call.open() as archive:
        _give(
            call, "attendance", registers.attendance_rows(archive, Scope(), known_limits(archive, Scope(), call.filter))
        )


def timeline(call: Call, topic: Annotated[str, typer.Argument(help="Ämnet, till exempel skolskjuts.")]) -> None:
    """Ett ämne över tid: när det togs upp, utreddes, beslutades och följdes upp."""
    from assistant import registers

    with call.open() as archive:
        _give(
            call,
            "timeline",
            registers.timeline_rows(archive, Scope(), known_limits(archive, Scope(), call.filter), topic),
        )


def glossary(call: Call) -> None:
    """Förkortningar som dokumenten själva förklarar."""
    from assistant import registers

    with call.open() as archive:
        _give(call, "glossary", registers.glossary_rows(archive, Scope(), known_limits(archive, Scope(), call.filter)))


def differs(call: Call) -> None:
    """Vad som skiljer det senaste mötet från mötet före: punkter, deltagare, platser, datum, siffror."""
    from assistant import differences

    with call.open() as archive:
        limits = known_limits(archive, Scope(), call.filter)
        meeting = differences.latest_meeting(archive, Scope(), limits)
        rows = differences.differences_rows(archive, Scope(), meeting.meeting_id) if meeting else []
    if meeting:
        tell(f"{', '.join(meeting.bodies)} {meeting.date.value}, jämfört med mötet före")
    _give(call, "differs", rows)


def gaps(call: Call) -> None:
    """Det som saknas: möten utan anteckningar, bilagor som inte är inlästa, paragrafer som hoppats över."""
    from assistant import registers

    with call.open() as archive:
        _give(call, "gaps", registers.gaps_rows(archive, Scope(), known_limits(archive, Scope(), call.filter)))


def _give(call: Call, register: str, rows: Sequence[dict[str, Any]]) -> None:
    if call.as_json:
        print_json(rows)
    elif call.as_csv:
        sys.stdout.write(tables.as_csv(register, rows))
    elif rows:
        show_table(*tables.cells(register, rows))
        tell("1 rad" if len(rows) == 1 else f"{len(rows)} rader")
    else:
        say("Inget i arkivet passar.")
