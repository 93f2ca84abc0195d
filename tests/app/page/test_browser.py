"""A real browser uses each tab: enter input, watch progress, see a model, download, reload."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import caddis
from tests.app.page.browsing import (
    FLAGS,
    PATIENCE_MS,
    choose,
    download,
    fill,
    pictures,
    press,
    slide,
    tab,
    visible_model,
)
from tests.geometry.shapes import ball, box, without_faces

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


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


def ask(page, words: str, variations: int) -> None:
    """Fill the Create tab for small and quick shapes."""
    fill(page, "What to make", words)
    slide(page, "Variations", str(variations))
    page.get_by_text("Advanced").first.click()
    slide(page, "Resolution", "48")
    press(page, "Create")


def test_words_become_shapes_that_sharpen_are_varied_and_undone(page, tmp_path: Path) -> None:
    ask(page, "a dining table", variations=2)
    page.get_by_text("after 20 tokens").first.wait_for()
    page.get_by_text("2 made. Pick one below.").wait_for()
    assert pictures(page, "#create-variations").count() == 2
    visible_model(page)
    assert caddis.check(download(page, "3mf", tmp_path), height_mm=60.0).is_solid
    pictures(page, "#create-variations").nth(1).click()
    page.get_by_text("# object 2").first.wait_for(state="attached")
    slide(page, "Variations", "1")
    slide(page, "Tokens to keep", "48")
    press(page, "Vary this one")
    page.get_by_text("Done.").first.wait_for()
    assert pictures(page, "#create-variations").count() == 1
    page.locator("button", has_text="Undo").click()  # the viewer's icon has no text
    page.wait_for_function("document.querySelectorAll('#create-variations button img').length > 1")
    page.reload()
    tab(page, "Gallery")
    page.wait_for_function("document.querySelectorAll('#own-results button img').length == 3")
    pictures(page, "#own-results").first.click()
    page.locator(".result:visible").get_by_text("a dining table").wait_for()


def test_a_job_is_stopped_and_the_page_goes_on(page) -> None:
    ask(page, "a bathtub", variations=4)
    page.get_by_text("tokens").first.wait_for()
    press(page, "Stop")
    page.get_by_text("Stopped.").wait_for()
    tab(page, "Gallery")
    page.get_by_text("Nothing picked yet.").wait_for()
    assert pictures(page, "#own-results").count() == 0


def test_an_example_answers_at_once_with_files(page, tmp_path: Path) -> None:
    shown = pictures(page, "#create-examples")
    shown.first.wait_for()
    assert shown.count() >= 8
    shown.first.click()
    page.locator(".verdict:visible").wait_for(timeout=30_000)
    visible_model(page)
    assert caddis.check(download(page, "stl", tmp_path)).is_solid


def test_a_broken_mesh_is_marked_and_repaired(page, tmp_path: Path) -> None:
    broken = tmp_path / "open box.stl"
    broken.write_bytes(without_faces(box(), [0]).export(file_type="stl"))
    tab(page, "Check & repair")
    page.locator("#check-file input[type=file]").set_input_files(broken)
    page.get_by_text("open box.stl").first.wait_for()
    press(page, "Check")
    page.get_by_text("Does not print yet").wait_for()
    page.get_by_text("The surface has holes", exact=False).first.wait_for()
    visible_model(page)
    press(page, "Repair")
    page.get_by_text("closed 1 holes", exact=False).wait_for()
    assert caddis.check(download(page, "stl", tmp_path)).is_solid


def test_a_scan_is_shown_with_a_forecast_and_made_solid_for_its_visitor_only(
    page, browser, server: str, tmp_path: Path
) -> None:
    scan = tmp_path / "ball.xyz"
    np.savetxt(scan, ball(subdivisions=4).vertices)
    tab(page, "Reconstruct")
    page.locator("#reconstruct-file input[type=file]").set_input_files(scan)
    page.get_by_text("2,562 points").first.wait_for()
    page.locator("#reconstruct-points img").wait_for()
    estimate = page.locator("#reconstruct-estimate")
    estimate.get_by_text("GB").wait_for()
    before = estimate.inner_text()
    page.get_by_label("VoroMesh", exact=False).check()
    slide(page, "Resolution", "32")
    page.wait_for_function(
        "before => document.querySelector('#reconstruct-estimate').innerText.trim() != before",
        arg=before.strip(),
    )
    page.get_by_label("GridPull").check()
    slide(page, "Resolution", "32")
    press(page, "Reconstruct")
    page.locator(".verdict:visible").wait_for()
    visible_model(page)
    assert caddis.check(download(page, "glb", tmp_path)).is_solid
    page.reload()
    tab(page, "Gallery")
    pictures(page, "#own-results").first.wait_for()
    other = browser.new_context().new_page()
    other.set_default_timeout(PATIENCE_MS)
    other.goto(server)
    tab(other, "Gallery")
    other.get_by_text("Nothing picked yet.").wait_for()
    other.wait_for_timeout(1000)
    assert pictures(other, "#own-results").count() == 0
    other.context.close()


def test_a_web_is_built_measured_and_printed(page, tmp_path: Path) -> None:
    tab(page, "Webs")
    choose(page, "Samples from", "pieces of built webs")
    page.get_by_label("orb").check()
    slide(page, "Samples", "3")
    fill(page, "Nodes of a sample", "12")
    fill(page, "Longest side, mm", "60")
    press(page, "Build")
    page.locator(".verdict:visible").wait_for()
    page.get_by_text("stiffness to weight").wait_for()
    page.get_by_role("img", name="Forces").or_(page.locator(".image-frame img")).first.wait_for()
    visible_model(page)
    assert caddis.check(download(page, "stl", tmp_path)).is_solid
    web = caddis.read_web(download(page, "graphml", tmp_path))
    assert len(web.nodes) > 12
    page.get_by_text("Advanced").locator("visible=true").click()
    choose(page, "Along", "formulas of t")
    page.get_by_label("x(t), mm").fill("__import__('os')")
    press(page, "Build")
    page.get_by_text("formula").locator("visible=true").last.wait_for()


def test_an_impossible_web_is_refused_with_the_possible_range(page) -> None:
    tab(page, "Webs")
    fill(page, "Nodes of a sample", "3")
    fill(page, "Mean degree", "7")
    press(page, "Build")
    page.get_by_text("Possible here", exact=False).first.wait_for()
