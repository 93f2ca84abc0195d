"""From a field or from points to a mesh: the surface back-ends and what they share."""
