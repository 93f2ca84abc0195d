"""Parametric families of printable things: solids by construction, with words that are true.

`family` is what a family is, `solids` and `outlines` what they are built from, `registry` finds
them, `data/sources/families.py` offers them as training objects.
"""

OBJECTS_A_FAMILY = 200
"""Objects of each family in the training data, where no other number is asked for."""
