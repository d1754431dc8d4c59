"""Polish text to tokens: segmentation, Morfeusz's readings, one of them chosen in context."""
