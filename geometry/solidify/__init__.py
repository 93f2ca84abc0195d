"""Any mesh, however broken, to one closed solid."""
