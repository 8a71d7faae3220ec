"""The application: after every migration the triggers are made again, and a check proves them."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "policycards.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        from policycards.ledger import triggers

        post_migrate.connect(triggers.remake, sender=self)
        register(triggers.proven, Tags.database)
