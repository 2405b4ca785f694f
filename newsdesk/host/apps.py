"""The host app, which brings its checks along."""

from django.apps import AppConfig


class HostConfig(AppConfig):
    name = "newsdesk.host"

    def ready(self) -> None:
        from newsdesk.host import checks  # noqa: F401 - registers itself; models are not ready before
