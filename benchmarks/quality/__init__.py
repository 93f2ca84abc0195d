"""How good the model is, on one page: `python -m benchmarks.quality` writes docs/quality.md."""
