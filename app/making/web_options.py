"""Options of webs: single samples, or many along a curve.

Nothing heavy is imported until something is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from annotated_types import Interval, MaxLen

from caddis.app.making.made import UNKNOWN_LICENCE
from caddis.geometry.errors import ConfigError
from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Device, Length, OptionalLength, Seed

if TYPE_CHECKING:
    from caddis.generation.webs.assembly import AssemblyReport
    from caddis.generation.webs.conditions import WebCondition
    from caddis.generation.webs.curves import Curve
    from caddis.generation.webs.generator import WebGenerator
    from caddis.generation.webs.places import Places
    from caddis.geometry.webs.graph import Web

Kind = Literal["tangle", "sheet", "orb"]
ModelName = Literal["analog-diffusion", "discrete-diffusion", "autoregressive", "pieces"]
CurveName = Literal["helix", "knot", "formula", "polyline", "surface", "inside"]

Formula = Annotated[str, MaxLen(200)]
Parameter = Annotated[float, Interval(ge=-1e4, le=1e4)]

DEFAULT_MODEL: ModelName = "pieces"
WEB_LICENCE = "CC0-1.0"
"""Licence of webs that need no user's file: they belong to the user."""


@dataclass(frozen=True, kw_only=True)
class WebSamples(Checked):
    """Options of samples of webs, with the wanted properties of each."""

    model: ModelName = DEFAULT_MODEL
    """Generator of the samples: the trained models analog-diffusion, discrete-diffusion and
    autoregressive, or pieces, which are cut from built webs."""
    nodes: Annotated[int | None, Interval(ge=2, le=64)] = None
    """Wanted nodes of each sample, 2 to 64."""
    edges: Annotated[int | None, Interval(ge=1, le=2016)] = None
    """Wanted threads of each sample; alternatively give its mean degree."""
    mean_degree: Annotated[float | None, Interval(ge=1, le=63)] = None
    """Wanted mean degree of each sample: threads at a node."""
    orientation: tuple[float, float, float] | None = None
    """Wanted shares of thread along x, y and z; they add up to 1."""
    count: Annotated[int, Interval(ge=1, le=10_000)] = 1
    """Number of samples."""
    seed: Seed = 0
    """Seed of the samples."""
    kind: Kind | None = None
    """Kind of web that pieces are cut from; all kinds if left out."""
    web: Path | None = None
    """A web of your own to cut pieces from instead."""
    weights: Path | None = None
    """Folder of a training run, instead of a shipped model."""
    device: Device = "cpu"
    """cpu, cuda, or auto (CUDA if there is a GPU)."""

    def wish(self) -> WebCondition:
        """Return the wanted properties of each sample.

        Raises:
            ConfigError: No web can have them; the error says what is possible.
        """
        from caddis.generation.webs.conditions import WebCondition

        return WebCondition(
            nodes=self.nodes, edges=self.edges, mean_degree=self.mean_degree,
            orientation=self.orientation,
        )  # fmt: skip

    def samples(self, pool: int | None = None) -> list[Web]:
        """Return `count` samples.

        Args:
            pool: Seed of the webs that pieces are cut from; `seed` when None.

        Raises:
            ConfigError: The wanted properties are impossible, or the model is unknown.
            WeightsError: The model's weights are missing or damaged.
            InputError: A web cannot be read.
        """
        wish = self.wish()  # checked first, since loading a generator may take seconds
        return self.generator(pool).sample(wish, self.count, self.seed)

    def generator(self, pool: int | None = None) -> WebGenerator:
        """Return the generator of the samples; see `samples`."""
        if self.model != "pieces" and (self.web or self.kind):
            raise ConfigError("kind and web are options of the model pieces", "model, kind")
        if self.model == "pieces" and self.weights:
            raise ConfigError("pieces have no weights", "model, weights", "Name a model.")
        seed = self.seed if pool is None else pool
        if self.web is not None:
            from caddis.generation.webs.generator import Pieces
            from caddis.geometry.webs.files import read_web

            return Pieces([read_web(self.web)], seed)
        return _generator(self.model, self.kind, seed, self.weights, self.device)

    def title(self) -> str:
        """Return a title of the samples."""
        if self.model != "pieces":
            return f"web, {self.model}"
        return f"{self.kind or 'mixed' if self.web is None else self.web.stem} web, pieces"

    def licence(self) -> str:
        """Return the licence: free, unless a user's file was used."""
        return WEB_LICENCE if self.web is None else UNKNOWN_LICENCE

    def asked(self) -> dict[str, Any]:
        """Return the options that were given, by name, as a record keeps them."""
        given = {name: getattr(self, name) for name in self._recorded()}
        return {
            name: value.name if isinstance(value, Path) else value
            for name, value in given.items()
            if value is not None
        }

    @classmethod
    def _recorded(cls) -> list[str]:
        return [name for name in WebSamples.__dataclass_fields__ if name != "device"]


@lru_cache(maxsize=4)
def _generator(
    model: str, kind: Kind | None, seed: int, weights: Path | None, device: str
) -> WebGenerator:
    """Return a generator; cached, as building webs or reading weights takes seconds."""
    from caddis.generation.webs.generator import Pieces
    from caddis.generation.webs.registry import load_web_generator

    if kind is not None:
        return Pieces.of_kind(kind, seed)
    return load_web_generator(model, seed=seed, weights=weights, device=device)


@dataclass(frozen=True, kw_only=True)
class SingleSamples(WebSamples):
    """Options of single samples, whose threads may have a wanted length."""

    edge_length_mm: OptionalLength = None
    """Wanted mean length of the threads of each sample."""

    def wish(self) -> WebCondition:
        """Return the wanted properties of each sample; see `WebSamples.wish`."""
        return replace(super().wish(), edge_length_mm=self.edge_length_mm)

    @classmethod
    def _recorded(cls) -> list[str]:
        return [*super()._recorded(), "edge_length_mm"]


@dataclass(frozen=True, kw_only=True)
class Structure(WebSamples):
    """Options of samples along a curve, over a surface or in a solid, joined into one web."""

    curve: CurveName = "helix"
    """Where the samples lie: along a helix, knot, formula or polyline, on a surface, or inside."""
    x: Formula = "40*cos(t)"
    """x as a formula of t, for --curve formula."""
    y: Formula = "40*sin(t)"
    """y as a formula of t."""
    z: Formula = "5*t"
    """z as a formula of t."""
    start: Parameter = 0.0
    """First value of t."""
    end: Parameter = 12.0
    """Last value of t."""
    path: Path | None = None
    """Points of --curve polyline (rows x y z), or the mesh of --curve surface and inside."""
    radius_mm: Length = 40.0
    """Radius of the helix or of the knot."""
    pitch_mm: Length = 30.0
    """Rise of the helix in one turn."""
    turns: Annotated[float, Interval(gt=0, le=100)] = 3.0
    """Turns of the helix."""
    count: Annotated[int, Interval(ge=2, le=10_000)] = 80
    """Number of samples."""
    keep_ends: bool = False
    """Keep threads with a loose end."""

    @classmethod
    def _recorded(cls) -> list[str]:
        return [name for name in Structure.__dataclass_fields__ if name != "device"]

    def title(self) -> str:
        """Return a title of the structure."""
        where = {"surface": "over a surface", "inside": "inside a solid"}
        return f"{super().title()} {where.get(self.curve, f'along a {self.curve}')}"

    def licence(self) -> str:
        """Return the licence; see `WebSamples.licence`."""
        return super().licence() if self.path is None else UNKNOWN_LICENCE

    def assembled(
        self, samples: Sequence[Web] | None = None, pool: int | None = None
    ) -> tuple[Web, AssemblyReport]:
        """Return the structure and a report on its assembly.

        Args:
            samples: `count` samples; generated when None.
            pool: See `WebSamples.samples`.

        Raises:
            CaddisError: As `samples` and `places` do.
        """
        from caddis.generation.webs.assembly import Assembly, assemble

        self.wish()
        places = self.places()
        samples = self.samples(pool) if samples is None else samples
        return assemble(samples, places, Assembly(trim=not self.keep_ends))

    def places(self) -> Places:
        """Return the places of the samples.

        Raises:
            CaddisError: The curve or the mesh is invalid.
        """
        from caddis.generation.webs.places import along_curve, inside, on_surface
        from caddis.geometry.files.mesh_io import load_mesh

        if self.curve == "surface":
            return on_surface(load_mesh(self.needed_path()), self.count, self.seed)
        if self.curve == "inside":
            return inside(load_mesh(self.needed_path()), self.count, self.seed)
        return along_curve(self.line(), self.count)

    def line(self) -> Curve:
        """Return the curve.

        Raises:
            ConfigError: The curve is unknown or invalid.
        """
        from caddis.generation.webs.curves import formula, helix, knot, read_polyline

        if self.curve == "helix":
            return helix(self.radius_mm, self.pitch_mm, self.turns)
        if self.curve == "knot":
            return knot(self.radius_mm / 3.0)
        if self.curve == "formula":
            return formula(self.x, self.y, self.z, self.start, self.end)
        if self.curve != "polyline":
            raise ConfigError(f"no curve is called {self.curve!r}", "curve")
        return read_polyline(self.needed_path())

    def needed_path(self) -> Path:
        """Return the file that this curve comes from.

        Raises:
            ConfigError: No file was given.
        """
        if self.path is None:
            raise ConfigError(f"the curve {self.curve!r} needs a file", "path", "Give its path.")
        return self.path
