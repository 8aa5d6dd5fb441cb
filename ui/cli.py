"""The `motesminne` command: registers the commands and turns every failure into a Swedish sentence and an exit code."""

from __future__ import annotations

import logging
import os
import sys

import typer
from typer._click import exceptions as usage

from corpus.errors import MotesminneError
from ui import cli_archive, cli_ask, cli_eval, cli_registers
from ui.cli_call import print_json, tell

app = typer.Typer(
    name="motesminne",
    help="Frågor och svar om mötesanteckningar, med sidan bakom varje mening.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (cli_archive, cli_ask, cli_registers, cli_eval):
    room.add_to(app)

FAILED, WRONG_USAGE = 1, 2


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit: 0, 1 for a failure with a message, 2 for wrong usage."""
    arguments = sys.argv[1:] if arguments is None else arguments
    sys.exit(_run(arguments))


def _run(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        return int(app(arguments, standalone_mode=False) or 0)
    except usage.NoArgsIsHelpError as error:
        tell(error.message)
        return WRONG_USAGE
    except usage.ClickException as error:
        return _fail(as_json, *_wrong_usage(error), code=WRONG_USAGE)
    except MotesminneError as error:
        return _fail(as_json, error.what, error.where, error.do)
    except (KeyboardInterrupt, typer.Abort):
        return _fail(as_json, "Avbrutet", "", "Det som hann bli klart är sparat.")
    except BrokenPipeError:
        # The reader of our output went away (`… | head`): nothing to tell, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        logging.getLogger("motesminne").debug("unexpected", exc_info=True)
        return _fail(as_json, "Något oväntat gick fel", _place(error), "Försök igen, och anmäl felet om det kvarstår.")


def _fail(as_json: bool, what: str, where: str, do: str, *, code: int = FAILED) -> int:
    if as_json:
        print_json({"error": {"what": what, "where": where, "do": do}})
    tell(f"{what} ({where}). {do}" if where else f"{what}. {do}")
    return code


def _place(error: Exception) -> str:
    """The kind of error and the line of ours it came from: enough to report it, no text of a document."""
    trace, place = error.__traceback__, ""
    while trace:
        name = os.path.basename(trace.tb_frame.f_code.co_filename)
        if any(room in trace.tb_frame.f_code.co_filename for room in ("/corpus/", "/ingest/", "/assistant/", "/ui/")):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} {place}".strip()


def _wrong_usage(error: usage.ClickException) -> tuple[str, str, str]:
    """A usage error in Swedish."""
    context = getattr(error, "ctx", None)
    advice = f"Se {context.command_path if context else 'motesminne'} --help."
    if isinstance(error, usage.NoSuchOption):
        return "Okänd flagga", error.option_name, advice
    if isinstance(error, usage.MissingParameter):
        return "Något saknas", str(error.param.name).upper() if error.param else "", advice
    if isinstance(error, usage.BadParameter) and error.param:
        return "Ogiltigt värde", str(error.param.opts[0] if error.param.opts else error.param.name), advice
    return "Kommandot går inte att förstå", _swedish(error.message), advice


def _swedish(message: str) -> str:
    for english, swedish in (
        ("No such command", "okänt kommando"),
        ("Got unexpected extra argument", "för många värden"),
        ("requires an argument", "kräver ett värde"),
        ("does not take a value", "tar inget värde"),
    ):
        message = message.replace(english, swedish)
    return message


if __name__ == "__main__":
    main()
