"""All our back-ends for points refuse unusable input clearly, and turn the rest into solids."""

from __future__ import annotations

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import CaddisError
from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.surfaces.backends import point_backend

NAMES = {"gridpull": 32, "voromesh": 12}
BOTH = ["gridpull", pytest.param("voromesh", marks=pytest.mark.slow)]
BALL = sample_surface(trimesh.creation.icosphere(2), 400, np.random.default_rng(0))[0]
RNG = np.random.default_rng(1)
LINE = np.outer(np.arange(100.0), [1.0, 2.0, 3.0])
PLANE = np.hstack([RNG.random((400, 2)), np.full((400, 1), 0.3)])
HOPELESS = {
    "no points": BALL[:0],
    "three points": BALL[:3],
    "all equal": np.ones((100, 3)),
    "collinear": LINE,
    "coplanar": PLANE,
    "coplanar and askew": PLANE @ np.linalg.qr(RNG.normal(size=(3, 3)))[0],
    "NaN": np.vstack([BALL, [[0.0, np.nan, 0.0]]]),
    "infinite": np.vstack([BALL, [[np.inf, 0.0, 0.0]]]),
    "two parts worlds apart": np.vstack([BALL, BALL + np.array([1e9, 0.0, 0.0])]),
}
SOUND = {
    "duplicates": np.vstack([BALL, BALL]),
    "tiny": 1e-12 * BALL,
    "huge": 1e12 * BALL,
    "two parts": np.vstack([BALL, 0.5 * BALL + [2.5, 0.0, 0.0]]),
}
THIN = {
    "very thin": BALL * [1.0, 1.0, 1e-3],
    "a helix": np.stack([np.cos(t := np.linspace(0, 9, 300)), np.sin(t), 0.2 * t], axis=1),
}


@st.composite
def clouds(draw: st.DrawFn) -> np.ndarray:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    points = rng.normal(size=(draw(st.integers(1, 400)), 3))
    kind = draw(st.sampled_from(["gauss", "ball", "lattice", "clusters"]))
    if kind == "ball":
        points /= np.linalg.norm(points, axis=1, keepdims=True)
    if kind == "lattice":
        points = np.round(points)
    if kind == "clusters":
        points = 0.01 * points + rng.integers(0, 3, points.shape)
    points *= [1.0, 1.0, draw(st.sampled_from([1.0, 1e-3, 1e-9, 0.0]))]
    return 10.0 ** draw(st.integers(-12, 12)) * np.repeat(points, draw(st.integers(1, 2)), axis=0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", HOPELESS)
def test_points_that_enclose_nothing_are_refused_with_a_message(name: str, kind: str) -> None:
    with pytest.raises(CaddisError, match=r"\w+ \w+"):
        point_backend(name).from_points(HOPELESS[kind], resolution=NAMES[name])


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("kind", THIN)
def test_what_has_hardly_an_inside_gives_a_clean_solid_or_an_error_in_words(
    name: str, kind: str
) -> None:
    _solid_or_error(name, THIN[kind])


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("kind", SOUND)
def test_what_is_only_large_small_doubled_or_apart_gives_a_solid(name: str, kind: str) -> None:
    assert _solid_or_error(name, SOUND[kind])


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(points=clouds())
def test_whatever_is_scanned_gives_a_clean_solid_or_an_error_in_words(
    name: str, points: np.ndarray
) -> None:
    _solid_or_error(name, points)


def _solid_or_error(name: str, points: np.ndarray) -> bool:
    """Tell whether it is a solid; fail unless it is one or an error that says something."""
    try:
        made = point_backend(name).from_points(points, resolution=NAMES[name])
    except CaddisError as error:
        assert len(str(error).split()) > 2
        return False
    extent = np.ptp(points, axis=0).max()
    assert is_clean(trimesh.Trimesh(made.vertices / extent, made.faces, process=False))
    return True
