"""The site of the desk: the stock admin, with our name, start page and permissions."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    """The admin site that all of the desk's pages are registered on."""

    site_header = _("Newsdesk")
    site_title = _("Newsdesk")
    index_title = _("The desk")


site = DeskSite(name="admin")
