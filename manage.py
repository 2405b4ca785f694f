#!/usr/bin/env python
"""The operator's door: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run a command. What an operator can mend is told in a sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.config.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from newsdesk.config.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(f"{error}")
    except OperationalError as error:
        sys.exit(f"NEWSDESK_DATABASE_URL: the database does not answer, or cannot be written to: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
