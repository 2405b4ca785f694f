"""Scored: how often editors agree with each version of a processor, how long it takes, and which sources drift."""
