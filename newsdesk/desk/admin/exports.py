"""Exports: what left, when, and for whom."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from newsdesk.desk.admin.base import ReadOnlyAdmin, moment
from newsdesk.desk.site import site
from newsdesk.export.models import Export


@admin.register(Export, site=site)
class ExportAdmin(ReadOnlyAdmin):
    """The files that left the desk."""

    list_display = ("file", "exporter", "articles", "reviewed_only", "shown_size", "created_by", "delivered")
    list_select_related = ("created_by",)
    ordering = ("-pk",)
    fields = ("file", "exporter", "version", "reviewed_only", "articles", "size", "sha256", "created_by", "created_at")

    @admin.display(description=_("delivered"), ordering="pk")
    def delivered(self, row: Export) -> str:
        return moment(row.created_at)

    @admin.display(description=_("size"), ordering="size")
    def shown_size(self, row: Export) -> str:
        return filesizeformat(row.size)
