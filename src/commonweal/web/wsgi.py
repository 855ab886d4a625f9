"""The WSGI application that gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")

application = get_wsgi_application()

from commonweal.web.warming import warm_up  # noqa: E402  Django has to be set up first

warm_up()
