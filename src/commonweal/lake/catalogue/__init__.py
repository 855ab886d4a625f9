"""The catalogue of published data sets: whose each is, where it is found, and under which licence."""

from commonweal.lake.catalogue.load import (
    Address,
    CatalogueEntry,
    Licence,
    NotInCatalogue,
    Parts,
    entries,
    entry,
    licences,
)

__all__ = ["Address", "CatalogueEntry", "Licence", "NotInCatalogue", "Parts", "entries", "entry", "licences"]
