"""Results of finished stages, kept so that a second run goes on where the first one stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.common.rows import kept
from caddis.geometry.files.atomic import atomic_path, write_text

Arrays = dict[str, NDArray[Any]]


class Store:
    """A folder for the results of one set of settings.

    Args:
        root: Where the folders of all settings are.
        settings: What the results follow from; others get another folder.
        fresh: Compute everything again.
    """

    def __init__(self, root: Path, settings: Mapping[str, object], *, fresh: bool = False) -> None:
        text = json.dumps(settings, sort_keys=True, default=str)
        self.folder = Path(root) / hashlib.sha256(text.encode()).hexdigest()[:16]
        self._fresh = fresh
        write_text(self.folder / "settings.json", text + "\n")

    def figures(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` returns, as JSON gives it back, from the file if there is one."""
        return kept(self.folder / f"{name}.json", make, fresh=self._fresh)

    def arrays(self, name: str, make: Callable[[], Arrays]) -> Arrays:
        """Return the arrays that `make` returns, from the file if there is one."""
        path = self.folder / f"{name}.npz"
        if self._fresh or not path.exists():
            made = make()
            with atomic_path(path) as temporary:
                np.savez(temporary, allow_pickle=False, **made)
            return made
        with np.load(path, allow_pickle=False) as held:
            return {key: held[key] for key in held.files}
