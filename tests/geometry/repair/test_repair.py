"""Every way to break a mesh has a repair, and every repair says what it did."""

import re

import manifold3d
import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError, NotSolidError
from caddis.geometry.gate import PROFILES, check, is_clean
from caddis.geometry.gate.standing import contact_area, footprint_area
from caddis.geometry.gate.walls import thinnest_wall
from caddis.geometry.mesh.manifold import from_manifold
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from caddis.geometry.repair import flat_base, make_printable, repair, thicken
from caddis.geometry.repair.remesh import remesh
from caddis.geometry.repair.shells import drop_specks, keep_largest
from caddis.geometry.repair.surface import fill_holes, orient
from caddis.geometry.surfaces.marching_cubes import mesh_from_grid
from tests.geometry.shapes import (
    ball,
    bow_tie,
    box,
    cup,
    spindle,
    together,
    turned,
    without_faces,
)

FDM = PROFILES["fdm"]
COARSE = 48


# ---- repair --------------------------------------------------------------------------------


@pytest.mark.parametrize("mesh", [box(), cup(), together(ball(10), turned(ball(5)))])
def test_a_clean_solid_is_left_alone(mesh):
    mended, changes = repair(mesh)
    assert changes == ()
    assert mended.volume == pytest.approx(mesh.volume, rel=1e-6)
    assert len(mended.faces) == len(mesh.faces)


CASES = {
    "missing face": (without_faces(box(), [3]), 8000.0, "closed 1 holes, 68.3 mm round"),
    "missing side": (without_faces(box(), [0, 1]), 8000.0, "closed"),
    "inside out": (turned(box()), 8000.0, "turned 12 of 12 faces over"),
    "overlapping bodies": (
        together(box(), box(at=(10, 0, 0))), 12000.0, r"united 2 overlapping .* 4,000.0 mm3",
    ),
    "nested shells": (together(box(), box((8, 8, 8), at=(6, 6, 6))), 8000.0, r"512.0 mm3"),
    "faces twice": (
        trimesh.Trimesh(box().vertices, np.vstack([box().faces, box().faces[:4]]), process=False),
        8000.0, "dropped 4 faces that were there twice",
    ),
    "specks": (
        together(box(), box((1, 1, 1), at=(30, 0, 0)), box((2, 1, 1), at=(0, 30, 0))), 8000.0,
        r"dropped 2 specks, 3.00 mm3 together \(0.04 %",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_broken_mesh_becomes_the_solid_it_was_meant_to_be(case):
    mesh, volume, said = CASES[case]
    mended, changes = repair(mesh)
    assert check(mended).is_solid
    assert mended.volume == pytest.approx(volume, rel=1e-5)
    assert any(re.search(said, change) for change in changes), changes


def test_one_turned_face_is_turned_back():
    solid = ball()
    faces = solid.faces.copy()
    faces[7] = faces[7][::-1]
    mended, changes = orient(trimesh.Trimesh(solid.vertices, faces, process=False))
    assert changes == ("turned 1 of 1,280 faces over, so that all look outwards",)
    assert check(mended).is_solid


def test_a_cavity_stays_a_cavity():
    mesh = together(turned(ball(10)), turned(ball(5)))
    mended, _ = repair(mesh)
    assert mended.volume == pytest.approx(ball(10).volume - ball(5).volume, rel=1e-5)


def test_a_round_hole_gets_a_lid():
    pipe = trimesh.creation.cylinder(radius=5, height=20, sections=32)
    lid = np.flatnonzero((pipe.triangles[:, :, 2] > 9.99).all(axis=1))
    mended, changes = fill_holes(without_faces(pipe, lid))
    assert check(mended).is_solid
    assert mended.volume == pytest.approx(pipe.volume, rel=1e-6)
    assert re.search(r"closed 1 holes, 31.\d mm round, with 32 faces", changes[0])


def test_a_large_bent_hole_is_left_to_the_meshing():
    ring = without_faces(ball(), np.flatnonzero(ball().triangles_center[:, 0] > 2))
    bent = ring.copy()
    bent.vertices[:, 0] += 0.05 * bent.vertices[:, 1] ** 2
    assert fill_holes(bent).changes == ()
    mended, changes = repair(bent, resolution=COARSE)
    assert check(mended).is_solid
    assert any("re-meshed" in change for change in changes)


@pytest.mark.parametrize("mesh", [spindle(), bow_tie(), together(box(), box(at=(20, 20, 0)))])
def test_shells_that_cannot_be_united_are_rebuilt(mesh):
    mended, changes = repair(mesh, resolution=COARSE)
    assert is_clean(mended)
    assert re.search(r"re-meshed .* at \d\.\d\d mm", changes[-1])
    np.testing.assert_allclose(mended.bounds, mesh.bounds, atol=1.0)


def test_large_bodies_are_never_dropped_by_repair():
    mended, changes = repair(together(box(), box((10, 10, 10), at=(40, 0, 0))))
    assert changes == ()
    assert topology(weld(mended)).body_count == 2


def test_a_sheet_gets_a_wall():
    bowl = without_faces(ball(15), np.flatnonzero(ball(15).triangles_center[:, 2] > 3))
    built = remesh(bowl, FDM, "open", resolution=COARSE)
    assert is_clean(built.mesh)
    assert 0.0 < built.mesh.volume < 0.7 * ball(15).volume


@pytest.mark.parametrize(
    ("mesh", "error"),
    [
        (trimesh.Trimesh(np.eye(3), np.zeros((0, 3), int), process=False), EmptyMeshError),
        (trimesh.Trimesh(np.eye(3) * np.nan, [[0, 1, 2]], process=False), NonFiniteError),
        (trimesh.Trimesh([[0, 0, 0], [9, 0, 0], [0, 9, 0]], [[0, 1, 2]]), NotSolidError),
    ],
)
@pytest.mark.parametrize("mend", [repair, make_printable])
def test_meshes_that_cannot_be_repaired_are_refused(mend, mesh, error):
    with pytest.raises(error):
        mend(mesh)


def test_an_unknown_profile_is_refused():
    for mend in (repair, make_printable):
        with pytest.raises(ConfigError):
            mend(box(), "laser")


# ---- shells --------------------------------------------------------------------------------


def test_specks_are_bodies_under_one_percent_of_the_largest():
    big = box((10, 10, 10))
    at = (20, 0, 0)
    assert drop_specks(together(big, box((10.1, 1, 1), at))).changes == ()
    assert len(drop_specks(together(big, box((9.9, 1, 1), at))).changes) == 1


def test_the_largest_body_is_kept_and_its_cavities_filled():
    mesh = together(box(), turned(box((4, 4, 4), at=(8, 8, 8))), box((10, 10, 10), at=(40, 0, 0)))
    kept, changes = keep_largest(mesh)
    assert kept.volume == pytest.approx(8000.0)
    assert "dropped 1,000.0 mm3 (11.11 %" in changes[0]
    assert "filled 1 closed cavities" in changes[1] and "64.0 mm3" in changes[1]


# ---- flat base -----------------------------------------------------------------------------


def test_a_ball_gets_a_base_and_keeps_its_height():
    based, changes = flat_base(ball(15, subdivisions=4), FDM)
    filed = weld(based)
    assert based.extents[2] == pytest.approx(30.0, abs=1e-6)
    assert contact_area(filed) >= FDM.min_contact_share * footprint_area(filed)
    assert re.search(r"cut 0\.\d\d mm off the bottom .* scaled by 1\.0\d+ to keep", changes[0])
    assert is_clean(based)


def test_an_object_with_enough_contact_is_not_cut():
    based, changes = flat_base(cup(), FDM)
    assert changes == ()
    assert based.volume == pytest.approx(cup().volume, rel=1e-6)


def test_a_process_without_a_bed_needs_no_base():
    assert flat_base(ball(), PROFILES["sls"]).changes == ()


def test_the_lowest_cut_that_is_enough_is_taken():
    legs = [box((4, 4, 20.0 - gap), at=(x, y, gap))
            for (x, y), gap in zip([(0, 0), (36, 0), (0, 26), (36, 26)], [0, 0.02, 0.03, 0.12],
                                   strict=True)]  # fmt: skip
    table = trimesh.boolean.union([box((40, 30, 4), at=(0, 0, 20)), *legs], engine="manifold")
    based, changes = flat_base(table, FDM)
    assert changes == ()  # three legs of four are flat within a quarter of a layer
    tip = trimesh.boolean.union([table, box((1, 1, 3), at=(1, 1, -0.1))], engine="manifold")
    based, changes = flat_base(tip, FDM)  # 0.06 mm leave the tip alone, 0.12 mm two legs
    assert "cut 0.18 mm" in changes[0]
    assert contact_area(weld(based)) == pytest.approx(64.0, rel=0.02)


def test_a_part_that_would_fall_apart_is_not_cut():
    # Two towers joined by a thin strip at the very bottom, which stands on a ridge.
    ridge = manifold3d.Manifold.hull_points([(0, 5, 0), (40, 5, 0), (0, 4.95, 0.5), (40, 4.95, 0.5),
                                             (0, 5.05, 0.5), (40, 5.05, 0.5)])  # fmt: skip
    towers = [manifold3d.Manifold.cube((6, 10, 40)).translate((x, 0, 0.45)) for x in (0, 34)]
    solid = manifold3d.Manifold.batch_boolean([ridge, *towers], manifold3d.OpType.Add)
    based, changes = flat_base(from_manifold(solid), FDM)
    assert "cut 0.40 mm" in changes[0]  # 0.61 mm would give the contact of two towers
    assert topology(weld(based)).body_count == 1


# ---- thicken -------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", list(PROFILES.values()))
def test_a_thin_plate_reaches_the_minimum(profile):
    plate = box((30, 20, 0.4)).subdivide().subdivide().subdivide()
    thick, changes = thicken(plate, profile)
    assert is_clean(thick)
    assert thinnest_wall(weld(thick)) >= profile.min_wall_mm
    assert (thick.extents <= plate.extents + 1.2 * profile.min_wall_mm + 1e-6).all()
    assert re.search(r"thinnest 0.40 mm -> \d\.\d\d mm, volume 240.0 ->", changes[0])


def test_thick_walls_are_left_alone():
    assert thicken(cup(), FDM).changes == ()


def test_only_the_thin_part_grows():
    slab = manifold3d.Manifold.cube((20, 20, 10))
    fin = manifold3d.Manifold.cube((10, 0.5, 20)).translate((5, 10, 0))
    solid = from_manifold((slab + fin).refine_to_length(1.0))
    thick, changes = thicken(solid, FDM)
    assert is_clean(thick) and changes
    assert thinnest_wall(weld(thick)) >= FDM.min_wall_mm
    low = thick.vertices[:, 2] < 9.0
    np.testing.assert_allclose(thick.vertices[low].max(axis=0)[:2], (20.0, 20.0), atol=1e-6)


def test_fins_that_would_grow_into_each_other_do_not_cross():
    slab = manifold3d.Manifold.cube((20, 20, 4))
    fins = [manifold3d.Manifold.cube((10, 0.3, 10)).translate((5, y, 3)) for y in (9.0, 9.5, 10.0)]
    solid = manifold3d.Manifold.batch_boolean([slab, *fins], manifold3d.OpType.Add)
    fins_mesh = from_manifold(solid.refine_to_length(1.0))
    assert thinnest_wall(weld(fins_mesh)) < 0.4
    assert is_clean(thicken(fins_mesh, FDM).mesh)


# ---- make_printable ------------------------------------------------------------------------


def blob(seed, resolution=24):
    """A lumpy closed surface, as a generator's field may give it."""
    rng = np.random.default_rng(seed)
    noise = gaussian_filter(rng.standard_normal((resolution + 1,) * 3), 2.0)
    axis = np.linspace(-0.55, 0.55, resolution + 1)
    radius = np.sqrt(sum(c**2 for c in np.meshgrid(axis, axis, axis, indexing="ij")))
    values = radius - 0.35 + 0.12 * noise / noise.std()
    mesh = mesh_from_grid(values.astype(np.float32), 0.55)
    mesh.apply_scale(60.0)
    return mesh


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.floats(20.0, 120.0))
def test_any_blob_becomes_one_solid_of_the_wanted_height(seed, height):
    made, _ = make_printable(blob(seed), "fdm", height)
    report = check(made, height_mm=height)
    assert report.is_solid, report.table()
    for name in ("height", "on_bed", "bodies", "floating"):
        assert report[name].status == "pass", report.table()
    assert made.vertices[:, 2].min() == 0.0
    np.testing.assert_allclose(made.bounds[:, :2].sum(axis=0), 0.0, atol=1e-6)


def test_a_printable_mesh_is_not_changed():
    solid = cup()
    made, changes = make_printable(solid, "fdm", 30.0)
    assert changes == ()
    assert made.volume == pytest.approx(solid.volume, rel=1e-6)


def test_the_height_is_kept_if_none_is_asked_for():
    made, _ = make_printable(ball(17.0, subdivisions=4))
    assert made.extents[2] == pytest.approx(34.0, abs=0.01)


def test_walls_stay_thin_on_request():
    plate = box((30, 0.4, 20)).subdivide().subdivide().subdivide()
    assert thinnest_wall(weld(make_printable(plate, thicken_walls=False).mesh)) < 0.5
    assert thinnest_wall(weld(make_printable(plate).mesh)) > 0.8


def test_an_open_mesh_is_repaired_first():
    made, changes = make_printable(without_faces(box(), [3]), "fdm", 40.0)
    assert check(made, height_mm=40.0).passed
    assert any("closed 1 holes" in change for change in changes)


def test_the_same_input_gives_the_same_bytes():
    first, second = (make_printable(blob(3), "fdm", 50.0) for _ in range(2))
    assert first.changes == second.changes
    assert first.mesh.vertices.tobytes() == second.mesh.vertices.tobytes()
    assert first.mesh.faces.tobytes() == second.mesh.faces.tobytes()


def test_the_input_is_left_alone():
    mesh = blob(1)
    vertices, faces = mesh.vertices.copy(), mesh.faces.copy()
    make_printable(mesh, "fdm", 50.0)
    assert (mesh.vertices == vertices).all() and (mesh.faces == faces).all()
