"""What a plugin admin said of a processor or a plugin. Rows are only added, so the history is there by itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcessorSetting(models.Model):
    """Whether a processor is on, and with which options, from this moment; the latest row of a processor holds."""

    processor = models.CharField(_("processor"), max_length=50)
    enabled = models.BooleanField(_("enabled"), default=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("processor setting")
        verbose_name_plural = _("processor settings")
        indexes = [models.Index(fields=["processor", "-id"], name="host_latest_setting")]

    def __str__(self) -> str:
        return f"{self.processor} {'on' if self.enabled else 'off'}"


class PluginSwitch(models.Model):
    """Whether a whole plugin is on from this moment; the latest row of a plugin holds, and without one it is on."""

    plugin = models.CharField(_("plugin"), max_length=100)
    enabled = models.BooleanField(_("enabled"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("plugin switch")
        verbose_name_plural = _("plugin switches")
        indexes = [models.Index(fields=["plugin", "-id"], name="host_latest_switch")]

    def __str__(self) -> str:
        return f"{self.plugin} {'on' if self.enabled else 'off'}"
