import numpy as np
import pytest
from scipy.sparse import csr_array

from caddis.geometry.conjugate_gradients import damped_least_squares, least_squares, solve


@pytest.fixture
def matrix():
    return np.random.default_rng(0).normal(size=(40, 12))


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_it_solves_what_the_direct_solver_does_in_any_shape(matrix, kind):
    system = (matrix.T @ matrix + np.eye(12)).astype(kind)
    right = np.arange(12.0, dtype=kind).reshape(3, 4)
    found = solve(
        lambda x: (system @ x.ravel()).reshape(3, 4), right, np.diag(system).reshape(3, 4).copy(),
        rounds=60, energy_drop=1e-12,
    )  # fmt: skip
    assert found.dtype == kind
    assert found.ravel() == pytest.approx(np.linalg.solve(system, right.ravel()), rel=1e-3)


def test_nothing_to_solve_is_zero():
    assert not solve(lambda x: x, np.zeros(3), np.ones(3), rounds=5, energy_drop=0.1).any()


def test_damping_is_a_weight_on_the_length(matrix):
    right = np.random.default_rng(1).normal(size=40)
    found = damped_least_squares(csr_array(matrix), right, 2.5, rounds=60)
    exact = np.linalg.solve(matrix.T @ matrix + 2.5 * np.eye(12), matrix.T @ right)
    assert found == pytest.approx(exact, abs=1e-5)


def test_least_squares_in_float32_from_a_first_guess(matrix):
    single = matrix.astype(np.float32)
    right = np.random.default_rng(1).normal(size=40).astype(np.float32)
    start = np.random.default_rng(2).normal(size=12).astype(np.float32)
    found = least_squares(csr_array(single), right, start, rounds=60, tolerance=1e-5)
    exact = np.linalg.lstsq(matrix, right, rcond=None)[0]
    assert found == pytest.approx(exact, abs=1e-4)
