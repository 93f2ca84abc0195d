"""Views for the browser: upright, with normals, and faults in red."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image

from caddis.app.page.parts.marks import faulty_faces
from caddis.app.page.parts.views import write_points_picture, write_view
from tests.geometry.shapes import box, together, without_faces


def parts(path: Path) -> list[trimesh.Trimesh]:
    return list(trimesh.load_scene(path).geometry.values())


def test_a_view_stands_upright_and_has_outward_normals(tmp_path: Path) -> None:
    write_view(box((10.0, 20.0, 40.0)), tmp_path / "view.glb")
    (shown,) = parts(tmp_path / "view.glb")
    assert shown.extents == pytest.approx([10.0, 40.0, 20.0])  # glTF is Y up
    assert shown.bounds[0][1] == pytest.approx(0.0)
    outwards = shown.vertex_normals * (shown.vertices - shown.bounds.mean(axis=0))
    assert (outwards.sum(axis=1) > 0).all()
    assert shown.visual.material.metallicFactor == 0.0


def test_marked_faces_are_a_red_part(tmp_path: Path) -> None:
    mesh = box()
    marked = np.zeros(12, dtype=bool)
    marked[:2] = True
    write_view(mesh, tmp_path / "view.glb", marked)
    colours = {
        len(part.faces): part.visual.material.baseColorFactor.astype(int)
        for part in parts(tmp_path / "view.glb")
    }
    assert colours[2][0] > 2 * colours[2][1]
    assert colours[10][0] < 2 * colours[10][1]


def test_holes_crossings_and_thin_walls_are_found_where_they_are() -> None:
    none = faulty_faces(box(), 0.8)
    assert not np.logical_or.reduce(list(none.values())).any()
    holes = faulty_faces(without_faces(box(), [0]), 0.8)["holes"]
    assert 3 <= holes.sum() <= 11
    crossing = together(box(), box(at=(10.0, 3.0, 3.0)))
    assert faulty_faces(crossing, 0.8)["crossings"].any()
    plate = together(box((20.0, 20.0, 0.4)), box(at=(40.0, 0.0, 0.0)))
    thin = faulty_faces(plate, 0.8)["thin walls"]
    assert thin[:12].any()
    assert not thin[12:].any()


def test_points_are_drawn(tmp_path: Path) -> None:
    points = np.random.default_rng(0).normal(size=(5000, 3))
    write_points_picture(points, tmp_path / "points.png")
    with Image.open(tmp_path / "points.png") as picture:
        assert np.asarray(picture.convert("L")).std() > 5
