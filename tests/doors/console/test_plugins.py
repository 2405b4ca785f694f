"""`manage.py plugins`: what it says of options."""

import pytest
from django.core.management import call_command

from newsdesk.access.policy import Actor
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.services import set_options

pytestmark = pytest.mark.django_db


def said(capsys):
    call_command("plugins")
    return " ".join(capsys.readouterr().out.split())


def test_setting_of_an_older_schema_is_named_for_review(capsys):
    ProcessorSetting.objects.create(processor="quotes", options={"min_confidence": 0.5})
    assert "quotes: settings were saved under version unknown; look at min_confidence and save again" in said(capsys)


def test_options_of_a_source_are_listed(capsys):
    set_options(processor="quotes", options={"min_confidence": 0.5}, source="wire", actor=Actor.operator())
    assert "quotes for source wire: min_confidence=0.5" in said(capsys)
