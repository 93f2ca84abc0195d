"""Pictures of every tab of the web page, wide and on a phone, into docs/pictures.

    python -m benchmarks.web_pictures

Starts `caddis demo`, drives Chromium through the tabs with a scan and a broken mesh that it
makes itself, and writes web-TAB-wide.png and web-TAB-phone.png.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trimesh
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
PATIENCE_MS = 600_000
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@contextmanager
def running_demo() -> Iterator[str]:
    """Serve the page on a free port; yield its address."""
    command = [sys.executable, "-m", "caddis", "demo", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        found = None
        for line in process.stdout or ():
            found = re.search(r"Caddis is at (http://\S+)", line)
            if found:
                break
        try:
            if found is None:
                raise SystemExit("the demo did not start")
            yield found[1]
        finally:
            process.terminate()


def show_create(page: Any, folder: Path) -> None:
    """Make two tables."""
    page.get_by_label("What to make").fill("a round coffee table")
    page.get_by_role("button", name="Create", exact=True).click()
    page.locator(".verdict:visible").wait_for()


def show_reconstruct(page: Any, folder: Path) -> None:
    """Reconstruct a ring with a hole."""
    ring = trimesh.creation.torus(20.0, 7.0)
    scan = folder / "ring.ply"
    trimesh.Trimesh(ring.vertices, ring.faces[40:], process=False).export(scan)
    page.locator("#reconstruct-file input[type=file]").set_input_files(scan)
    page.get_by_text("ring.ply").first.wait_for()
    page.get_by_role("button", name="Reconstruct", exact=True).click()
    page.locator(".verdict:visible").wait_for()


def show_check(page: Any, folder: Path) -> None:
    """Check a ball with holes in it."""
    ball = trimesh.creation.icosphere(subdivisions=3, radius=20.0)
    broken = folder / "ball.stl"
    trimesh.Trimesh(ball.vertices, ball.faces[90:], process=False).export(broken)
    page.locator("#check-file input[type=file]").set_input_files(broken)
    page.get_by_text("ball.stl").first.wait_for()
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".verdict:visible").wait_for()


def show_gallery(page: Any, folder: Path) -> None:
    """Pick the newest result."""
    page.locator("#own-results button img").first.wait_for()
    page.locator("#own-results button").filter(has=page.locator("img")).first.click()
    page.locator(".verdict:visible").wait_for()


TABS = {
    "Create": show_create,
    "Reconstruct": show_reconstruct,
    "Check & repair": show_check,
    "Gallery": show_gallery,
    "API": lambda page, folder: None,
}


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--tabs", nargs="*", default=list(TABS), choices=list(TABS))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo() as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(url)
        for name in options.tabs:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.get_by_role("tab", name=name).click()
            TABS[name](page, Path(folder))
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(4000)  # the model is drawn anew
                target = options.out / f"web-{name.split()[0].lower()}-{size}.png"
                page.screenshot(path=target, full_page=True)
                print(target)
        browser.close()


if __name__ == "__main__":
    main()
