"""`manage.py plugins`: what it says of plugins and options, and the switch."""

import re

import pytest
from django.core.management import CommandError, call_command

from newsdesk.access.policy import Actor
from newsdesk.host.models import PluginSwitch, ProcessorSetting
from newsdesk.host.services import set_options

pytestmark = pytest.mark.django_db


def test_plugin_that_is_not_there_cannot_be_turned_off():
    with pytest.raises(CommandError, match="no plugin 'quotez' is installed; there are html, jsonl, ninjs, notices"):
        call_command("plugins", "--off", "quotez")


def test_plugin_is_turned_off_and_on_by_the_operator(capsys):
    call_command("plugins", "--off", "quotes")
    assert re.search(r"quotes\W+off\W+newsdesk-quotes", capsys.readouterr().out)
    call_command("plugins", "--on", "quotes")
    assert re.search(r"quotes\W+on\W+newsdesk-quotes", capsys.readouterr().out)
    assert list(PluginSwitch.objects.order_by("pk").values_list("enabled", "saved_by")) == [(False, None), (True, None)]


def said(capsys):
    call_command("plugins")
    return " ".join(capsys.readouterr().out.split())


def test_setting_of_an_older_schema_is_named_for_review(capsys):
    ProcessorSetting.objects.create(processor="quotes", options={"min_confidence": 0.5})
    assert "quotes: settings were saved under version unknown; look at min_confidence and save again" in said(capsys)


def test_options_of_a_source_are_listed(capsys):
    set_options(processor="quotes", options={"min_confidence": 0.5}, source="wire", actor=Actor.operator())
    assert "quotes for source wire: min_confidence=0.5" in said(capsys)
