"""Plugins: what is installed, what is on, what is wrong, and who changed which setting."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.access.policy import Operation
from newsdesk.desk import installed
from newsdesk.desk.actor import may
from newsdesk.desk.admin.base import ReadOnlyAdmin, moment
from newsdesk.desk.optionform import shown
from newsdesk.desk.options import options_page
from newsdesk.desk.site import site
from newsdesk.host.catalogue import catalogue
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.queries import standings
from newsdesk.host.registry import disabled, plans, problems, registry
from newsdesk.host.reviews import reviews
from newsdesk.sdk.options import options_schema, secret_names
from newsdesk.sdk.processor import options


@admin.register(ProcessorSetting, site=site)
class PluginAdmin(ReadOnlyAdmin):
    """The installed plugins, over the history of what was saved for them."""

    list_display = ("processor", "for_source", "enabled", "shown_options", "version", "saved_by", "saved")
    list_display_links = None
    list_select_related = ("saved_by",)
    ordering = ("-pk",)
    fields = ("processor", "for_source", "enabled", "shown_options", "version", "saved_by", "saved_at")
    change_list_template = "desk/plugins.html"

    def get_urls(self) -> list[URLPattern]:
        mine = "plugins/<str:name>/"
        own = [
            path(mine, self.admin_site.admin_view(installed.show), name="desk_plugin"),
            path(f"{mine}turn/", self.admin_site.admin_view(installed.turn), name="desk_turn_plugin"),
            path("options/<slug:processor>/", self.admin_site.admin_view(options_page), name="desk_options"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        here, made, off = registry(), plans(), disabled()
        now, standing, asked = made.general, standings(made), reviews()
        order = {processor.name: processor for processor in now.processors}
        processors = [*order.values(), *(each for name, each in here.processors.items() if name not in order)]
        context = {
            "title": _("Plugins"),
            "plugins": catalogue(),
            "processors": [
                {
                    "processor": each,
                    "plugin": here.owners.get(each.name, ""),
                    "state": "on" if each.name in order else "off" if each.name in off else "left-out",
                    "options": _shown(options(each)),
                    "of_sources": {source: _shown(values) for source, values in standing[each.name].of_sources.items()},
                    "has_options": bool(options_schema(here.processors[each.name])["properties"]),
                }
                for each in processors
            ],
            "exporters": here.exporters.values(),
            "kinds": [(here.kinds[name], plugin) for name, plugin in sorted(here.kind_owners.items())],
            "readers": here.readers.values(),
            "problems": problems(),
            "reviews": asked,
            "may_configure": may(request, Operation.CONFIGURE_PLUGINS),
            "may_start": may(request, Operation.START_SHADOW_RUNS),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=_("source"), ordering="source")
    def for_source(self, row: ProcessorSetting) -> str:
        return row.source or str(_("all sources"))

    @admin.display(description=_("saved"), ordering="pk")
    def saved(self, row: ProcessorSetting) -> str:
        return moment(row.saved_at)

    @admin.display(description=_("options"))
    def shown_options(self, row: ProcessorSetting) -> str:
        """Without what has become a secret since; what is kept of secrets stands elsewhere."""
        installed = registry().processors.get(row.processor)
        hidden = secret_names(installed) if installed else frozenset()
        said = [f"{name} = {shown(value)}" for name, value in row.options.items() if name not in hidden]
        said += [gettext("{name} changed").format(name=name) for name in row.secrets]
        return ", ".join(said) or "–"


def _shown(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: shown(value) for name, value in values.items()}
