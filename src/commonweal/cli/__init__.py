"""The commonweal command: one module a command, each registered here."""

from __future__ import annotations

import typer

from commonweal.cli.assess import assess
from commonweal.cli.frame import sentences
from commonweal.cli.keep import backup, check, restore
from commonweal.cli.manage import export, manage, worker
from commonweal.cli.pull import pull
from commonweal.cli.run import run

app = typer.Typer(
    name="commonweal",
    help="Needs-led commissioning of culture and sport for a place.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command("assess")(sentences(assess))
app.command("pull")(sentences(pull))
app.command("run")(sentences(run))
for command in (check, backup, restore):
    app.command(command.__name__)(sentences(command))
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
app.command("manage", context_settings=PASSED_ON, add_help_option=False)(sentences(manage))
app.command("export", context_settings=PASSED_ON, add_help_option=False)(sentences(export))
app.command("worker", context_settings=PASSED_ON)(sentences(worker))


@app.callback()
def commonweal() -> None:
    """Needs-led commissioning of culture and sport for a place."""
