"""Listings: how they are found, run, recorded, compared and remembered."""
