"""The address of the price formulas, open to everybody."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import price_formulas

urlpatterns = [path("price-formulas/", price_formulas.page, name="price-formulas")]
