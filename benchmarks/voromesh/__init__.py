"""VoroMesh against the paper's own procedure."""
