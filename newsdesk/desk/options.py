"""The page on which a processor's options are set: for all sources or one, tried on an article, foreseen, saved, restored."""

import threading
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from newsdesk.access.policy import Operation
from newsdesk.corpus.models import Source
from newsdesk.desk.actor import actor, may
from newsdesk.desk.comparison import shadow_page
from newsdesk.desk.optionform import OptionsForm
from newsdesk.desk.settinghistory import past, reviewed
from newsdesk.desk.site import site
from newsdesk.host.conf import conf
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.queries import Present, present
from newsdesk.host.registry import plans, registry
from newsdesk.host.runner import make_runner
from newsdesk.host.services import restore, set_options, would_be
from newsdesk.processing.batches import lasting
from newsdesk.processing.foresight import foresee
from newsdesk.processing.models import Synopsis
from newsdesk.processing.selection import Forecast
from newsdesk.sdk import NewsdeskError, Processor
from newsdesk.shadow.services import try_on

_TRYING = threading.BoundedSemaphore()
"""One at a time in each process of the web: a try starts a process for plugins, and its thread serves nobody else."""


class PlaceForm(forms.Form):
    """For which sources the options are."""

    source = forms.ModelChoiceField(
        Source.objects.order_by("name"), label=__("Options for"), required=False, empty_label=__("all sources"),
        to_field_name="slug",
    )  # fmt: skip


class TryForm(forms.Form):
    """On which article to try."""

    article = forms.IntegerField(
        label=__("Article to try them on"), min_value=1, max_value=2**63 - 1, required=False,
        help_text=__("Its number. Empty: the newest that was processed."),
    )  # fmt: skip


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def options_page(request: HttpRequest, processor: str) -> HttpResponse:
    """Asked by GET it shows what holds; by POST it tries, foresees, saves or restores, as the button says."""
    if not may(request, Operation.CONFIGURE_PLUGINS):
        raise PermissionDenied
    installed = registry().processors.get(processor)
    if installed is None:
        raise Http404
    return _Page(request, installed).answer()


class _Page:
    """One request of the page: the forms, and what is shown under them."""

    def __init__(self, request: HttpRequest, installed: Processor) -> None:
        self._request = request
        self._installed = installed
        self._place = PlaceForm(request.GET if "source" in request.GET else None)
        if self._place.is_bound and not self._place.is_valid():  # never taken for all sources
            raise Http404
        chosen = self._place.cleaned_data["source"] if self._place.is_bound else None
        self._source = chosen.slug if chosen else ""
        self._now: Present = present(installed, self._source)
        posted = request.POST if request.method == "POST" and not {"restore", "follow"} & request.POST.keys() else None
        self._try = TryForm(posted)
        self._form = OptionsForm(
            installed,
            self._now.options,
            posted,
            fixed=self._now.fixed,
            kept={name: _kept(row) for name, row in self._now.secrets.items()},
            inherited=self._now.inherited,
            everywhere=self._now.everywhere,
            initial={"seen": self._now.setting.pk if self._now.setting else 0},
        )
        self._more: dict[str, Any] = {}

    def answer(self) -> HttpResponse:
        """Do what the button says."""
        posted = self._request.POST
        if "restore" in posted:
            return self._restore(posted["restore"])
        if "follow" in posted and self._source:
            return self._follow()
        if self._request.method == "POST" and self._form.is_valid() and self._try.is_valid():
            try:
                if "try" in posted:
                    self._tried()
                elif "foresee" in posted:
                    self._more |= _foretold(self._foreseen())
                elif (saved := self._save()) is not None:
                    return saved
            except ValidationError as error:
                _add_errors(self._form, self._try, error)
        return self._shown()

    def _shown(self) -> HttpResponse:
        context = site.each_context(self._request) | {
            "title": _("Options of {name}").format(name=self._installed.name),
            "processor": self._installed,
            "place": self._place,
            "source": self._source,
            "form": self._form,
            "try_form": self._try,
            "wrong": sum(map(bool, self._form.errors.values())) + sum(map(bool, self._try.errors.values())),
            "reviews": reviewed(self._now, self._installed),
            "problems": [each for each in plans().left_out if each.plugin == self._installed.name],
            "others": self._now.other_sources,
            "own": bool(self._now.said),
            "history": past(self._installed),
        }
        return TemplateResponse(self._request, "desk/options.html", context | self._more)

    def _asked(self) -> dict[str, Any]:
        """What services want to know. Of a source, what is there as everywhere is not said again."""
        given = self._form.options()
        if self._now.everywhere is not None:
            everywhere = self._now.everywhere
            given = {name: value for name, value in given.items() if name not in everywhere or value != everywhere[name]}
        kept = {name: value for name, value in self._now.said.items() if name in self._now.fixed}
        given = {**kept, **given}
        return {"processor": self._installed.name, "options": given, "source": self._source, "actor": actor(self._request)}

    def _foreseen(self) -> Forecast:
        return foresee(self._installed.name, would_be(**self._asked()))

    def _save(self) -> HttpResponse | None:
        found = self._foreseen()
        set_options(**self._asked(), seen=self._form.cleaned_data["seen"])
        messages.success(self._request, _saved(found))
        return self._back()

    def _restore(self, number: str) -> HttpResponse:
        try:
            restore(setting_id=int(number[:18]), actor=actor(self._request))
        except (ProcessorSetting.DoesNotExist, ValueError):
            raise Http404 from None
        except ValidationError as error:
            messages.error(self._request, " ".join(error.messages))
        else:
            messages.success(self._request, _("Restored. What it makes due is processed by itself."))
        return self._back()

    def _follow(self) -> HttpResponse:
        set_options(processor=self._installed.name, options={}, source=self._source, actor=actor(self._request))
        messages.success(self._request, _("Saved. What holds everywhere holds here too, but for secrets."))
        return self._back()

    def _back(self) -> HttpResponseRedirect:
        url = reverse("admin:desk_options", args=[self._installed.name])
        return redirect(f"{url}?{urlencode({'source': self._source})}" if self._source else url)

    def _tried(self) -> None:
        article = self._try.cleaned_data["article"] or _newest(self._source)
        if not _TRYING.acquire(blocking=False):
            raise ValidationError(_("Somebody else is trying options at this moment; press the button again."))
        try:
            with make_runner() as runner:
                run = try_on(article=article, call=runner, **self._asked())
        except NewsdeskError as error:
            raise ValidationError(str(error)) from error
        finally:
            _TRYING.release()
        self._more |= {"run": run, "tried": article, **shadow_page(run, self._request.GET)}


def _newest(source: str) -> int:
    synopses = Synopsis.objects.order_by("-pk")
    synopses = synopses.filter(article__source__slug=source) if source else synopses
    newest = synopses.values_list("pk", flat=True).first()
    if newest is None:
        raise ValidationError({"article": _("No article of these sources was processed yet; add one first.")})
    return int(newest)


def _add_errors(form: OptionsForm, try_form: TryForm, error: ValidationError) -> None:
    """Beside the field that is at fault, or above all of them."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {}
    for messages_ in by_field.values():
        try_form.add_error("article", messages_)
    if not by_field:
        form.add_error(None, error.messages)


def _foretold(found: Forecast) -> dict[str, Any]:
    return {"forecast": found, "lasting": lasting(found.seconds), "workers": conf().workers}


def _saved(found: Forecast) -> str:
    if not found.documents:
        return _(
            "Saved. Nothing becomes due: no result depends on what was changed. What failed, for a secret perhaps, is tried"
            " again from the page of failures."
        )
    many = ngettext("{n} document becomes due", "{n} documents become due", found.documents).format(n=found.documents)
    return _("Saved. {many}, which workers process by themselves: {time} of computing at most.").format(
        many=many, time=lasting(found.seconds)
    )


def _kept(row: Any) -> str:
    if row is None:
        return _("Set by the operator.")
    who = row.saved_by.get_username() if row.saved_by else _("the operator")
    return _("Set on {date} by {who}.").format(date=f"{row.saved_at:%Y-%m-%d}", who=who)
