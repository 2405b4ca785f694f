"""A filter that a link chooses: it says what a list is narrowed to and lets one widen it again, and offers nothing else.

So no query goes through all rows for what there is to choose from.
"""

import re
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

SOURCE = "[a-z0-9][a-z0-9_-]{0,49}"
"""The short name of a source."""


class ChosenFilter(admin.SimpleListFilter):
    """By what the address says, if it says anything that fits `pattern`."""

    pattern = ".+"

    def value(self) -> str | None:
        value = super().value()
        return value if value and re.fullmatch(self.pattern, value) else None

    def named(self, value: str) -> Any:
        """The value in words."""
        return value

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        value = self.value()
        return [(value, self.named(value))] if value else []

    def has_output(self) -> bool:
        return self.value() is not None
