"""What all of the desk's lists have in common: permissions from our policy, and nothing to add, change or delete."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, CharField, ForeignKey, IntegerField, Model, TextField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import register_converter
from django.urls.converters import IntConverter
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime

from newsdesk.access.policy import Operation
from newsdesk.desk.actor import may

MAX_DIGITS = 18


class RowNumber(IntConverter):
    """A number in an address that fits into a database, which is not there to be asked for others."""

    regex = f"[0-9]{{1,{MAX_DIGITS}}}"


register_converter(RowNumber, "row")


def row_number(object_id: str) -> int | None:
    """The number in an address of the stock admin's, which takes anything; None where it is none."""
    return int(object_id) if re.fullmatch(RowNumber.regex, object_id) else None


_CONTROLS = frozenset({ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR, "e"})
_LOOKUPS = frozenset({"exact", "in", "gt", "isnull"})
_SWITCHES = frozenset({"0", "1", "True", "False"})


def askable(query: QueryDict, model: type[Model], own: Iterable[str] = ()) -> QueryDict:
    """What an address asks a list for, less what no link of ours asks: lookups such as patterns, and values that the column
    cannot have, for which databases answer with errors of many sorts. Filters of the list's `own` look after themselves.
    """
    asked, free = query.copy(), _CONTROLS | set(own)
    for name, values in query.lists():
        every = all("\0" not in value and not (value.isdecimal() and len(value) > MAX_DIGITS) for value in values)
        if not every or (name not in free and not all(_is_askable(model, name, value) for value in values)):
            del asked[name]
    return asked


def _is_askable(model: type[Model], name: str, value: str) -> bool:
    """Whether a list may be asked for this value of this column."""
    path, _, lookup = name.rpartition("__")
    path, lookup = (path, lookup) if path and lookup in _LOOKUPS else (name, "exact")
    try:
        field = get_fields_from_path(model, path)[-1]
    except (FieldDoesNotExist, NotRelationField):
        return False
    if lookup == "isnull" or isinstance(field, BooleanField):
        return value in _SWITCHES
    values = value.split(",") if lookup == "in" else [value]
    if isinstance(field, CharField | TextField):
        return True
    return isinstance(field, IntegerField | ForeignKey) and all(row_number(each) is not None for each in values)


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list that whoever may read may look at; services write, never a form of the admin."""

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, Operation.READ)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, Operation.READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        own = (each.parameter_name for each in self.get_list_filter(request) if isinstance(each, type))
        request.GET = askable(request.GET, self.model, own)
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


def moment(at: datetime | None) -> str:
    """A time, short enough for a list and on one line."""
    return format_html('<time class="moment">{}</time>', date_format(localtime(at), "j M Y, H:i")) if at else "–"


def state_badge(state: str, label: Any) -> SafeString:
    """A state as a word with an icon, which style sheets draw by the class."""
    return format_html('<span class="state state-{}">{}</span>', state, label)
