"""What the words of every field are: ids of what, names, free text, or nothing that says anything of anybody.

Whoever renames or hides reads this table, so that a field is told of once; a test finds a field that
is not in it.
"""

PUBLIC = "public"
"""Words of the format or the office that are about nobody: rule ids, codes, versions."""
NAME = "name"
"""What one record is called, or says of itself; hidden with the record."""
WORDS = "words"
"""Free text, which may name anybody."""

_BY_MEANING = {
    "task": "Visit.id Shift.id Gap.first Gap.second Pin.task Exemption.task Published.task Assignment.task "
    "Cancel.task Windows.visit Reopen.visit Assign.task Unassign.task SwapWork.task SwapWork.other "
    "MoveWork.task PinWork.task UnpinWork.task Changes.promised Departure.task",
    "case": "Case.id Visit.case Shift.case Cancel.case",
    "household": "Household.id Visit.household Case.household Duty.household Person.kin",
    "duty": "Duty.id Visit.duty",
    "place": "Place.id Household.place Visit.places Case.places Shift.place Pin.place Exemption.place "
    "Published.place Person.start_place Person.end_place Person.home Wish.place PastStop.place "
    "StraightLine.known_minutes Matrix.places Assignment.place Closure.place Closure.instead "
    "Assign.place MoveWork.place",
    "area": "Area.id Area.parent Place.area Person.areas",
    "person": "Person.id Household.known_people Household.ratings Duty.person Case.person Slot.people "
    "Visit.preferred Visit.excluded Pair.people Pin.person Exemption.person Published.person "
    "Instance.affected Instance.history Assignment.person Absence.person Presence.person Assign.person "
    "Unassign.person SwapWork.first SwapWork.second PinWork.person UnpinWork.person Departure.person",
    "kind": "Visit.kind Shift.kind Case.kind Duty.kind Way.kind Wish.kind Person.agreed Limits.kind_counts "
    "Limits.kind_in_row_max Limits.kind_in_row_min Limits.rest_after_run Limits.rest_after_run_from "
    "PersonHistory.last_kinds PersonHistory.kind_runs PastStop.kind Calendar.open_kinds "
    "Settings.forbidden_sequences Settings.counselling_kinds",
    "skill": "Person.skills Person.skill_until Slot.skills SharedSkill.skill Need.skills Case.skills "
    "Way.skills Exemption.skill_until",
    "bundle": "Visit.bundle Shift.bundle",
    "tie": "Visit.tie Shift.tie",
    NAME: "Area.name Place.name Place.kind Person.name Household.name Duty.name Duty.last_outcome "
    "Case.name Visit.name Shift.name Departure.outcome",
    WORDS: "Instance.id Instance.title Roster.instance WorkedWeek.instance Exemption.reason Assign.reason "
    "Unassign.reason SwapWork.reason MoveWork.reason Problem.value Problem.slots",
    PUBLIC: "Exemption.rule Settings.rules Calendar.holidays Calendar.workdays Roads.server "
    "Duties.follow_up_days Outcome.engine Outcome.versions Outcome.limits Problem.code Problem.pointer "
    "Roster.figures",
}
MEANING = {field: meaning for meaning, fields in _BY_MEANING.items() for field in fields.split()}
"""``Record.field`` → what its words are. Of a dictionary: its keys."""
KINDS_OF_IDS = tuple(meaning for meaning in _BY_MEANING if meaning not in (NAME, WORDS, PUBLIC))
"""What ids are of."""
