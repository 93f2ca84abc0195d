"""Learned VoroMesh against the fit: a network from a distance grid to generators and labels."""
