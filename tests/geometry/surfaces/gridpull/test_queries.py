"""Distances of the queries near the surface are right, also in and around thin walls."""

import numpy as np
import pytest

from caddis.geometry.surfaces.gridpull.queries import offset_queries
from caddis.geometry.surfaces.gridpull.samples import OrientedSamples
from tests.geometry.surfaces.gridpull.clouds import ball, plate, scanned

SPACING = 0.05


def _samples(mesh, count: int = 20_000, trust: float = 1.0) -> OrientedSamples:
    points, normals = scanned(mesh, count)
    ones = np.ones(len(points))
    return OrientedSamples(points, normals, ones, trust * ones, 0.0)


def test_a_query_is_as_far_from_the_surface_as_it_says():
    queries = offset_queries(_samples(ball()), np.ones(20_000), SPACING)
    distance = (np.linalg.norm(queries.places, axis=1) - 0.5) / SPACING
    assert len(queries.places) == pytest.approx(40_000, rel=0.01)
    assert np.abs(distance - queries.distances).max() < 0.1


def test_no_query_is_behind_a_thin_wall():
    samples = _samples(plate())
    queries = offset_queries(samples, np.ones(20_000), SPACING)  # twice the plate's thickness
    assert (queries.distances > 0).all()
    assert len(queries.places) > 19_000
    assert (np.abs(queries.places) > plate().extents / 2.0).any(axis=1).all()


def test_untrusted_normals_give_no_queries():
    assert len(offset_queries(_samples(ball(), trust=0.1), np.ones(20_000), SPACING).places) == 0


def test_many_points_are_thinned_to_a_sample():
    few = offset_queries(_samples(ball()), np.ones(20_000), SPACING)
    many = offset_queries(_samples(ball(), 110_000), np.full(110_000, 20_000 / 110_000), SPACING)
    assert len(many.places) < 2 * 60_000
    assert many.weights.sum() == pytest.approx(few.weights.sum(), rel=0.01)
