"""The mathematics: pure functions over arrays, each with its formula and source."""
