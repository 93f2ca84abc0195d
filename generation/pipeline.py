"""From a condition to solids that print: tokens, field, surface, repair, gate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray
from torch import Tensor

from generation.models import Models, load_folder, load_models
from generation.sampling import Sampled, Sampling, sample
from generation.seeds import derived_seed
from geometry.errors import CaddisError, ConfigError, NoSurfaceError, NotSolidError
from geometry.frame import place_on_bed
from geometry.gate import GateReport, check
from geometry.gate.profiles import Profile, named_profile
from geometry.repair import make_printable
from geometry.simplify import simplify
from geometry.surface import SurfaceBackend, backend

TokenProgress = Callable[[int, int], None]
"""Called after each token with the number written and the number in all."""

MAX_COUNT = 1000


@dataclass(frozen=True)
class Request:
    """What to make, and how.

    Attributes:
        text: Words that describe it, or None.
        category: One of the model's categories, or None.
        seed: Decides everything random; the same request gives the same bytes.
        count: How many different objects.
        height_mm: Height of each, from the bed to its top.
        preset: Which shipped model.
        weights: Folder of weights in place of a shipped preset.
        surface: Which surface back-end.
        resolution: Cells along the side of the box that is meshed.
        faces: Wanted number of triangles, or None for as many as the surface needs.
        process: Print process whose limits the gate holds the object to.
        candidates: Token vectors drawn per object, of which the likeliest printable is kept.
        sampling: How tokens are drawn.
        device: "cpu", "cuda" or "auto".
    """

    text: str | None = None
    category: str | None = None
    seed: int = 0
    count: int = 1
    height_mm: float = 60.0
    preset: str = "nano"
    weights: Path | None = None
    surface: str = "marching-cubes"
    resolution: int = 128
    faces: int | None = None
    process: str = "fdm"
    candidates: int = 4
    sampling: Sampling = field(default_factory=Sampling)
    device: str = "auto"

    def __post_init__(self) -> None:
        """Refuse values outside their ranges."""
        if not 1 <= self.count <= MAX_COUNT:
            raise ConfigError(f"count must be 1 to {MAX_COUNT}, not {self.count}", "count")
        if not 1 <= self.candidates <= 64:
            raise ConfigError(f"candidates must be 1 to 64, not {self.candidates}", "candidates")
        if not 1.0 <= self.height_mm <= 2000.0:
            raise ConfigError(f"height must be 1 to 2000 mm, not {self.height_mm}", "height_mm")
        if self.faces is not None and self.faces < 20:
            raise ConfigError(f"faces must be at least 20, not {self.faces}", "faces")

    @property
    def words(self) -> str:
        """What was asked for, in a few words."""
        parts = [self.category.replace("_", " ") if self.category else "", self.text or ""]
        return ", ".join(part for part in parts if part) or "anything"


@dataclass(frozen=True)
class Generated:
    """One generated object.

    Attributes:
        mesh: Solid in millimetres, Z up, standing on z = 0.
        tokens: (K,) int64 the tokens it was decoded from.
        seed: The request's seed.
        item: Which of the request's objects, from 0.
        candidate: Which of its candidates was kept.
        condition: What was asked for, "text" and "category", and which "kind" a category's
            group became; only what was given.
        height_mm: As asked.
        report: The print gate's verdict on `mesh`.
        changes: What making it printable changed, in words.
        stage_seconds: Time by stage. Stages of the whole request are divided by its count.
        weights_sha256: Which weights made it.
    """

    mesh: trimesh.Trimesh
    tokens: NDArray[np.int64]
    seed: int
    item: int
    candidate: int
    condition: dict[str, str]
    height_mm: float
    report: GateReport
    changes: tuple[str, ...]
    stage_seconds: dict[str, float]
    weights_sha256: str

    def record(self) -> dict[str, object]:
        """Return what belongs in the JSON beside the file."""
        return {
            "seed": self.seed, "item": self.item, "candidate": self.candidate,
            "condition": self.condition, "height_mm": self.height_mm,
            "tokens": self.tokens.tolist(), "weights_sha256": self.weights_sha256,
            "faces": len(self.mesh.faces), "changes": list(self.changes),
            "stage_seconds": {name: round(s, 4) for name, s in self.stage_seconds.items()},
            "gate": self.report.to_json(),
        }  # fmt: skip


class Stopwatch:
    """Seconds by stage."""

    def __init__(self, seconds: Mapping[str, float] | None = None) -> None:
        self.seconds = dict(seconds or {})

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of the block to stage `name`."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def generate(request: Request, *, on_token: TokenProgress | None = None) -> Iterator[Generated]:
    """Yield the requested objects, one by one as they are meshed.

    All tokens are written first, in one batch of count x candidates.

    Args:
        request: What to make.
        on_token: Progress of the writing.

    Raises:
        UnknownCategoryError: The model does not know the category.
        EmptyTextError: The text has no known word.
        WeightsError: Weights that are not there, or damaged.
        NoSurfaceError: No candidate of an object has a surface.
    """
    watch = Stopwatch()
    # unknown names are refused before any work
    process, surface = named_profile(request.process), backend(request.surface)
    with watch.stage("load"):
        models = _models(request)
    with watch.stage("tokens"):
        kinds = _kinds(models, request)
        sampled = _write(models, request, kinds, on_token)
    shared = {name: seconds / request.count for name, seconds in watch.seconds.items()}
    for item in range(request.count):
        maker = _Maker(request, models, process, surface, Stopwatch(shared))
        yield maker.make(item, kinds[item], sampled)


def _models(request: Request) -> Models:
    if request.weights is not None:
        return load_folder(request.weights, request.device)
    return load_models(request.preset, request.device)


def _kinds(models: Models, request: Request) -> list[str | None]:
    """Return the learned category of each object: a group ("lamp") takes turns by chance."""
    if request.category is None:
        return [None] * request.count
    kinds = models.kinds(request.category)
    return [
        kinds[derived_seed(request.seed, "kind", item) % len(kinds)]
        for item in range(request.count)
    ]


def _write(
    models: Models, request: Request, kinds: list[str | None], on_token: TokenProgress | None
) -> Sampled:
    """Write the tokens of all candidates of all objects in one batch."""
    turns = [(item, turn) for item in range(request.count) for turn in range(request.candidates)]
    seeds = [derived_seed(request.seed, item, turn) for item, turn in turns]
    given = models.conditions([kinds[item] for item, _ in turns], request.text)
    total = models.generator.config.tokens

    def report(written: int, _: Tensor) -> None:
        if on_token is not None:
            on_token(written, total)

    return sample(models.generator, given, seeds, request.sampling, on_token=report)


@dataclass(frozen=True)
class _Trial:
    """One candidate as a solid, with the gate's verdict."""

    candidate: int
    tokens: Tensor
    mesh: trimesh.Trimesh
    changes: tuple[str, ...]
    report: GateReport

    @property
    def badness(self) -> tuple[bool, int, int]:
        """Smaller is better: solid, then failed checks, then warnings."""
        status = [one.status for one in self.report.checks]
        return (not self.report.is_solid, status.count("fail"), status.count("warn"))


@dataclass(frozen=True)
class _Maker:
    """Turns the candidates of one object into one solid."""

    request: Request
    models: Models
    process: Profile
    surface: SurfaceBackend
    watch: Stopwatch

    def make(self, item: int, kind: str | None, sampled: Sampled) -> Generated:
        """Return the likeliest candidate that passes the gate, or else the least bad one."""
        request = self.request
        rows = slice(item * request.candidates, (item + 1) * request.candidates)
        likelihood = sampled.log_likelihood[rows].cpu().numpy()
        trials: list[_Trial] = []
        problem: CaddisError = NoSurfaceError("no candidate has a surface", request.words)
        for candidate in np.argsort(-likelihood, kind="stable"):
            try:
                trials.append(self._try(int(candidate), sampled.tokens[rows][candidate]))
            except (NoSurfaceError, NotSolidError) as error:
                problem = error
                continue
            if trials[-1].report.passed:
                break
        if not trials:
            raise problem
        return self._result(item, kind, min(trials, key=lambda trial: trial.badness))

    def _try(self, candidate: int, tokens: Tensor) -> _Trial:
        request = self.request
        with self.watch.stage("planes"):
            shape = self.models.tokenizer.shape_field(tokens)
        with self.watch.stage("surface"):
            mesh = self.surface.from_field(shape, request.resolution)
        with self.watch.stage("printable"):
            printable = make_printable(
                place_on_bed(mesh, request.height_mm), self.process, request.height_mm
            )
            mesh, changes = printable.mesh, printable.changes
            if request.faces is not None:
                mesh = simplify(mesh, request.faces)
                changes = (*changes, *_faces_note(mesh, request.faces))
        with self.watch.stage("gate"):
            report = check(mesh, profile=self.process, height_mm=request.height_mm)
        return _Trial(candidate, tokens, mesh, changes, report)

    def _result(self, item: int, kind: str | None, best: _Trial) -> Generated:
        request = self.request
        given = {"text": request.text, "category": request.category, "kind": kind}
        return Generated(
            mesh=best.mesh,
            tokens=best.tokens.cpu().numpy(),
            seed=request.seed,
            item=item,
            candidate=best.candidate,
            condition={name: value for name, value in given.items() if value is not None},
            height_mm=request.height_mm,
            report=best.report,
            changes=best.changes,
            stage_seconds=self.watch.seconds,
            weights_sha256=self.models.sha256,
        )


def _faces_note(mesh: trimesh.Trimesh, asked: int) -> tuple[str, ...]:
    achieved = len(mesh.faces)
    if abs(achieved - asked) <= 0.05 * asked:
        return ()
    return (f"{achieved} faces in place of {asked}: the nearest count that stays a clean solid",)


def categories(preset: str = "nano") -> list[str]:
    """Return the categories that a shipped preset learned, sorted."""
    return list(load_models(preset).categories)
