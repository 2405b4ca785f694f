import re

import pytest
from django.core.management import CommandError, call_command

from newsdesk.host.models import PluginSwitch

pytestmark = pytest.mark.django_db


def test_plugin_that_is_not_there_cannot_be_turned_off():
    with pytest.raises(CommandError, match="no plugin 'quotez' is loaded; there are html, jsonl, ninjs, notices, quotes, text"):
        call_command("plugins", "--off", "quotez")


def test_plugin_is_turned_off_and_on_by_the_operator(capsys):
    call_command("plugins", "--off", "quotes")
    assert re.search(r"quotes\W+off\W+newsdesk-quotes", capsys.readouterr().out)
    call_command("plugins", "--on", "quotes")
    assert re.search(r"quotes\W+on\W+newsdesk-quotes", capsys.readouterr().out)
    assert list(PluginSwitch.objects.order_by("pk").values_list("enabled", "saved_by")) == [(False, None), (True, None)]
