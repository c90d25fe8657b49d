"""Draws a picture of a council's judgements over time."""
