"""Stiffness against closed forms, against the energy of the beams, and against another program."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import BrokenWebError, ConfigError, MechanismError
from caddis.geometry.webs import Web
from caddis.geometry.webs.mechanics import stretch
from caddis.geometry.webs.mechanics.frame import frame_stiffness
from caddis.geometry.webs.mechanics.material import PLA, Material, area, second_moment
from caddis.geometry.webs.mechanics.pins import pin_stiffness
from caddis.geometry.webs.mechanics.solving import solve
from tests.geometry.webs.webs import cube, random_web

STEEL = Material(210_000.0, 0.3, 7.85)
R = 2.0
AREA, INERTIA = area(np.array(R)), second_moment(np.array(R))


def turned(web, seed=1):
    """The web in some other orientation: nothing may depend on it."""
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]
    turn *= np.sign(np.linalg.det(turn))
    return web.moved(web.nodes @ turn.T), turn


def loaded(stiffness, fixed, loads):
    return solve(stiffness, fixed.ravel(), np.zeros(fixed.size), loads.ravel())


def cantilever(force=(0, 0, 0), moment=(0, 0, 0), pieces=3, length=100.0):
    """Tip displacement and rotation in the beam's frame, computed in a turned one."""
    places = np.outer(np.linspace(0, length, pieces + 1), [1.0, 0, 0])
    edges = np.stack([np.arange(pieces), np.arange(1, pieces + 1)], axis=1)
    web, turn = turned(Web(places, edges, np.full(pieces, R)))
    fixed, loads = np.zeros((pieces + 1, 6), bool), np.zeros((pieces + 1, 6))
    fixed[0] = True
    loads[-1] = [*(turn @ force), *(turn @ moment)]
    answer = loaded(frame_stiffness(web, STEEL), fixed, loads)
    tip = answer.displacements.reshape(-1, 6)[-1]
    return turn.T @ tip[:3], turn.T @ tip[3:]


def test_a_cantilever_bends_twists_and_stretches_as_the_books_say():
    bent, slope = cantilever(force=(0, 50.0, 0))
    assert bent == pytest.approx([0, 50 * 100**3 / (3 * STEEL.young_mpa * INERTIA), 0], abs=1e-9)
    assert slope == pytest.approx([0, 0, 50 * 100**2 / (2 * STEEL.young_mpa * INERTIA)], abs=1e-9)
    bent, _ = cantilever(moment=(0, 300.0, 0))
    assert bent == pytest.approx([0, 0, -300 * 100**2 / (2 * STEEL.young_mpa * INERTIA)], abs=1e-9)
    _, twist = cantilever(moment=(70.0, 0, 0))
    assert twist == pytest.approx([70 * 100 / (STEEL.shear_mpa * 2 * INERTIA), 0, 0], abs=1e-12)
    pulled, _ = cantilever(force=(1000.0, 0, 0))
    assert pulled == pytest.approx([1000 * 100 / (STEEL.young_mpa * AREA), 0, 0], abs=1e-9)


def test_a_beam_held_at_both_ends_sags_by_a_192nd():
    web, turn = turned(Web([[0, 0, 0], [50, 0, 0], [100, 0, 0]], [[0, 1], [1, 2]], [R, R]))
    fixed, loads = np.zeros((3, 6), bool), np.zeros((3, 6))
    fixed[[0, 2]] = True
    loads[1, :3] = turn @ [0, 0, -80.0]
    down = loaded(frame_stiffness(web, STEEL), fixed, loads).displacements[6:9]
    assert turn.T @ down == pytest.approx([0, 0, -80 * 100**3 / (192 * STEEL.young_mpa * INERTIA)])


def test_two_pinned_bars_carry_a_load_as_the_books_say():
    # Symmetric pair at 45 degrees under a load P at the top: F = -P / sqrt 2 each.
    web = Web([[-50, 0, 0], [50, 0, 0], [0, 0, 50]], [[0, 2], [1, 2]], [R, R])
    fixed = np.ones((3, 3), bool)
    fixed[2, [0, 2]] = False
    loads = np.zeros((3, 3))
    loads[2, 2] = -100.0
    answer = loaded(pin_stiffness(web, STEEL), fixed, loads)
    length = 50 * np.sqrt(2)
    assert answer.displacements[8] == pytest.approx(-100 * length / (AREA * STEEL.young_mpa))
    assert answer.forces.reshape(3, 3)[:2, 2].sum() == pytest.approx(100.0)


def test_a_taut_string_resists_sideways_with_its_tension_alone():
    web = Web([[0, 0, 0], [50, 0, 0], [100, 0, 0]], [[0, 1], [1, 2]], [0.1, 0.1])
    fixed, loads = np.ones((3, 3), bool), np.zeros((3, 3))
    fixed[1] = False
    loads[1, 2] = 1.0
    taut = pin_stiffness(web, STEEL, np.array([20.0, 20.0]))
    assert loaded(taut, fixed, loads).displacements[5] == pytest.approx(1 / (20 / 50 + 20 / 50))
    with pytest.raises(MechanismError):
        loaded(pin_stiffness(web, STEEL), fixed, loads)


def energy_matrix(web, material):
    """Stiffness from the beams' energy: Hermite cubics, six Gauss points, one freedom at a time."""
    points, weights = np.polynomial.legendre.leggauss(6)
    s, weights = (points + 1) / 2, weights / 2
    matrix = np.zeros((6 * len(web.nodes),) * 2)
    for (one, two), radius in zip(web.edges, web.radii, strict=True):
        along = web.nodes[two] - web.nodes[one]
        length = np.linalg.norm(along)
        x = along / length
        across = np.linalg.svd(x[None])[2][1:]
        columns = [6 * one + i for i in range(6)] + [6 * two + i for i in range(6)]
        strains = []  # rows: a generalised strain at each Gauss point, times root of its weight
        stretch_, twist = np.zeros(12), np.zeros(12)
        stretch_[0:3], stretch_[6:9] = -x / length, x / length
        twist[3:6], twist[9:12] = -x / length, x / length
        strains.append(np.sqrt(material.young_mpa * np.pi * radius**2 * length) * stretch_)
        strains.append(np.sqrt(material.shear_mpa * np.pi * radius**4 / 2 * length) * twist)
        for side in across:
            # d/dx of the deflection along `side` is the rotation about x cross side.
            axis = np.cross(x, side)
            bends = np.zeros((len(s), 12))
            bends[:, 0:3] = np.outer((12 * s - 6) / length**2, side)
            bends[:, 3:6] = np.outer((6 * s - 4) / length, axis)
            bends[:, 6:9] = np.outer((6 - 12 * s) / length**2, side)
            bends[:, 9:12] = np.outer((6 * s - 2) / length, axis)
            scale = material.young_mpa * np.pi * radius**4 / 4 * length * weights
            strains.extend(np.sqrt(scale)[:, None] * bends)
        rows = np.array(strains)
        matrix[np.ix_(columns, columns)] += rows.T @ rows
    return matrix


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_the_frame_agrees_with_the_energy_of_its_beams(seed):
    web = random_web(seed, 6, 9, radii=True)
    fast, slow = frame_stiffness(web, STEEL).toarray(), energy_matrix(web, STEEL)
    assert np.abs(fast - slow).max() < 1e-9 * np.abs(slow).max()


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_moving_or_turning_a_whole_frame_costs_nothing(seed):
    web = random_web(seed, 6, 9, radii=True)
    matrix = frame_stiffness(web, STEEL).toarray()
    for axis in np.eye(3):
        shift = np.concatenate([np.tile(axis, (6, 1)), np.zeros((6, 3))], axis=1).ravel()
        spin = np.concatenate([np.cross(axis, web.nodes), np.tile(axis, (6, 1))], axis=1).ravel()
        for move in (shift, spin):
            assert np.abs(matrix @ move).max() < 1e-7 * np.abs(matrix).max()


def test_a_frame_agrees_with_pynite():
    """`python -m benchmarks.frame_oracle` made the figures with PyNiteFEA 3.2.0."""
    held = json.loads((Path(__file__).parent / "pynite.json").read_text())
    web = Web(held["nodes"], held["edges"], held["radii"])
    fixed = np.zeros((len(web.nodes), 6), bool)
    fixed[held["fixed"]] = True
    material = Material(held["young_mpa"], held["poisson"], 1.0)
    answer = loaded(frame_stiffness(web, material), fixed, np.array(held["loads"]))
    expected = np.array(held["displacements"])
    found = answer.displacements.reshape(-1, 6)
    assert np.abs(found - expected).max() < 1e-6 * np.abs(expected).max()


def test_a_bundle_of_parallel_struts_has_the_stiffness_of_its_area():
    nodes = [[x, y, z] for y in (0, 10) for z in (0, 20) for x in (0, 100)]
    web = Web(nodes, [[0, 1], [2, 3], [4, 5], [6, 7]], np.full(4, 1.0))
    for joints in ("rigid", "pinned"):
        found = stretch(web, "x", joints=joints).stiffness
        assert found.modulus_mpa == pytest.approx(PLA.young_mpa * 4 * np.pi / 200)
        assert found.relative_density == pytest.approx(4 * np.pi / 200)
        assert found.modulus_share == pytest.approx(1.0)
        assert found.mass_g == pytest.approx(4 * np.pi * 100 * PLA.density / 1000)
        assert found.specific == pytest.approx(PLA.young_mpa / PLA.density)
        assert found.largest_force_n == pytest.approx(PLA.young_mpa * np.pi)


def test_thicker_struts_are_stiffer_and_a_stiffer_material_in_proportion():
    web = replace(cube(), radii=np.full(12, 0.5))
    web = Web([*web.nodes, [5, 5, 5]], [*web.edges, *[[i, 8] for i in range(8)]], np.full(20, 0.5))
    base = stretch(web, "z").stiffness.modulus_mpa
    assert stretch(replace(web, radii=np.full(20, 0.7)), "z").stiffness.modulus_mpa > base
    twice = replace(PLA, young_mpa=2 * PLA.young_mpa)
    assert stretch(web, "z", material=twice).stiffness.modulus_mpa == pytest.approx(2 * base)
    assert stretch(web, "x").stiffness.modulus_mpa == pytest.approx(base)
    assert stretch(web, "z", joints="pinned").stiffness.modulus_mpa < base


def test_forces_balance_at_every_free_joint_of_pins():
    web = Web([*cube().nodes, [5, 4, 6]], [*cube().edges, *[[i, 8] for i in range(8)]],
              np.full(20, 0.5))  # fmt: skip
    found = stretch(web, "z", joints="pinned")
    unit = found.web.vectors / found.web.lengths[:, None]
    net = np.zeros((9, 3))
    np.add.at(net, found.web.edges[:, 0], found.axial_n[:, None] * unit)
    np.add.at(net, found.web.edges[:, 1], -found.axial_n[:, None] * unit)
    assert np.abs(net[8]).max() < 1e-6 * found.axial_n.max()


def test_parts_that_do_not_join_the_clamps_carry_nothing():
    web = Web([[0, 0, 0], [50, 1, 0], [100, 0, 0], [20, 5, 5], [60, 5, 5]],
              [[0, 1], [1, 2], [3, 4]], np.full(3, 1.0))  # fmt: skip
    assert len(stretch(web).web.edges) == 2


def test_what_cannot_be_loaded_is_refused():
    loose = Web([[0, 0, 0], [1, 0, 0], [9, 0, 0], [10, 0, 0]], [[0, 1], [2, 3]], [1.0, 1.0])
    with pytest.raises(MechanismError, match="clamps"):
        stretch(loose)
    with pytest.raises(MechanismError, match="extent"):
        stretch(loose, "y")
    held = replace(cube(), radii=np.full(12, 1.0))
    with pytest.raises(ConfigError):
        stretch(held, "w")
    with pytest.raises(ConfigError):
        stretch(held, "x", joints="cable")
    with pytest.raises(BrokenWebError):
        stretch(cube())
    with pytest.raises(BrokenWebError):
        stretch(Web([[0, 0, 0], [0, 0, 0], [5, 0, 0]], [[0, 1], [1, 2]], [1.0, 1.0]))
    with pytest.raises(ConfigError):
        Material(0.0, 0.3, 1.0)
    bent = Web([[0, 0, 0], [5, 5, 0], [10, 0, 0]], [[0, 1], [1, 2]], [1.0, 1.0])
    with pytest.raises(MechanismError, match="without resistance"):
        stretch(bent, "x", joints="pinned")
