"""Keys for programs. Of the secret, only its digest is stored."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsdesk.access.policy import SCOPES


class ApiKey(models.Model):
    """A key that a program shows: acts as its owner, within a scope, until it expires or is revoked."""

    prefix = models.CharField(_("prefix"), max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_keys", verbose_name=_("owner"))
    scope = models.CharField(_("scope"), max_length=10, choices=[(scope, scope) for scope in SCOPES])
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
