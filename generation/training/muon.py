"""Muon for processors without fast bf16 products."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor

_EPS = 1e-7
_RMS_OF_ADAMW = 0.2

Shape = tuple[int, int]


class Float32Muon(torch.optim.Muon):
    """`torch.optim.Muon` with its Newton-Schulz iteration in float32, batched over equal shapes.

    Torch's own iteration is in bf16, which CPUs without AVX512-BF16 or AMX emulate; it would take
    most of a training step there. Updates are scaled to the root mean square of AdamW's.
    """

    def __init__(self, matrices: Iterable[Tensor], lr: float, weight_decay: float) -> None:
        """See `torch.optim.Muon`; `matrices` have two dimensions each."""
        super().__init__(matrices, lr=lr, weight_decay=weight_decay, adjust_lr_fn="match_rms_adamw")

    @torch.no_grad()
    def step(  # type: ignore[override] # torch has two overloads of it
        self, closure: Callable[[], float] | None = None
    ) -> float | None:
        """Take one step (Jordan et al. 2024, "Muon: an optimizer for hidden layers")."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            by_shape: dict[Shape, list[Tensor]] = {}
            for matrix in group["params"]:
                if matrix.grad is not None:
                    by_shape.setdefault(tuple(matrix.shape), []).append(matrix)
            for (rows, columns), matrices in by_shape.items():
                updates = torch.stack([self._update(one, group["momentum"]) for one in matrices])
                rate = group["lr"] * _RMS_OF_ADAMW * max(rows, columns) ** 0.5
                straight = orthogonal(updates, group["ns_coefficients"], group["ns_steps"])
                for matrix, update in zip(matrices, straight.unbind(), strict=True):
                    matrix.mul_(1.0 - group["lr"] * group["weight_decay"])
                    matrix.add_(update, alpha=-rate)
        return loss

    def _update(self, matrix: Tensor, momentum: float) -> Tensor:
        """Return the Nesterov direction; the momentum buffer is that of torch's Muon."""
        state = self.state[matrix]
        if "momentum_buffer" not in state:
            state["momentum_buffer"] = torch.zeros_like(matrix)
        gradient = matrix.grad
        assert gradient is not None  # noqa: S101 # `step` selects matrices with a gradient
        state["momentum_buffer"].lerp_(gradient, 1.0 - momentum)
        return gradient.lerp(state["momentum_buffer"], momentum)


def orthogonal(matrices_NRC: Tensor, coefficients: Sequence[float], rounds: int) -> Tensor:
    """Bring the singular values of matrices (N, R, C) float32 near 1 by Newton-Schulz.

    X <- a X + (b X X^T + c (X X^T)^2) X, transposed if that makes the Gram matrix smaller, as in
    torch.
    """
    a, b, c = coefficients
    tall = matrices_NRC.shape[1] > matrices_NRC.shape[2]
    x = matrices_NRC.mT if tall else matrices_NRC
    x = x / torch.linalg.matrix_norm(x, keepdim=True).clamp(min=_EPS)
    for _ in range(rounds):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.mT if tall else x
