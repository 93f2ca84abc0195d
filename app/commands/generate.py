"""`caddis generate`: words or a category in, printable files out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.outputs import Format, plan_meshes, slug

if TYPE_CHECKING:
    from caddis.generation.pipeline import Request


@dataclass(frozen=True, kw_only=True)
class Generate(Command):
    """Generate solids from words or a category."""

    text: str | None = None
    """What to make, in English."""
    category: str | None = None
    """What to make, as one of --list-categories; may be combined with --text."""
    list_categories: bool = False
    """Print the categories that the model knows, and stop."""
    seed: int = 0
    """Same seed, same options, same machine: same bytes."""
    count: int = 1
    """How many different objects."""
    out: Path = Path("out")
    """A file (.3mf .stl .glb .obj .ply) or a folder; several objects in a file's name are
    numbered."""
    formats: Annotated[tuple[Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats to write in a folder; 3mf when none is named."""
    height_mm: float | None = None
    """Height of each object in millimetres; left out: 60, or less where the bed is too small."""
    faces: int | None = None
    """Wanted number of triangles; as many as the surface needs when left out."""
    process: str = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    surface: str = "marching-cubes"
    """How the surface is made from the field."""
    resolution: int = 96
    """Cells along a side of the box that is meshed."""
    candidates: int = 4
    """Drafts per object, of which the likeliest printable one is kept."""
    guidance: float | None = None
    """How strongly text and category count; 0 switches guidance off."""
    temperature: float | None = None
    """Higher is more varied."""
    top_p: float | None = None
    """Share of the likeliest tokens to draw from."""
    preset: str = "nano"
    """Which shipped model."""
    weights: Path | None = None
    """Folder of a training run, in place of a shipped model."""
    device: str = "auto"
    """cpu, cuda, or auto for CUDA where there is a card."""
    picture: bool = False
    """Also draw each object, as a PNG beside its file."""
    profile: bool = False
    """Print how long each stage took."""

    def run(self) -> int:
        """Generate, write each object as it is done, and print one table."""
        if self.list_categories:
            return self._print_categories()
        from caddis.app.console import notes, output
        from caddis.app.delivery import deliver
        from caddis.app.generating import generate_with_progress
        from caddis.app.pictures import write_sheet
        from caddis.app.reports import results_table, stages_table

        request = self.request()
        stem = f"{slug(request.words)}-{self.seed}"
        numbers = range(1, self.count + 1)
        names = [stem] if self.count == 1 else [f"{stem}-{number}" for number in numbers]
        plan = plan_meshes(self.out, names, self.formats)
        results = []
        for made, paths in zip(generate_with_progress(request), plan, strict=True):
            deliver(made, paths)
            if self.picture:
                write_sheet([(made.mesh, "")], paths[0].with_suffix(".png"), columns=1, size=512)
            results.append(made)
        output().print(results_table([(request.words, made) for made in results]))
        if self.profile:
            output().print(stages_table(results))
        output().print(*(path for paths in plan for path in paths), sep="\n")
        failed = sum(not made.report.passed for made in results)
        if failed:
            notes().print(f"{failed} of {len(results)} failed the print gate: caddis check FILE")
        return FAILED if failed else PASSED

    def request(self) -> Request:
        """Return what to ask of `caddis.generation.pipeline`.

        Raises:
            ConfigError: An option is outside its range.
        """
        from caddis.app.generating import sampling
        from caddis.generation.pipeline import Request

        return Request(
            text=self.text,
            category=self.category,
            seed=self.seed,
            count=self.count,
            height_mm=self.height_mm,
            preset=self.preset,
            weights=self.weights,
            surface=self.surface,
            resolution=self.resolution,
            faces=self.faces,
            process=self.process,
            candidates=self.candidates,
            sampling=sampling(
                guidance=self.guidance, temperature=self.temperature, top_p=self.top_p
            ),
            device=self.device,
        )

    def _print_categories(self) -> int:
        from caddis.generation.models import load_folder, load_models

        if self.weights is None:
            models = load_models(self.preset, self.device)
        else:
            models = load_folder(self.weights, self.device)
        groups = [f"{word} (any of {', '.join(kinds)})" for word, kinds in models.groups.items()]
        sys.stdout.write("".join(f"{name}\n" for name in sorted([*models.categories, *groups])))
        return PASSED
