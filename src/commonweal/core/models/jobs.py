"""Long work as a row that a page can show and a restarted worker can take up again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commonweal.core.models.base import Identified
from commonweal.core.models.people import Person
from commonweal.core.models.uploads import Upload
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Did not work"
    CANCELLED = "cancelled", "Cancelled"


ACTIVE = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, of partnerships and of the installation."""

    def visible_to(self, viewer: Viewer) -> JobQuerySet:
        """One's own where one is still in, those a role allows, and for staff the installation's."""
        if viewer.system:
            return self.all()
        mine = Q(partnership=None) | Q(partnership__in=viewer.partnerships())
        own = Q(owner=viewer.person) & mine if viewer.person else Q(pk__in=[])
        seen = Upload.objects.visible_to(viewer, Purpose.ADMINISTRATION).values("pk")
        unseen = Q(subject__in=Upload.objects.exclude(pk__in=seen).values("pk"))  # another organisation's file
        shared = Q(partnership__in=viewer.partnerships(Permission.VIEW_JOBS)) & ~unseen
        upkeep = Q(partnership=None) if viewer.staff else Q(pk__in=[])
        return self.filter(own | shared | upkeep)

    def active(self) -> JobQuerySet:
        """Those waiting or under way."""
        return self.filter(state__in=ACTIVE)


class Job(Identified):
    """One piece of long work. Without a partnership it is the installation's own upkeep.

    `key` makes asking twice the same as asking once. `dataset` names what it writes: one active writer each.
    `organisation` is the one its owner acted for when they asked.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="jobs")
    partnership = models.ForeignKey(
        "core.Partnership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.UUIDField(null=True, blank=True)
    dataset = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    heartbeat = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    resume = models.JSONField(default=dict, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="core_job_progress"),
            models.UniqueConstraint(
                fields=["dataset"], condition=Q(state__in=("waiting", "running")) & ~Q(dataset=""),
                name="core_job_one_writer",
            ),
        ]
        indexes = [models.Index(fields=["state", "created"], name="core_job_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def active(self) -> bool:
        """Whether it waits or is under way."""
        return self.state in ACTIVE
