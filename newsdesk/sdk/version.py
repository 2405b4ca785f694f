"""The version of the SDK, which is that of Newsdesk: what a plugin names in `Requires-Dist` is what is compared with it."""

API_VERSION = "0.1.0"
"""Release numbers only, as in `pyproject.toml`. What may change with which of them is promised in docs/stability.md."""
