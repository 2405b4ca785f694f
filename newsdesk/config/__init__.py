"""Composition: which apps, which database, which broker. The only part that reads the environment."""
