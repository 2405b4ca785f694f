"""Plugins: what is installed, what is on, what is wrong, and who changed which setting."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from newsdesk.access.policy import Operation
from newsdesk.desk import installed
from newsdesk.desk.actor import may
from newsdesk.desk.admin.base import ReadOnlyAdmin
from newsdesk.desk.site import site
from newsdesk.host.catalogue import catalogue
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.registry import disabled, plan, registry
from newsdesk.sdk.processor import options


@admin.register(ProcessorSetting, site=site)
class PluginAdmin(ReadOnlyAdmin):
    """The installed plugins, over the history of what was saved for them."""

    list_display = ("processor", "enabled", "options", "saved_by", "saved_at")
    list_select_related = ("saved_by",)
    ordering = ("-pk",)
    change_list_template = "desk/plugins.html"

    def get_urls(self) -> list[URLPattern]:
        mine = "plugins/<str:name>/"
        own = [
            path(mine, self.admin_site.admin_view(installed.show), name="desk_plugin"),
            path(f"{mine}turn/", self.admin_site.admin_view(installed.turn), name="desk_turn_plugin"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        here, now, off = registry(), plan(), disabled()
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
                    "options": options(each),
                }
                for each in processors
            ],
            "exporters": here.exporters.values(),
            "kinds": [(here.kinds[name], plugin) for name, plugin in sorted(here.kind_owners.items())],
            "readers": here.readers.values(),
            "problems": (*here.problems, *now.left_out),
            "may_start": may(request, Operation.START_SHADOW_RUNS),
        }
        return super().changelist_view(request, context | (extra_context or {}))
