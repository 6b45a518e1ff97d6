# SPDX-License-Identifier: EUPL-1.2
import os

from django.core.wsgi import get_wsgi_application

from siac.config.allocator import loading, tidy_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siac.config.settings")
with loading():
    application = get_wsgi_application()
tidy_seldom()
