"""From a condition to a field: tokenizer, autoregressive generator, training and sampling."""
