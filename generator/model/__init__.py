"""What the stages hand to one another: frozen values, and the grammars they are written in.

Every stage knows this package; it imports nothing else of ours.
"""

from generator.model.catalogue import Catalogue, Entry, Figure, Page, Series, Settings
from generator.model.citation import marks, normal_address
from generator.model.document import Document, Path, Place, Problem, Value, freeze, nearest
from generator.model.incident import Incident, Item, Mention, Relation, Source
from generator.model.moment import Moment, MomentError
from generator.model.quantity import Quantity, QuantityError
from generator.model.schema import Field, Leaf, Schema, Term, Vocabulary, build_schema, expand
from generator.model.standing import Reported, order, superseded

__all__ = [
    "Catalogue",
    "Document",
    "Entry",
    "Field",
    "Figure",
    "Incident",
    "Item",
    "Leaf",
    "Mention",
    "Moment",
    "MomentError",
    "Page",
    "Path",
    "Place",
    "Problem",
    "Quantity",
    "QuantityError",
    "Relation",
    "Reported",
    "Schema",
    "Series",
    "Settings",
    "Source",
    "Term",
    "Value",
    "Vocabulary",
    "build_schema",
    "expand",
    "freeze",
    "marks",
    "nearest",
    "normal_address",
    "order",
    "superseded",
]
