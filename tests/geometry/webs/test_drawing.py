"""Pictures of webs show tension and compression."""

import numpy as np
import pytest

from caddis.geometry.errors import BrokenWebError, ConfigError
from caddis.geometry.pictures.render import render
from caddis.geometry.webs import Web
from caddis.geometry.webs.drawing import COMPRESSION, NO_FORCE, TENSION, draw_web, force_colours
from tests.geometry.shapes import box
from tests.geometry.webs.webs import cube

CROSS = Web([[-9, 0, 0], [9, 0, 0], [0, 0, -9], [0, 0, 9]], [[0, 1], [2, 3]], [1.0, 1.0])


def test_forces_are_coloured_by_sign_and_depth():
    colours = force_colours(np.array([4.0, -4.0, 0.0, 1.0]))
    assert colours[:3] == pytest.approx(np.array([TENSION, COMPRESSION, NO_FORCE]))
    assert colours[3] == pytest.approx((TENSION + NO_FORCE) / 2)


def test_a_pulled_thread_is_red_and_a_pushed_one_blue():
    picture = np.asarray(draw_web(CROSS, 96, forces=np.array([1.0, -1.0]))).astype(int)
    red = (picture[..., 0] > picture[..., 2] + 60).nonzero()
    blue = (picture[..., 2] > picture[..., 0] + 60).nonzero()
    assert np.ptp(red[1]) > np.ptp(blue[1])  # the red one lies, the blue one stands
    assert np.ptp(blue[0]) > np.ptp(red[0])


def test_the_same_web_gives_the_same_picture():
    one, two = (draw_web(cube(), 64).tobytes() for _ in range(2))
    assert one == two


def test_wrong_forces_and_nothing_to_draw_are_refused():
    with pytest.raises(BrokenWebError):
        draw_web(cube(), forces=np.zeros(3))
    with pytest.raises(BrokenWebError):
        draw_web(Web([[0, 0, 0]], []))
    with pytest.raises(ConfigError):
        render(box(), 32, face_colours=np.zeros((3, 3)))
