"""The course: a check for every exercise of every lesson, and copies of the lessons for a class.

In a lesson, ``nl.course.check_03_2(answer, a)`` says whether the answer to exercise 2 of lesson 03 is right, or gives a
hint. The right answers are computed from ``a``, the analysis of the lesson's story, so they hold for any story. Each
lesson's checks are in a file of their own (``lesson_03.py``), with the question in the first line of each.
``quotes_by_hand``, ``actors_by_hand``, ``compare_quotes`` and ``compare_actors`` set what a person found beside what
the program found. ``set_up_tables`` makes the tables of a lesson easy to read.
"""

from newslab.course.answers import Verdict as Verdict
from newslab.course.by_hand import actors_by_hand, compare_actors, compare_quotes, quotes_by_hand
from newslab.course.copies import copy_course as copy_course
from newslab.course.lesson_00 import check_00_1, check_00_2, check_00_3
from newslab.course.lesson_01 import check_01_1, check_01_2, check_01_3
from newslab.course.lesson_02 import check_02_1, check_02_2, check_02_3
from newslab.course.lesson_03 import check_03_1, check_03_2, check_03_3, check_03_4
from newslab.course.lesson_04 import check_04_1, check_04_2, check_04_3, check_04_4
from newslab.course.lesson_05 import check_05_1, check_05_2, check_05_3
from newslab.course.lesson_06 import check_06_1, check_06_2, check_06_3, check_06_4
from newslab.course.lesson_07 import check_07_1, check_07_2, check_07_3, check_07_4
from newslab.course.lesson_08 import check_08_1, check_08_2, check_08_3, check_08_4
from newslab.course.tables import set_up_tables

__all__ = [
    "Verdict",
    "actors_by_hand",
    "check_00_1",
    "check_00_2",
    "check_00_3",
    "check_01_1",
    "check_01_2",
    "check_01_3",
    "check_02_1",
    "check_02_2",
    "check_02_3",
    "check_03_1",
    "check_03_2",
    "check_03_3",
    "check_03_4",
    "check_04_1",
    "check_04_2",
    "check_04_3",
    "check_04_4",
    "check_05_1",
    "check_05_2",
    "check_05_3",
    "check_06_1",
    "check_06_2",
    "check_06_3",
    "check_06_4",
    "check_07_1",
    "check_07_2",
    "check_07_3",
    "check_07_4",
    "check_08_1",
    "check_08_2",
    "check_08_3",
    "check_08_4",
    "compare_actors",
    "compare_quotes",
    "copy_course",
    "quotes_by_hand",
    "set_up_tables",
]
