"""What the stages hand to one another: frozen values, and the grammars they are written in.

Every stage knows this package; it imports nothing else of ours.
"""

from generator.model.document import Document, Path, Place, Problem, Value, freeze, nearest
from generator.model.moment import Moment, MomentError
from generator.model.quantity import Quantity, QuantityError
from generator.model.schema import Field, Leaf, Schema, Term, Vocabulary, build_schema, expand

__all__ = [
    "Document",
    "Field",
    "Leaf",
    "Moment",
    "MomentError",
    "Path",
    "Place",
    "Problem",
    "Quantity",
    "QuantityError",
    "Schema",
    "Term",
    "Value",
    "Vocabulary",
    "build_schema",
    "expand",
    "freeze",
    "nearest",
]
