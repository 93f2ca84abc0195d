"""The version of Caddis, stated here and nowhere else."""

VERSION = "0.1.0"
