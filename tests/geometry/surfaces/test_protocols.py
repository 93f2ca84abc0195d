import numpy as np
import pytest

from caddis.geometry.errors import ConfigError
from caddis.geometry.surfaces.backends import backend, backend_names


def _ball(points):
    return (np.linalg.norm(points, axis=1) - 0.3).astype(np.float32)


@pytest.mark.parametrize("name", backend_names())
def test_every_back_end_keeps_the_protocol(name):
    chosen = backend(name)
    assert chosen.name == name
    mesh = chosen.from_field(_ball, 24, bound=0.5)
    assert mesh.is_volume
    assert mesh.volume == pytest.approx(4 / 3 * np.pi * 0.3**3, rel=0.05)


def test_unknown_back_end_is_named_with_the_known_ones():
    with pytest.raises(ConfigError, match=r"marching-squares.*marching-cubes"):
        backend("marching-squares")
