"""Training: one loop for all models, batches, checkpoints, log and curves."""
