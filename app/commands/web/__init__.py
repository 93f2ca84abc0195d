"""`caddis web`: build, generate, measure, draw and assemble spider webs, and print them."""

from __future__ import annotations

from typing import Annotated

from tyro.conf import subcommand

from caddis.app.commands.web.analyse import Analyse
from caddis.app.commands.web.assemble import Assemble
from caddis.app.commands.web.build import Build
from caddis.app.commands.web.draw import Draw
from caddis.app.commands.web.generate import Generate
from caddis.app.commands.web.solid import Solid
from caddis.app.commands.web.train import Train

__all__ = ["Web"]

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
