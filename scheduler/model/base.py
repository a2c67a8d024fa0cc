"""What every record of the model shares: frozen, strict about names, described in the schema."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record; a field that is not declared is an error, so that a misspelt name is found."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
    )
