"""Webs that are built have what real webs have."""

from dataclasses import replace

import numpy as np
import pytest

from caddis.data.webs.kinds import KINDS, build_web
from caddis.data.webs.orb import Orb
from caddis.data.webs.threads import Laying, Manner, _meetings, lay
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs import web_parameters
from caddis.geometry.webs.equilibrium import unbalanced


@pytest.fixture(scope="module", params=KINDS)
def kind_and_web(request):
    return request.param, build_web(request.param, 3)


def test_the_same_seed_builds_the_same_bytes(kind_and_web):
    kind, web = kind_and_web
    again = build_web(kind, 3)
    for name in ("nodes", "edges", "tensions", "anchors"):
        assert getattr(web, name).tobytes() == getattr(again, name).tobytes()


def test_a_web_is_one_piece_at_rest_under_tension(kind_and_web):
    _, web = kind_and_web
    assert web.parts.max() == 0
    assert unbalanced(web) < 1e-9
    assert web.tensions.min() > 0.0
    assert web.held.sum() >= 3


def test_degrees_and_lengths_are_as_in_real_webs(kind_and_web):
    kind, web = kind_and_web
    junctions = web.degrees[web.degrees > 2]
    assert (3.8 if kind == "orb" else 3.0) < junctions.mean() < (4.1 if kind == "orb" else 3.8)
    lengths = web.lengths
    assert 0.4 < np.log(lengths).std() < 0.9
    assert web_parameters(web).clustering < 0.15


def test_another_seed_builds_another_web():
    assert build_web("orb", 4).nodes.tobytes() != build_web("orb", 3).nodes.tobytes()


def test_an_orb_is_flat_and_a_sheet_nearly_so():
    assert np.ptp(build_web("orb", 0).nodes[:, 1]) == pytest.approx(0.0, abs=1e-9)
    flat, round_ = (web_parameters(build_web(kind, 0)) for kind in ("sheet", "tangle"))
    assert flat.orientation[2] < 0.15
    assert round_.orientation[2] > 0.25


def test_anchors_of_a_tangle_lie_on_the_walls():
    how = Laying(threads=60)
    web = lay(how, Manner(lambda p: np.ones(len(p))), np.random.default_rng(0))
    walls = np.minimum(np.abs(web.nodes), np.abs(web.nodes - np.array(how.box))).min(axis=1)
    assert np.abs(walls[web.held]).max() < how.glue
    assert (walls[~web.held] > 0).all()


def test_a_ray_meets_segments_where_a_fine_search_finds_it():
    rng = np.random.default_rng(0)
    origin, direction = np.zeros(3), np.array([0.0, 0.6, 0.8])
    start, along = rng.normal(size=(2, 40, 3)) * 5
    gap, _, _ = _meetings(origin, direction, start, along, np.linalg.norm(along, axis=1))
    share = np.linspace(0, 1, 2001)
    for row in range(40):
        points = start[row] + share[:, None] * along[row]
        way = np.maximum(points @ direction, 0.0)
        slow = np.linalg.norm(points - way[:, None] * direction, axis=1).min()
        # behind the origin the nearer end is found only up to the segment's own length
        assert gap[row] >= slow - 1e-2
        if slow < 2.0 and way.min() > 0.0:
            assert gap[row] == pytest.approx(slow, abs=1e-2)


def test_what_cannot_be_built_is_refused():
    with pytest.raises(ConfigError, match="tangle, sheet, orb"):
        build_web("cob", 0)
    with pytest.raises(ConfigError):
        build_web("orb", -1)
    for wrong in ({"supports": 0}, {"mean_length": 0.0}, {"to_wall": 2.0}, {"closest": 90.0}):
        with pytest.raises(ConfigError):
            replace(Laying(), **wrong)
    for wrong in ({"mesh": 50.0}, {"corners": 2}, {"missing": 1.0}):
        with pytest.raises(ConfigError):
            replace(Orb(), **wrong)
