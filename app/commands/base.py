"""What every command shares. Only the standard library and tyro are imported here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import tyro

PASSED, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done, a gate check failed, bad input or environment, Ctrl-C."""


@dataclass(frozen=True, kw_only=True)
class Command:  # no ABC: tyro would import typeguard for its metaclass, 60 ms
    """Options of one subcommand, and the work it does with them."""

    verbose: Annotated[bool, tyro.conf.arg(aliases=["-v"])] = False
    """Log what happens."""

    def run(self) -> int:
        """Do the work and return the exit code.

        Raises:
            CaddisError: Anything that the user can mend; `caddis.app.cli` prints it in one line.
        """
        raise NotImplementedError
