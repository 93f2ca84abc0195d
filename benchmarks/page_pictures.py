"""Pictures of every tab of the web page, wide and on a phone, into docs/pictures.

    python -m benchmarks.page_pictures

Starts `caddis demo`, drives Chromium through the tabs with a scan and a broken mesh that it
makes itself, and writes web-TAB-wide.png and web-TAB-phone.png.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import trimesh
from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.common import ROOT
from benchmarks.common.pictures import save_png

SIZES = {"wide": (1280, 900), "phone": (390, 844)}
PATIENCE_MS = 400_000
FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]  # fmt: skip
_COLOURS = 128  # of a picture's palette: a third of the bytes, and nobody sees it


@contextmanager
def running_demo() -> Iterator[str]:
    """Serve the page on a free port; yield its address."""
    command = [sys.executable, "-m", "caddis", "demo", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        found = None
        for line in process.stdout or ():
            found = re.search(r"Caddis is at (http://\S+)", line)
            if found:
                break
        try:
            if found is None:
                raise SystemExit("the demo did not start")
            yield found[1].rstrip("/")
        finally:
            process.terminate()


def press(page: Any, name: str) -> None:
    """Press a button, and wait for its result."""
    page.get_by_role("button", name=name, exact=True).click()
    page.locator(".verdict:visible").wait_for()


def show_create(page: Any, folder: Path) -> None:
    """Make two chairs."""
    page.get_by_label("What to make").fill("a wooden chair with a tall back")
    press(page, "Create")
    page.get_by_text("2 made. Pick one below.").wait_for()


def show_reconstruct(page: Any, folder: Path) -> None:
    """Reconstruct a ring from points."""
    ring = trimesh.creation.torus(20.0, 7.0)
    points, _ = trimesh.sample.sample_surface(ring, 6000, seed=0)
    np.savetxt(folder / "ring.xyz", points)
    page.locator("#reconstruct-file input[type=file]").set_input_files(folder / "ring.xyz")
    page.get_by_text("6,000 points").first.wait_for()
    press(page, "Reconstruct")


def show_check(page: Any, folder: Path) -> None:
    """Check a ball with a hole in its front."""
    ball = trimesh.creation.icosphere(subdivisions=3, radius=20.0)
    hole = ball.triangles_center @ [0.45, -0.80, 0.40] > 18.0
    broken = folder / "ball.stl"
    trimesh.Trimesh(ball.vertices, ball.faces[~hole], process=False).export(broken)
    page.locator("#check-file input[type=file]").set_input_files(broken)
    page.get_by_text("ball.stl").first.wait_for()
    press(page, "Check")


def show_webs(page: Any, folder: Path) -> None:
    """Build a helix of webs."""
    press(page, "Build")


def show_gallery(page: Any, folder: Path) -> None:
    """Pick the newest result."""
    own = page.locator("#own-results button").filter(has=page.locator("img"))
    own.first.wait_for()
    own.first.click()
    page.locator(".verdict:visible").wait_for()


TABS = {
    "Create": show_create,
    "Reconstruct": show_reconstruct,
    "Check & repair": show_check,
    "Webs": show_webs,
    "Gallery": show_gallery,
    "API": lambda page, folder: None,
}


def drawn(page: Any) -> None:
    """Wait until the model is drawn: the pixels of its canvas differ."""
    canvas = page.locator("canvas:visible").first
    for _ in range(60):
        page.wait_for_timeout(1000)
        picture = Image.open(io.BytesIO(canvas.screenshot())).convert("L")
        if np.asarray(picture, dtype=float).std() > 4:
            return


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--tabs", nargs="*", default=list(TABS), choices=list(TABS))
    parser.add_argument("--url", help="of a page that is served already")
    options = parser.parse_args()
    if options.url:
        take(options.url, options.tabs, options.out)
    else:
        with running_demo() as url:
            take(url, options.tabs, options.out)


def take(url: str, tabs: list[str], out: Path) -> None:
    """Take the pictures of a page that is served at `url`."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(url)
        for name in tabs:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.get_by_role("tab", name=name).click()
            TABS[name](page, Path(folder))
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(1000)
                if name != "API":
                    drawn(page)
                target = out / f"web-{name.split()[0].lower()}-{size}.png"
                shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
                save_png(shot, target, _COLOURS)
                print(target)
        browser.close()


if __name__ == "__main__":
    main()
