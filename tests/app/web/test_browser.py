"""A real browser through each tab: give the input, watch, see a model, download, reload."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import caddis
from tests.geometry.shapes import ball, box, without_faces

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PATIENCE_MS = 400_000
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator:
    sync_api = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on the PATH")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, server: str) -> Iterator:
    """A page of a new visitor, which must not ask any other server for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    outside: list[str] = []

    def note(request) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            outside.append(request.url)

    context.on("request", note)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    opened.goto(server)
    yield opened
    context.close()
    assert outside == []


def tab(page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def visible_model(page) -> None:
    """Wait for a canvas that shows something: its pixels differ."""
    canvas = page.locator("canvas:visible").first
    canvas.wait_for()
    for _ in range(60):
        picture = Image.open(io.BytesIO(canvas.screenshot())).convert("L")
        if np.asarray(picture, dtype=float).std() > 8:
            return
        page.wait_for_timeout(1000)
    raise AssertionError("the model stays blank")


def download(page, ending: str, folder: Path) -> Path:
    link = page.locator(f"a[download$='.{ending}']:visible").last  # the first may be the upload
    with page.expect_download() as waiting:
        link.click()
    target = folder / f"downloaded.{ending}"
    waiting.value.save_as(target)
    return target


def test_words_become_shapes_that_sharpen_and_a_file_that_passes(page, tmp_path: Path) -> None:
    page.get_by_label("What to make").fill("a round coffee table")
    page.get_by_label("number input for Variations").fill("1")
    page.get_by_text("Advanced").click()
    page.get_by_label("number input for Resolution").fill("64")
    page.get_by_role("button", name="Create", exact=True).click()
    page.get_by_text("after 8 tokens").first.wait_for()
    page.locator(".verdict:visible").wait_for()
    visible_model(page)
    report = caddis.check(download(page, "3mf", tmp_path), height_mm=60.0)
    assert report.is_solid
    page.reload()
    tab(page, "Gallery")
    page.locator("#own-results button img").first.wait_for()
    page.locator("#own-results button").filter(has=page.locator("img")).first.click()
    page.get_by_text("a round coffee table").last.wait_for()


def test_a_broken_mesh_is_marked_and_mended(page, tmp_path: Path) -> None:
    broken = tmp_path / "open box.stl"
    broken.write_bytes(without_faces(box(), [0]).export(file_type="stl"))
    tab(page, "Check & repair")
    page.locator("#check-file input[type=file]").set_input_files(broken)
    page.get_by_text("open box.stl").first.wait_for()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("Does not print yet").wait_for()
    page.get_by_text("The surface has holes", exact=False).first.wait_for()
    visible_model(page)
    page.get_by_role("button", name="Repair", exact=True).click()
    page.get_by_text("closed 1 holes", exact=False).wait_for()
    assert caddis.check(download(page, "stl", tmp_path)).is_solid


def test_a_scan_becomes_a_solid_and_only_its_visitor_sees_it(
    page, browser, server: str, tmp_path: Path
) -> None:
    scan = tmp_path / "ball.ply"
    scan.write_bytes(without_faces(ball(subdivisions=2), [0, 1, 5]).export(file_type="ply"))
    tab(page, "Reconstruct")
    page.locator("#reconstruct-file input[type=file]").set_input_files(scan)
    page.get_by_text("ball.ply").first.wait_for()
    page.get_by_role("button", name="Reconstruct", exact=True).click()
    page.locator(".verdict:visible").wait_for()
    visible_model(page)
    assert caddis.check(download(page, "glb", tmp_path)).is_solid
    page.reload()
    tab(page, "Gallery")
    page.locator("#own-results button img").first.wait_for()
    other = browser.new_context().new_page()
    other.set_default_timeout(PATIENCE_MS)
    other.goto(server)
    tab(other, "Gallery")
    other.get_by_text("Nothing picked yet.").wait_for()
    other.wait_for_timeout(2000)
    assert other.locator("#own-results button img").count() == 0
    other.context.close()
