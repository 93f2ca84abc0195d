"""The base class of all commands. Only the standard library and tyro are imported here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import tyro

PASSED, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done, a gate check failed, bad input or environment, Ctrl-C."""


@dataclass(frozen=True, kw_only=True)
class Command:  # no ABC: tyro would import typeguard for it, which takes 60 ms
    """Options of one subcommand; `run` does its work."""

    verbose: Annotated[bool, tyro.conf.arg(aliases=["-v"])] = False
    """Print log messages."""

    def run(self) -> int:
        """Do the work and return the exit code.

        Raises:
            CaddisError: Something that the user can fix; `caddis.app.cli` prints it in one line.
        """
        raise NotImplementedError
