"""Self-contained pages: the report of a run, and one article with its voices. No network, no script."""

from discourse.report.pages.article import article_page
from discourse.report.pages.report import Section, gallery_page, report_page
from discourse.report.pages.trace import Example, trace_page

__all__ = ["Example", "Section", "article_page", "gallery_page", "report_page", "trace_page"]
