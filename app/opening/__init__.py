"""Before a centre file is opened: its state, what to offer, and whether its place is safe."""

from app.opening.diagnosis import Diagnosis, diagnose
from app.opening.places import is_removable, warning_of_place
from app.opening.states import FileState

__all__ = ["Diagnosis", "FileState", "diagnose", "is_removable", "warning_of_place"]
