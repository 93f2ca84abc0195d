"""The same figures on meshes that are nothing like the training data: animals, parts, scans."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import trimesh
from numpy.typing import NDArray

from benchmarks.common.progress import say, spread
from benchmarks.quality.bench import Bench
from benchmarks.quality.rebuilding import columns, rebuild
from benchmarks.quality.shape_scores import Original, pieces
from benchmarks.quality.shapes import Tokens
from caddis.data.prepare import Samples, sample
from caddis.data.record import ObjectRecord
from caddis.data.training_set import NEAR, UNIFORM
from caddis.generation.seeds import derived_seed
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.training.batches import frames_around
from caddis.geometry.errors import CaddisError
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.frame import to_canonical
from caddis.geometry.solidify.solidify import solidify
from caddis.geometry.symmetry import SYMMETRIES


@dataclass(frozen=True)
class EvalShape:
    """A mesh, prepared as training data are.

    Attributes:
        original: What reconstructions are held against.
        points: (4096, 6) float32 surface points and normals.
        symmetry: Its place in `caddis.geometry.symmetry.SYMMETRIES`.
        sides: (3,) float32 sides of its box.
        solidified: The file was not closed.
    """

    original: Original
    points: NDArray[np.float32]
    symmetry: int
    sides: NDArray[np.float32]
    solidified: bool


def eval_meshes(bench: Bench) -> dict[str, Any] | None:
    """Measure the meshes of `--eval`; each is kept once it is measured. None without them.

    Returns:
        name, group, symmetry, solidified and pieces (bodies and holes, [] if they cannot be
        counted) of each mesh; scores: per variant and score a list over the meshes; refused:
        names and reasons of those that could not be read or made solid.
    """
    manifest = bench.options.eval / "manifest.csv"
    if not manifest.is_file():
        say(f"skipped the meshes of --eval: there is no {manifest}")
        return None
    listed = list(csv.DictReader(manifest.read_text("utf-8").splitlines()))

    def kept(entry: dict[str, str]) -> dict[str, Any]:
        path = manifest.parent / "meshes" / f"{entry['name']}.ply"
        content = path.read_bytes() if path.is_file() else b""
        key = hashlib.sha256(content).hexdigest()[:8]
        name = f"eval/{entry['name']}-{key}"
        found: dict[str, Any] = bench.tokenizer_store.figures(
            name, lambda: _measured(bench, path, entry)
        )
        return found

    each = spread(kept, listed, "rebuild the meshes of --eval", bench.options.workers)
    done = [one for one in each if "refused" not in one]
    keys = ("name", "group", "symmetry", "solidified", "pieces")
    return {
        **{key: [one[key] for one in done] for key in keys},
        "scores": columns([one["scores"] for one in done]) if done else {},
        "refused": [[one["name"], one["refused"]] for one in each if "refused" in one],
    }


def _measured(bench: Bench, path: Path, entry: dict[str, str]) -> dict[str, Any]:
    """Measure one mesh, or say why that cannot be done."""
    name, seed = entry["name"], bench.options.seed
    try:
        shape = prepared(load_mesh(path), name, seed)
    except CaddisError as error:
        return {"name": name, "refused": error.what}
    tokens = encoded(bench.tokenizer, shape, derived_seed(seed, "eval", name))
    counted = shape.original.pieces
    own = derived_seed(seed, "eval scores", name)
    return {
        "name": name,
        "group": entry["group"],
        "symmetry": SYMMETRIES[shape.symmetry].name,
        "solidified": shape.solidified,
        "pieces": [] if counted is None else [counted.bodies, counted.holes],
        "scores": rebuild(bench.tokenizer, tokens, shape.original, own),
    }


def prepared(mesh: trimesh.Trimesh, name: str, seed: int) -> EvalShape:
    """Bring a mesh into the canonical frame and sample it as `caddis.data.prepare` does.

    Args:
        mesh: Any mesh; one that is not closed goes through `geometry.solidify.solidify` first.
        name: Mixed into the seed, so that every mesh has points of its own.
        seed: Of the points.

    Raises:
        NotSolidError: It cannot be made into a solid.
        EmptyMeshError: The mesh has no extent.
    """
    closed = bool(mesh.is_volume)  # watertight, and its faces look outwards
    solid = to_canonical(mesh) if closed else solidify(mesh).mesh
    samples = Samples.of(sample(ObjectRecord(name, "eval", name, solid, is_solid=True), seed))
    queries = samples.queries.astype(np.float32)
    original = Original(solid, queries[UNIFORM], queries[NEAR], pieces(solid))
    points, sides = samples.points.astype(np.float32), samples.sides.astype(np.float32)
    return EvalShape(original, points, samples.symmetry, sides, not closed)


def encoded(tokenizer: Tokenizer, shape: EvalShape, seed: int) -> Tokens:
    """Return the tokens (580,) of a prepared mesh."""
    config = tokenizer.config
    points = shape.points
    if config.points < len(points):
        chosen = np.random.default_rng(seed).choice(len(points), config.points, replace=False)
        points = points[np.sort(chosen)]
    frames = frames_around(np.array([shape.symmetry]), shape.sides[None], config)
    tokens: Tokens = tokenizer.encode(torch.from_numpy(points)[None], frames)[0].numpy()
    return tokens
