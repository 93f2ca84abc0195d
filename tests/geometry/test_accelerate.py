import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import torch

from caddis.geometry import accelerate
from caddis.geometry.accelerate import nearest


def _clouds() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.normal(size=(50, 3)), rng.normal(size=(70, 3))


def _slow(points: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    table = np.linalg.norm(points[:, None] - targets[None], axis=2)
    return table.min(axis=1), table.argmin(axis=1)


def test_tree_finds_what_brute_force_finds():
    points, targets = _clouds()
    distance, index = nearest(points, targets)
    slow_distance, slow_index = _slow(points, targets)
    assert np.allclose(distance, slow_distance)
    assert np.array_equal(index, slow_index)
    assert (distance.dtype, index.dtype) == (np.float64, np.int64)


def test_pytorch3d_is_used_when_it_and_a_card_are_there(monkeypatch):
    """A stand-in with pytorch3d's signature, on the CPU."""
    calls = []

    def knn_points(queries, cloud, *, K):
        calls.append((queries.dtype, cloud.shape, K))
        return SimpleNamespace(idx=torch.cdist(queries, cloud).topk(K, largest=False).indices)

    package, ops = ModuleType("pytorch3d"), ModuleType("pytorch3d.ops")
    ops.knn_points = knn_points
    monkeypatch.setitem(sys.modules, "pytorch3d", package)
    monkeypatch.setitem(sys.modules, "pytorch3d.ops", ops)
    monkeypatch.setattr(accelerate, "find_spec", lambda name: name == "pytorch3d")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(accelerate, "_DEVICE", "cpu")
    points, targets = _clouds()
    distance, index = nearest(points, targets)
    slow_distance, slow_index = _slow(points, targets)
    assert calls == [(torch.float32, (1, 70, 3), 1)]
    assert np.allclose(distance, slow_distance, atol=1e-12)
    assert np.array_equal(index, slow_index)


def test_pytorch3d_without_a_card_is_left_alone(monkeypatch):
    monkeypatch.setattr(accelerate, "find_spec", lambda name: name == "pytorch3d")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(accelerate, "_cuda_index", lambda *_: pytest.fail("it was called"))
    points, targets = _clouds()
    assert np.array_equal(nearest(points, targets)[1], _slow(points, targets)[1])


@pytest.mark.gpu
def test_the_real_pytorch3d_agrees():
    pytest.importorskip("pytorch3d.ops")
    points, targets = _clouds()
    assert np.allclose(nearest(points, targets)[0], _slow(points, targets)[0], atol=1e-12)
