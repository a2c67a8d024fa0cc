"""Who may do what: the one table of rights, role by role, a line for each operation.

An operation is a route; its id is the name of the route's function. `service.access.gate` asks this
table before a route runs; a route without a line is refused when the application is made. The table
is printed in docs/access.md.

What a cell says:

- no: refused.
- yes: allowed.
- areas: allowed for what lies in the areas of the account and below them; an account without areas
  is for all of them.
- own: allowed where the address names the person that the account is for; to who came by a private
  link, also only where it names the link's week.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from service.access.caller import Caller
from service.access.roles import AccountRole
from service.problems import ServiceError

TABLE = """
| operation              | does  | what      | nobody | monitor | worker | viewer | coordinator | administrator |
|------------------------|-------|-----------|--------|---------|--------|--------|-------------|---------------|
| get_health             | read  | health    | yes    | yes     | yes    | yes    | yes         | yes           |
| get_deep_health        | read  | health    | no     | yes     | no     | no     | no          | yes           |
| get_openapi            | read  | interface | yes    | yes     | yes    | yes    | yes         | yes           |
| get_me                 | read  | account   | no     | yes     | yes    | yes    | yes         | yes           |
| get_home               | read  | page      | no     | yes     | yes    | yes    | yes         | yes           |
| get_static             | read  | page      | yes    | yes     | yes    | yes    | yes         | yes           |
| get_board              | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_board_page         | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_board_table        | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_tell_page          | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_close_page         | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_facts              | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_language          | write | page      | yes    | yes     | yes    | yes    | yes         | yes           |
| get_settings_page      | read  | page      | no     | yes     | yes    | yes    | yes         | yes           |
| get_accounts           | read  | account   | no     | no      | no     | no     | no          | yes           |
| post_account           | write | account   | no     | no      | no     | no     | no          | yes           |
| get_account            | read  | account   | no     | no      | no     | no     | no          | yes           |
| patch_account          | write | account   | no     | no      | no     | no     | no          | yes           |
| delete_account         | write | account   | no     | no      | no     | no     | no          | yes           |
| post_account_link      | write | account   | no     | no      | no     | no     | no          | yes           |
| get_tokens             | read  | account   | no     | no      | no     | no     | no          | yes           |
| post_token             | write | account   | no     | no      | no     | no     | no          | yes           |
| delete_token           | write | account   | no     | no      | no     | no     | no          | yes           |
| get_accounts_page      | read  | account   | no     | no      | no     | no     | no          | yes           |
| get_new_account_page   | read  | account   | no     | no      | no     | no     | no          | yes           |
| post_accounts_page     | write | account   | no     | no      | no     | no     | no          | yes           |
| get_account_page       | read  | account   | no     | no      | no     | no     | no          | yes           |
| post_account_page      | write | account   | no     | no      | no     | no     | no          | yes           |
| get_tokens_page        | read  | account   | no     | no      | no     | no     | no          | yes           |
| post_tokens_page       | write | account   | no     | no      | no     | no     | no          | yes           |
| get_audit_page         | read  | audit     | no     | no      | no     | no     | no          | yes           |
| get_retention_page     | read  | page      | no     | no      | no     | no     | no          | yes           |
| post_retention_page    | write | week      | no     | no      | no     | no     | no          | yes           |
| post_own_password      | write | account   | no     | yes     | yes    | yes    | yes         | yes           |
| get_today_page         | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_map_page           | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_undone_page        | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_start_page         | read  | page      | no     | no      | no     | no     | areas       | yes           |
| get_weeks_page         | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_template           | read  | page      | no     | no      | no     | no     | areas       | yes           |
| post_example_week      | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_following_week    | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_import            | write | import    | no     | no      | no     | no     | areas       | yes           |
| get_import_page        | read  | import    | no     | no      | no     | no     | areas       | yes           |
| post_import_mended     | write | import    | no     | no      | no     | no     | areas       | yes           |
| get_import_workbook    | read  | import    | no     | no      | no     | no     | areas       | yes           |
| get_records_at_hand    | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_people_page        | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_places_page        | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_work_page          | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_person_page        | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_place_page         | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_rules_page         | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| get_sign_in            | read  | session   | yes    | yes     | yes    | yes    | yes         | yes           |
| post_sign_in           | write | session   | yes    | yes     | yes    | yes    | yes         | yes           |
| post_sign_out          | write | session   | yes    | yes     | yes    | yes    | yes         | yes           |
| get_welcome            | read  | account   | yes    | yes     | yes    | yes    | yes         | yes           |
| post_welcome           | write | account   | yes    | yes     | yes    | yes    | yes         | yes           |
| post_instance          | write | instance  | no     | no      | no     | no     | areas       | yes           |
| get_instance           | read  | instance  | no     | no      | no     | areas  | areas       | yes           |
| post_child             | write | instance  | no     | no      | no     | no     | areas       | yes           |
| get_lineage            | read  | instance  | no     | no      | no     | areas  | areas       | yes           |
| delete_instance        | write | instance  | no     | no      | no     | no     | no          | yes           |
| get_audit              | read  | audit     | no     | no      | no     | no     | no          | yes           |
| post_roll              | write | instance  | no     | no      | no     | no     | areas       | yes           |
| post_validation        | ask   | instance  | no     | no      | no     | no     | areas       | yes           |
| post_clash             | ask   | instance  | no     | no      | no     | areas  | areas       | yes           |
| post_evaluation        | ask   | roster    | no     | no      | no     | areas  | areas       | yes           |
| post_unassigned        | ask   | roster    | no     | no      | no     | areas  | areas       | yes           |
| post_assignment        | ask   | roster    | no     | no      | no     | areas  | areas       | yes           |
| post_comparison        | ask   | roster    | no     | no      | no     | areas  | areas       | yes           |
| post_suggestions       | ask   | roster    | no     | no      | no     | no     | areas       | yes           |
| post_preview           | ask   | roster    | no     | no      | no     | no     | areas       | yes           |
| post_job               | write | job       | no     | no      | no     | no     | areas       | yes           |
| post_replan            | write | job       | no     | no      | no     | no     | areas       | yes           |
| get_jobs               | read  | job       | no     | no      | no     | areas  | areas       | yes           |
| get_job                | read  | job       | no     | no      | no     | areas  | areas       | yes           |
| get_events             | read  | job       | no     | no      | no     | areas  | areas       | yes           |
| post_stop              | write | job       | no     | no      | no     | no     | areas       | yes           |
| delete_job             | write | job       | no     | no      | no     | no     | areas       | yes           |
| get_difference         | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_roster             | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_workbook           | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_csv                | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_calendar           | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_report             | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_texts              | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_instances          | read  | instance  | no     | no      | no     | areas  | areas       | yes           |
| patch_instance         | write | instance  | no     | no      | no     | no     | areas       | yes           |
| patch_job              | write | job       | no     | no      | no     | no     | areas       | yes           |
| get_person_roster      | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_person_workbook    | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_person_csv         | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_person_calendar    | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_person_report      | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_person_texts       | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_place_workbook     | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_place_csv          | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_place_calendar     | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_place_report       | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_place_texts        | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_area_workbook      | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_area_csv           | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_area_calendar      | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_area_report        | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_area_texts         | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_person_rosters     | read  | roster    | no     | no      | own    | areas  | areas       | yes           |
| get_free_people        | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| get_loads              | read  | roster    | no     | no      | no     | areas  | areas       | yes           |
| post_webhook           | write | webhook   | no     | no      | no     | no     | no          | yes           |
| get_webhooks           | read  | webhook   | no     | no      | no     | no     | no          | yes           |
| delete_webhook         | write | webhook   | no     | no      | no     | no     | no          | yes           |
| get_webhook_deliveries | read  | webhook   | no     | no      | no     | no     | no          | yes           |
| post_week              | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_weeks              | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_week               | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_week_state         | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| delete_week            | write | week      | no     | no      | no     | no     | no          | yes           |
| post_command           | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_undo              | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_redo              | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_history            | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_history_page       | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_figures            | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_figures_csv        | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_figures_page       | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_table              | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_table             | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_prices             | read  | week      | no     | no      | no     | no     | areas       | yes           |
| get_candidates         | read  | week      | no     | no      | no     | no     | areas       | yes           |
| get_why                | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_undone             | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_remedies           | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_today              | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_search             | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_my_week_page       | read  | page      | no     | no      | yes    | no     | no          | yes           |
| get_open_duties_page   | read  | page      | no     | no      | yes    | no     | no          | yes           |
| get_my_hours_page      | read  | page      | no     | no      | yes    | no     | no          | yes           |
| get_offline_page       | read  | page      | no     | no      | yes    | no     | no          | yes           |
| get_offline_script     | read  | page      | yes    | yes     | yes    | yes    | yes         | yes           |
| get_my_calendar        | read  | week      | no     | no      | yes    | no     | no          | yes           |
| post_my_calendar       | write | week      | no     | no      | yes    | no     | no          | yes           |
| get_subscription       | read  | week      | yes    | yes     | yes    | yes    | yes         | yes           |
| get_link_page          | read  | session   | yes    | yes     | yes    | yes    | yes         | yes           |
| post_link_entry        | write | session   | yes    | yes     | yes    | yes    | yes         | yes           |
| post_link              | write | session   | no     | no      | no     | no     | areas       | yes           |
| delete_link            | write | session   | no     | no      | no     | no     | areas       | yes           |
| post_own_request       | write | week      | no     | no      | own    | no     | areas       | yes           |
| get_own_requests       | read  | week      | no     | no      | own    | areas  | areas       | yes           |
| delete_own_request     | write | week      | no     | no      | own    | no     | areas       | yes           |
| get_requests           | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_orders             | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_order             | write | week      | no     | no      | no     | no     | areas       | yes           |
| delete_order           | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_rating            | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_orders_page        | read  | page      | no     | no      | no     | areas  | areas       | yes           |
| post_orders_page       | write | page      | no     | no      | no     | no     | areas       | yes           |
| post_acceptance        | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_refusal           | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_handling          | write | week      | no     | no      | no     | no     | areas       | yes           |
| delete_answer          | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_plan              | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_plans              | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_plan               | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_adoption          | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_discard           | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_versus             | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_plans_page         | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_plans_page        | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_versus_choice      | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_plan_page          | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_plan_progress      | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_plan_difference    | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_plan_page         | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_versus_page        | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_changes_page       | read  | week      | no     | no      | no     | no     | areas       | yes           |
| post_changes_page      | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_publication       | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_publications       | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| get_tell               | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_told              | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_own_part           | read  | week      | no     | no      | own    | areas  | areas       | yes           |
| post_received          | write | week      | no     | no      | own    | no     | areas       | yes           |
| get_reconciliation     | read  | week      | no     | no      | no     | areas  | areas       | yes           |
| post_outcomes          | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_own_outcomes      | write | week      | no     | no      | own    | no     | areas       | yes           |
| post_close             | write | week      | no     | no      | no     | no     | areas       | yes           |
| post_reopening         | write | week      | no     | no      | no     | no     | areas       | yes           |
| get_metrics            | read  | health    | no     | yes     | no     | no     | no          | yes           |
"""

FIELDS = """
| field             | nobody | monitor | worker | viewer | coordinator | administrator |
|-------------------|--------|---------|--------|--------|-------------|---------------|
| private_case      | no     | no      | right  | right  | right       | right         |
| household.ratings | no     | no      | no     | no     | yes         | yes           |
| area.outside      | no     | no      | no     | no     | no          | no            |
| account.password  | no     | no      | no     | no     | no          | no            |
| token.secret      | no     | no      | no     | no     | no          | no            |
"""
"""Fields within what a caller may read. right: with the right to private cases, and only where the
request asks for it; such a reading is in the audit. area.outside: what lies outside the areas of an
account that has some, or of its token: an administrator's too may be for some areas only."""

NOBODY = "nobody"


class Reach(StrEnum):
    """What a cell of the table says."""

    NO = "no"
    YES = "yes"
    AREAS = "areas"
    OWN = "own"
    RIGHT = "right"


@dataclass(frozen=True)
class Right:
    """A line of the table. reach: by role, and of `NOBODY`, who has not signed in."""

    operation: str
    does: str
    what: str
    reach: Mapping[str, Reach]

    def of(self, caller: Caller | None) -> Reach:
        """How far a caller's right goes; None: who has not signed in."""
        return self.reach[NOBODY if caller is None else caller.role]


def _lines(table: str) -> list[dict[str, str]]:
    head, _, *lines = (
        [cell.strip() for cell in line.strip("| ").split("|")] for line in table.strip().split("\n")
    )
    return [dict(zip(head, line, strict=True)) for line in lines]


def _reach(line: Mapping[str, str]) -> Mapping[str, Reach]:
    return MappingProxyType({who: Reach(line[who]) for who in (NOBODY, *AccountRole)})


RIGHTS: Mapping[str, Right] = MappingProxyType(
    {
        line["operation"]: Right(line["operation"], line["does"], line["what"], _reach(line))
        for line in _lines(TABLE)
    }
)
_FIELDS = {line["field"]: _reach(line) for line in _lines(FIELDS)}


def check(operation: str, caller: Caller | None, path: Mapping[str, str]) -> None:
    """Refuse what the table does not allow: a ServiceError of 401 or 403.

    path: the parameters in the address. What lies in the areas of an account is seen to where
    instances are read and changed (`service.access.scope`).
    """
    right = RIGHTS[operation]
    reach = right.of(caller)
    if reach is Reach.NO:
        if caller is None:
            raise ServiceError("sign_in_needed")
        raise ServiceError("not_allowed", role=caller.role, operation=operation)
    if reach is Reach.OWN and (caller is None or caller.person != path["person"]):
        raise ServiceError("not_your_week")
    if reach is Reach.OWN and caller is not None and caller.week not in (None, path.get("week")):
        raise ServiceError("not_your_week")


def may(operation: str, caller: Caller | None) -> bool:
    """Whether a caller has a right to an operation at all, wherever it reaches."""
    return RIGHTS[operation].of(caller) is not Reach.NO


def sees(caller: Caller, field: str) -> bool:
    """Whether a caller may read a field of `FIELDS` where the request asks for it."""
    reach = _FIELDS[field][caller.role]
    return caller.private if reach is Reach.RIGHT else reach is Reach.YES
