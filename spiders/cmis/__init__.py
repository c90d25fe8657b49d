"""CMIS committee systems: calendar and meeting pages."""
