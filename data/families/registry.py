"""All families by name: every module below this folder that defines `FAMILY`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import caddis.data.families as rooms
from caddis.data.families.family import Family


@cache
def families() -> dict[str, Family]:
    """Return the families by the name of their module, sorted."""
    found = {}
    for room in pkgutil.iter_modules(rooms.__path__, f"{rooms.__name__}."):
        if room.ispkg:
            package = importlib.import_module(room.name)
            for one in pkgutil.iter_modules(package.__path__, f"{room.name}."):
                module = importlib.import_module(one.name)
                found[one.name.rpartition(".")[2]] = module.FAMILY
    return dict(sorted(found.items()))
