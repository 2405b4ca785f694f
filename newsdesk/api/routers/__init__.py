"""One file for each thing that a client deals with."""
