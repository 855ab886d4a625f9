"""`commonweal manage ...`: what the installation's keeper does now and then, by Django's own commands."""

from __future__ import annotations

import os

import typer


def manage(context: typer.Context) -> None:
    """Look after an installation: add_partnership, worker, migrate, forget_again, check ... (help lists all)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["commonweal manage", *context.args])


def worker(context: typer.Context) -> None:
    """Do long work (reading files, making documents) until told to stop; `run` starts one by itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["commonweal worker", "worker", *context.args])


def export(context: typer.Context) -> None:
    """Take away everything a partnership or an organisation owns, in open formats, as one file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["commonweal", "export", *context.args])
