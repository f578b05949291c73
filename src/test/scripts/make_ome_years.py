#!/usr/bin/python3
"""Turn src/test/resources/omexml/years/2016-06.ome.xml into the years before, with OME's own stylesheets.

    make_ome_years.py SPECIFICATION.jar

The jar is org.openmicroscopy:specification (BSD-2); needs lxml. Line ends within tags are not kept by every version of
libxslt, so a run elsewhere may differ in white space.
"""
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

YEARS = Path(__file__).parents[1] / "resources/omexml/years"
STEPS = [
    ("2016-06", "2015-01"),
    ("2015-01", "2013-06"),
    ("2013-06", "2012-06"),
    ("2012-06", "2011-06"),
    ("2011-06", "2010-06"),
    ("2010-06", "2008-02"),
    ("2010-06", "2003-FC"),
]

with TemporaryDirectory() as folder:
    with zipfile.ZipFile(sys.argv[1]) as jar:
        jar.extractall(folder, [name for name in jar.namelist() if name.startswith("transforms/")])
    for year, earlier in STEPS:
        stylesheet = etree.XSLT(etree.parse(f"{folder}/transforms/{year}-to-{earlier}.xsl"))
        text = bytes(stylesheet(etree.parse(str(YEARS / f"{year}.ome.xml"))))
        (YEARS / f"{earlier}.ome.xml").write_bytes(text)
