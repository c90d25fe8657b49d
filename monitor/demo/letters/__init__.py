"""The made-up letters of the demonstration as PDF files, by council and first day on site.

`python -m tests.demo_letters` writes them, the same bytes each time.
"""
