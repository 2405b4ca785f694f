"""The product's own settings, in a folder of the tests' own, so that no test touches the data of a demo."""

import os
import tempfile

os.environ.setdefault("NEWSDESK_DATA", tempfile.mkdtemp(prefix="newsdesk-tests-"))

from newsdesk.config.settings import *  # noqa: F403 - the environment comes first

if ENV.database_url.startswith("sqlite"):  # noqa: F405
    # In a file, as outside of tests: in memory, threads lock each other out at once instead of waiting.
    DATABASES["default"]["TEST"] = {"NAME": ENV.data / "tests.sqlite3"}  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests log in often; strength is not their subject
