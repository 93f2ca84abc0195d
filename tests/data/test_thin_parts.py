"""Points inside walls, in gaps and at creases lie where the geometry says, evenly."""

import numpy as np
import pytest
import trimesh
from scipy import stats

from caddis.data.thin_parts import crease_points, gap_points, wall_points

THICK = 0.02
COUNT = 2000


def plate() -> trimesh.Trimesh:
    return trimesh.creation.box((1.0, 1.0, THICK))


def two_plates(gap: float) -> trimesh.Trimesh:
    shift = (gap + THICK) / 2
    halves = [plate().apply_translation((0, 0, side * shift)) for side in (-1, 1)]
    return trimesh.util.concatenate(halves)


def random() -> np.random.Generator:
    return np.random.default_rng(0)


def test_wall_points_fill_a_plate_evenly() -> None:
    points = wall_points(plate(), COUNT, random())
    assert points.shape == (COUNT, 3)
    assert (np.abs(points) <= np.array([0.5, 0.5, THICK / 2]) + 1e-6).all()
    flat = np.abs(points[:, :2]).max(axis=1) < 0.4  # not those that came from the narrow sides
    depth = points[flat, 2] / THICK + 0.5
    assert stats.kstest(depth, "uniform").pvalue > 0.01


def test_wall_points_of_a_thick_solid_stay_near_its_surface() -> None:
    points = wall_points(trimesh.creation.icosphere(subdivisions=4, radius=0.5), COUNT, random())
    depth = 0.5 - np.linalg.norm(points, axis=1)
    assert depth.min() > -1e-3
    assert depth.max() < 0.103
    assert stats.kstest(depth / 0.1, "uniform").statistic < 0.05


def test_gap_points_fill_a_narrow_gap_evenly_and_stay_outside() -> None:
    gap = 0.03
    points = gap_points(two_plates(gap), COUNT, random())
    between = (np.abs(points[:, 2]) < gap / 2) & (np.abs(points[:, :2]).max(axis=1) < 0.4)
    assert between.mean() > 0.25  # nearly half of the surface looks into the gap
    assert stats.kstest(points[between, 2] / gap + 0.5, "uniform").pvalue > 0.01
    inside = (np.abs(np.abs(points[:, 2]) - (gap + THICK) / 2) < THICK / 2 - 1e-6) & (
        np.abs(points[:, :2]).max(axis=1) < 0.5 - 1e-6
    )
    assert not inside.any()


def test_gap_points_end_where_the_space_is_open() -> None:
    points = gap_points(trimesh.creation.icosphere(subdivisions=4, radius=0.4), COUNT, random())
    height = np.linalg.norm(points, axis=1) - 0.4
    assert height.min() > -2e-3
    assert 0.055 < height.max() < 0.061


def test_crease_points_lie_beside_sharp_edges_by_their_length() -> None:
    size = np.array([1.0, 0.5, 0.2])
    points = crease_points(trimesh.creation.box(size), 8000, random())
    beyond = np.abs(np.abs(points) - size / 2)  # from the faces' planes
    along = np.argmax(beyond, axis=1)  # an edge runs along the axis whose planes are far
    across = np.sort(beyond, axis=1)[:, :2]
    # two numbers of N(0, .006): their length is Rayleigh distributed
    assert np.median(np.linalg.norm(across, axis=1)) == pytest.approx(0.006 * 1.177, rel=0.1)
    np.testing.assert_allclose(np.bincount(along) / 8000, size / size.sum(), atol=0.03)


def test_without_sharp_edges_crease_points_lie_by_the_surface() -> None:
    ball = trimesh.creation.icosphere(subdivisions=4, radius=0.5)
    distance = np.linalg.norm(crease_points(ball, COUNT, random()), axis=1) - 0.5
    assert np.abs(distance).max() < 0.04
    assert distance.std() == pytest.approx(0.006, rel=0.2)


@pytest.mark.parametrize("draw", [wall_points, gap_points, crease_points])
def test_the_same_stream_draws_the_same_points(draw) -> None:
    one, two = (draw(plate(), 50, np.random.default_rng(7)) for _ in range(2))
    assert one.tobytes() == two.tobytes()
