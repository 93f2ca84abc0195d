"""Every subcommand, as one type that tyro turns into the command line."""

from __future__ import annotations

from typing import Annotated

from tyro.conf import subcommand

from caddis.app.commands.batch import Batch
from caddis.app.commands.check import Check, Repair
from caddis.app.commands.compare import Compare
from caddis.app.commands.data import Data
from caddis.app.commands.demo import Demo
from caddis.app.commands.generate import Generate
from caddis.app.commands.reconstruct import Reconstruct
from caddis.app.commands.showcase import Showcase
from caddis.app.commands.train import Train
from caddis.app.commands.web import Web

AnyCommand = (
    Annotated[Generate, subcommand("generate")]
    | Annotated[Reconstruct, subcommand("reconstruct")]
    | Annotated[Check, subcommand("check")]
    | Annotated[Repair, subcommand("repair")]
    | Annotated[Compare, subcommand("compare")]
    | Annotated[Batch, subcommand("batch")]
    | Data
    | Annotated[Train, subcommand("train")]
    | Annotated[Showcase, subcommand("showcase")]
    | Annotated[Demo, subcommand("demo")]
    | Web
)

COMMANDS = (
    "generate", "reconstruct", "check", "repair", "compare", "batch", "data", "train", "showcase",
    "demo", "web",
)  # fmt: skip
"""The first words of a command line."""
