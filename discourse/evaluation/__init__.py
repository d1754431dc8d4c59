"""How right the annotation is: stand-off gold, and scores by the guidelines' rules."""
