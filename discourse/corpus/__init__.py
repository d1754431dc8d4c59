"""Corpora: where documents are, how they are read, what is not the article's own text."""
