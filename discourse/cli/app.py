"""The `discourse` command: its groups, and one plain line for every mistake."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import Annotated

import typer

from discourse.core.errors import DiscourseError

app = typer.Typer(
    name="discourse",
    help="How Polish news speaks: stance, reported voices, measures, comparisons.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _fill() -> None:
    from discourse.cli import (
        agreement,
        annotate,
        cache,
        corpus,
        evaluate,
        freeze,
        keyness,
        kwic,
        lexicon,
        measures,
        new,
        paper,
        read,
        run,
        tagger,
        trace,
        verify,
    )

    app.add_typer(corpus.app, name="corpus")
    app.add_typer(lexicon.app, name="lexicon")
    app.add_typer(tagger.app, name="tagger")
    app.add_typer(new.app, name="new")
    app.command("run")(run.run)
    app.command("plan")(run.plan)
    app.command("trace")(trace.trace)
    app.command("verify")(verify.verify)
    app.command("diff")(verify.diff)
    app.command("freeze")(freeze.freeze)
    app.command("paper")(paper.paper)
    app.command("cache")(cache.cache)
    app.command("measures")(measures.measures)
    app.command("annotate")(annotate.annotate)
    app.command("read")(read.read)
    app.command("evaluate")(evaluate.evaluate)
    app.command("kwic")(kwic.kwic)
    app.command("keyness")(keyness.keyness)
    app.command("agreement")(agreement.agreement)


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        import discourse

        print(discourse.__version__)
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 found wanting, 2 wrong usage or bad input."""
    signal.signal(signal.SIGTERM, _terminated)
    for output in (sys.stdout, sys.stderr):
        if isinstance(output, io.TextIOWrapper):  # an encoding without a sign of ours prints its code, not a traceback
            output.reconfigure(errors="backslashreplace")
    sys.exit(call(sys.argv[1:] if arguments is None else arguments))


def call(arguments: list[str]) -> int:
    """The exit status of the command with these arguments."""
    _fill_once()
    try:
        result = app(args=arguments, prog_name="discourse", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _line("interrupted", 130)
    except typer.TyperException as error:
        return _usage(error)
    except DiscourseError as error:
        return _line(str(error))
    except SystemExit as stop:
        # rich leaves so when whoever read the output has gone, which is no failure; a signal has its own status
        return stop.code if isinstance(stop.code, int) and stop.code > 128 else 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _line(f"{error.filename or 'output'}: {error.strerror or error}")
    except MemoryError:
        return _line("out of memory; give fewer or smaller documents at once")


def _terminated(number: int, _frame: object) -> None:
    """Leave as for an error, so that nothing half-written stays."""
    raise SystemExit(128 + number)


def _usage(error: typer.TyperException) -> int:
    """A usage error as one line; a command without what it needs to begin shows its help."""
    message = getattr(error, "message", None) or str(error)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "discourse"
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message, file=sys.stderr)
        return 2
    if (shown := getattr(error, "format_message", None)) is not None:
        message = shown()
    message = (message[:1].lower() + message[1:].rstrip(".")).replace(": Value error, ", ": ")
    return _line(f"{message}{'' if message.endswith('?') else ';'} see {command} --help")


def _line(message: str, status: int = 2) -> int:
    print(f"discourse: {' '.join(message.split())}", file=sys.stderr)
    return status


_filled = False


def _fill_once() -> None:
    global _filled
    if not _filled:
        _fill()
        _filled = True
