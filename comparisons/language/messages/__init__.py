"""What pages say around the figures, a module for each topic."""
