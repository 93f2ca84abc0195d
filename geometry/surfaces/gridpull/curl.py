"""The curl of an oriented point cloud's normals, which shows rims that a closed surface lacks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from caddis.geometry.surfaces.gridpull.trilinear import corner_weights, rows

Floats = NDArray[np.float64]

_MOST_NODES, _FEWEST_NODES = 64, 8
_POINT_SPACINGS = 1.5  # spacing of the grid over that of the points; less would isolate each point
_BOX = 1.25
"""Side of the periodic box around the unit object; rims act over a few spacings only."""
_SMOOTHING = 0.7  # standard deviation in spacings


class Curl:
    """Energy of the curl of normals, as a function of their sides, and its gradient.

    If a surface is closed, its area vectors V = sum_p a_p n_p delta_p are the gradient of its
    indicator function, so their curl is zero (Kazhdan 2005). Smoothing commutes with the curl, so
    this also holds on a grid coarser than the walls are thick, where the two sides cancel. A sheet
    with the wrong side has a curl along its rim. So with s_p = +-1 the energy

        E(s) = |(I - P) sum_p s_p a_p n_p g_p|^2

    is least when no part has the wrong side; g_p is a smoothed delta and P projects on gradients
    (Helmholtz), which in Fourier space takes the part of each wave along its direction. It is
    quadratic in s: its gradient costs six FFTs.

    Args:
        points: (N, 3) in the canonical box.
        normals: (N, 3) unit.
        areas: (N,) area of each point.
        nodes: Nodes along a side of the box; None takes 8 to 64, as many as the points resolve.
    """

    def __init__(
        self, points: Floats, normals: Floats, areas: Floats, nodes: int | None = None
    ) -> None:
        nodes = nodes or _nodes(areas)
        spacing = _BOX / nodes
        self._shape = (nodes, nodes, nodes)
        at, weights, _ = corner_weights((points + _BOX / 2.0) / spacing, self._shape)
        self._gather = rows(at, weights, nodes**3)
        self._splat = self._gather.T.tocsr()
        typical = float(np.median(areas)) or 1.0
        # With this scale the energy of a sheet's vectors before the projection is about a third
        # per point, whatever the density of the points.
        self._vectors = (areas / typical)[:, None] * normals
        self._share = typical / spacing**2
        full, half = fft.fftfreq(nodes).astype(np.float32), fft.rfftfreq(nodes).astype(np.float32)
        self._waves = [full[:, None, None], full[None, :, None], half[None, None, :]]
        square = np.asarray(sum(wave**2 for wave in self._waves))
        self._inverse = np.where(square > 0.0, 1.0 / np.maximum(square, 1e-12), 0.0)
        self._damped = np.exp(-((2.0 * np.pi * _SMOOTHING) ** 2) * square).astype(np.float32)

    def __call__(self, sides: Floats) -> Floats:
        """Return half the gradient of E (N,) at sides (N,), computed in float32."""
        flow = self._splat @ (self._vectors * sides[:, None]).astype(np.float32)
        turned = self._without_gradient(flow)
        back = self._gather @ turned
        return np.asarray(self._share * np.einsum("ij,ij->i", self._vectors, back))

    def _without_gradient(self, flow: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors (nodes^3, 3) smoothed, less their part that is the gradient of a function."""
        waves = [
            fft.rfftn(np.ascontiguousarray(flow[:, axis]).reshape(self._shape)) for axis in range(3)
        ]
        along = sum(k * wave for k, wave in zip(self._waves, waves, strict=True)) * self._inverse
        curls = [
            fft.irfftn((wave - k * along) * self._damped, s=self._shape).ravel()
            for k, wave in zip(self._waves, waves, strict=True)
        ]
        return np.stack(curls, axis=1).astype(np.float32)


def _nodes(areas: Floats) -> int:
    """An even number of nodes, low enough that every cell on the surface holds points."""
    apart = _POINT_SPACINGS * float(np.sqrt(np.median(areas)))
    wanted = _BOX / apart if apart > 0.0 else _MOST_NODES
    return 2 * int(np.clip(wanted, _FEWEST_NODES, _MOST_NODES) // 2)
