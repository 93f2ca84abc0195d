"""The command line: tyro makes each subcommand from a dataclass in `caddis.app.commands`.

Nothing heavier than tyro is imported before a command runs, so that --help is fast.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import io
import logging
import os
import sys
from collections.abc import Iterator, Sequence

import tyro

from caddis.app.commands import COMMANDS, AnyCommand
from caddis.app.commands.base import INTERRUPTED, PASSED, REFUSED, Command
from caddis.app.commands.train import Train
from caddis.app.refusal import help_command, one_line
from caddis.geometry.errors import CaddisError, ConfigError
from caddis.version import VERSION

DESCRIPTION = """Solids that print, from words, categories or scans.

caddis generate --text "a round wooden stool" --seed 7 --height-mm 60 --out stool.3mf

caddis generate --category lamp --count 4 --out lamps/

caddis check stool.3mf
"""


def parse(arguments: Sequence[str]) -> Command:
    """Return the command that `arguments` (without the program's name) ask for.

    Raises:
        SystemExit: Help was asked for.
        ConfigError: An option is missing or unknown, or its value is wrong.
    """
    _check_command(arguments)
    messages = io.StringIO()
    command: Command | Train
    try:
        with contextlib.redirect_stderr(messages):
            command, unknown = tyro.cli(
                AnyCommand,
                prog="caddis",
                description=DESCRIPTION,
                args=list(arguments) or ["--help"],
                config=(
                    tyro.conf.DisallowNone,
                    tyro.conf.FlagCreatePairsOff,
                    tyro.conf.OmitArgPrefixes,
                    tyro.conf.OmitSubcommandPrefixes,
                ),
                return_unknown_args=True,
            )
    except SystemExit as stop:
        if stop.code:
            box = messages.getvalue()
            raise ConfigError(one_line(box), "", f"See {help_command(box)}.") from None
        raise
    command = command.model if isinstance(command, Train) else command
    if unknown:
        raise _unknown(unknown[0], sorted(_flags(command)), arguments)
    return command


def _check_command(arguments: Sequence[str]) -> None:
    """Refuse a first word that is no command, with the nearest one."""
    first = arguments[0] if arguments else "-"
    if first.startswith("-") or first in COMMANDS:
        return
    near = difflib.get_close_matches(first, COMMANDS, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Use {', '.join(COMMANDS)}."
    raise ConfigError(f"there is no command {first!r}", "", hint)


def _flags(options: object) -> Iterator[str]:
    """Yield the option names of a command, including those of nested dataclasses."""
    for one in dataclasses.fields(options):  # type: ignore[arg-type]
        value = getattr(options, one.name)
        if dataclasses.is_dataclass(value):
            yield from _flags(value)
        else:
            yield f"--{one.name.replace('_', '-')}"


def _unknown(word: str, flags: Sequence[str], arguments: Sequence[str]) -> ConfigError:
    if word.partition("=")[0] in flags:  # of the part that is run when none is named
        said = f"caddis {arguments[0]} all {' '.join(arguments[1:])}"
        return ConfigError("the part to train is missing", "", f"Give {said}")
    if not word.startswith("-"):
        return ConfigError(f"unexpected argument {word!r}", "", "Put a text in quotes.")
    near = difflib.get_close_matches(word.partition("=")[0], flags, n=1)
    hint = f"Did you mean {near[0]}?" if near else "Add --help to see all options."
    return ConfigError(f"there is no option {word.partition('=')[0]}", "", hint)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: Without the program's name; those of this process when None.

    Returns:
        0 done, 1 a gate check failed, 2 bad input or environment, 130 interrupted.
    """
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except CaddisError as error:
        return _refuse(str(error))
    except BrokenPipeError:  # the program that read our output has ended: `caddis ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        return _refuse(f"{error.strerror or error} ({error.filename or 'system'})")
    except MemoryError:
        return _refuse("out of memory. Ask for fewer objects or a lower resolution")
    except KeyboardInterrupt:
        sys.stderr.write("caddis: interrupted\n")
        return INTERRUPTED


def _run(arguments: Sequence[str]) -> int:
    if list(arguments) == ["--version"]:
        sys.stdout.write(f"caddis {VERSION}\n")
        return PASSED
    command = parse(arguments)
    _log_to_stderr(logging.INFO if command.verbose else logging.WARNING)
    code = command.run()
    sys.stdout.flush()  # so that a closed pipe raises here and not while Python shuts down
    return code


def _refuse(message: str) -> int:
    sys.stderr.write(f"caddis: error: {' '.join(message.split())}\n")
    return REFUSED


def _log_to_stderr(level: int) -> None:
    layout = "%(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=level, stream=sys.stderr, format=layout)
