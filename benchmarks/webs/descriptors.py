"""What the sets of webs are compared by: one normalised histogram a web and property."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from caddis.data.webs.sampling import MAX_NODES
from caddis.geometry.webs import Web
from caddis.geometry.webs.graph import Floats
from caddis.geometry.webs.parameters import local_clustering

LONGEST, LENGTH_BINS = 5.0, 50
"""Edge lengths are counted in parts of their mean, up to `LONGEST`; longer ones in the last bin."""
_CLUSTERING_BINS, _SPECTRUM_BINS = 100, 200


def degree_counts(web: Web) -> Floats:
    """Return (64,) the share of nodes of each degree."""
    return _shares(np.bincount(web.degrees, minlength=MAX_NODES))


def clustering_counts(web: Web) -> Floats:
    """Return (100,) the shares of nodes by local clustering, 0 to 1."""
    return _shares(np.histogram(local_clustering(web), _CLUSTERING_BINS, (0.0, 1.0))[0])


def spectrum_counts(web: Web) -> Floats:
    """Return (200,) the shares of the eigenvalues of the normalised Laplacian, 0 to 2."""
    values = np.linalg.eigvalsh(normalised_laplacian(web))
    return _shares(np.histogram(values.clip(0.0, 2.0), _SPECTRUM_BINS, (-1e-5, 2.0))[0])


def length_counts(web: Web) -> Floats:
    """Return (50,) the shares of edges by length over mean length: the shape, not the size."""
    lengths = web.lengths
    scaled = lengths / lengths.mean() if lengths.any() else np.zeros(1)
    return _shares(np.histogram(scaled.clip(max=LONGEST), LENGTH_BINS, (0.0, LONGEST))[0])


def normalised_laplacian(web: Web) -> Floats:
    """Return (N, N) I - D^-1/2 A D^-1/2, with rows of 0 for nodes without an edge."""
    degree = web.degrees.astype(np.float64)
    scale = np.where(degree > 0.0, 1.0 / np.sqrt(degree.clip(min=1.0)), 0.0)
    matrix = np.diag((degree > 0.0).astype(np.float64))
    one, two = web.edges.T
    matrix[one, two] = matrix[two, one] = -scale[one] * scale[two]
    return np.asarray(matrix)


DESCRIPTORS: Mapping[str, Callable[[Web], Floats]] = {
    "degree": degree_counts,
    "clustering": clustering_counts,
    "spectrum": spectrum_counts,
    "edge length": length_counts,
}


def described(webs: Sequence[Web]) -> dict[str, Floats]:
    """Return (G, bins) the histograms of G webs, by property."""
    return {
        name: np.stack([describe(web) for web in webs]) for name, describe in DESCRIPTORS.items()
    }


def _shares(counts: np.ndarray) -> Floats:
    return np.asarray(counts / counts.sum())
