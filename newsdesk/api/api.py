"""The API: its routers, its keys, its one shape of errors, and its contract."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from ninja import NinjaAPI, Swagger
from ninja.renderers import JSONRenderer

from newsdesk.api import contract
from newsdesk.api.auth import AUTH, readers_only
from newsdesk.api.errors import Problem, answer
from newsdesk.api.guard import guard
from newsdesk.api.parser import StrictParser
from newsdesk.api.routers import articles, artifacts, exports, plugins, scores, snapshots

View = Callable[..., HttpResponseBase]


class Renderer(JSONRenderer):
    """JSON in UTF-8, without numbers that are no JSON."""

    json_dumps_params = {"ensure_ascii": False, "allow_nan": False}


class API(NinjaAPI):
    """Ninja's API, with problem+json wherever ninja or Django would answer in another form."""

    def set_default_exception_handlers(self) -> None:
        """One answer for all errors."""
        self.add_exception_handler(Exception, answer)

    def get_openapi_schema(self, **kwargs: Any) -> dict[str, Any]:  # type: ignore[override]
        """The contract, with what every operation has in common."""
        return contract.completed(super().get_openapi_schema(**kwargs))

    def _get_urls(self) -> list[Any]:
        *known, root = super()._get_urls()
        for pattern in known:
            pattern.callback = _in_our_words(pattern.callback)
        return [*known, URLPattern(root.pattern, nothing_here, name=root.name), re_path(r"^.*$", nothing_here)]


def nothing_here(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """For every address that no route has."""
    return answer(request, Problem("not-found", "no route has this address"))


def _in_our_words(view: View) -> View:
    """Nothing is kept by browsers and proxies, and a wrong method is answered as every other error is."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = {"Allow": response["Allow"]}
            response = answer(request, Problem("method-not-allowed", f"{request.method} is not taken here", headers=allowed))
        response.setdefault("Cache-Control", "no-store")
        return response

    return answered


api = API(
    title="Newsdesk",
    version="1",
    description=contract.DESCRIPTION,
    auth=AUTH,
    parser=StrictParser(),
    renderer=Renderer(),
    docs=Swagger({"validatorUrl": None, "persistAuthorization": False}),
    docs_decorator=readers_only,
    openapi_extra={"tags": contract.TAGS},
)
api.add_decorator(guard, mode="view")
for module in (snapshots, articles, artifacts, exports, scores, plugins):
    api.add_router("", module.router)
