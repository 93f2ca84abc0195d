"""`kit pack`: the files to copy to the training machine with the checkout, and their size."""

from __future__ import annotations

import logging
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from caddis.generation.training.kit.packages import ARCHIVE, PackedPackage, pack_packages
from caddis.geometry.errors import DataError, TooLargeError

logger = logging.getLogger(__name__)

LIMIT = 64 * 2**20  # largest number of bytes to copy, checkout and kit together
_NEEDED = (
    "assets/__init__.py", "assets/openmix/", "assets/text/", "caddis/", "data/", "generation/",
    "geometry/", "kit/",
    "constraints.txt", "pyproject.toml",
)  # fmt: skip


@dataclass(frozen=True)
class Load:
    """Sizes of what is copied to the training machine.

    Attributes:
        checkout: Bytes of the files that git tracks or does not ignore.
        kit: Bytes of the kit's folder.
        spare: The largest folders that training does not need, with their bytes.
    """

    checkout: int
    kit: int
    spare: list[tuple[str, int]]


def pack(root: Path, folder: Path, python: str) -> Load:
    """Write the kit's folder and log its contents.

    Args:
        root: The checkout.
        folder: The kit's folder; git must ignore it, or it would be counted twice.
        python: Version of Python on the training machine.

    Raises:
        DataError: Wheels cannot be downloaded, or git cannot list the checkout.
        TooLargeError: Checkout and kit are larger than 64 MiB together; the kit is still written.
    """
    packages = pack_packages(folder, python, root / "constraints.txt")
    load = measure(root, folder)
    _describe(packages, load, folder)
    total = load.checkout + load.kit
    if total > LIMIT:
        largest = ", ".join(f"{name} ({size / 1e6:.1f} MB)" for name, size in load.spare[:4])
        raise TooLargeError(
            f"{total / 2**20:.1f} MiB to copy, the limit is {LIMIT / 2**20:.0f}", str(folder),
            f"Training does not need {largest}: move some out of the checkout for now.",
        )  # fmt: skip
    return load


def measure(root: Path, folder: Path) -> Load:
    """Return the sizes of the checkout `root` and of the kit's `folder`."""
    inside = folder.resolve()
    files = [path for path in _listed(root) if not path.resolve().is_relative_to(inside)]
    spare: dict[str, int] = {}
    for path in files:
        name = path.relative_to(root).as_posix()
        if not name.startswith(_NEEDED):
            top = "/".join(name.split("/")[:2])
            spare[top] = spare.get(top, 0) + path.stat().st_size
    return Load(
        sum(path.stat().st_size for path in files),
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        sorted(spare.items(), key=lambda one: -one[1]),
    )


def _listed(root: Path) -> list[Path]:
    """Return the files of a checkout that git tracks, or neither tracks nor ignores."""
    git = shutil.which("git") or "git"
    command = [git, "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise DataError("git cannot list the files", str(root), "Is it a checkout?") from error
    paths = {root / name for name in done.stdout.decode().split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def _describe(packages: list[PackedPackage], load: Load, folder: Path) -> None:
    for one in packages:
        logger.info(
            "%-28s wheel %5.1f MB, kept %5.1f MB", one.name,
            one.wheel_bytes / 1e6, one.kept_bytes / 1e6,
        )  # fmt: skip
    logger.info("%s: %.2f MB compressed", folder / ARCHIVE, load.kit / 1e6)
    total = load.checkout + load.kit
    logger.info(
        "checkout %.2f MB + kit %.2f MB = %.2f of %.0f MiB",
        load.checkout / 1e6, load.kit / 1e6, total / 2**20, LIMIT / 2**20,
    )  # fmt: skip
