"""The plain twin of the sparse sampling of fields, and a field that counts."""

import numpy as np


def sample_everywhere(field, resolution, bound):
    """The field's values on all (resolution + 1)^3 corners of a grid over [-bound, bound]^3."""
    ticks = np.linspace(-bound, bound, resolution + 1).astype(np.float32)
    points = np.stack(np.meshgrid(ticks, ticks, ticks, indexing="ij"), axis=-1)
    return np.asarray(field(points.reshape(-1, 3)), np.float32).reshape(points.shape[:3])


class CountingField:
    """A field that counts at how many points it was asked."""

    def __init__(self, field):
        self._field = field
        self.evaluations = 0

    def __call__(self, points):
        self.evaluations += len(points)
        return self._field(points)
