"""Meshes of polygons with any number of corners, and their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import UnsupportedFormatError
from caddis.geometry.files.atomic import write_bytes

Points = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class PolygonMesh:
    """Polygons over shared vertices, counter-clockwise seen from outside.

    Attributes:
        vertices: (V, 3) float64.
        corners: (C,) vertex of each corner, polygon after polygon.
        starts: (P + 1,) where each polygon begins in `corners`; the last entry is C.
    """

    vertices: Points
    corners: Indices
    starts: Indices

    def __len__(self) -> int:
        """Return the number of polygons P."""
        return len(self.starts) - 1

    @property
    def sizes(self) -> Indices:
        """(P,) number of corners of each polygon."""
        return np.diff(self.starts)

    def polygon(self, index: int) -> Indices:
        """Return the corners of one polygon."""
        return self.corners[self.starts[index] : self.starts[index + 1]]

    def triangles(self) -> tuple[Indices, Indices]:
        """Cut each polygon into a fan.

        Returns:
            Faces (F, 3) and the polygon of each (F,). Each fan starts at its polygon's first
            corner, and no vertex is added.
        """
        sizes = self.sizes
        owner = np.repeat(np.arange(len(self)), sizes - 2)
        first = self.starts[:-1][owner]
        within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes - 2) - (sizes - 2), sizes - 2)
        second = first + 1 + within
        faces = self.corners[np.stack([first, second, second + 1], axis=1)]
        return faces, owner

    def mesh(self) -> trimesh.Trimesh:
        """Return the triangles as a mesh."""
        return trimesh.Trimesh(self.vertices, self.triangles()[0], process=False)

    def save(self, path: str | Path) -> Path:
        """Write the polygons as they are, to .ply or .obj: text that gives back every float32.

        Raises:
            UnsupportedFormatError: The ending is another.
            OutputError: The path cannot be written.
        """
        path = Path(path)
        writers = {".ply": self._ply, ".obj": self._obj}
        if path.suffix.lower() not in writers:
            raise UnsupportedFormatError(
                "polygons fit into .ply and .obj alone", str(path), "Use mesh() for triangles."
            )
        write_bytes(path, writers[path.suffix.lower()]())
        return path

    def _ply(self) -> bytes:
        # As text: trimesh, for one, cannot read binary lists of unlike lengths.
        header = [
            "ply",
            "format ascii 1.0",
            f"element vertex {len(self.vertices)}",
            *(f"property float {axis}" for axis in "xyz"),
            f"element face {len(self)}",
            "property list int int vertex_indices",
            "end_header",
        ]
        rows = (f"{len(row)} " + " ".join(map(str, row)) for row in self._rows())
        return ("\n".join([*header, *self._places(""), *rows]) + "\n").encode()

    def _obj(self) -> bytes:
        rows = ("f " + " ".join(str(corner + 1) for corner in row) for row in self._rows())
        return ("\n".join([*self._places("v "), *rows]) + "\n").encode()

    def _rows(self) -> Iterator[list[int]]:
        return (self.polygon(index).tolist() for index in range(len(self)))

    def _places(self, word: str) -> Iterator[str]:
        # Nine digits give back every float32.
        places = self.vertices.astype(np.float32).tolist()
        return (f"{word}{x:.9g} {y:.9g} {z:.9g}" for x, y, z in places)
