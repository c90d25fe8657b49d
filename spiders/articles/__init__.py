"""Newsrooms and press: listings, feeds, articles."""
