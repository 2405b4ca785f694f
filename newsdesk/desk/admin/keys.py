"""Keys for programs: make one (its secret is shown once), see one's own, revoke."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from newsdesk.access.models import ApiKey
from newsdesk.access.policy import SCOPES, Operation
from newsdesk.access.services import create_key, revoke_key
from newsdesk.desk.actor import actor, may
from newsdesk.desk.admin.base import ReadOnlyAdmin, state_badge
from newsdesk.desk.site import site


class KeyForm(forms.Form):
    """What a new key is for, how much it may, and how long."""

    name = forms.CharField(label=__("Name"), max_length=100, help_text=__("Which program will use it?"))
    scope = forms.ChoiceField(
        label=__("Scope"), choices=[(each, each) for each in SCOPES], help_text=__("Never more than you.")
    )
    days = forms.IntegerField(label=__("Days"), initial=90, min_value=1, max_value=365, help_text=__("It then expires."))


@admin.register(ApiKey, site=site)
class KeyAdmin(ReadOnlyAdmin):
    """One's own keys, and all of them for a superuser."""

    list_display = ("name", "prefix", "owner", "scope", "shown_state", "expires_at", "last_used_at")
    list_select_related = ("owner",)
    ordering = ("-pk",)
    fields = ("name", "prefix", "owner", "scope", "created_at", "expires_at", "last_used_at", "revoked_at")
    change_form_template = "desk/key.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        keys = super().get_queryset(request)
        return keys if may(request, Operation.REVOKE_OTHERS_KEYS) else keys.filter(owner=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Operation.CREATE_KEY)

    @sensitive_variables("secret")
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        form = KeyForm(request.POST or None)
        context = site.each_context(request) | {"title": _("New API key"), "form": form}
        if request.method == "POST" and form.is_valid():
            key, secret = create_key(owner=request.user, actor=actor(request), **form.cleaned_data)
            context |= {"title": _("Your new API key"), "key": key, "secret": secret}
        return TemplateResponse(request, "desk/new_key.html", context)

    def get_urls(self) -> list[URLPattern]:
        own = path("<row:key_id>/revoke/", self.admin_site.admin_view(_revoke), name="desk_revoke_key")
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, context | {"standing": _standing(kwargs.get("obj"))}, *args, **kwargs)

    @admin.display(description=__("state"))
    def shown_state(self, row: ApiKey) -> str:
        label = {"valid": _("valid"), "revoked": _("revoked"), "expired": _("expired")}
        return state_badge(_standing(row), label[_standing(row)])


def _standing(key: ApiKey | None) -> str:
    if key is None or key.revoked_at:
        return "revoked"
    return "valid" if key.expires_at > timezone.now() else "expired"


@require_POST
def _revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    try:
        revoke_key(key_id=key_id, actor=actor(request))
    except ApiKey.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The key is revoked. Programs that use it are refused from now on."))
    return redirect(reverse("admin:access_apikey_changelist"))
