"""Symmetries are found from points: the exact one of solids whose symmetry is known."""

import manifold3d
import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import ConfigError
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.symmetry import SYMMETRIES, find_symmetry, symmetry

NAMES = (
    "none", "x", "y", "xy", "revolved", "extruded-x", "extruded-x-y", "extruded-y", "extruded-y-x",
    "extruded-z", "extruded-z-x", "extruded-z-y", "extruded-z-xy",
)  # fmt: skip
L_PROFILE = [(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)]
U_PROFILE = [(0, 0), (5, 0), (5, 3), (4, 3), (4, 1), (1, 1), (1, 3), (0, 3)]  # mirrored in x
TO_AXIS = {2: (0, 1, 2), 1: (0, 2, 1), 0: (2, 0, 1)}  # the axis along which z goes


def prism(profile: list[tuple[int, int]], axis: int = 2, height: float = 2.0) -> trimesh.Trimesh:
    """A profile drawn along an axis; its first coordinate is x, or y along x."""
    shape = manifold3d.CrossSection([np.array(profile, float)]).extrude(height).to_mesh()
    vertices = shape.vert_properties[:, TO_AXIS[axis]]
    return trimesh.Trimesh(vertices, shape.tri_verts, process=True)


def turned(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """A quarter turn about z, which makes y of x."""
    return mesh.apply_transform(trimesh.transformations.rotation_matrix(np.pi / 2, (0, 0, 1)))


def blocks(*sizes_and_places: tuple[tuple[float, ...], tuple[float, ...]]) -> trimesh.Trimesh:
    parts = []
    for size, place in sizes_and_places:
        part = trimesh.creation.box(size)
        parts.append(part.apply_translation(place))
    return trimesh.boolean.union(parts, engine="manifold")


def chair() -> trimesh.Trimesh:
    legs = [((0.1, 0.1, 0.5), (x, y, -0.25)) for x in (-0.4, 0.4) for y in (-0.4, 0.4)]
    return blocks(((1, 1, 0.1), (0, 0, 0)), ((1, 0.1, 0.9), (0, 0.45, 0.4)), *legs)


def table() -> trimesh.Trimesh:
    legs = [((0.1, 0.1, 0.6), (x, y, -0.3)) for x in (-0.6, 0.6) for y in (-0.3, 0.3)]
    return blocks(((1.4, 0.8, 0.1), (0, 0, 0)), *legs)


def blob() -> trimesh.Trimesh:
    corners = np.random.default_rng(5).normal(size=(12, 3))
    return trimesh.convex.convex_hull(corners)


SOLIDS = {
    "blob": (blob, "none"),
    "chair": (chair, "x"),
    "chair that looks along x": (lambda: turned(chair()), "y"),
    "table": (table, "xy"),
    "ball": (lambda: trimesh.creation.icosphere(subdivisions=5), "revolved"),
    "cone": (lambda: trimesh.creation.cone(1.0, 2.0, sections=128), "revolved"),
    "cylinder": (lambda: trimesh.creation.cylinder(1.0, 2.0, sections=128), "revolved"),
    "torus": (lambda: trimesh.creation.torus(1.0, 0.3, 96, 48), "revolved"),
    "lying cylinder": (
        lambda: trimesh.creation.cylinder(1.0, segment=((-2, 0, 0), (2, 0, 0)), sections=128),
        "extruded-x-y",
    ),
    "box": (lambda: trimesh.creation.box((1.0, 0.7, 0.4)), "extruded-z-xy"),
    "cube": (lambda: trimesh.creation.box((1.0, 1.0, 1.0)), "extruded-z-xy"),
    "L along x": (lambda: prism(L_PROFILE, 0), "extruded-x"),
    "L along y": (lambda: prism(L_PROFILE, 1), "extruded-y"),
    "L along z": (lambda: prism(L_PROFILE, 2), "extruded-z"),
    "U along x": (lambda: prism(U_PROFILE, 0), "extruded-x-y"),
    "U along y": (lambda: prism(U_PROFILE, 1), "extruded-y-x"),
    "U along z": (lambda: prism(U_PROFILE, 2), "extruded-z-x"),
    "U along z, turned": (lambda: turned(prism(U_PROFILE, 2)), "extruded-z-y"),
    "thin U along z": (lambda: prism(U_PROFILE, 2, height=0.15), "extruded-z-x"),
}


def found(mesh: trimesh.Trimesh, seed: int = 0) -> str:
    """The symmetry that is found of a mesh, brought into the canonical frame."""
    mesh = mesh.copy()
    mesh.apply_translation(-mesh.bounds.mean(axis=0))
    mesh.apply_scale(1.0 / mesh.extents.max())
    points, normals = sample_surface(mesh, 4096, np.random.default_rng(seed))
    return find_symmetry(points, normals, np.random.default_rng(seed)).name


@pytest.mark.parametrize("name", SOLIDS)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_symmetry_of_a_solid_is_found_exactly(name: str, seed: int) -> None:
    make, expected = SOLIDS[name]
    assert found(make(), seed) == expected


def test_every_symmetry_is_found_of_some_solid() -> None:
    assert {expected for _, expected in SOLIDS.values()} == set(NAMES)


def test_slanted_ends_are_no_extrusion() -> None:
    mesh = trimesh.creation.box((1.0, 0.6, 0.6))
    slope = 0.3 * mesh.vertices[:, 2] + 0.2 * mesh.vertices[:, 1]
    mesh.vertices[:, 0] += slope * (mesh.vertices[:, 0] > 0)
    assert found(mesh) == "none"


def test_a_wall_inside_is_no_extrusion() -> None:
    box = trimesh.creation.box((1.0, 0.6, 0.8))
    hollow = trimesh.creation.box((0.5, 0.3, 0.4))
    assert found(trimesh.boolean.difference([box, hollow], engine="manifold")) == "xy"


@pytest.mark.parametrize(("bump", "expected"), [(0.008, "x"), (0.25, "none")])
def test_small_differences_are_forgiven_and_large_ones_are_not(bump: float, expected: str) -> None:
    knob = trimesh.creation.box((2 * bump, bump, bump)).apply_translation((0.5, 0.0, 0.0))
    mesh = trimesh.boolean.union([chair(), knob], engine="manifold")
    assert found(mesh) == expected


def test_the_order_of_the_symmetries_never_changes_since_tokens_count_on_it() -> None:
    assert tuple(kind.name for kind in SYMMETRIES) == NAMES


def test_an_axis_of_extrusion_is_never_also_mirrored() -> None:
    assert not any(kind.mirrored[kind.extruded] for kind in SYMMETRIES if kind.extruded is not None)


def test_a_symmetry_is_looked_up_by_name() -> None:
    assert [symmetry(name).name for name in NAMES] == list(NAMES)
    with pytest.raises(ConfigError, match="Use one of none, x, y"):
        symmetry("diagonal")
