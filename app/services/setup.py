"""The first run: the centre, who signs, and the programme catalogue."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import paths
from app.models import Programme
from app.rules.catalogue import CatalogueProgramme, parse_catalogue
from app.services import accounts, centre, guard, programmes, settings
from app.services.accounts import AccountForm
from app.services.centre import CentreForm, SignatoryForm
from app.services.programmes import ProgrammeForm, TopicForm, VersionForm
from app.terms import Permission


@dataclass(frozen=True)
class Choices:
    """What the wizard lets choose besides; each value that is left has a safe default."""

    deputy: SignatoryForm | None = None
    programmes: frozenset[str] | None = None  # codes offered to new classes; None: as catalogued
    second_place: str = ""
    account: AccountForm | None = None
    password: str = ""


def set_up(
    db: Session,
    form: CentreForm | None,
    signatory: SignatoryForm | None,
    choices: Choices = Choices(),
) -> None:
    """Write down what the wizard asked and fill the catalogue; None is what was left for later."""
    if form:
        centre.save(db, form)
    for each in (signatory, choices.deputy):
        if each:
            centre.save_signatory(db, each)
    seed_catalogue(db, choices.programmes)
    if choices.second_place:
        settings.save(db, replace(settings.load(db), second_place=choices.second_place))
    if choices.account:
        accounts.set_password(db, accounts.save_account(db, choices.account), choices.password)


def catalogue() -> tuple[CatalogueProgramme, ...]:
    """Return the programmes that a new file begins with."""
    return parse_catalogue((paths.resources() / "programmes.toml").read_text(encoding="utf-8"))


def seed_catalogue(db: Session, offered: Collection[str] | None = None) -> int:
    """Add the programmes of the bundled catalogue that are not there yet; return how many."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    known = set(db.scalars(select(Programme.code)))
    fresh = [programme for programme in catalogue() if programme.code not in known]
    for programme in fresh:
        is_offered = programme.is_active if offered is None else programme.code in offered
        _add(db, replace(programme, is_active=is_offered))
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
