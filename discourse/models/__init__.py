"""Models over documents: topics and classifiers. Frames in, plain frames out."""
