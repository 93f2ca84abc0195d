"""Webs in numbers: whole webs, learned generators, solids, stiffness."""
