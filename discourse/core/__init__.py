"""What every room of the house shares: errors, schemas, registry, random streams, files, progress."""
