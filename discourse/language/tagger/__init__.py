"""The trained tagger: scores of Morfeusz's readings in their sentence."""
