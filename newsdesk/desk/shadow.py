"""Shadow runs at the desk: the form that starts one, and what the page of its report shows."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods

from newsdesk.access.policy import Operation
from newsdesk.desk.actor import actor, may
from newsdesk.desk.site import site
from newsdesk.host.registry import plan, registry
from newsdesk.sdk.processor import options
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.services.request import DEFAULT_ARTICLES, MAX_ARTICLES
from newsdesk.worker.enqueue import request_shadow_run


class ShadowForm(forms.Form):
    """What to compare, and over which articles."""

    processor = forms.ChoiceField(
        label=__("Processor"), help_text=__("Whatever depends on it is compared too.")
    )  # fmt: skip
    options = forms.CharField(
        label=__("Options to try"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "code"}),
        help_text=__(
            "A JSON object; what it leaves out stays as it is. Empty: the installed version with its present options."
        ),
    )
    articles = forms.IntegerField(label=__("Articles"), initial=DEFAULT_ARTICLES, min_value=1, max_value=MAX_ARTICLES)
    which = forms.ChoiceField(label=__("Which articles"), choices=ShadowRun.Which.choices)
    source = forms.CharField(
        label=__("Source"), required=False, max_length=50, help_text=__("Its short name. Empty: all sources.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["processor"].choices = [(name, name) for name in registry().processors]

    def clean_options(self) -> dict[str, Any]:
        given = self.cleaned_data["options"].strip() or "{}"
        try:
            parsed = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_('This is no JSON object, such as {"min_confidence": 0.5}.')) from error
        if not isinstance(parsed, dict):
            raise ValidationError(_('This must be a JSON object, such as {"min_confidence": 0.5}.'))
        return parsed


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a shadow run and go to its page, which shows how far it is."""
    if not may(request, Operation.START_SHADOW_RUNS):
        raise PermissionDenied
    present = [{"processor": each, "options": written(options(each))} for each in plan().processors]
    form = ShadowForm(request.POST or None, initial=_initial(request, present))
    if request.method == "POST" and form.is_valid():
        try:
            number = request_shadow_run(actor=actor(request), **form.cleaned_data)
        except ValidationError as error:
            _add_errors(form, error)
        else:
            return redirect("admin:shadow_shadowrun_change", number)
    context = site.each_context(request) | {"title": _("Start a shadow run"), "form": form, "present": present}
    return TemplateResponse(request, "desk/start_shadow_run.html", context)


def _initial(request: HttpRequest, present: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The processor that the address names, with its present options to be changed."""
    named = request.GET.get("processor", "")
    shown = next((each["options"] for each in present if each["processor"].name == named), "")
    return {"processor": named, "options": shown}


def _add_errors(form: ShadowForm, error: ValidationError) -> None:
    """Beside the field where the service names one; most of the rest is about options."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error("options", error.messages)


def written(value: Any) -> str:
    """Plain data as an editor may read and change it."""
    return json.dumps(value, ensure_ascii=False)
