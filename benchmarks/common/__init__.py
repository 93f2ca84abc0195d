"""What several benchmarks share: kept rows, pages, pictures, times and memory."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
