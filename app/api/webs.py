"""Spider webs for Python: generated to order, assembled, and generators trained.

The functions are part of the public API, `caddis`; commands and
page share `app.making.web_options`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.app.api.arguments import checked_argument
from caddis.app.making.web_options import SingleSamples, Structure
from caddis.geometry.errors import ConfigError

if TYPE_CHECKING:
    from caddis.generation.webs.assembly import AssemblyReport
    from caddis.geometry.webs import Web


def generate_webs(
    model: str = SingleSamples.model,
    *,
    count: int = SingleSamples.count,
    seed: int = SingleSamples.seed,
    nodes: int | None = SingleSamples.nodes,
    edges: int | None = SingleSamples.edges,
    mean_degree: float | None = SingleSamples.mean_degree,
    edge_length_mm: float | None = SingleSamples.edge_length_mm,
    orientation: tuple[float, float, float] | None = SingleSamples.orientation,
    kind: str | None = SingleSamples.kind,
    weights: str | Path | None = SingleSamples.weights,
    device: str = SingleSamples.device,
) -> list[Web]:
    """Generate samples of webs that come near to what is wished; None sets no wish.

    Args:
        model: "analog-diffusion", "discrete-diffusion" or "autoregressive", which learned, or
            "pieces", which are cut from built webs.
        count: How many.
        seed: Same seed, same arguments, same machine: same webs.
        nodes: Nodes N of each, 2 to 64.
        edges: Threads of each, N - 1 to N (N - 1) / 2; or give the mean degree.
        mean_degree: Threads at a node: 2 E / N.
        edge_length_mm: Mean length of the threads.
        orientation: Shares of thread along x, y and z, which add up to 1.
        kind: "tangle", "sheet" or "orb", of the webs that pieces are cut from; None for all.
        weights: Folder of a training run, in place of a shipped model.
        device: "cpu", "cuda", or "auto" for CUDA where there is a card.

    Raises:
        ConfigError: An argument has the wrong type or is outside its range, no web can be so
            (with the range that is possible), or no such model.
        WeightsError: The model's weights are missing or damaged.

    Example:
        >>> import caddis
        >>> webs = caddis.generate_webs(nodes=48, mean_degree=3, edge_length_mm=12, count=8)
        >>> all(44 <= len(web.nodes) <= 52 for web in webs)
        True
        >>> [round(caddis.web_parameters(web).mean_length_mm, 1) for web in webs[:2]]
        [12.0, 12.0]
    """
    asked: dict[str, Any] = {
        "model": model, "count": count, "seed": seed, "nodes": nodes, "edges": edges,
        "mean_degree": mean_degree, "edge_length_mm": edge_length_mm, "orientation": orientation,
        "kind": kind, "weights": weights, "device": device,
    }  # fmt: skip
    return SingleSamples(**asked).samples()


def assemble_webs(
    samples: Iterable[Web],
    curve: str = Structure.curve,
    *,
    radius_mm: float = Structure.radius_mm,
    pitch_mm: float = Structure.pitch_mm,
    turns: float = Structure.turns,
    formula: tuple[str, str, str] = (Structure.x, Structure.y, Structure.z),
    start: float = Structure.start,
    end: float = Structure.end,
    path: str | Path | None = Structure.path,
    seed: int = Structure.seed,
    keep_ends: bool = Structure.keep_ends,
) -> tuple[Web, AssemblyReport]:
    """Lay samples along a curve, over a surface or through a solid, and join them to one web.

    Args:
        samples: At least 2; each is scaled and turned to its place.
        curve: "helix", "knot", "formula", "polyline", "surface" or "inside".
        radius_mm: Radius of the helix, reach of the knot.
        pitch_mm: Rise of the helix in one turn.
        turns: Turns of the helix.
        formula: x, y and z in mm as formulas of t.
        start: First t.
        end: Last t.
        path: File of the polyline's points (rows x y z), or the mesh of "surface" and "inside".
        seed: Of the places on a surface or in a solid.
        keep_ends: Keep threads that end in nothing.

    Returns:
        The web at rest under tension, and how it hangs together.

    Raises:
        ConfigError: An argument has the wrong type or is outside its range, a curve that is none,
            or a sample without extent.
        InputError: A file that cannot be read.
        NotSolidError: "inside" of a mesh that holds no space.

    Example:
        >>> import caddis
        >>> samples = caddis.generate_webs(count=40, nodes=32)
        >>> web, report = caddis.assemble_webs(samples, "knot", radius_mm=30)
        >>> report.parts
        1
    """
    webs = _as_webs(samples)
    x, y, z = checked_argument("formula", formula)
    asked: dict[str, Any] = {
        "curve": curve, "count": len(webs), "radius_mm": radius_mm, "pitch_mm": pitch_mm,
        "turns": turns, "x": x, "y": y, "z": z, "start": start, "end": end, "path": path,
        "seed": seed, "keep_ends": keep_ends,
    }  # fmt: skip
    return Structure(**asked).assembled(webs)


def _as_webs(samples: Any) -> list[Web]:
    """Return the samples as a list, or say what in it is no web."""
    from caddis.geometry.webs import Web

    webs: list[Any] = list(samples) if isinstance(samples, Iterable) else [samples]
    wrong = [type(one).__name__ for one in webs if not isinstance(one, Web)]
    if wrong or len(webs) < 2:
        found = wrong[0] if wrong else f"{len(webs)} of them"
        raise ConfigError(
            f"samples must be at least 2 webs, not {found}",
            "samples",
            "Give what `generate_webs(count=...)` returns.",
        )
    return webs


def train_webs(
    model: str,
    out: str | Path,
    *,
    steps: int = 2000,
    batch: int = 32,
    seed: int = 0,
    device: str = "auto",
    progress: Callable[[int, float], None] | None = None,
) -> Path:
    """Train a web generator on webs that are built for it; an unfinished run goes on.

    Args:
        model: "analog-diffusion", "discrete-diffusion" or "autoregressive".
        out: Folder of the run: checkpoints, log, curves, card and finished weights.
        steps: Optimiser steps.
        batch: Samples per step.
        seed: Everything random in the run follows from it.
        device: "cpu", "cuda", or "auto" for CUDA where there is a card.
        progress: Called after each step with its number and loss.

    Returns:
        The folder, as `generate_webs(model, weights=...)` takes it.

    Raises:
        ConfigError: An argument has the wrong type or is outside its range, no such model or
            device, or a loss that is no number.
        DataError: What an earlier run left is damaged, or of other settings.

    Example:
        >>> import caddis
        >>> run = caddis.train_webs("autoregressive", "runs/a", steps=2, batch=4, device="cpu")
        >>> len(caddis.generate_webs("autoregressive", nodes=12, weights=run))
        1
    """
    from caddis.generation.webs.training.config import WebTraining
    from caddis.generation.webs.training.run import train_web_model

    asked: dict[str, Any] = {
        "model": model, "out": out, "steps": steps, "batch": batch, "seed": seed, "device": device,
    }  # fmt: skip
    checked_argument("progress", progress)
    training = WebTraining(**{name: checked_argument(name, asked[name]) for name in asked})
    train_web_model(training, progress or (lambda step, loss: None))
    return training.out
