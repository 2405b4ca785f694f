"""A filter that a link chooses: it says what a list is narrowed to and lets one widen it again, and offers nothing else.

So no query goes through all rows for what there is to choose from.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ChosenFilter(admin.SimpleListFilter):
    """By what the address says, if it says anything."""

    def named(self, value: str) -> Any:
        """The value in words."""
        return value

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        value = self.value()
        return [(value, self.named(value))] if value else []

    def has_output(self) -> bool:
        return self.value() is not None
