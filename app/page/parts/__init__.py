"""Parts that several tabs of the page share: result panel, texts, pictures, examples."""
