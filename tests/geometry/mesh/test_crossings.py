import numpy as np
import trimesh

from caddis.geometry.mesh import crossings as module
from caddis.geometry.mesh.crossings import crossings
from caddis.geometry.mesh.welded import weld
from tests.geometry.shapes import ball, spindle


def test_a_clean_surface_is_searched_once(monkeypatch):
    searches = []

    def counted(*args, **kwargs):
        searches.append(args)
        return real(*args, **kwargs)

    real = module.self_intersections
    monkeypatch.setattr(module, "self_intersections", counted)
    monkeypatch.setattr(module, "_last_clean", b"")
    mesh = weld(ball(7.0, subdivisions=2))
    for _ in range(2):
        found = crossings(mesh)
        assert found.complete and not len(found.pairs)
    assert len(searches) == 1


def test_a_surface_that_differs_in_one_coordinate_or_face_is_searched_again():
    clean = ball(7.0, subdivisions=2)
    assert not len(crossings(weld(clean)).pairs)
    moved = np.array(clean.vertices)
    moved[0] *= -2.0
    assert len(crossings(weld(trimesh.Trimesh(moved, clean.faces, process=False))).pairs)
    fewer = trimesh.Trimesh(clean.vertices, clean.faces[1:], process=False)
    assert not len(crossings(weld(fewer)).pairs)


def test_a_surface_that_crosses_itself_is_never_remembered_as_clean():
    mesh = weld(spindle())
    assert len(crossings(mesh, enough=1).pairs)
    assert len(crossings(mesh).pairs) > 100
