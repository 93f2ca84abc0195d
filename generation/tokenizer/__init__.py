"""The tokenizer: turns a shape into a frame, coarse and fine tokens, and back into a field."""
