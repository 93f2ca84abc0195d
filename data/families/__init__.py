"""Parametric families of printable objects: each object is a solid built from a random seed.

`family` defines the types, `solids` and `outlines` are the building blocks, `registry` finds the
families, and `data/sources/families.py` offers their objects for training.
"""

OBJECTS_A_FAMILY = 200
"""Number of objects per family in the training data, unless another number is requested."""
