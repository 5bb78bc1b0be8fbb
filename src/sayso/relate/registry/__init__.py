"""Who is who: states, organisations, media, and holders of offices with their dates (README.md)."""

from sayso.relate.registry.entries import Entity, Tenure
from sayso.relate.registry.index import Registry, registry_of

__all__ = ["Entity", "Registry", "Tenure", "registry_of"]
