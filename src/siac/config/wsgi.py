# SPDX-License-Identifier: EUPL-1.2
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from siac.config.allocator import loading, tidy_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siac.config.settings")
with loading():
    inner = get_wsgi_application()

    from siac.config.settings.database import REQUEST_SECONDS, for_web
    from siac.infra.limits import RequestLimit
    from siac.infra.watching.instruments import FILES, count_as

    if FILES not in os.environ:  # a web server of others: `siac serve` said so before
        count_as("web", tidies=False)
    connection.settings_dict.update(for_web())  # before the first of its connections is made
    application = RequestLimit(inner, REQUEST_SECONDS)
tidy_seldom()
