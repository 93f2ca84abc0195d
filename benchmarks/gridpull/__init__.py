"""GridPull against Poisson and against the paper's own procedure."""
