"""Who asks: a program with its key, or a person of the desk who tries the API in the browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.access.services import authenticate
from newsdesk.api.errors import Problem, answer

SAFE = ("GET", "HEAD", "OPTIONS")


class Key(HttpBearer):
    """`Authorization: Bearer nd_live_…`: the key of a program."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Whoever holds the key. A key that cannot read can do nothing at all."""
        actor = authenticate(token)
        return _reader(actor) if actor else None


class Session(APIKeyCookie):
    """The session of somebody who is logged in at the desk. Whoever sends a key is known by the key alone."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The person of the session; the base class would ask for a CSRF token before it knows that there is one."""
        cookie = request.COOKIES.get(self.param_name, "")
        if "Authorization" in request.headers or not cookie.isalnum():
            return None
        return self.authenticate(request, cookie)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """A cookie comes along by itself, so what changes something needs a token that only our pages know."""
        if not request.user.is_authenticated:
            return None
        if request.method not in SAFE and check_csrf(request):
            remedy = "Send the token of your session as `X-CSRFToken`, from a page of this site; programs use a key."
            raise Problem("forbidden", "the CSRF token is missing or wrong, or another site sent this", remedy=remedy)
        return _reader(Actor(request.user, "api"))


AUTH = (Key(), Session())


def readers_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For the contract and its page: whoever may read; a browser is sent to log in."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            if any(auth(request) for auth in AUTH):
                return view(request, **kwargs)
        except Exception as error:  # errors.py chooses the answer to every sort of error, here as in the API's views
            return answer(request, error)
        if "Authorization" not in request.headers and request.accepts("text/html") and request.path.endswith("/docs"):
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        return answer(request, AuthenticationError())

    return guarded


def _reader(actor: Actor) -> Actor:
    require(actor, Operation.READ)
    return actor
