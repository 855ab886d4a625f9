"""The options stage's part of the data interface."""

from __future__ import annotations

from ninja import Router

from commonweal.options.api_appraisal import router as appraisal_router
from commonweal.options.api_money import router as money_router

router = Router(tags=["Options"])
router.add_router("", money_router)
router.add_router("", appraisal_router)
