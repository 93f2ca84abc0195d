import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.surfaces.gridpull.curl import Curl
from tests.geometry.surfaces.gridpull.clouds import ball, plate, scanned


def _of(mesh):
    places = np.asarray(mesh.triangles_center)
    return places, Curl(places, np.asarray(mesh.face_normals), np.asarray(mesh.area_faces))


def _energy(curl, sides):
    return float(sides @ curl(sides))


def test_a_closed_surface_has_low_energy_and_one_with_a_turned_part_high():
    points, curl = _of(ball())
    right = np.ones(len(points))
    for turned in (points[:, 2] > 0.0, points[:, 0] > 0.3):
        assert _energy(curl, right) < 0.05 * _energy(curl, np.where(turned, -1.0, 1.0))
    assert _energy(curl, -right) == pytest.approx(_energy(curl, right))


def test_a_turned_side_shows_on_a_plate_thinner_than_the_grid_s_cells():
    mesh = plate()
    for _ in range(6):
        mesh = mesh.subdivide()
    points, curl = _of(mesh)
    turned = np.where(points[:, 2] > 0.0, 1.0, -1.0)
    assert _energy(curl, np.ones(len(points))) < 0.01 * _energy(curl, turned)


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_it_is_a_quadratic_form_that_is_never_negative(seed):
    points, normals = scanned(ball(), 300)
    curl = Curl(points, normals, np.full(300, 0.01))
    one, two = np.random.default_rng(seed).normal(size=(2, len(points)))
    assert one @ curl(two) == pytest.approx(two @ curl(one), rel=1e-3, abs=1e-3)
    assert _energy(curl, one) > 0.0


def test_the_energy_equals_a_plain_sum_over_waves():
    """Helmholtz's projection wave by wave, without FFTs or sparse matrices."""
    points, normals = scanned(ball(0.4), 40)
    nodes, box = 9, 1.25  # an odd number: no wave is its own mirror image
    sides = np.random.default_rng(0).normal(size=len(points))
    at = (points + box / 2.0) * nodes / box
    grid = np.stack(np.meshgrid(*[np.arange(nodes)] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    hats = np.clip(1.0 - np.abs(at[:, None] - grid), 0.0, None).prod(axis=2)  # (N, nodes^3)
    flow = hats.T @ (sides[:, None] * normals)
    left = np.zeros_like(flow, dtype=complex)
    for wave in grid:
        k = np.where(wave > nodes // 2, wave - nodes, wave) / nodes
        phase = np.exp(-2j * np.pi * (grid @ wave) / nodes)
        part = phase @ flow
        if k.any():
            part = part - k * (k @ part) / (k @ k)
        damp = np.exp(-((2.0 * np.pi * 0.7) ** 2) * (k @ k))
        left += damp * np.conj(phase)[:, None] * part / nodes**3
    found = np.einsum("ij,ij->i", normals, hats @ left.real)
    made = Curl(points, normals, np.full(40, 0.02), nodes)(sides)
    assert made == pytest.approx(found * 0.02 / (box / nodes) ** 2, abs=1e-5)
