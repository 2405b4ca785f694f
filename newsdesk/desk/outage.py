"""The page for when the desk cannot answer. It asks the database for nothing, since that may be what is down."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_SECONDS = 5


def server_error(request: HttpRequest) -> HttpResponse:
    """503 and when to try again if the database does not answer, else 500. Django calls this while it handles the error."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    page = render_to_string("desk/outage.html", {"away": away, "again": again})  # no request: its user is in the database
    response = HttpResponse(page, status=503 if away else 500, headers={"Cache-Control": "no-store"})
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
