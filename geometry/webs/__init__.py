"""Spider webs as graphs in space: parameters, files, equilibrium, stiffness, solids.

Lengths are in millimetres, Z is up; a web keeps the place that it was built in.
"""

from caddis.geometry.webs.graph import Web
from caddis.geometry.webs.parameters import WebParameters, web_parameters

__all__ = ["Web", "WebParameters", "web_parameters"]
