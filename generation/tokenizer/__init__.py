"""The tokenizer: a shape as a frame and local codes, coarse then fine, and back to a field."""
