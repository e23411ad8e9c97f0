from .build import build_report as build_report
from .pages import build_pages as build_pages
from .printing import print_pages as print_pages
