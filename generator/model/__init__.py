"""What the stages hand to one another: frozen values, and the grammars they are written in.

Every stage knows this package; it imports nothing else of ours.
"""

from generator.model.basemap import CELL, OPEN_SEA, BaseMap, Point, Shape, Spot, cell, shape
from generator.model.catalogue import AGES, Catalogue, Coverage, Entry, Figure, Page, Series, Settings, Stood, whole
from generator.model.citation import LINK, MARK, Reference, marks, normal_address, reference, references
from generator.model.cite import Citation
from generator.model.document import Document, Path, Place, Problem, Value, freeze, nearest
from generator.model.history import Change, Edit, Edits, History, Part, Revision
from generator.model.incident import Incident, Item, Mention, Relation, Source
from generator.model.moment import Moment, MomentError
from generator.model.quantity import Quantity, QuantityError
from generator.model.schema import Field, Leaf, Schema, Term, Vocabulary, build_schema, expand
from generator.model.settlement import SETTLEMENT, Scene, Settlement, settled, slug
from generator.model.standing import Reported, order, superseded

__all__ = [
    "AGES",
    "CELL",
    "LINK",
    "MARK",
    "OPEN_SEA",
    "SETTLEMENT",
    "BaseMap",
    "Catalogue",
    "Change",
    "Citation",
    "Coverage",
    "Document",
    "Edit",
    "Edits",
    "Entry",
    "Field",
    "Figure",
    "History",
    "Incident",
    "Item",
    "Leaf",
    "Mention",
    "Moment",
    "MomentError",
    "Page",
    "Part",
    "Path",
    "Place",
    "Point",
    "Problem",
    "Quantity",
    "QuantityError",
    "Reference",
    "Relation",
    "Reported",
    "Revision",
    "Scene",
    "Schema",
    "Series",
    "Settings",
    "Settlement",
    "Shape",
    "Source",
    "Spot",
    "Stood",
    "Term",
    "Value",
    "Vocabulary",
    "build_schema",
    "cell",
    "expand",
    "freeze",
    "marks",
    "nearest",
    "normal_address",
    "order",
    "reference",
    "references",
    "settled",
    "shape",
    "slug",
    "superseded",
    "whole",
]
