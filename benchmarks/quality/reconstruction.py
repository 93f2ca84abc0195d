"""How well held-out objects come back from their first k tokens."""

from __future__ import annotations

from typing import Any

import igl
import numpy as np
import torch
import trimesh
from numpy.typing import NDArray

from benchmarks.quality.bench import Bench
from benchmarks.quality.progress import spread
from benchmarks.quality.shapes import encode, surface
from data.training_set import NEAR, UNIFORM
from generation.seeds import derived_seed
from generation.tokenizer import TokenField
from geometry.errors import EmptyMeshError
from geometry.metrics import iou
from geometry.sampling import sample_surface

POINTS = 4096
TAUS = (0.01, 0.02)
MISSED = 0.5  # CD-L1 of a shape without surface: half of the longest side

Floats = NDArray[np.float64]


def prefixes(tokens: int) -> list[int]:
    """Return K, K / 2, ..., 1."""
    found = [tokens]
    while found[-1] > 1:
        found.append(found[-1] // 2)
    return found


def reconstruction(bench: Bench) -> dict[str, Any]:
    """Measure every test object at every prefix length.

    Returns:
        prefixes: lengths; rows: test rows; kinds: per object; and per object and prefix
        iou, near_iou, cd, f_0.01, f_0.02 as lists of lists; codes: use of the code book.
    """
    rows = bench.objects.rows("test")
    tokens = encode(bench.models.tokenizer, bench.objects, rows)
    lengths = prefixes(bench.models.tokenizer.config.tokens)
    truth = bench.meshes(rows.tolist())

    def measure(index: int) -> list[dict[str, float]]:
        row = int(rows[index])
        queries = bench.objects.queries[row].astype(np.float32)
        return [
            _measure(bench, torch.from_numpy(tokens[index, :k]), truth[row], queries, row)
            for k in lengths
        ]

    each = spread(measure, range(len(rows)), "reconstruct test objects", bench.options.workers)
    keys = each[0][0].keys()
    return {
        "prefixes": lengths,
        "rows": rows.tolist(),
        "kinds": [bench.objects.objects[int(row)]["kind"] for row in rows],
        **{key: [[one[key] for one in some] for some in each] for key in keys},
        "codes": code_use(tokens, bench.models.tokenizer.quantizer.codes),
    }


def _measure(
    bench: Bench, tokens: torch.Tensor, truth: trimesh.Trimesh, queries: NDArray[np.float32],
    row: int,
) -> dict[str, float]:  # fmt: skip
    tokenizer = bench.models.tokenizer
    field = tokenizer.shape_field(tokens)
    rng = np.random.default_rng(derived_seed(bench.options.seed, "reconstruction", row))
    return {
        "iou": _overlap(field, queries[UNIFORM]),
        "near_iou": _overlap(field, queries[NEAR]),
        **surface_scores(surface(tokenizer, tokens, bench.options.resolution), truth, rng),
    }


def _overlap(field: TokenField, queries: NDArray[np.float32]) -> float:
    return iou(field(queries[:, :3]) < 0, queries[:, 3] < 0)


def surface_scores(
    made: trimesh.Trimesh | None, truth: trimesh.Trimesh, rng: np.random.Generator
) -> dict[str, float]:
    """Return CD-L1 and F-scores between two surfaces, free of a sampling floor.

    Distances run from 4,096 points on each surface to the other surface itself, not to
    points on it. A shape without surface has CD-L1 0.5 and F-score 0.
    """
    missed = {"cd": MISSED, **{f"f_{tau}": 0.0 for tau in TAUS}}
    if made is None:
        return missed
    try:
        to_truth = _distances(sample_surface(made, POINTS, rng)[0], truth)
    except EmptyMeshError:
        return missed
    to_made = _distances(sample_surface(truth, POINTS, rng)[0], made)
    scores = {"cd": float(to_truth.mean() + to_made.mean()) / 2.0}
    for tau in TAUS:
        precision, recall = float((to_truth < tau).mean()), float((to_made < tau).mean())
        both = precision + recall
        scores[f"f_{tau}"] = 2.0 * precision * recall / both if both else 0.0
    return scores


def _distances(points: Floats, mesh: trimesh.Trimesh) -> Floats:
    vertices = np.array(mesh.vertices, dtype=np.float64)
    faces = np.array(mesh.faces, dtype=np.int64)
    squared = igl.point_mesh_squared_distance(points, vertices, faces)[0]
    return np.sqrt(np.asarray(squared, dtype=np.float64).clip(min=0.0))


def code_use(tokens: NDArray[np.int64], codes: int) -> dict[str, float]:
    """Return what share of the code book tokens (N, K) use, in percent, and their perplexity."""
    count = np.bincount(tokens.ravel(), minlength=codes)
    share = count[count > 0] / count.sum()
    return {
        "used": float(100.0 * (count > 0).mean()),
        "perplexity": float(np.exp(-(share * np.log(share)).sum())),
    }
