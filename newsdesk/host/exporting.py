"""What an exporter writes, for the app that delivers it."""

from newsdesk.pipeline.exporting import written

__all__ = ["written"]
