"""Structures hang together, follow their curve, rest in balance, and come out the same again."""

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.data.webs.kinds import build_web
from caddis.generation.webs.assembly import Assembly, assemble
from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.curves import Curve, helix, knot
from caddis.generation.webs.generator import Pieces
from caddis.generation.webs.places import along_curve, inside, on_surface
from caddis.geometry.errors import ConfigError, NotSolidError
from caddis.geometry.webs import Web, web_parameters
from caddis.geometry.webs.solid import SolidOptions, web_solid


@pytest.fixture(scope="module")
def pieces():
    return Pieces([build_web("orb", 0)], pool=40)


@pytest.mark.parametrize("curve", [helix(), knot()], ids=["helix", "knot"])
def test_many_samples_along_a_curve_are_one_web_at_rest(pieces, curve):
    samples = pieces.sample(WebCondition(nodes=30), 40, seed=1)
    web, report = assemble(samples, along_curve(curve, 40))
    assert report.parts == web.parts.max() + 1 == 1
    assert report.largest_share == 1.0
    assert report.unbalanced < 1e-9
    assert (report.nodes, report.edges) == (len(web.nodes), len(web.edges))
    assert web.degrees.min() >= 2
    seams = 40 if curve.closed else 39
    assert report.welded + report.links >= 4 * seams
    centres, _ = curve.stations(400)
    off = np.linalg.norm(web.nodes[:, None] - centres, axis=2).min(axis=1)
    assert off.max() < 1.4 * curve.length / seams


def test_an_assembly_is_the_same_again(pieces):
    places = along_curve(helix(), 12)
    one, two = (assemble(pieces.sample(WebCondition(), 12, seed=3), places)[0] for _ in range(2))
    assert one.nodes.tobytes() == two.nodes.tobytes()
    assert one.edges.tobytes() == two.edges.tobytes()
    other = assemble(pieces.sample(WebCondition(), 12, seed=4), places)[0]
    assert one.nodes.tobytes() != other.nodes.tobytes()


def test_ends_are_kept_and_nothing_moves_when_neither_is_asked(pieces):
    samples = pieces.sample(WebCondition(nodes=20), 6, seed=0)
    web, report = assemble(samples, along_curve(helix(), 6), Assembly(trim=False, taut=False))
    assert report.unbalanced is None
    assert len(web.nodes) == sum(len(one.nodes) for one in samples) - report.welded
    total = sum(len(one.edges) for one in samples)
    assert total <= report.edges <= total + report.links


def test_links_join_different_nodes_and_are_the_shortest():
    flat = Web([[0, 0, 0], [1, 0, 0], [1, 1, 0.1], [0, 1, 0]], [[0, 1], [1, 2], [2, 3], [0, 3]])
    places = along_curve(Curve([[0, 0, 0], [30, 0, 0]]), 2)
    web, report = assemble([flat, flat], places, Assembly(overlap=0.0, links=2, taut=False))
    assert (report.links + report.welded, report.parts) == (2, 1)
    # two samples of extent 30 around x = 0 and 30: they meet in the middle
    assert report.longest_link_mm < 45.0
    assert len(web.edges) == 8 + report.links


@settings(max_examples=5)
@given(st.integers(2, 9), st.integers(0, 99))
def test_samples_on_a_surface_and_in_a_solid_hang_together(count, seed):
    ball = trimesh.creation.icosphere(radius=40.0)
    for places in (on_surface(ball, count, seed), inside(ball, count, seed)):
        assert places.centres.shape == (count, 3)
        turn = places.frames @ places.frames.transpose(0, 2, 1)
        assert turn == pytest.approx(np.broadcast_to(np.eye(3), turn.shape), abs=1e-9)
        web = Web(np.eye(3), [[0, 1], [1, 2], [0, 2]])
        _, report = assemble([web] * count, places)
        assert report.parts == 1
    assert np.linalg.norm(inside(ball, count, seed).centres, axis=1).max() < 40.0
    on = on_surface(ball, count, seed)
    assert np.linalg.norm(on.centres, axis=1) == pytest.approx(40.0, rel=0.02)
    out = np.einsum("sk,sk->s", on.frames[:, :, 2], on.centres) / 40.0
    assert out.min() > 0.97


def test_an_assembled_helix_becomes_one_printable_body(pieces):
    samples = pieces.sample(WebCondition(nodes=10), 6, seed=2)
    web, _ = assemble(samples, along_curve(helix(20.0, 20.0, 1.0), 6))
    made = web_solid(web, SolidOptions(diameter_mm=2.0, fineness=2.5, base="cut"))
    assert made.mesh.is_watertight
    assert made.mesh.body_count == 1


def test_wrong_numbers_of_samples_and_empty_places_are_refused(pieces):
    places = along_curve(helix(), 3)
    with pytest.raises(ConfigError):
        assemble(pieces.sample(WebCondition(), 2, 0), places)
    with pytest.raises(ConfigError):
        assemble([Web(np.eye(3), [])] * 3, places)
    for wrong in ({"overlap": -1.0}, {"weld": 2.0}, {"links": 0}):
        with pytest.raises(ConfigError):
            Assembly(**wrong)
    with pytest.raises(ConfigError):
        on_surface(trimesh.creation.box(), 1, 0)
    sheet = trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]])
    with pytest.raises(NotSolidError):
        inside(sheet, 4, 0)


@given(st.integers(6, 40), st.floats(0.5, 9.0))
@settings(max_examples=15)
def test_pieces_come_near_what_is_asked(pieces, nodes, length):
    found = pieces.sample(WebCondition(nodes=nodes, edge_length_mm=length), 3, 5)
    for web in found:
        has = web_parameters(web)
        assert has.mean_length_mm == pytest.approx(length)
        assert abs(has.nodes - nodes) <= 25
        assert has.parts == 1


def test_more_pieces_start_with_the_same_ones(pieces):
    few, many = (pieces.sample(WebCondition(), n, 7) for n in (2, 5))
    assert [web.nodes.tobytes() for web in few] == [web.nodes.tobytes() for web in many[:2]]


def test_pieces_need_webs_of_a_known_kind():
    with pytest.raises(ConfigError):
        Pieces([])
    with pytest.raises(ConfigError):
        Pieces.of_kind("cob")
    assert len(Pieces.of_kind("orb", webs=1, pool=4).sample(WebCondition(), 1, 0)) == 1
    with pytest.raises(ConfigError):
        Pieces([build_web("orb", 0)], pool=3).sample(WebCondition(), 0, 0)
