"""Helpers of the browser tests: fill fields, press buttons, wait for models, download files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

PATIENCE_MS = 240_000
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
]  # fmt: skip


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Any, label: str, value: str) -> None:
    """Fill the visible field of that label; tabs that are not shown may have one, too."""
    _settle(page, page.get_by_label(label, exact=True), value)


def slide(page: Any, label: str, value: str) -> None:
    """Set the visible slider of that label."""
    _settle(page, page.get_by_label(f"number input for {label}"), value, "Enter")


def _settle(page: Any, named: Any, value: str, key: str | None = None) -> None:
    """Fill the visible one of the fields, and check that it keeps the value."""
    field = named.locator("visible=true").first
    for _ in range(20):  # a page that is still being drawn sets it back
        field.fill(value)
        if key is not None:
            field.press(key)
        page.wait_for_timeout(300)
        if field.input_value() == value:
            return
    raise AssertionError(f"the field stays at {field.input_value()}")


def choose(page: Any, label: str, option: str) -> None:
    """Choose from the visible list of that label."""
    page.get_by_label(label, exact=True).locator("visible=true").first.click()
    page.get_by_role("option", name=option).click()


def visible_model(page: Any) -> None:
    """Wait for a canvas that shows something: its pixels differ."""
    canvas = page.locator("canvas:visible").first
    canvas.wait_for()
    for _ in range(120):
        picture = Image.open(io.BytesIO(canvas.screenshot())).convert("L")
        if np.asarray(picture, dtype=float).std() > 4:
            return
        page.wait_for_timeout(500)
    raise AssertionError("the model stays blank")


def download(page: Any, ending: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(f".download-{ending}:visible").first.click()
    target = folder / f"downloaded.{ending}"
    waiting.value.save_as(target)
    assert waiting.value.suggested_filename.endswith(f".{ending}")
    return target


def pictures(page: Any, gallery: str) -> Any:
    """Return the buttons of a gallery's pictures."""
    return page.locator(f"{gallery} button").filter(has=page.locator("img"))
