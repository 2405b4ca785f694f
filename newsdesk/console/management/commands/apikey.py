"""`manage.py apikey NAME --owner USER`: a key for a program, shown once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.access.policy import SCOPES, Actor
from newsdesk.access.services import create_key, find_account


class Command(BaseCommand):
    help = "Make a key for a program and print it, once. It may do no more than its owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the key is for")
        parser.add_argument("--owner", required=True, help="the account that it acts as")
        parser.add_argument("--scope", default="read", help=f"one of {', '.join(SCOPES)} (default: %(default)s)")
        parser.add_argument("--days", type=int, default=90, help="days until it expires (default: %(default)s)")

    def handle(self, *, name: str, owner: str, scope: str, days: int, **_: Any) -> None:
        account = find_account(owner)
        if account is None:
            raise CommandError(f"there is no account {owner!r}; `manage.py account {owner}` makes one")
        try:
            _key, secret = create_key(owner=account, name=name, scope=scope, days=days, actor=Actor.operator())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(secret)
