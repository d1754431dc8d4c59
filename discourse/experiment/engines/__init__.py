"""How batches of documents are worked through; nothing else knows on how many cores or machines."""
