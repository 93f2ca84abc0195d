"""VoroMesh: watertight polygon meshes from generators with occupancy.

Look at `representation` for the type, `fit` for how generators are found, `extract` for the
mesh and why it is always clean, `backend` for the surface back-end.
"""
