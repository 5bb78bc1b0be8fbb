"""Clean: Page -> Article. The story found between the furniture, and what the page says of itself."""

from sayso.clean.article import article_from_page

__all__ = ["article_from_page"]
