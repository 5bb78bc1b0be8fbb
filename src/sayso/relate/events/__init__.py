"""Events: what one actor is said to have done to another, in PLOVER's terms, and on what footing.

Takes   triggers and parties as the model marked them, the statements around them, the actors.
Gives   `Event` records in order of the text.
Needs   ontology.toml, stance.toml, and the data of contexts, places and numbers.
Limits  one article; a trigger whose actors nobody names gives no event.
"""

from sayso.relate.events.assemble import Acts, assemble
from sayso.relate.events.ontology import Ontology, ontology_of

__all__ = ["Acts", "Ontology", "assemble", "ontology_of"]
