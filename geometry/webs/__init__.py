"""Spider webs as graphs in space: parameters, files, equilibrium, stiffness, solids.

Lengths are in millimetres and Z is up. A web keeps the coordinates in which it was built.
"""

from caddis.geometry.webs.graph import Web
from caddis.geometry.webs.parameters import WebParameters, web_parameters

__all__ = ["Web", "WebParameters", "web_parameters"]
