"""Training: one loop for both models, batches, checkpoints, log and curves."""
