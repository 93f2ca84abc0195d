"""Slow, obvious topology checks on index arrays, independent of any mesh library."""

from collections import defaultdict

import numpy as np


def is_edge_manifold(faces: np.ndarray) -> bool:
    """Every directed edge occurs once and its reverse occurs once: closed and oriented."""
    start, end = (np.asarray(faces)[:, i].ravel() for i in ([0, 1, 2], [1, 2, 0]))
    size = int(start.max()) + 1
    forward, count = np.unique(start * size + end, return_counts=True)
    backward = np.unique(end * size + start)
    return bool((count == 1).all() and np.array_equal(forward, backward))


def is_vertex_manifold(faces: np.ndarray) -> bool:
    """The faces around each vertex form one ring."""
    ring = defaultdict(dict)
    for a, b, c in np.asarray(faces).tolist():
        ring[a][b], ring[b][c], ring[c][a] = c, a, b
    for follow in ring.values():
        start = at = next(iter(follow))
        seen = 0
        while at in follow and seen < len(follow):
            at, seen = follow[at], seen + 1
            if at == start:
                break
        if at != start or seen != len(follow):
            return False
    return True


def welded(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Faces after vertices with equal coordinates became one."""
    _, inverse = np.unique(vertices, axis=0, return_inverse=True)
    return inverse.reshape(-1)[faces]


def has_degenerate_faces(vertices: np.ndarray, faces: np.ndarray) -> bool:
    """A face with two equal corners or without area."""
    corners = np.asarray(vertices, dtype=np.float64)[faces]
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    return bool((area <= 0.0).any())
