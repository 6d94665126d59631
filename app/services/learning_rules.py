"""The rules a class is judged by: those of its programme version, frozen once results are final."""

import json
from dataclasses import dataclass
from decimal import Decimal

from app import numbers, text
from app.models import ClassificationBand, LearningRule, ProgrammeVersion, TrainingClass
from app.rules import attendance, classification
from app.rules.attendance import AttendanceRule
from app.rules.classification import Band
from app.rules.eligibility import ResultRule
from app.terms import CountingUnit


@dataclass(frozen=True)
class RuleForm:
    """The rules of a version as a form holds them; bands are (name, lower, passes, good)."""

    minimum_share: Decimal
    unit: CountingUnit
    absent_limit: int | None
    excused_limit: int | None
    is_assessed: bool
    assessment_name: str
    pass_mark: Decimal
    mark_places: int
    bands: tuple[tuple[str, Decimal, bool, bool], ...]


def from_form(form: RuleForm) -> ResultRule:
    """Return the rules that a form holds; the bands are put in order, highest first."""
    limits = (form.minimum_share, form.unit, form.absent_limit, form.excused_limit)
    bands = [
        Band(text.clean(name), lower, passes=passes, counts_as_good=good)
        for name, lower, passes, good in form.bands
    ]
    return ResultRule(
        attendance=AttendanceRule(*limits),
        is_assessed=form.is_assessed,
        pass_mark=form.pass_mark,
        mark_places=form.mark_places,
        bands=tuple(sorted(bands, key=lambda band: -band.lower)),
        assessment_name=text.clean(form.assessment_name),
    )


def to_form(rule: ResultRule) -> RuleForm:
    """Return the rules as a form shows them."""
    attendance = rule.attendance
    return RuleForm(
        minimum_share=attendance.minimum_share,
        unit=attendance.unit,
        absent_limit=attendance.absent_limit,
        excused_limit=attendance.excused_limit,
        is_assessed=rule.is_assessed,
        assessment_name=rule.assessment_name,
        pass_mark=rule.pass_mark,
        mark_places=rule.mark_places,
        bands=tuple(
            (band.name, band.lower, band.passes, band.counts_as_good) for band in rule.bands
        ),
    )


def of_class(training_class: TrainingClass) -> ResultRule:
    """Return the frozen rules of the class, or those of its version while it is open (R01)."""
    if training_class.frozen_rules is not None:
        return thaw(training_class.frozen_rules)
    return of_version(training_class.version)


def of_version(version: ProgrammeVersion) -> ResultRule:
    """Return the rules of a programme version as plain values."""
    rule = version.rule
    return ResultRule(
        attendance=AttendanceRule(
            rule.minimum_share, rule.unit, rule.absent_limit, rule.excused_limit
        ),
        is_assessed=rule.is_assessed,
        pass_mark=rule.pass_mark,
        mark_places=rule.mark_places,
        bands=tuple(
            Band(band.name, band.lower, passes=band.passes, counts_as_good=band.counts_as_good)
            for band in sorted(version.bands, key=lambda band: -band.lower)
        ),
        assessment_name=version.assessment_name,
    )


def put(version: ProgrammeVersion, rule: ResultRule) -> None:
    """Store the rules in a programme version that has no bands yet."""
    version.rule = version.rule or LearningRule()
    version.rule.minimum_share, version.rule.unit = (
        rule.attendance.minimum_share,
        rule.attendance.unit,
    )
    version.rule.absent_limit = rule.attendance.absent_limit
    version.rule.excused_limit = rule.attendance.excused_limit
    version.rule.is_assessed = rule.is_assessed
    version.rule.pass_mark, version.rule.mark_places = rule.pass_mark, rule.mark_places
    version.assessment_name = rule.assessment_name
    version.bands.extend(
        ClassificationBand(
            name=band.name, lower=band.lower, passes=band.passes, counts_as_good=band.counts_as_good
        )
        for band in rule.bands
    )


def describe(rule: ResultRule) -> tuple[tuple[str, str], ...]:
    """Say the rules in a few lines for the screen, each under its caption."""
    shown = attendance.describe(rule.attendance)
    lines = [("Dự học", shown[:1].upper() + shown[1:])]
    if not rule.is_assessed:
        return (*lines, ("Đánh giá", "Không làm bài, chỉ xét dự học"))
    lines += [
        ("Đánh giá", rule.assessment_name[:1].upper() + rule.assessment_name[1:]),
        ("Mức đạt", f"từ {numbers.mark(rule.pass_mark, rule.mark_places)} điểm"),
        ("Xếp loại", classification.describe(rule.bands)),
    ]
    return tuple(lines)


def freeze(rule: ResultRule) -> str:
    """Write the rules down as JSON."""
    attendance = rule.attendance
    return json.dumps(
        {
            "minimum_share": str(attendance.minimum_share),
            "unit": attendance.unit.value,
            "absent_limit": attendance.absent_limit,
            "excused_limit": attendance.excused_limit,
            "is_assessed": rule.is_assessed,
            "pass_mark": str(rule.pass_mark),
            "mark_places": rule.mark_places,
            "bands": [
                [band.name, str(band.lower), band.passes, band.counts_as_good]
                for band in rule.bands
            ],
            "assessment_name": rule.assessment_name,
        },
        ensure_ascii=False,
    )


def thaw(frozen: str) -> ResultRule:
    """Read rules written by `freeze`."""
    known = json.loads(frozen)
    return ResultRule(
        attendance=AttendanceRule(
            Decimal(known["minimum_share"]),
            CountingUnit.of(known["unit"]),
            known["absent_limit"],
            known["excused_limit"],
        ),
        is_assessed=known["is_assessed"],
        pass_mark=Decimal(known["pass_mark"]),
        mark_places=known["mark_places"],
        bands=tuple(
            Band(name, Decimal(lower), passes=passes, counts_as_good=good)
            for name, lower, passes, good in known["bands"]
        ),
        assessment_name=known["assessment_name"],
    )
