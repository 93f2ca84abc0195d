"""The job "create": a shape is shown while it is being written, on a CPU and on a card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from caddis.app.page.jobs.create_job import PREVIEWS_AT, create


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def test_previews_come_at_their_tokens_and_a_solid_at_the_end(device: str, tmp_path: Path) -> None:
    events: list[tuple[str, dict[str, Any]]] = []
    asked = {"category": "chair", "seed": 3, "resolution": 48, "candidates": 1, "device": device}
    create(asked, tmp_path, lambda kind, **what: events.append((kind, what)))
    shown = {what["tokens"]: what["pictures"] for kind, what in events if kind == "preview"}
    assert tuple(shown) == PREVIEWS_AT
    with Image.open(shown[PREVIEWS_AT[-1]][0]) as drawn:
        darkest, lightest = drawn.convert("L").getextrema()
    assert darkest < lightest
    (result,) = (what for kind, what in events if kind == "result")
    assert json.loads((Path(result["folder"]) / "result.json").read_text())["gate"]["is_solid"]
