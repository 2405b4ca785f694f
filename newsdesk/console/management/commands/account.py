"""`manage.py account NAME`: an account for a person, with a password that is shown once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.access.policy import ROLES, Actor
from newsdesk.access.services import create_account


class Command(BaseCommand):
    help = "Make an account for a person and print its password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", default="editor", help=f"one of {', '.join(ROLES)} (default: %(default)s)")

    def handle(self, *, username: str, role: str, **_: Any) -> None:
        try:
            made = create_account(username=username, role=role, actor=Actor.operator())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if made is None:
            raise CommandError(
                f"there is an account {username!r} already; `manage.py changepassword {username}` sets a new password"
            )
        self.stdout.write(f"{username} ({role}), password: {made[1]}")
