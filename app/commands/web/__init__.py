"""`caddis web`: build, generate, measure, draw and assemble spider webs, and print them."""

from __future__ import annotations

from typing import Annotated

from tyro.conf import subcommand

from app.commands.web.analyse import Analyse
from app.commands.web.assemble import Assemble
from app.commands.web.build import Build
from app.commands.web.draw import Draw
from app.commands.web.generate import Generate
from app.commands.web.solid import Solid
from app.commands.web.train import Train
from app.structures import Fabrication

__all__ = ["Assemble", "Fabrication", "Web"]

Web = Annotated[
    Annotated[Build, subcommand("build")]
    | Annotated[Generate, subcommand("generate")]
    | Annotated[Assemble, subcommand("assemble")]
    | Annotated[Analyse, subcommand("analyse")]
    | Annotated[Draw, subcommand("draw")]
    | Annotated[Solid, subcommand("solid")]
    | Annotated[Train, subcommand("train")],
    subcommand("web", description="Build, generate, measure, assemble and print spider webs."),
]
