"""Small sources that need no files."""

from collections.abc import Iterator

import numpy as np
import pytest
import trimesh

from caddis.data.record import ObjectRecord
from caddis.data.solids import solids


class ListSource:
    """A source made of a list."""

    name = "list"

    def __init__(self, records: list[ObjectRecord]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[ObjectRecord]:
        return iter(self._records)


def record(number: int, mesh: trimesh.Trimesh, **changes: object) -> ObjectRecord:
    values: dict[str, object] = {
        "id": f"obj-{number:05d}",
        "source": "kenney",
        "name": "plain chair",
        "category": "chair",
        "kind": "artist-or-scan",
        "licence": "CC0-1.0",
        "author": "Kenney",
        "mesh": mesh,
    }
    return ObjectRecord(**(values | changes))  # type: ignore[arg-type]


def four_solids() -> ListSource:
    """Four certified solids, all different."""
    meshes = [
        trimesh.creation.box((1.0, 0.5, 0.25)),
        trimesh.creation.icosphere(subdivisions=2, radius=0.5),
        trimesh.creation.cylinder(radius=0.2, height=1.0),
        trimesh.creation.torus(0.35, 0.15, 24, 12),
    ]
    return ListSource([record(i, m, is_solid=True) for i, m in enumerate(meshes)])


@pytest.fixture
def solid_source() -> ListSource:
    """Four certified solids, all different."""
    return four_solids()


@pytest.fixture(scope="session")
def raw_source() -> ListSource:
    """Three raw meshes: a box without a lid, a triangle that is flat, a ball."""
    box = trimesh.creation.box((1.0, 0.8, 0.6))
    open_box = trimesh.Trimesh(box.vertices, box.faces[box.face_normals[:, 2] < 0.9], process=False)
    flat = trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]], process=False)
    ball = trimesh.creation.icosphere(subdivisions=2)
    assert np.isfinite(ball.vertices).all()
    return ListSource([record(i, m) for i, m in enumerate((open_box, flat, ball))])


@pytest.fixture(scope="session")
def solid_folder(raw_source, tmp_path_factory):
    """What `solids` makes of `raw_source`; made once, not to be changed."""
    folder = tmp_path_factory.mktemp("solids")
    solids(raw_source, folder)
    return folder
