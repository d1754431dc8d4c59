"""Self-contained pages: the report of a run, and one article with its voices. No network, no script."""

from discourse.report.pages.article import article_page
from discourse.report.pages.report import Section, report_page

__all__ = ["Section", "article_page", "report_page"]
