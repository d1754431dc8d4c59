"""Open corpora by name: downloaded into the user's data folder, resumed, verified; never into the repository."""
