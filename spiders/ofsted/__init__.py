"""Ofsted's listing and a provider's page."""
