"""Which folders become which packages: `geometry/` is installed as `caddis.geometry`."""

import shutil
from pathlib import Path

from setuptools import find_packages, setup

# What an earlier build left there would come along, whatever it was called then.
shutil.rmtree(Path(__file__).parent / "build", ignore_errors=True)

FOLDERS = ("app", "data", "generation", "geometry")
inner = find_packages(include=[pattern for name in FOLDERS for pattern in (name, f"{name}.*")])
setup(
    packages=["caddis", "caddis.assets", *(f"caddis.{name}" for name in inner)],
    package_dir={"caddis": "caddis", **{f"caddis.{name}": name for name in (*FOLDERS, "assets")}},
    package_data={
        "caddis": ["py.typed"],
        "caddis.assets": ["**/*"],
        "caddis.data": ["**/*.csv", "**/*.toml"],
    },
)
