"""What an undoing may not bring about: faults that show only across rows."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.errors import RuleError
from app.models import Certificate, Decision, Enrolment
from app.services import centre, checks
from app.terms import CertificateStatus, DecisionKind


def faults(db: Session) -> set[str]:
    """Return what is wrong across rows now, as sentences."""
    return {
        *checks.broken_rules(db),
        *_without_decision(db),
        *_without_centre(db),
    }


def refuse_new_faults(db: Session, before: set[str]) -> None:
    """Refuse what has just been put back when it breaks a rule that held before."""
    if added := sorted(faults(db) - before):
        raise RuleError(f"Làm vậy thì sai quy tắc, nên chưa đổi gì. {added[0]}")


def _without_centre(db: Session) -> set[str]:
    """A centre that was written down stays; one that was left for later hinders nothing."""
    if centre.is_set_up(db):
        return set()
    return {"Văn bản sẽ không còn tên trung tâm; muốn đổi tên thì sửa ở Cài đặt, mục Trung tâm."}


def _without_decision(db: Session) -> set[str]:
    """Certificates whose class has lost the decision they rest on."""
    decided = exists().where(
        Decision.training_class_id == Enrolment.training_class_id,
        Decision.kind == DecisionKind.RECOGNITION,
    )
    query = (
        select(Certificate.register_number)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(Certificate.status != CertificateStatus.REVOKED, ~decided)
    )
    return {
        f"Giấy chứng nhận {number} đã cấp theo quyết định công nhận này."
        for number in db.scalars(query)
    }
