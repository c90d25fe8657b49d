"""Writes made-up letters as PDF files: the demonstration's, which are part of the program, and those of a crowd of
councils for measurements. `letters.sample_letter` gives single letters to tests.
"""
