"""The digest of an item covers the weights that it uses, and no others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caddis.app.batch import work
from caddis.app.batch.items import Item
from caddis.app.batch.journal import Journal, Outcome
from caddis.app.batch.run import Batch, run_batch
from caddis.app.batch.work import made_with
from caddis.generation.webs.registry import SHIPPED
from tests.app.batch.test_run import Serial

STOOL = Item("stool", "generate", 1, ("3mf",), {"preset": "nano"})
PIECES = Item("tile", "web", 1, ("3mf",), {"model": "pieces"})
LEARNED = Item("spun", "web", 1, ("3mf",), {"model": "autoregressive"})


@pytest.fixture
def fresh() -> Iterator[None]:
    work._web_weights.cache_clear()
    yield
    work._web_weights.cache_clear()


def test_adding_a_job_does_not_remake_a_finished_item(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(Outcome(STOOL.name, STOOL.digest(made_with(STOOL)), "bad", "for the test"))
    impossible = Item("no", "web", 1, ("3mf",), {"model": "autoregressive"}, "for the test")
    for added in ([], [impossible]):
        engine = Serial()
        run_batch(Batch([STOOL, *added], tmp_path, made_with), engine)
        assert engine.done == [item.name for item in added]


def test_items_depend_only_on_the_weights_that_they_use() -> None:
    assert len({made_with(item) for item in (STOOL, PIECES, LEARNED)}) == 3
    assert made_with(PIECES) == made_with(Item("a", "reconstruct", 0, ("3mf",), {"scan": "a"}))


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
@pytest.mark.usefixtures("fresh")
def test_a_learned_web_depends_on_weights_and_config(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SHIPPED / "autoregressive", tmp_path / "autoregressive")
    before = made_with(LEARNED)
    monkeypatch.setattr("caddis.generation.webs.registry.SHIPPED", tmp_path)
    work._web_weights.cache_clear()
    assert made_with(LEARNED) == before
    with (tmp_path / "autoregressive" / name).open("ab") as stream:
        stream.write(b" ")
    work._web_weights.cache_clear()
    assert made_with(LEARNED) != before
