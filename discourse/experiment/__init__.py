"""Experiments: one TOML file composes the steps; running it makes a folder that can be recomputed."""
