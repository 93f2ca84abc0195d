"""Solids of webs: closed, manifold, one body, never thinner than asked, clean as STL too."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import BrokenWebError, ConfigError, NotSolidError, TooLargeError
from caddis.geometry.files.export import export_mesh
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.gate import check, is_clean
from caddis.geometry.gate.profiles import FDM
from caddis.geometry.surfaces.sparse_marching_cubes import mesh_from_sparse_grid
from caddis.geometry.webs import Web
from caddis.geometry.webs import struts as struts_module
from caddis.geometry.webs.editing import largest_part
from caddis.geometry.webs.solid import SolidOptions, placed, web_solid
from caddis.geometry.webs.spans import mesh_struts
from caddis.geometry.webs.struts import Bar, Struts, grid_around, strut_grid
from tests.geometry.topology import is_edge_manifold, is_vertex_manifold
from tests.geometry.webs.webs import cube, random_web
from tests.slicer import LAYER_MM, SLICER, info, slice_file

BASES = ("none", "cut", "plate", "frame")


def grid_of(web, bars=(), spacing=0.4, sharpness=20.0):
    every = [web.nodes - 2, web.nodes + 2, *[np.array([bar.low, bar.high]) for bar in bars]]
    every = np.concatenate(every)
    lattice = grid_around(every.min(axis=0), every.max(axis=0), spacing)
    return strut_grid(Struts.of(web), bars, lattice, sharpness), Struts.of(web)


def slow_distance(points, struts):
    found = []
    for one, two, radius in zip(struts.starts, struts.ends, struts.radii, strict=True):
        along = two - one
        share = np.clip((points - one) @ along / max(along @ along, 1e-12), 0, 1)
        found.append(np.linalg.norm(points - one - share[:, None] * along, axis=1) - radius)
    return np.array(found)


@settings(max_examples=15)
@given(st.integers(0, 9999), st.integers(1, 8))
def test_the_grid_holds_the_distance_that_a_slow_search_finds(seed, edges):
    web = random_web(seed, 6, edges, radii=True, box=8.0)
    found, struts = grid_of(web)
    lattice = found.grid
    every = np.arange(np.prod(lattice.shape))
    distance = slow_distance(lattice.positions(every), struts)
    smooth = -np.log(np.exp(-20.0 * distance).sum(axis=0)) / 20.0
    listed = np.isin(every, lattice.index)
    assert (distance.min(axis=0)[~listed] > np.sqrt(3) * lattice.spacing).all()
    near = np.abs(smooth[listed]) < 0.2
    assert lattice.values[near] == pytest.approx(smooth[listed][near], abs=1e-4)
    # who is alone at a corner is the nearest, and nobody else is within two cells
    alone = np.flatnonzero(found.owner >= 0)
    there = distance[:, lattice.index[alone]]
    assert (there.argmin(axis=0) == found.owner[alone]).all()
    assert ((there < 2 * lattice.spacing - 1e-9).sum(axis=0) <= 1).all()


@settings(max_examples=8)
@given(st.integers(0, 9999), st.integers(1, 10))
def test_belts_leave_the_solid_as_marching_cubes_makes_it(seed, edges):
    web = random_web(seed, 8, edges, radii=True, box=25.0)
    web = replace(web, radii=web.radii + 0.3)
    found, struts = grid_of(web)
    fine = mesh_from_sparse_grid(found.grid)
    mesh = mesh_struts(found, struts)
    assert is_edge_manifold(mesh.faces)
    assert is_vertex_manifold(mesh.faces)
    assert mesh.volume == pytest.approx(fine.volume, rel=0.04)
    # A belt adds no vertex and stays on the tube: between its chords and its radius.
    spots = mesh.triangles_center
    off = slow_distance(spots, struts).min(axis=0)
    assert off.max() < 0.25
    assert off.min() > -0.3 * web.radii.max()
    assert len(mesh.faces) <= len(fine.faces)


def test_long_struts_get_few_faces():
    web = Web([[0, 0, 0], [60, 7, 3]], [[0, 1]], [1.0])
    found, struts = grid_of(web)
    assert len(mesh_struts(found, struts).faces) < 900
    assert len(mesh_from_sparse_grid(found.grid).faces) > 6000


@pytest.mark.parametrize("base", BASES)
def test_a_web_becomes_one_clean_body_on_the_bed(base):
    web = largest_part(random_web(5, 8, 12, box=14.0))
    made = web_solid(web, SolidOptions(diameter_mm=1.5, base=base, bar_mm=2.0))
    assert is_clean(made.mesh)
    report = check(made.mesh)
    assert report.is_solid
    assert report["wall"].status == report["on_bed"].status == "pass"
    assert made.mesh.vertices[:, 2].min() == 0.0
    assert np.abs(made.mesh.bounds[:, :2].sum(axis=0)).max() < 1e-4
    if base in {"plate", "frame"}:
        assert report["contact"].status == "pass"
    if base == "cut":
        assert report["contact"].value > 0.0
    if base in {"none", "cut"}:
        assert report["contact"].status != "pass"


@pytest.mark.parametrize("process", ["fdm", "sla", "sls"])
def test_struts_are_held_to_the_process(process):
    made = web_solid(cube(6.0), SolidOptions(diameter_mm=0.1, process=process, base="none"))
    assert check(made.mesh, profile=process)["wall"].status == "pass"
    assert "thickened 12 strut(s)" in made.changes[0]


@given(st.floats(0.9, 3.0), st.floats(0.0, np.pi), st.floats(-1.0, 1.0))
@settings(max_examples=8)
def test_a_strut_is_never_thinner_than_asked_in_any_direction(diameter, azimuth, height):
    direction = np.array([np.cos(azimuth), np.sin(azimuth), height]) * 15.0
    options = SolidOptions(diameter_mm=diameter, base="none")
    made = web_solid(Web([[0, 0, 0], direction], [[0, 1]]), options)
    assert check(made.mesh, profile=replace(FDM, min_wall_mm=diameter))["wall"].status == "pass"
    exact = np.pi * (diameter / 2) ** 2 * np.linalg.norm(direction)
    assert 1.05 < made.mesh.volume / exact < 1.6


def test_the_stl_is_as_clean_as_the_3mf(tmp_path):
    web = random_web(7, 8, 12, box=14.0)
    made = web_solid(largest_part(web), SolidOptions(diameter_mm=1.5))
    for ending in ("stl", "3mf"):
        path = export_mesh(made.mesh, tmp_path / f"web.{ending}", title="web", licence="CC0-1.0")
        assert check(load_mesh(path)).is_solid


def test_a_finer_solid_is_nearer_to_round_struts():
    web = Web([[0, 0, 0], [20, 3, 6]], [[0, 1]])
    exact = np.pi * 0.25 * web.lengths[0] + np.pi / 6
    over = [
        web_solid(web, SolidOptions(diameter_mm=1.0, fineness=n, base="none")).mesh.volume / exact
        for n in (2.5, 5, 10)
    ]
    assert over[0] > over[1] > over[2] > 1.0
    assert over[2] < 1.1


def test_the_same_web_gives_the_same_bytes():
    one, two = (web_solid(cube(), SolidOptions(base="frame")).mesh for _ in range(2))
    assert one.vertices.tobytes() == two.vertices.tobytes()
    assert one.faces.tobytes() == two.faces.tobytes()


def test_struts_that_cross_without_a_node_melt_together():
    nodes = [[-10, 0, 0], [10, 0, 0], [0, -10, 0.5], [0, 10, 0.5], [-10, -10, 0]]
    web = Web(nodes, [[0, 1], [2, 3], [0, 4], [2, 4]])
    made = web_solid(web, SolidOptions(diameter_mm=2.0))
    assert check(made.mesh).is_solid
    # One loop through the crossing: a torus.
    assert made.mesh.euler_number == 0


def test_size_and_turn_are_as_asked():
    web = Web([[0, 0, 0], [10, 0, 0], [0, 0, 30], [10, 0, 31]], [[0, 1], [1, 2], [2, 3]])
    small = placed(web, SolidOptions(size_mm=90.0, lie_flat=True))
    assert np.ptp(small.nodes, axis=0).max() == pytest.approx(90.0)
    assert np.ptp(small.nodes[:, 2]) == pytest.approx(0.0, abs=1e-9)
    gaps = [np.linalg.norm(small.nodes[i] - small.nodes[j]) for i, j in combinations(range(4), 2)]
    old = [np.linalg.norm(web.nodes[i] - web.nodes[j]) for i, j in combinations(range(4), 2)]
    assert np.ptp(np.array(gaps) / old) < 1e-9


def test_what_cannot_become_one_body_is_refused(monkeypatch):
    two = Web([*cube().nodes, *(cube().nodes + 50)], [*cube().edges, *(cube().edges + 8)])
    with pytest.raises(BrokenWebError, match="2 parts"):
        web_solid(two)
    with pytest.raises(BrokenWebError):
        web_solid(Web([[0, 0, 0]], []))
    for wrong in (
        {"diameter_mm": 0.0},
        {"size_mm": -1.0},
        {"fillet": 0.0},
        {"bar_mm": np.nan},
        {"fineness": 2.0},
    ):
        with pytest.raises(ConfigError):
            SolidOptions(**wrong)
    with pytest.raises(ConfigError):
        web_solid(cube(), SolidOptions(base="sofa"))
    monkeypatch.setattr(struts_module, "MAX_CORNERS", 1000)
    with pytest.raises(TooLargeError):
        web_solid(cube())


def test_bodies_that_the_graph_did_not_foresee_are_refused():
    # A node of a frame's bar is joined to it by the graph; here it is not by the solid.
    from caddis.geometry.webs.solid import _one_body

    found, struts = grid_of(Web([[0, 0, 0], [9, 0, 0]], [[0, 1]], [1.0]),
                                  [Bar((0, 5, 0), (9, 9, 3))])  # fmt: skip
    with pytest.raises(NotSolidError, match="2 separate bodies"):
        _one_body(mesh_struts(found, struts))


@pytest.mark.slicer
@pytest.mark.skipif(SLICER is None, reason="PrusaSlicer is not installed")
@pytest.mark.parametrize("ending", ["stl", "3mf"])
def test_a_framed_web_slices(ending, tmp_path):
    web = largest_part(random_web(7, 8, 12, box=14.0))
    made = web_solid(web, SolidOptions(base="frame"))
    path = export_mesh(made.mesh, tmp_path / f"web.{ending}", title="web", licence="CC0-1.0")
    said = info(path)
    assert (said["manifold"], said["number_of_parts"]) == ("yes", "1")
    assert float(said["volume"]) == pytest.approx(made.mesh.volume, rel=0.005)
    sliced = slice_file(path)
    assert sliced.layers == pytest.approx(made.mesh.extents[2] / LAYER_MM, abs=1.5)
    assert sliced.filament_mm > 0.0
