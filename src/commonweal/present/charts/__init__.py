"""Charts: one message each, direct labels, the place in the brand colour, intervals drawn."""

from __future__ import annotations

from commonweal.present.charts.ages import age_structure
from commonweal.present.charts.agreement import agreement
from commonweal.present.charts.chain import ChainLink, chain
from commonweal.present.charts.comparison import comparison
from commonweal.present.charts.contributions import contributions
from commonweal.present.charts.curve import CurveWords, curve
from commonweal.present.charts.multiples import small_multiples
from commonweal.present.charts.pairs import Pair, pairs
from commonweal.present.charts.peers import peers
from commonweal.present.charts.slope import Sloped, slope
from commonweal.present.charts.trade import TradeLine, TradePoint, TradeWords, trade
from commonweal.present.charts.trend import trend

__all__ = [
    "ChainLink", "CurveWords", "Pair", "Sloped", "TradeLine", "TradePoint", "TradeWords", "age_structure",
    "agreement", "chain", "comparison", "contributions", "curve", "pairs", "peers", "slope",
    "small_multiples", "trade", "trend",
]
