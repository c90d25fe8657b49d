"""Long proofs: commands that print their figures. A short version of each runs with the tests."""
