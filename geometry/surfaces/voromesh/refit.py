"""Move the vertices of an extracted mesh onto the surface that its samples describe.

The faces of a Voronoi diagram are determined by few generators; vertices that move freely fit the
samples better. Each of several points on a triangle takes the tangent plane of the nearest
sample. One sparse least-squares problem moves all vertices so that the points lie in those
planes (quadratic error, as Garland and Heckbert 1997, over whole triangles) and the triangles
turn to the samples' normals. A vertex between two planes moves to their edge, one between three
to their corner, so creases become sharp. Along a plane a weak Laplacian evens out the triangles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack
from scipy.spatial import cKDTree

from caddis.geometry.conjugate_gradients import damped_least_squares
from caddis.geometry.surfaces.voromesh.samples import Samples
from caddis.geometry.triangles import corners, doubled_normals

Points = NDArray[np.float64]
Faces = NDArray[np.int64]

# Three points integrate any quadratic over a triangle exactly.
_QUADRATURE = np.array([[4.0, 1.0, 1.0], [1.0, 4.0, 1.0], [1.0, 1.0, 4.0]]) / 6.0
_HALVINGS = 5


@dataclass(frozen=True)
class RefitOptions:
    """Settings of `refit`.

    Attributes:
        rounds: How often the points' tangent planes are found and the vertices moved.
        normal_weight: Weight of the triangles' turning.
        smoothing: Weight of the Laplacian; small, so that it acts along the surface.
        damping: Weight that holds each vertex where it was.
    """

    rounds: int = 3
    normal_weight: float = 0.1
    smoothing: float = 0.02
    damping: float = 0.003


def refit(
    vertices: Points, faces: Faces, samples: Samples, options: RefitOptions | None = None
) -> Points:
    """Return vertices (V, 3) moved towards oriented samples; the faces stay.

    The result may cross itself; `certify` is to be applied to it.
    """
    options = options or RefitOptions()
    tree = cKDTree(samples.points)
    for _ in range(options.rounds):
        vertices = _round(vertices, faces, samples, tree, options)
    return vertices


def _round(
    vertices: Points, faces: Faces, samples: Samples, tree: cKDTree, options: RefitOptions
) -> Points:
    triangles = corners(vertices, faces)
    points = np.einsum("qc,fcx->fqx", _QUADRATURE, triangles)
    nearest = tree.query(points.reshape(-1, 3))[1]
    target, normal = samples.points[nearest], samples.normals[nearest]
    cross = doubled_normals(triangles)
    double_area = np.linalg.norm(cross, axis=1)
    mean_area = max(float(double_area.mean()), 1e-300)
    weight = np.sqrt(double_area / mean_area).clip(0.05)
    # A sample on the other side of a thin wall must not pull the triangle.
    faced = np.einsum("fqx,fx->fq", normal.reshape(-1, 3, 3), cross) > 0.0
    blocks = [_planes(faces, points, target, normal, np.repeat(weight, 3) * faced.reshape(-1))]
    blocks.append(
        _turning(vertices, faces, normal.reshape(-1, 3, 3), faced, weight, options=options)
    )
    blocks.append(_laplacian(vertices, faces, options.smoothing))
    jacobian = vstack([block for block, _ in blocks]).tocsr()
    residual = np.concatenate([rest for _, rest in blocks])
    load = options.damping * 3.0
    step = -damped_least_squares(jacobian, residual, load, rounds=60).reshape(-1, 3)
    return _without_folds(vertices, faces, normal.reshape(-1, 3, 3).mean(axis=1), step)


def _without_folds(vertices: Points, faces: Faces, normal: Points, step: Points) -> Points:
    """Move the vertices, with halved steps where a triangle would turn away from its samples."""
    share = np.ones(len(vertices))
    before = _cosines(vertices, faces, normal)
    for _ in range(_HALVINGS):
        after = _cosines(vertices + share[:, None] * step, faces, normal)
        folded = (after < 0.0) & (after < before)
        if not folded.any():
            break
        share[faces[folded]] *= 0.5
    return np.asarray(vertices + share[:, None] * step)


def _cosines(vertices: Points, faces: Faces, normal: Points) -> NDArray[np.float64]:
    cross = doubled_normals(corners(vertices, faces))
    length = np.linalg.norm(cross, axis=1).clip(1e-300)
    return np.asarray(np.einsum("ij,ij->i", cross, normal) / length)


def _planes(
    faces: Faces, points: Points, target: Points, normal: Points, weight: NDArray[np.float64]
) -> tuple[csr_array, NDArray[np.float64]]:
    """Rows n . (y - x), y a point of a triangle as the mean of its corners."""
    count = len(weight)
    rows = np.repeat(np.arange(count), 9)
    columns = (3 * np.repeat(faces, 3, axis=0)[:, :, None] + np.arange(3)).reshape(-1)
    share = np.tile(_QUADRATURE, (len(faces), 1)) * weight[:, None]
    data = (share[:, :, None] * normal[:, None, :]).reshape(-1)
    offset = np.einsum("ij,ij->i", normal, points.reshape(-1, 3) - target)
    shape = (count, 3 * (int(faces.max()) + 1))
    return coo_array((data, (rows, columns)), shape=shape).tocsr(), weight * offset


def _turning(
    vertices: Points,
    faces: Faces,
    normal: NDArray[np.float64],
    faced: NDArray[np.bool_],
    weight: NDArray[np.float64],
    *,
    options: RefitOptions,
) -> tuple[csr_array, NDArray[np.float64]]:
    """Rows n . (v - u) for each edge u-v of a triangle whose samples agree on n."""
    mean = (normal * faced[:, :, None]).mean(axis=1)
    agree = np.sqrt(np.square(mean).sum(axis=1))
    chosen = np.flatnonzero(agree > 0.95)  # otherwise the triangle spans a crease
    unit = np.repeat(mean[chosen] / agree[chosen, None], 3, axis=0)
    root = np.repeat(np.sqrt(options.normal_weight) * weight[chosen], 3)[:, None]
    start = faces[chosen].reshape(-1)
    end = np.roll(faces[chosen], -1, axis=1).reshape(-1)
    rows = np.repeat(np.arange(len(start)), 6)
    columns = np.concatenate(
        [3 * start[:, None] + np.arange(3), 3 * end[:, None] + np.arange(3)], 1
    )
    data = np.concatenate([-unit * root, unit * root], axis=1).reshape(-1)
    edge = vertices[end] - vertices[start]
    shape = (len(start), 3 * len(vertices))
    matrix = coo_array((data, (rows, columns.reshape(-1))), shape=shape).tocsr()
    return matrix, root[:, 0] * np.einsum("ij,ij->i", unit, edge)


def _laplacian(
    vertices: Points, faces: Faces, weight: float
) -> tuple[csr_array, NDArray[np.float64]]:
    """Rows v - mean of its neighbours."""
    count = len(vertices)
    start, end = faces.reshape(-1), np.roll(faces, -1, axis=1).reshape(-1)
    root = np.full(count, np.sqrt(weight))
    degree = np.bincount(start, minlength=count).clip(1)
    data = np.concatenate([root, -(root / degree)[start]])
    rows = np.concatenate([np.arange(count), start])
    columns = np.concatenate([np.arange(count), end])
    axes = np.arange(3)
    matrix = coo_array(
        (
            np.repeat(data, 3),
            ((3 * rows[:, None] + axes).reshape(-1), (3 * columns[:, None] + axes).reshape(-1)),
        ),
        shape=(3 * count, 3 * count),
    ).tocsr()
    return matrix, matrix @ vertices.reshape(-1)
