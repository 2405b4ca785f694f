"""The page where a choice of documents is reprocessed: choose, see what it would come to, then do that and nothing else."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods

from newsdesk.access.policy import Operation
from newsdesk.corpus.models import Source
from newsdesk.desk.actor import actor, may
from newsdesk.desk.site import site
from newsdesk.host.conf import conf
from newsdesk.host.registry import plan
from newsdesk.processing.batches import lasting
from newsdesk.processing.models import Job
from newsdesk.processing.selection import Selection, forecast
from newsdesk.processing.services import reprocess_many
from newsdesk.review.queries import decided_among


class SelectionForm(forms.Form):
    """Which documents, and which processor afresh."""

    processor = forms.ChoiceField(
        label=__("Processor to run afresh"),
        required=False,
        help_text=__("Everything else is kept while its inputs are the same. Without one, only what has no result runs."),
    )
    version = forms.CharField(
        label=__("Version"), required=False, max_length=50, help_text=__("Only where this version's result stands now.")
    )
    source = forms.ModelChoiceField(
        Source.objects.order_by("name"), label=__("Source"), required=False, empty_label=__("any"), to_field_name="slug"
    )
    state = forms.ChoiceField(
        label=__("State"),
        required=False,
        choices=[("", __("processed or failed")), *((each, each.label) for each in Job.TERMINAL)],
    )
    words = forms.CharField(
        label=__("Words"), required=False, max_length=200, help_text=__("In the title or the address of the article.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [each.name for each in plan().processors]
        self.fields["processor"].choices = [("", _("none")), *((name, name) for name in names)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.selection(given).clean()
        return given

    def selection(self, given: dict[str, Any]) -> Selection:
        """What was chosen."""
        source = given.get("source")
        plain = {name: given.get(name, "") for name in ("processor", "version", "state", "words")}
        return Selection(**plain, source=source.slug if source else "")


@require_http_methods(["GET", "HEAD", "POST"])
def reprocessing(request: HttpRequest) -> HttpResponse:
    """Asked by GET it tells and changes nothing; by POST it queues what was told."""
    if not may(request, Operation.REPROCESS_MANY):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    form = SelectionForm(asked if "state" in asked else None)
    context: dict[str, Any] = {}
    if form.is_valid():
        selection = form.selection(form.cleaned_data)
        if request.method == "POST":
            try:
                return redirect("admin:processing_batch_change", reprocess_many(selection=selection, actor=actor(request)).pk)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        context = _foretold(selection)
    context |= site.each_context(request) | {"title": _("Reprocess"), "form": form}
    return TemplateResponse(request, "desk/reprocess.html", context)


def _foretold(selection: Selection) -> dict[str, Any]:
    found = forecast(selection)
    first, *then = (selection.processor, *list(found.calls)[1:]) if selection.processor else ("",)
    return {
        "forecast": found,
        "afresh": first,
        "then": then,
        "calls": None if selection.processor else found.calls,
        "lasting": lasting(found.seconds),
        "workers": conf().workers,
        "decided": decided_among(selection, found.kinds),
    }
