"""The building blocks: sizes, places, and outlines that are what they are called."""

import numpy as np
import pytest

from caddis.data.attributes.outline import name_of
from caddis.data.families import outlines, solids


def bounds(solid):
    return np.array(solid.bounding_box()).reshape(2, 3)


@pytest.mark.parametrize("rounding", [0.0, 0.4, 9.0])
def test_a_box_stands_where_it_is_put(rounding):
    low, high = bounds(solids.box((2, 4, 6), (1, 2, 3), rounding))
    np.testing.assert_allclose(low, (0, 0, 3), atol=1e-6)
    np.testing.assert_allclose(high, (2, 4, 9), atol=1e-6)


@pytest.mark.parametrize(
    ("outline", "name"),
    [
        (outlines.circle(3), "round"),
        (outlines.oval(6, 3), "oval"),
        (outlines.rectangle(3, 3, 0.3), "square"),
        (outlines.rectangle(6, 3), "rectangular"),
        (outlines.regular(6, 3), "hexagonal"),
        (outlines.star(5, 3, 1.2), ""),
    ],
)
def test_outlines_are_what_they_are_called(outline, name):
    assert name_of(np.asarray(outline.to_polygons()[0])) == name


def test_a_rod_reaches_from_end_to_end_and_legs_stand_flat():
    low, high = bounds(solids.rod((0, 0, 0), (0, 6, 8), 0.5))
    assert low[2] == pytest.approx(-0.3, abs=0.05)
    assert high[1] == pytest.approx(6.4, abs=0.05)
    for leg in (solids.leg((3, 1, 0), (1, 0, 7), 0.6), solids.round_leg((3, 1, 0), (1, 0, 7), 0.4)):
        assert bounds(leg)[0][2] == 0.0
        assert leg.slice(0.0005).area() > 0.3


def test_turned_profiles_and_tubes_have_the_volume_of_their_formulas():
    ring = solids.turned([(3, 0), (4, 0), (4, 1), (3, 1)], 256)
    assert ring.volume() == pytest.approx(np.pi * 7, rel=1e-3)
    straight = solids.tube([(0, 0, 0), (0, 0, 5), (0, 0, 10)], 1.0)
    assert straight.volume() == pytest.approx(np.pi * (10 + 4 / 3), rel=0.05)


def test_copies_around_and_on_both_sides():
    post = solids.cylinder(0.5, 2, (3, 0, 0))
    assert len(solids.around(post, 5).decompose()) == 5
    assert len(solids.both_sides(post).decompose()) == 2
    np.testing.assert_allclose(bounds(solids.both_sides(post))[:, 0], (-3.5, 3.5))


def test_smooth_curves_go_through_their_points_and_never_past_them():
    knots = [(1, 0), (3, 2), (3, 4), (1, 6)]
    curve = outlines.smooth(knots, 8)
    for knot in knots:
        assert np.linalg.norm(curve - knot, axis=1).min() < 1e-9
    assert curve[:, 0].max() <= 3 + 1e-9
    assert curve[:, 0].min() >= 1 - 1e-9


def test_a_band_has_its_width():
    stripe = outlines.band([(0, 0), (10, 0)], 2)
    assert stripe.area() == pytest.approx(20 + np.pi, rel=0.02)
