"""One detector, one file, one function, one clause; the catalogue is the registry."""
