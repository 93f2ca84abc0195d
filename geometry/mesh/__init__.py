"""Triangle meshes: welding, topology, self-intersections, simplification and sampling."""
