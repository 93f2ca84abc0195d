"""`caddis web analyse`: measure the geometry and the stiffness of a web."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tyro

from caddis.app.commands.base import PASSED, Command
from caddis.app.outputs import check_writable
from caddis.geometry.options.webs import SolidOptions


@dataclass(frozen=True, kw_only=True)
class Analyse(Command):
    """Measure a web: its geometry, and how stiff it would be as a print."""

    file: tyro.conf.Positional[Path]
    """A web in millimetres: JSON, GraphML or CSV."""
    diameter_mm: float = SolidOptions.diameter_mm
    """Diameter in millimetres of struts whose radius the file does not give."""
    young_mpa: float = 3500.0
    """Young's modulus of the material in MPa; by default that of PLA."""
    density: float = 1.24
    """Density of the material in g/cm3."""
    joints: Literal["rigid", "pinned"] = "rigid"
    """rigid, as printed joints are, or pinned: then struts carry axial force only."""
    picture: Path | None = None
    """A PNG to draw: struts coloured by force, red in tension and blue in compression."""
    force: bool = False
    """Replace a picture that is there already."""
    axis: Literal["x", "y", "z"] = "x"
    """Direction in which the web is pulled in the picture."""
    size: int = 768
    """Side of the picture in pixels."""
    json: bool = False
    """Print figures as JSON."""

    def run(self) -> int:
        """Measure, and print tables or JSON."""
        if self.picture:
            check_writable(self.picture, force=self.force)
        from caddis.app.commands.web.pictures import write_picture
        from caddis.geometry.errors import MechanismError
        from caddis.geometry.webs.files import read_web
        from caddis.geometry.webs.mechanics import stretch
        from caddis.geometry.webs.mechanics.material import Material
        from caddis.geometry.webs.parameters import web_parameters
        from caddis.geometry.webs.solid import with_radii

        web = with_radii(read_web(self.file), self.diameter_mm)
        figures: dict[str, object] = {"geometry": web_parameters(web).to_json()}
        material = Material(self.young_mpa, 0.35, self.density)
        no_picture: MechanismError | None = None
        for axis in ("x", "y", "z"):
            try:
                pulled = stretch(web, axis, material=material, joints=self.joints)
            except MechanismError as error:
                figures[f"pulled along {axis}"] = {"not loaded": error.what}
                no_picture = error if axis == self.axis and self.picture else no_picture
                continue
            figures[f"pulled along {axis}"] = vars(pulled.stiffness)
            if axis == self.axis and self.picture:
                write_picture(pulled.web, self.picture, pulled.axial_n, self.size)
        if self.json:
            sys.stdout.write(json.dumps(figures, indent=2) + "\n")
        else:
            _print_figures(self.file.name, figures)
        if no_picture is not None:
            raise no_picture  # a picture was asked for, and there are no forces to draw
        return PASSED


def _print_figures(name: str, figures: dict[str, object]) -> None:
    from caddis.app.console import output, table

    for title, group in figures.items():
        assert isinstance(group, dict)  # noqa: S101  # as `Analyse.run` made it
        rows = [(key.replace("_", " "), _shown(value)) for key, value in group.items()]
        output().print(table(f"{name}: {title}", ("figure", "value"), rows))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(one) for one in value)
    return f"{value:.4g}" if isinstance(value, float) else str(value)
