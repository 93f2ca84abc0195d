"""Facts about a triangle mesh, and operations that keep it one: welding, topology, crossings."""
