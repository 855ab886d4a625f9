"""The scales that may be chosen here: those that ship, and those a deployer holds a licence for and adds."""

from __future__ import annotations

import logging
from pathlib import Path

import yaml
from django.conf import settings

from commonweal.policy.instruments import Instruments, InstrumentsWrong, instruments, with_pack

logger = logging.getLogger("commonweal.measures")
FOLDER = "instruments"


def instruments_here() -> Instruments:
    """All of them. A pack that does not fit is left out and told in the log: the others still work."""
    found = instruments()
    for path in sorted((Path(settings.VAR) / FOLDER).glob("*.yaml")):
        try:
            found = with_pack(found, yaml.safe_load(path.read_text(encoding="utf-8")))
        except (InstrumentsWrong, yaml.YAMLError, OSError, UnicodeDecodeError) as wrong:
            logger.warning("the instruments in %s are left out: %s", path, wrong)
    return found
