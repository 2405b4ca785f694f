"""The product's own settings, in a folder of the tests' own, so that no test touches the data of a demo."""

import os
import tempfile

os.environ.setdefault("NEWSDESK_DATA", tempfile.mkdtemp(prefix="newsdesk-tests-"))

from newsdesk.config.settings import *  # noqa: F403 - the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests log in often; strength is not their subject
