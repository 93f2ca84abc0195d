"""Python packages for a training machine without network access: packed here, unpacked there.

These are the packages that `data.prepare` needs and a machine with PyTorch may lack. Their wheels
have 36 MB, mostly embree and libigl. Without files that Caddis never loads, with stripped symbols
and as one .tar.xz they have about 9 MB.
"""

from __future__ import annotations

import fnmatch
import importlib.util
import logging
import lzma
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from caddis.geometry.errors import DataError, MissingDependencyError
from caddis.geometry.files.atomic import atomic_path

logger = logging.getLogger(__name__)

ARCHIVE = "site-packages.tar.xz"
PACKAGES = {
    "trimesh": "trimesh",
    "libigl": "igl",
    "embreex": "embreex",
    "manifold3d": "manifold3d",
    "fast_simplification": "fast_simplification",
    "DracoPy": "DracoPy",
}
"""Name on the package index -> name of the module."""

EXPECTED = (
    "numpy", "torch", "scipy", "skimage", "pyarrow", "networkx", "lxml", "PIL",
    "matplotlib", "safetensors", "tokenizers",
)  # fmt: skip
"""Modules that the training machine must provide itself."""

_UNUSED = (
    "include/*", "share/*", "lib/*", "lib64/*", "embree-vars.*", "*.pyi", "*.h", "*.pyx", "*.pxd",
    "*.c", "*.cpp", "*/tests/*", "igl/copyleft/*", "igl/cycodebase/*", "igl/embree/*",
    "igl/predicates/*", "igl/spectra/*", "igl/triangle/*", "trimesh/viewer/*", "*.dist-info/*",
)  # fmt: skip
_PLATFORMS = ("2_17", "2_24", "2_27", "2_28", "2_31", "2_34", "2_35")
_FILTERS = [
    {"id": lzma.FILTER_X86},
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26},
]


@dataclass(frozen=True)
class PackedPackage:
    """One package of the archive.

    Attributes:
        name: Name with version.
        wheel_bytes: Size of its wheel.
        kept_bytes: Size of the files that are kept, before compression.
    """

    name: str
    wheel_bytes: int
    kept_bytes: int


def pack_packages(folder: Path, python: str, constraints: Path) -> list[PackedPackage]:
    """Download wheels for another machine and write the needed files as `ARCHIVE`.

    Args:
        folder: Folder for the archive.
        python: Version of Python on that machine, such as "3.12"; its processor is x86-64.
        constraints: File that pins the versions.

    Raises:
        DataError: A version is not pinned, or a wheel cannot be downloaded.
    """
    packed = []
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        for package in PACKAGES:
            version = _pinned(package, constraints)
            wheel = _download(f"{package}=={version}", python, Path(scratch) / package)
            kept = _unzip(wheel, site)
            packed.append(PackedPackage(f"{package} {version}", wheel.stat().st_size, kept))
        _strip(site)
        with (
            atomic_path(folder / ARCHIVE) as temporary,
            lzma.LZMAFile(temporary, "wb", filters=_FILTERS) as stream,
            tarfile.open(fileobj=stream, mode="w") as archive,
        ):
            archive.add(site, arcname="", filter=_without_owner)
    return packed


def put_in(archive: Path, site: Path) -> list[str]:
    """Make the packages importable, from the archive if the machine does not have them.

    Args:
        archive: File written by `pack_packages`.
        site: Folder to unpack it to; searched after the machine's own packages.

    Returns:
        The modules that came from the archive.

    Raises:
        MissingDependencyError: A module is neither installed nor in the archive.
    """
    absent = [name for name in EXPECTED if importlib.util.find_spec(name) is None]
    if absent:
        raise MissingDependencyError(
            "Python packages are missing", ", ".join(absent), "Install them, or use another image."
        )
    missing = [name for name in PACKAGES.values() if importlib.util.find_spec(name) is None]
    if not missing:
        return []
    if not archive.is_file():
        raise MissingDependencyError(
            f"{', '.join(missing)} not installed, and their archive is missing", str(archive),
            "Run `python -m caddis.generation.training.kit pack` on a machine with network access.",
        )  # fmt: skip
    done = site / "complete"
    if not done.exists():
        with tarfile.open(archive, "r:xz") as packed:
            packed.extractall(site, filter="data")
        done.touch()
    sys.path.append(str(site))
    importlib.invalidate_caches()
    return missing


def _pinned(package: str, constraints: Path) -> str:
    found = re.search(rf"^{package}==(\S+)$", constraints.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise DataError(f"no version of {package}", str(constraints), "Pin it there.")
    return found[1]


def _download(requirement: str, python: str, folder: Path) -> Path:
    platforms = [part for one in _PLATFORMS for part in ("--platform", f"manylinux_{one}_x86_64")]
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
        "--python-version", python, "--implementation", "cp", *platforms,
        "--platform", "manylinux2014_x86_64", "--dest", str(folder), requirement,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        last = (done.stderr.strip().splitlines() or ["no wheel"])[-1]
        raise DataError(
            f"no wheel of {requirement} for Python {python}: {last}", str(folder),
            "Is there a network, and is --python a version that has wheels?",
        )  # fmt: skip
    return wheels[0]


def _unzip(wheel: Path, site: Path) -> int:
    """Unpack the needed files of a wheel; return their size in bytes."""
    size = 0
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if any(fnmatch.fnmatch(member.filename, pattern) for pattern in _UNUSED):
                continue
            archive.extract(member, site)
            size += member.file_size
    return size


def _strip(site: Path) -> None:
    """Remove debug symbols from the libraries, if `strip` is installed."""
    strip = shutil.which("strip")
    if strip is None:
        logger.warning("strip is not installed: the archive becomes about 1 MB larger")
        return
    for path in sorted(site.rglob("*.so*")):
        subprocess.run([strip, "--strip-unneeded", str(path)], capture_output=True, check=False)  # noqa: S603


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Remove owner and time, so that the same wheels give the same bytes."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member
