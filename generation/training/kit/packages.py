"""Python packages that a training machine without a network may lack: packed here, put in there.

Only what `data.prepare` needs and a machine with PyTorch may not have. The wheels as they are
take 36 MB, most of it embree and libigl; without what Caddis never loads, with their symbols
stripped and as one .tar.xz they take about 9 MB.
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
"""Modules that the machine must have by itself."""

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
        name: With its version.
        wheel_bytes: Size of its wheel.
        kept_bytes: Size of the files that are kept, before compression.
    """

    name: str
    wheel_bytes: int
    kept_bytes: int


def pack_packages(folder: Path, python: str, constraints: Path) -> list[PackedPackage]:
    """Download the wheels for another machine and write what is needed of them as `ARCHIVE`.

    Args:
        folder: Where the archive goes.
        python: Version of Python there, as "3.12"; the processor there is x86-64.
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
            atomic_path(folder / ARCHIVE) as beside,
            lzma.LZMAFile(beside, "wb", filters=_FILTERS) as stream,
            tarfile.open(fileobj=stream, mode="w") as archive,
        ):
            archive.add(site, arcname="", filter=_anonymous)
    return packed


def put_in(archive: Path, site: Path) -> list[str]:
    """Make the packages importable, from the archive where the machine has none of its own.

    Args:
        archive: What `pack_packages` wrote.
        site: Folder to unpack it to; searched after the machine's own packages.

    Returns:
        The modules that came from the archive.

    Raises:
        MissingDependencyError: A module is neither here nor in an archive.
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
            f"{', '.join(missing)} not installed, and there is no archive of them", str(archive),
            "Run `python -m caddis.generation.training.kit pack` where there is a network.",
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
    """Unpack what is used of a wheel; return its size in bytes."""
    size = 0
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if any(fnmatch.fnmatch(member.filename, pattern) for pattern in _UNUSED):
                continue
            archive.extract(member, site)
            size += member.file_size
    return size


def _strip(site: Path) -> None:
    """Take symbols that only debuggers read out of the libraries, where `strip` is installed."""
    strip = shutil.which("strip")
    if strip is None:
        logger.warning("strip is not installed: the archive becomes about 1 MB larger")
        return
    for path in sorted(site.rglob("*.so*")):
        subprocess.run([strip, "--strip-unneeded", str(path)], capture_output=True, check=False)  # noqa: S603


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who packed and when, so that the same wheels give the same bytes."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member
