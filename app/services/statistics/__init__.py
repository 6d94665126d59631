"""The figures of the centre by class and by year, counted in SQL."""

from app.services.statistics.counting import statistics
from app.services.statistics.figures import Statistics
from app.services.statistics.shown import as_json, lines

__all__ = ["Statistics", "as_json", "lines", "statistics"]
