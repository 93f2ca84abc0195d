"""The training kit: one command that trains everything on one GPU machine, cut and gone on with."""
