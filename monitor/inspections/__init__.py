"""A council's inspections side by side: judgements, and what is asked again."""
