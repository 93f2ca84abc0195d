"""Surface back-ends, which make meshes of fields or of points, and the code that they share."""
