"""The one place that decides whether a graphics card helps with geometry."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

FloatArray = NDArray[np.float64]
_DEVICE = "cuda"


def nearest(points: FloatArray, targets: FloatArray) -> tuple[FloatArray, NDArray[np.int64]]:
    """Find the target nearest to each point.

    With pytorch3d and a CUDA card its `knn_points` finds the indices, else a k-d tree
    does; the distances are computed here in float64 either way.

    Args:
        points: (N, 3) queries.
        targets: (M, 3), at least one.

    Returns:
        Distances (N,) float64 and indices into `targets` (N,) int64.
    """
    if _cuda_knn_is_available():
        index = _cuda_index(points, targets)
    else:
        tree = cKDTree(targets, compact_nodes=False, balanced_tree=False)
        index = np.asarray(tree.query(points)[1], dtype=np.int64)
    return np.linalg.norm(points - targets[index], axis=1), index


def _cuda_knn_is_available() -> bool:
    if find_spec("pytorch3d") is None:
        return False
    import torch

    return torch.cuda.is_available()


def _cuda_index(points: FloatArray, targets: FloatArray) -> NDArray[np.int64]:
    import torch
    from pytorch3d.ops import knn_points

    queries, cloud = (
        torch.as_tensor(array, dtype=torch.float32, device=_DEVICE)[None]
        for array in (points, targets)
    )
    return np.asarray(knn_points(queries, cloud, K=1).idx[0, :, 0].cpu().numpy(), dtype=np.int64)
