"""The records of this floor, gathered so that Django finds them."""

from commonweal.core.models.events import Event, Tombstone, TombstoneReason, Verb
from commonweal.core.models.held import HeldDataset
from commonweal.core.models.held_numbers import HeldNumbers
from commonweal.core.models.invitations import Invitation
from commonweal.core.models.jobs import ACTIVE, Job, JobState
from commonweal.core.models.linking import LinkedBy, LinkedCount, LinkList
from commonweal.core.models.neighbourhoods import Neighbourhood, NeighbourhoodBudget
from commonweal.core.models.organisations import (
    Department,
    Organisation,
    OrganisationFact,
    OrganisationIdentifier,
    OrganisationKind,
    Visibility,
)
from commonweal.core.models.paid_time import PaidTime, VatBasis
from commonweal.core.models.partnerships import (
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
    PartnershipSuccession,
    SuccessionKind,
)
from commonweal.core.models.people import Membership, Person
from commonweal.core.models.placing import Placed, PlacedQuerySet
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.models.requests import (
    OUTCOMES,
    Complaint,
    ComplaintStep,
    ComplaintStepKind,
    InformationItem,
    InformationRequest,
    SubjectRequest,
)
from commonweal.core.models.retention import TimeKept
from commonweal.core.models.search import SearchEntry, SearchGram, SearchPosting, SearchScope, SearchTerm
from commonweal.core.models.seats import SeatChange, SeatChangeKind
from commonweal.core.models.sharing import (
    PartyRole,
    SharedSet,
    SharingAgreement,
    SharingDoor,
    SharingEnd,
    SharingSignature,
    SharingVersion,
    Survives,
)
from commonweal.core.models.sharing_advice import ImpactAdvice, ProcessingAdvice
from commonweal.core.models.steps import StepClosing
from commonweal.core.models.successions import OrganisationSuccession
from commonweal.core.models.tokens import ExportEvery, ProgramToken, TokenScope
from commonweal.core.models.uploads import Upload, UploadState
from commonweal.core.models.versions import AppendOnly, AppendOnlyQuerySet, Version, Versioned, VersionQuerySet

__all__ = [
    "ACTIVE",
    "OUTCOMES",
    "AppendOnly",
    "AppendOnlyQuerySet",
    "Complaint",
    "ComplaintStep",
    "ComplaintStepKind",
    "Department",
    "Event",
    "ExportEvery",
    "HeldDataset",
    "HeldNumbers",
    "ImpactAdvice",
    "InformationItem",
    "InformationRequest",
    "Invitation",
    "Job",
    "JobState",
    "LinkList",
    "LinkedBy",
    "LinkedCount",
    "Membership",
    "Neighbourhood",
    "NeighbourhoodBudget",
    "Organisation",
    "OrganisationFact",
    "OrganisationIdentifier",
    "OrganisationKind",
    "OrganisationSuccession",
    "PaidTime",
    "Partnership",
    "PartnershipOrganisation",
    "PartnershipPlace",
    "PartnershipRecord",
    "PartnershipRecordQuerySet",
    "PartnershipRole",
    "PartnershipSuccession",
    "PartyRole",
    "Person",
    "Placed",
    "PlacedQuerySet",
    "ProcessingAdvice",
    "ProgramToken",
    "SearchEntry",
    "SearchGram",
    "SearchPosting",
    "SearchScope",
    "SearchTerm",
    "SeatChange",
    "SeatChangeKind",
    "SharedSet",
    "SharingAgreement",
    "SharingDoor",
    "SharingEnd",
    "SharingSignature",
    "SharingVersion",
    "StepClosing",
    "SubjectRequest",
    "SuccessionKind",
    "Survives",
    "TimeKept",
    "TokenScope",
    "Tombstone",
    "TombstoneReason",
    "Upload",
    "UploadState",
    "VatBasis",
    "Verb",
    "Version",
    "VersionQuerySet",
    "Versioned",
    "Visibility",
]
