"""Count edge defects, vertex fans and shells of a welded mesh with array operations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from caddis.geometry.mesh.welded import Welded
from caddis.geometry.triangles import sixfold_volumes

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Topology:
    """How the faces of a mesh are connected.

    Attributes:
        open_edges: Edges of one face: the rims of holes.
        crowded_edges: Edges of three or more faces.
        badly_wound_edges: Edges whose two faces are wound inconsistently.
        pinched_vertices: Vertices whose faces form more than one fan.
        shell: (F,) number of the edge-connected shell of each face, 0 <= shell < S.
        shell_volumes: (S,) signed volume of each shell in mm3; negative if inside out.
    """

    open_edges: int
    crowded_edges: int
    badly_wound_edges: int
    pinched_vertices: int
    shell: Indices
    shell_volumes: NDArray[np.float64]

    @property
    def closed_manifold(self) -> bool:
        """True if every edge has two consistently wound faces and every vertex one fan."""
        return not (
            self.open_edges or self.crowded_edges or self.badly_wound_edges or self.pinched_vertices
        )

    @property
    def shell_count(self) -> int:
        """Number of edge-connected shells S."""
        return len(self.shell_volumes)

    @property
    def body_count(self) -> int:
        """Shells that are not cavities; every shell counts while the surface is open."""
        outward = int((self.shell_volumes > 0.0).sum())
        return outward if self.open_edges == 0 and outward else len(self.shell_volumes)


def topology(mesh: Welded) -> Topology:
    """Count the topological defects and the shells of `mesh`."""
    faces = mesh.faces
    start = faces.reshape(-1)  # half-edge 3f+k runs from corner k of face f to the next one
    end = np.roll(faces, -1, axis=1).reshape(-1)
    key = np.minimum(start, end) * len(mesh.vertices) + np.maximum(start, end)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    count = np.diff(np.append(first, len(key)))
    one = order[first[count == 2]]
    two = order[first[count == 2] + 1]
    same_sense = start[one] == start[two]
    shell = _components(len(faces), one // 3, two // 3)
    return Topology(
        open_edges=int((count == 1).sum()),
        crowded_edges=int((count > 2).sum()),
        badly_wound_edges=int(same_sense.sum()),
        pinched_vertices=_pinched(faces, one, two, same_sense),
        shell=shell,
        shell_volumes=_shell_volumes(mesh, shell),
    )


def _components(count: int, one: Indices, two: Indices) -> Indices:
    links = coo_array((np.ones(len(one), dtype=np.int8), (one, two)), shape=(count, count))
    labels: Indices = connected_components(links, directed=False)[1].astype(np.int64)
    return labels


def _pinched(faces: Indices, one: Indices, two: Indices, same_sense: NDArray[np.bool_]) -> int:
    """Count the vertices with more than one fan; a fan is a set of corners joined across edges."""
    corner = np.arange(faces.size).reshape(-1, 3)
    after = np.roll(corner, -1, axis=1).reshape(-1)
    # Across an edge the start of one half-edge meets the end of the other.
    other_start = np.where(same_sense, two, after[two])
    other_end = np.where(same_sense, after[two], two)
    joined_one = np.concatenate([one, after[one]])
    joined_two = np.concatenate([other_start, other_end])
    fan = _components(faces.size, joined_one, joined_two)
    vertex_of_fan = np.zeros(int(fan.max()) + 1, dtype=np.int64)
    vertex_of_fan[fan] = faces.reshape(-1)
    return int((np.bincount(vertex_of_fan) > 1).sum())


def _shell_volumes(mesh: Welded, shell: Indices) -> NDArray[np.float64]:
    """Return each shell's signed volume: the tetrahedra from the mesh's centre to its faces."""
    volumes = sixfold_volumes(mesh.corners - mesh.vertices.mean(axis=0)) / 6.0
    return np.bincount(shell, weights=volumes).astype(np.float64)
