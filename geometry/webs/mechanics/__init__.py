"""How stiff a web is: linear analysis of pin-jointed and rigid-jointed struts."""

from caddis.geometry.webs.mechanics.loading import Response, Stiffness, stretch

__all__ = ["Response", "Stiffness", "stretch"]
