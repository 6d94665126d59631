"""The first run: the centre, who signs, and the programme catalogue."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import paths
from app.models import Programme
from app.rules.catalogue import CatalogueProgramme, parse_catalogue
from app.services import centre, guard, programmes
from app.services.centre import CentreForm, SignatoryForm
from app.services.programmes import ProgrammeForm, TopicForm, VersionForm
from app.terms import Permission


def set_up(db: Session, form: CentreForm, signatory: SignatoryForm) -> None:
    """Write down what the wizard asked and fill the catalogue."""
    centre.save(db, form)
    centre.save_signatory(db, signatory)
    seed_catalogue(db)


def seed_catalogue(db: Session) -> int:
    """Add the programmes of the bundled catalogue that are not there yet; return how many."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    known = set(db.scalars(select(Programme.code)))
    listed = parse_catalogue((paths.resources() / "programmes.toml").read_text(encoding="utf-8"))
    fresh = [programme for programme in listed if programme.code not in known]
    for programme in fresh:
        _add(db, programme)
    return len(fresh)


def _add(db: Session, programme: CatalogueProgramme) -> None:
    programmes.add_programme(
        db,
        ProgrammeForm(
            name=programme.name,
            short_name=programme.short_name,
            certificate_title=programme.certificate_title,
            document=programme.document,
            report_group=programme.report_group,
            is_active=programme.is_active,
            code=programme.code,
        ),
        VersionForm(
            legal_basis=programme.legal_basis,
            valid_from=programme.valid_from,
            topics=tuple(
                TopicForm(topic.title, topic.kind, topic.periods, topic.sessions)
                for topic in programme.topics
            ),
            rule=programme.rule,
            assumptions=programme.assumptions,
        ),
    )
