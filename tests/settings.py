"""The product's own settings, in a folder of the tests' own, so that no test touches the data of a demo."""

import atexit
import os
import shutil
import tempfile

if "NEWSDESK_DATA" not in os.environ:
    os.environ["NEWSDESK_DATA"] = folder = tempfile.mkdtemp(prefix="newsdesk-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

from newsdesk.config.settings import *  # noqa: F403 - the environment comes first

if ENV.database_url.startswith("sqlite"):  # noqa: F405
    # In a file, as outside of tests: in memory, threads lock each other out at once instead of waiting.
    DATABASES["default"]["TEST"] = {"NAME": ENV.data / "tests.sqlite3"}  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests log in often; strength is not their subject
