"""The long work of this floor: reading what people bring."""

from __future__ import annotations

from commonweal.core.intake.mapping import map_upload
from commonweal.core.intake.reading import read_upload
from commonweal.core.jobs.kinds import job_kind

READ = "upload.read"
MAP = "upload.map"

job_kind(READ)(read_upload)
job_kind(MAP)(map_upload)
