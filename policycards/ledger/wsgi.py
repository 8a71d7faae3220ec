"""What a production server serves: ``policycards.ledger.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policycards.ledger.settings")
application = get_wsgi_application()
