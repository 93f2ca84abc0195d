"""The version of Caddis, stated here and nowhere else."""

VERSION = "0.2.0"
