"""Which shells of the zero set are part of what was scanned."""

import numpy as np
import pytest
import trimesh

from caddis.geometry.surfaces.gridpull.extraction import supported
from tests.geometry.surfaces.gridpull.clouds import ball_in_ball, plate, scanned

SPACING = 0.01


def test_a_cavity_that_points_lie_on_stays():
    hollow = ball_in_ball()
    points, _ = scanned(hollow, 6000)
    assert len(supported(hollow, points, SPACING).faces) == len(hollow.faces)


def test_a_bubble_in_a_thin_wall_goes():
    wall = plate().subdivide_to_size(0.02)
    bubble = trimesh.creation.icosphere(2, 0.006).apply_scale([10.0, 10.0, 1.0])
    bubble.invert()
    both = trimesh.util.concatenate([wall, bubble])
    points, _ = scanned(wall, 20_000)
    kept = supported(both, points, SPACING)
    assert kept.volume == pytest.approx(wall.volume)
    assert len(kept.faces) == len(wall.faces)


def test_a_speck_that_few_points_support_goes():
    wall = plate().subdivide_to_size(0.02)
    speck = trimesh.creation.icosphere(2, 0.01).apply_translation([0.0, 0.0, 0.3])
    points = np.vstack([scanned(wall, 5000)[0], scanned(speck, 11)[0]])
    kept = supported(trimesh.util.concatenate([wall, speck]), points, SPACING)
    assert kept.body_count == 1
