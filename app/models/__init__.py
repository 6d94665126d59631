"""What is stored: typed classes and the constraints of the schema."""

from app.models.account import Account, AccountRole, Setting
from app.models.base import Base
from app.models.centre import Centre, Signatory
from app.models.enrolment import AssessmentResult, AttendanceRecord, Certificate, Enrolment
from app.models.identity import (
    ColumnChoice,
    DifferentPeople,
    ImportDraft,
    KnownAs,
    WorkplaceName,
)
from app.models.journal import JournalAct, JournalChange
from app.models.person import Lecturer, Student, Workplace
from app.models.programme import (
    ClassificationBand,
    LearningRule,
    Programme,
    ProgrammeVersion,
    Topic,
)
from app.models.training_class import (
    ClassSession,
    ClosingReport,
    Decision,
    TeachingAssignment,
    TrainingClass,
)

__all__ = [
    "Account",
    "AccountRole",
    "AssessmentResult",
    "AttendanceRecord",
    "Base",
    "Centre",
    "Certificate",
    "ClassSession",
    "ClassificationBand",
    "ClosingReport",
    "ColumnChoice",
    "Decision",
    "DifferentPeople",
    "Enrolment",
    "ImportDraft",
    "JournalAct",
    "JournalChange",
    "KnownAs",
    "LearningRule",
    "Lecturer",
    "Programme",
    "ProgrammeVersion",
    "Setting",
    "Signatory",
    "Student",
    "TeachingAssignment",
    "Topic",
    "TrainingClass",
    "Workplace",
    "WorkplaceName",
]
