"""Statistics over plain frames: intervals, contrasts of groups, the place of one document. Documents are the unit."""
