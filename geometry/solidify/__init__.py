"""Make one closed solid of any mesh, however broken."""
