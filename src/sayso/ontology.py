"""What types of events are worth, for a program. Needs no model.

Takes   types and modes; files of the user's own on top of the shipped ontology.
Gives   `Kind`: quad, both scales, CAMEO's code, and what PLOVER makes of an announced event of the type.
"""

from sayso.relate.events.ontology import Kind, Ontology, ontology_of

__all__ = ["Kind", "Ontology", "ontology_of"]
