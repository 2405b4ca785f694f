"""Two doors on one site: the desk for editors, the API for programs."""

from django.urls import path

from newsdesk.api.api import api
from newsdesk.api.probes import live, ready
from newsdesk.desk.site import site

urlpatterns = [
    path("api/v1/", api.urls),
    path("live", live, name="live"),
    path("ready", ready, name="ready"),
    path("", site.urls),
]
handler500 = "newsdesk.desk.outage.server_error"
