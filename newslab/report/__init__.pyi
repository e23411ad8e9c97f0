from .build import build_pages as build_pages
from .build import build_report as build_report
