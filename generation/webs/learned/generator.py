"""The web generator around a learned model: completed conditions, batches, scale, repair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caddis.generation.seeds import derived_seed
from caddis.generation.threads import threads_for
from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.learned.model import WebModel
from caddis.generation.webs.learned.repair import connected
from caddis.generation.webs.learned.wishes import Asked, Sizes
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs import Web

_TOGETHER = 8
"""Samples for one condition are made in whole batches of this size, and surplus ones dropped: in a
batch of another shape, sums are taken in another order, which changes the last digits."""
_AT_ONCE = 32


class LearnedWebs:
    """A `WebGenerator` for any `WebModel`.

    The number of nodes is met exactly, and by scaling also the mean edge length. Diffusion models
    meet the number of edges exactly, too. Other conditions are met approximately, and free ones
    follow the distribution of the training webs.

    Args:
        name: The name on the command line.
        model: The model, in eval mode.
        sizes: Sizes of webs from which free conditions are drawn.
        guidance: Strength of classifier-free guidance; None takes the model's default.
    """

    def __init__(
        self, name: str, model: WebModel, sizes: Sizes, guidance: float | None = None
    ) -> None:
        self._name, self.model, self._sizes, self._guidance = name, model, sizes, guidance

    @property
    def name(self) -> str:
        """The name on the command line."""
        return self._name

    def sample(self, condition: WebCondition, count: int, seed: int) -> list[Web]:
        """Make connected webs; see `WebGenerator.sample`.

        Raises:
            ConfigError: The count is below 1.
        """
        if count < 1:
            raise ConfigError("ask for at least one sample", f"count={count}")
        webs: list[Web] = []
        while len(webs) < count:
            numbers = range(len(webs), len(webs) + _TOGETHER)
            webs += self._write([condition] * _TOGETHER, numbers, seed, repair=True)
        return webs[:count]

    def sample_each(
        self, conditions: Sequence[WebCondition], seed: int, *, repair: bool = True
    ) -> list[Web]:
        """Make one web per condition; see `WebGenerator.sample_each`.

        Batches hold webs of similar size; the last digits of a web may depend on its batch.
        """
        asked = [self._completed(one, seed, number) for number, one in enumerate(conditions)]
        order = np.argsort([one.nodes for one in asked], kind="stable")
        webs: dict[int, Web] = {}
        for start in range(0, len(order), _AT_ONCE):
            numbers = order[start : start + _AT_ONCE].tolist()
            written = self._write([conditions[n] for n in numbers], numbers, seed, repair=repair)
            webs.update(zip(numbers, written, strict=True))
        return [webs[number] for number in range(len(asked))]

    def _completed(self, condition: WebCondition, seed: int, number: int) -> Asked:
        rng = np.random.default_rng(derived_seed("wish", seed, number))
        return self._sizes.complete(condition, rng)

    def _write(
        self, conditions: Sequence[WebCondition], numbers: Sequence[int], seed: int, *, repair: bool
    ) -> list[Web]:
        pairs = zip(conditions, numbers, strict=True)
        asked = [self._completed(one, seed, number) for one, number in pairs]
        seeds = [derived_seed(self.name, seed, number) for number in numbers]
        with threads_for(self.model.config.width):
            drafts = self.model.write(asked, seeds, self._guidance)
        webs = [Web(one.nodes, one.edges) for one in drafts]
        if repair:
            webs = [connected(web) for web in webs]
        return [self._scaled(web, one) for web, one in zip(webs, asked, strict=True)]

    def _scaled(self, web: Web, asked: Asked) -> Web:
        """Centre a web, and scale its mean edge length unless the model works in mm."""
        nodes = web.nodes - web.nodes.mean(axis=0)
        if self.model.in_lengths and web.lengths.any():
            nodes *= asked.length_mm / web.lengths.mean()
        return Web(nodes, web.edges)
