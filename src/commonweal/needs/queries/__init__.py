"""The one read path: from a store and a place to an assessment."""

from __future__ import annotations

from commonweal.needs.queries.assessments import assess, assess_scope, scope_of

__all__ = ["assess", "assess_scope", "scope_of"]
