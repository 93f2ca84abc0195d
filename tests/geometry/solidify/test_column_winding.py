import igl
import numpy as np
import trimesh

from caddis.geometry.grid import Grid
from caddis.geometry.solidify.column_winding import column_winding


def _winding(mesh, grid):
    return column_winding(mesh.triangles.view(np.ndarray), grid)


def test_it_agrees_with_the_winding_number_of_libigl():
    mesh = trimesh.creation.torus(0.35, 0.12)
    mesh.apply_transform(trimesh.transformations.rotation_matrix(0.7, (1, 2, 3)))
    grid = Grid.around(mesh.vertices, 0.04, 0.05)
    index = np.nonzero(np.ones(grid.shape))
    slow = igl.winding_number(
        np.array(mesh.vertices), np.array(mesh.faces, dtype=np.int64), grid.nodes(index)
    )
    away = np.abs(trimesh.proximity.signed_distance(mesh, grid.nodes(index))) > 1e-3 * grid.spacing
    assert away.mean() > 0.99
    np.testing.assert_array_equal(_winding(mesh, grid)[index][away], np.rint(slow)[away])


def test_overlapping_solids_count_twice_and_inverted_ones_negatively():
    mesh = trimesh.creation.box()
    grid = Grid.around(mesh.vertices, 0.1, 0.2)
    centre = tuple(size // 2 for size in grid.shape)
    assert _winding(trimesh.util.concatenate([mesh, mesh]), grid)[centre] == 2
    mesh.invert()
    assert _winding(mesh, grid)[centre] == -1


def test_edges_on_the_rays_are_counted_once():
    mesh = trimesh.creation.box((1.0, 1.0, 1.0)).subdivide().subdivide()
    grid = Grid(np.array([-0.75, -0.75, -0.75]), 0.125, (13, 13, 13))
    inside = _winding(mesh, grid)
    assert set(np.unique(inside)) == {0, 1}
    assert inside[4:9, 4:9, 4:9].all()
    assert not inside[:, :, 0].any()


def test_no_triangles_wind_around_nothing():
    grid = Grid(np.zeros(3), 1.0, (2, 3, 4))
    assert not column_winding(np.zeros((0, 3, 3)), grid).any()
