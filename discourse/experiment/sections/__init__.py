"""The analyses of an experiment, one file each, loaded when they are asked for; their order is in `analyses.py`."""
