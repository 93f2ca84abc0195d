import numpy as np
import pytest

from caddis.geometry.errors import NoSurfaceError
from caddis.geometry.field import FramedField
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.backends import backend
from caddis.geometry.surfaces.connected import LEVELS, WHOLE, connected_surface, largest_share
from caddis.geometry.symmetry import symmetry


def two_balls(gap):
    """Return the field of two equal balls whose surfaces are `gap` apart."""
    centre = np.array([0.2 + gap / 2, 0.0, 0.0])

    def field(points):
        one = np.linalg.norm(points - centre, axis=1)
        two = np.linalg.norm(points + centre, axis=1)
        return (np.minimum(one, two) - 0.2).astype(np.float32)

    return field


def test_a_whole_surface_is_left_as_it_is():
    found = connected_surface(two_balls(-0.1), backend("marching-cubes"), 48)
    assert (found.level, found.share) == (0.0, 1.0)


def test_a_narrow_gap_is_grown_shut_by_the_smallest_level_that_does():
    found = connected_surface(two_balls(0.01), backend("marching-cubes"), 96)
    assert found.share >= WHOLE
    assert found.level == 0.008  # twice .004 would not reach across, twice .008 does


def test_a_wide_gap_stays_and_nothing_is_grown():
    found = connected_surface(two_balls(0.1), backend("marching-cubes"), 48)
    assert found.level == 0.0
    assert found.share == pytest.approx(0.5, abs=0.01)
    assert 2 * max(LEVELS) < 0.1


def test_growth_that_helps_in_part_is_better_than_none():
    far = two_balls(0.2)

    def three_balls(points):  # the third one, beside the first, is within reach of it
        third = np.linalg.norm(points - np.array([0.3, 0.0, 0.315]), axis=1) - 0.1
        return np.minimum(far(points), third).astype(np.float32)

    found = connected_surface(three_balls, backend("marching-cubes"), 96)
    assert found.level == 0.008
    assert 0.5 < found.share < WHOLE


def test_cavities_are_no_bodies():
    def hollow(points):
        return (np.abs(np.linalg.norm(points, axis=1) - 0.3) - 0.08).astype(np.float32)

    assert largest_share(backend("marching-cubes").from_field(hollow, 48)) == 1.0


def test_a_field_without_surface_is_refused():
    with pytest.raises(NoSurfaceError):
        connected_surface(lambda p: np.ones(len(p), np.float32), backend("marching-cubes"), 16)


def test_a_grown_field_keeps_its_frame_with_a_larger_box():
    class Framed:
        frame = ShapeFrame(symmetry("x"), (0.81, 0.4, 0.4))

        def __call__(self, points):
            return two_balls(0.01)(points)

    asked = []

    class Spy:
        name = "spy"

        def from_field(self, field, resolution, *, bound=0.55):
            asked.append(field)
            return backend("marching-cubes").from_field(field, resolution, bound=bound)

    assert connected_surface(Framed(), Spy(), 96).level == 0.008
    assert all(isinstance(field, FramedField) for field in asked)
    assert [field.frame.symmetry.name for field in asked] == ["x"] * 3
    assert asked[2].frame.sides == pytest.approx((0.826, 0.416, 0.416))
