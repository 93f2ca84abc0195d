"""Files that show a mesh on the page: a GLB for the 3D viewer, and pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from caddis.geometry.files.atomic import atomic_path, write_bytes
from caddis.geometry.pictures.render import CLAY, render

PICTURE_PIXELS = 480
_MOST_FACES = 60_000
_FILLED = 0.88  # share of a picture that points fill
_CREASE = np.radians(35.0)
_MARK = (0.72, 0.10, 0.08)  # in pictures
# glTF colours are linear, so their numbers are lower than in sRGB.
_RED = (150, 8, 6, 255)
_CLAY = (158, 112, 66, 255)
# Turns an object with Z up into glTF's Y up.
_Y_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])


def write_view(mesh: trimesh.Trimesh, path: Path, marked: NDArray[np.bool_] | None = None) -> None:
    """Write a GLB for the viewer: Y up, smooth normals, clay-coloured, marked faces in red.

    Args:
        mesh: Z up. Above 60,000 faces a simplified copy is shown, unless faces are marked.
        path: The file.
        marked: (F,) faces in red, or None.
    """
    if marked is not None and marked.any():
        parts = [
            _solid(trimesh.Trimesh(mesh.vertices, mesh.faces[which], process=False), colour)
            for which, colour in ((~marked, _CLAY), (marked, _RED))
            if which.any()
        ]
    else:
        shown = mesh
        if len(mesh.faces) > _MOST_FACES:
            shown = mesh.simplify_quadric_decimation(face_count=_MOST_FACES)
        parts = [_solid(shown, _CLAY)]
    scene = trimesh.Scene(parts)
    write_bytes(path, trimesh.exchange.gltf.export_glb(scene, include_normals=True))  # type: ignore[no-untyped-call]


def _solid(mesh: trimesh.Trimesh, colour: tuple[int, ...]) -> trimesh.Trimesh:
    smooth = trimesh.graph.smooth_shade(mesh, angle=_CREASE)
    # computed with Z up, so they are turned like the vertices
    normals = np.asarray(smooth.vertex_normals) @ _Y_UP.T
    turned = trimesh.Trimesh(
        np.asarray(smooth.vertices) @ _Y_UP.T, smooth.faces, vertex_normals=normals, process=False
    )
    material = trimesh.visual.material.PBRMaterial(  # type: ignore[no-untyped-call]
        baseColorFactor=colour, metallicFactor=0.0, roughnessFactor=0.75, doubleSided=True
    )
    turned.visual = trimesh.visual.TextureVisuals(material=material)  # type: ignore[no-untyped-call]
    return turned


def write_picture(
    mesh: trimesh.Trimesh,
    path: Path,
    size: int = PICTURE_PIXELS,
    *,
    marked: NDArray[np.bool_] | None = None,
) -> None:
    """Write a PNG of a mesh, faces marked (F,) in red."""
    colours = None
    if marked is not None and marked.any():
        colours = np.where(marked[:, None], _MARK, CLAY)
    with atomic_path(path) as temporary:
        render(mesh, size, face_colours=colours).save(temporary, format="PNG")


def write_points_picture(
    points: NDArray[np.float64], path: Path, size: tuple[int, int] = (640, 400)
) -> None:
    """Write a PNG of points (N, 3), Z up, from a three-quarter view; nearer points are darker."""
    chosen = points[np.linspace(0, len(points) - 1, min(len(points), 40_000)).astype(int), :3]
    azimuth, elevation = np.radians([-35.0, 20.0])
    right = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    away = np.array([
        np.sin(azimuth) * np.cos(elevation), -np.cos(azimuth) * np.cos(elevation),
        np.sin(elevation),
    ])  # fmt: skip
    seen_N2 = chosen @ np.stack([right, np.cross(right, away)], axis=1)  # right and down
    low, high = seen_N2.min(axis=0), seen_N2.max(axis=0)
    scale = _FILLED * float((np.array(size) / np.maximum(high - low, 1e-30)).min())
    places = np.array(size) / 2 + scale * (seen_N2 - (low + high) / 2)
    depth = chosen @ away
    near = (depth - depth.min()) / max(float(np.ptp(depth)), 1e-30)
    picture = Image.new("RGB", size, (247, 247, 245))
    draw = ImageDraw.Draw(picture)
    for index in np.argsort(depth):
        shade = int(150 - 110 * near[index])
        left, top = places[index]
        draw.ellipse((left - 1, top - 1, left + 1, top + 1), fill=(shade, shade, shade + 12))
    with atomic_path(path) as temporary:
        picture.save(temporary, format="PNG")
