"""Every subcommand, as one type that tyro turns into the command line."""

from __future__ import annotations

from typing import Annotated

from tyro.conf import subcommand

from app.commands.batch import Batch
from app.commands.check import Check, Repair
from app.commands.data import Data
from app.commands.demo import Demo
from app.commands.generate import Generate
from app.commands.reconstruct import Reconstruct
from app.commands.showcase import Showcase
from app.commands.train import Train
from app.commands.web import Web

AnyCommand = (
    Annotated[Generate, subcommand("generate")]
    | Annotated[Reconstruct, subcommand("reconstruct")]
    | Annotated[Check, subcommand("check")]
    | Annotated[Repair, subcommand("repair")]
    | Annotated[Batch, subcommand("batch")]
    | Data
    | Annotated[Train, subcommand("train")]
    | Annotated[Showcase, subcommand("showcase")]
    | Annotated[Demo, subcommand("demo")]
    | Web
)
