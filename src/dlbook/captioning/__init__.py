"""Captions: a picture goes in, words come out."""
