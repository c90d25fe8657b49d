"""Reads GOV.UK's searches and publications."""
