"""What people and programs write on jobs and instances: a title and labels."""

from typing import Annotated, Any

from pydantic import Field

LABEL_KEY = r'[^"\\=\x00-\x1f\ufffe\uffff]{1,63}'
LABEL_VALUE = r"[^\x00-\x1f\ufffe\uffff]{0,200}"
MOST_LABELS = 16
TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*$"
"""What a text in an address may hold: no broken characters."""


def closed(schema: dict[str, Any]) -> None:
    """Say in the document that there are no keys but those of the pattern, as generators of clients read it."""
    ((pattern, values),) = schema.pop("patternProperties").items()
    schema |= {"additionalProperties": values, "propertyNames": {"pattern": pattern}}


LabelKey = Annotated[str, Field(pattern=f"^{LABEL_KEY}$")]
LabelValue = Annotated[str, Field(pattern=f"^{LABEL_VALUE}$")]
Labels = Annotated[
    dict[LabelKey, LabelValue], Field(max_length=MOST_LABELS, json_schema_extra=closed)
]
Title = Annotated[str, Field(pattern=r"^[^\x00-\x1f\ufffe\uffff]{0,200}$")]
