"""Which plugins are on, with which options: what is installed, then what a plugin admin saved."""
