"""An event in words, for all ways out."""
