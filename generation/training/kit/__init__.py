"""The training kit: one command that trains all models on a GPU machine, in resumable pieces."""
