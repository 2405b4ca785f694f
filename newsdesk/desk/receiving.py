"""The page where an editor pastes a text or picks a file."""

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
from newsdesk.corpus.services import DEFAULT_SOURCE
from newsdesk.desk.actor import actor, may
from newsdesk.desk.site import site
from newsdesk.host.registry import formats
from newsdesk.worker.enqueue import submit


class DocumentForm(forms.Form):
    """A document in one of two forms, and where it is from."""

    text = forms.CharField(
        label=__("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 11, "dir": "auto"})
    )
    file = forms.FileField(label=__("or a file"), required=False, help_text=__("HTML or plain text, as it was published."))
    url = forms.CharField(
        label=__("Address"), required=False, max_length=2000, help_text=__("Where it was published, if it was: https://…")
    )
    source = forms.CharField(
        label=__("Source"), initial=DEFAULT_SOURCE, max_length=50, help_text=__("The publisher or feed it belongs to.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suffixes := sorted({suffix for each in formats() for suffix in each.suffixes}):
            told = _("HTML or plain text, as it was published, or what a plugin reads: %(suffixes)s.")
            self.fields["file"].help_text = told % {"suffixes": ", ".join(suffixes)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("text", "").strip()) == bool(given.get("file")):
            raise ValidationError(_("Paste a text or choose a file: one of the two."))
        return given

    def document(self) -> dict[str, Any]:
        """What `submit` takes."""
        given, file = self.cleaned_data, self.cleaned_data["file"]
        origin = {"url": given["url"].strip() or None, "source": given["source"]}
        if file:
            return origin | {"content": file.read(), "name": file.name}
        return origin | {"content": given["text"].encode("utf-8", "surrogatepass"), "charset": "utf-8"}


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Take a document in and go to its page, which tells when it is processed."""
    if not may(request, Operation.SUBMIT):
        raise PermissionDenied
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            submission = submit(actor=actor(request), **form.document())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if not submission.created:
                messages.info(request, _("The desk had this document already."))
            return redirect("admin:corpus_article_change", submission.snapshot.article_id)
    context = site.each_context(request) | {"title": _("Add a document"), "form": form}
    return TemplateResponse(request, "desk/receive.html", context)
