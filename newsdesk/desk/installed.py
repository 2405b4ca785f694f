"""The page of one plugin: what it brings, what is wrong with it, its switch with the history, and what its authors say."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsdesk.access.policy import Operation
from newsdesk.desk.actor import actor, may
from newsdesk.desk.site import site
from newsdesk.host.catalogue import documentation, entry, switches
from newsdesk.host.services import switch
from newsdesk.sdk.processor import options


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """The plugin, for whoever may read; its switch, for whoever may turn it."""
    found = entry(name)
    if found is None:
        raise Http404
    context = site.each_context(request) | {
        "title": found.plugin.name,
        "entry": found,
        "processors": [{"processor": each, "options": options(each)} for each in found.processors],
        "documentation": documentation(found.plugin.distribution),
        "switches": switches(found.plugin.name),
        "may_switch": found.state != "unlisted" and may(request, Operation.CONFIGURE_PLUGINS),
    }
    return TemplateResponse(request, "desk/plugin.html", context)


@require_POST
def turn(request: HttpRequest, name: str) -> HttpResponse:
    """Turn it on or off, as its button says."""
    enabled = request.POST.get("turn") == "on"
    try:
        switch(plugin=name, enabled=enabled, actor=actor(request))
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error
    now = entry(name)
    if not enabled:
        said = _("From now on, %(name)s is off.")
    elif now and now.loaded:
        said = _("From now on, %(name)s is on.")
    else:
        said = _("When web and workers restart, %(name)s is tried again.")
    messages.success(request, said % {"name": name})
    return redirect("admin:desk_plugin", name)
