"""PoissonRecon, the published screened Poisson, as PyMeshLab holds it (pip install pymeshlab)."""

from __future__ import annotations

from importlib.util import find_spec

import trimesh

from benchmarks.surfaces.inputs import Floats


def installed() -> bool:
    """Tell whether PyMeshLab is there."""
    return find_spec("pymeshlab") is not None


def run(points: Floats, normals: Floats, depth: int) -> trimesh.Trimesh:
    """Run it on one thread with MeshLab's defaults, which are those of the program."""
    import pymeshlab

    meshes = pymeshlab.MeshSet()
    meshes.add_mesh(pymeshlab.Mesh(vertex_matrix=points, v_normals_matrix=normals))
    meshes.generate_surface_reconstruction_screened_poisson(depth=depth, threads=1)
    made = meshes.current_mesh()
    return trimesh.Trimesh(made.vertex_matrix(), made.face_matrix(), process=False)
