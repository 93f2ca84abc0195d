import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError
from caddis.geometry.scans import UP_AXES, thinned, turned_up

ROWS = np.random.default_rng(0).normal(size=(200, 6))


@pytest.mark.parametrize("up", UP_AXES)
def test_the_named_axis_points_up_and_nothing_is_mirrored(up: str) -> None:
    turned = turned_up(ROWS, up)
    sign = -1.0 if up[0] == "-" else 1.0
    for first in (0, 3):
        np.testing.assert_allclose(
            turned[:, first + 2], sign * ROWS[:, first + "xyz".index(up[-1])]
        )
    before, after = (np.linalg.det(np.stack([r[:3, :3]])) for r in (ROWS, turned))
    np.testing.assert_allclose(before, after)
    box = trimesh.creation.box((1.0, 2.0, 3.0))
    assert turned_up(box, up).volume == pytest.approx(6.0)


def test_another_axis_is_refused() -> None:
    with pytest.raises(ConfigError, match="-x"):
        turned_up(ROWS, "up")


@given(st.floats(0.05, 3.0))
def test_each_cell_keeps_the_mean_of_its_rows(cell: float) -> None:
    fewer = thinned(ROWS, cell)
    low = ROWS[:, :3].min(axis=0)
    cells = [tuple(c) for c in np.floor((ROWS[:, :3] - low) / cell).astype(int)]
    slow = [
        ROWS[[i for i, other in enumerate(cells) if other == c]].mean(axis=0)
        for c in sorted(set(cells))
    ]
    np.testing.assert_allclose(fewer, slow)


@pytest.mark.parametrize("cell", [0.0, -1.0, np.nan, 1e-30])
def test_impossible_cells_are_refused(cell: float) -> None:
    with pytest.raises(ConfigError):
        thinned(ROWS, cell)
