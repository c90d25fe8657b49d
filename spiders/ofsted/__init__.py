"""Reads Ofsted's listing of councils, and the page of each council."""
