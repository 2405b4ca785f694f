"""Compared: what a new version or option would change, and whether editors have agreed with it, without storing a result."""
