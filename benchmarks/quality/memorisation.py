"""Does the model copy? Distances to the nearest training object, as it is or mirrored."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.common.progress import spread
from benchmarks.quality.bench import Bench
from benchmarks.quality.distances import Match, NearestOf
from benchmarks.quality.scores import mann_whitney_z
from benchmarks.quality.sets import Kind, clouds
from benchmarks.quality.shapes import DENSE, stored
from caddis.generation.seeds import derived_seed
from caddis.geometry.mesh.sampling import sample_surface

AMONG_TRAINING = 200  # training objects whose nearest other training object is found
SEARCHED = (Kind.GENERATED, Kind.UNGUIDED, Kind.UNIGRAM, Kind.TEST, Kind.AUTOENCODED)
CHECKED = 4  # generated objects that are compared with all training objects


def memorisation(bench: Bench) -> dict[str, Any]:
    """Return the matches of each set, the threshold, and how sure the search is.

    Returns:
        matches: per set the distance, training row and pose of each shape's nearest
            training object; "training" are training objects and their nearest others,
            "copies" are training objects with new points, and themselves.
        threshold: 1st percentile of the distances among training objects.
        z: per set Z_U against the test objects; z_autoencoded: against auto-encoded ones.
        close: per set the share below the threshold.
        checked, found: generated objects compared with all, and those with the same answer.
    """
    everything = stored(bench.objects, bench.train).points
    nearest = NearestOf(everything, bench.options.workers)
    matches: dict[str, list[Match]] = {
        name: nearest.matches(list(clouds(bench, name).points), f"nearest training object: {name}")
        for name in SEARCHED
    }
    rng = np.random.default_rng(derived_seed(bench.options.seed, "among training objects"))
    count = min(AMONG_TRAINING, len(bench.train))
    own = np.sort(rng.choice(len(bench.train), count, replace=False))
    label = "nearest training object: training"
    matches[Kind.TRAINING] = nearest.matches(list(everything[own]), label, own=own.tolist())
    matches[Kind.COPIES] = nearest.matches(_copies(bench), "nearest training object: copies")
    found = _distances(matches)
    threshold = float(np.quantile(found[Kind.TRAINING], 0.01))
    sets = [name for name in found if name != Kind.TRAINING]
    return {
        "matches": {
            name: {
                "distance": [one.distance for one in some],
                "row": [int(bench.train[one.row]) for one in some],
                "mirrored": [one.mirrored for one in some],
            }
            for name, some in matches.items()
        },
        "threshold": threshold,
        "z": {name: mann_whitney_z(found[name], found[Kind.TEST]) for name in sets},
        "z_autoencoded": {
            name: mann_whitney_z(found[name], found[Kind.AUTOENCODED]) for name in sets
        },
        "close": {name: float((found[name] < threshold).mean()) for name in sets},
        **_check(bench, nearest, matches[Kind.GENERATED]),
    }


def _copies(bench: Bench) -> list[NDArray[np.float64]]:
    """Return new points of some training objects: what a perfect copy would be."""
    meshes = bench.meshes(bench.companions.tolist())
    rng = np.random.default_rng(derived_seed(bench.options.seed, "copies"))
    return [sample_surface(meshes[int(row)], DENSE, rng)[0] for row in bench.companions]


def _distances(matches: dict[str, list[Match]]) -> dict[str, NDArray[np.float64]]:
    return {name: np.array([one.distance for one in some]) for name, some in matches.items()}


def _check(bench: Bench, nearest: NearestOf, found: list[Match]) -> dict[str, int]:
    """Compare some generated objects with all training objects."""
    made = clouds(bench, Kind.GENERATED).points[:CHECKED]
    label = f"check of the search, against all {len(bench.train)} training objects"
    slow = spread(nearest.exhaustive, made, label, bench.options.workers)
    same = [a.distance >= b.distance for a, b in zip(slow, found, strict=False)]
    return {"checked": len(slow), "found": sum(same)}
