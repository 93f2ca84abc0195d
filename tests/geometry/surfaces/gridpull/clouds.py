"""Scans for the tests of GridPull."""

import numpy as np
import trimesh

from caddis.geometry.mesh.sampling import sample_surface


def scanned(mesh: trimesh.Trimesh, count: int = 3000, noise: float = 0.0, seed: int = 0):
    """Points and true normals of a mesh, with Gaussian noise of standard deviation `noise`."""
    rng = np.random.default_rng(seed)
    points, normals = sample_surface(mesh, count, rng)
    return points + noise * rng.normal(size=points.shape), normals


def ball(radius: float = 0.5, at=(0.0, 0.0, 0.0)) -> trimesh.Trimesh:
    return trimesh.creation.icosphere(4, radius).apply_translation(at)


def ring() -> trimesh.Trimesh:
    """A torus of 100 mm, far from the origin."""
    return trimesh.creation.torus(35.0, 15.0).apply_translation((500.0, -20.0, 7.0))


def plate() -> trimesh.Trimesh:
    """A plate 40 times as long as thick."""
    return trimesh.creation.box((1.0, 0.8, 0.025))


def wing() -> trimesh.Trimesh:
    """A flat lens, 20 times as long as thick."""
    return trimesh.creation.icosphere(4, 0.5).apply_scale((1.0, 0.35, 0.05))


def ball_in_ball() -> trimesh.Trimesh:
    """A ball with a round cavity."""
    cavity = ball(0.25)
    return trimesh.util.concatenate(
        [ball(), trimesh.Trimesh(cavity.vertices, cavity.faces[:, ::-1])]
    )
