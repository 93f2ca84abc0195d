"""The winding number of an oriented point cloud on a periodic grid, by fast Fourier transform."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from caddis.geometry.surfaces.gridpull.trilinear import corner_weights, rows

Floats = NDArray[np.float64]

_BOX = 1.5
"""Side of the periodic box around the unit object: its images stay half an object away."""


class WindingGrid:
    """Winding numbers of points with areas and normals.

    The winding number w jumps by one across the surface: its gradient is -n on the surface,
    spread over a cell, so it solves the Poisson equation lap w = -div(sum_p a_p n_p delta_p)
    (Kazhdan 2005; Peng et al. 2021, "Shape as points"). One solve is four FFTs. In the periodic box
    w is determined only up to a constant, and only differences of it are used.

    Args:
        points: (N, 3) in the canonical box.
        areas: (N,) area of each point.
        nodes: Nodes along a side of the box.
        smoothing: Standard deviation of the Gaussian that w is smoothed with, in spacings.
    """

    def __init__(
        self, points: Floats, areas: Floats, nodes: int, *, smoothing: float = 0.7
    ) -> None:
        self.shape = (nodes, nodes, nodes)
        self.spacing = _BOX / nodes
        self.low = -_BOX / 2.0
        self._areas = np.asarray(areas, dtype=np.float32)[:, None]
        at, weights, _ = corner_weights((points - self.low) / self.spacing, self.shape)
        self._gather = rows(at, weights, nodes**3)
        self._splat = self._gather.T.tocsr()
        full, half = fft.fftfreq(nodes).astype(np.float32), fft.rfftfreq(nodes).astype(np.float32)
        waves = [full[:, None, None], full[None, :, None], half[None, None, :]]
        # central differences rather than the exact derivative: the highest wave would ring
        self._slopes = [np.sin(2.0 * np.pi * wave) / self.spacing for wave in waves]
        laplacian = sum(slope**2 for slope in self._slopes)
        square = sum((2.0 * np.pi * wave) ** 2 for wave in waves)
        damped = np.exp(-0.5 * np.asarray(square) * smoothing**2)
        self._green = np.where(laplacian > 1e-6, damped / np.maximum(laplacian, 1e-6), 0.0).astype(
            np.float32
        )

    def solve(self, normals: Floats) -> NDArray[np.float32]:
        """Return w up to a constant, (nodes,) * 3 float32, for outward unit normals (N, 3)."""
        flow = self._splat @ (self._areas * normals.astype(np.float32))
        total = np.zeros(self._green.shape, dtype=np.complex64)
        for axis in range(3):
            wave = fft.rfftn(flow[:, axis].reshape(self.shape))
            total += (1j * self._slopes[axis]).astype(np.complex64) * wave
        # lap w = -div V, and the Laplacian of a wave is -k^2
        return np.asarray(
            fft.irfftn(total * self._green, s=self.shape) / self.spacing**3, dtype=np.float32
        )

    def at_points(self, winding: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return w (N,) at the points."""
        return np.asarray(self._gather @ winding.ravel())
